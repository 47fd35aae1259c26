"""What prints need beyond what pages show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from engine.store.handovers import HandoverRow
from engine.store.holdings import held_on
from engine.store.tables import Handover, Holding, Jabatan, Person, Unit, WorkItem
from engine.store.transaction import Tx


def superior_jabatan(tx: Tx, role: str, unit_id: int) -> list[str]:
    """The names of the jabatan next above a role in that unit."""
    above = aliased(Jabatan)
    query = (
        select(above.name)
        .join(Jabatan, Jabatan.superior_id == above.id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .where(Jabatan.role == role, Unit.ancestors.contains([unit_id]))
    )
    return list(tx.scalars(query.distinct().order_by(above.name)))


def jabatan_of(tx: Tx, person_ids: Collection[int | None], day: date) -> dict[int, str]:
    """person id -> name of the first jabatan that they hold on that day."""
    wanted = {one for one in person_ids if one is not None}
    rows = tx.execute(
        select(Holding.person_id, Jabatan.name)
        .join(Jabatan, Jabatan.id == Holding.jabatan_id)
        .where(Holding.person_id.in_(wanted), held_on(day))
        .order_by(Jabatan.id.desc())
    )
    return {person_id: name for person_id, name in rows}


def handovers_of_case(tx: Tx, case_id: int) -> Sequence[HandoverRow]:
    """(Handover, name of the giver, name of the receiver) of all items of a case, in order."""
    giver, receiver = aliased(Person), aliased(Person)
    return tx.execute(
        select(Handover, giver.name, receiver.name)
        .join(WorkItem, WorkItem.id == Handover.work_item_id)
        .outerjoin(giver, giver.id == Handover.from_id)
        .outerjoin(receiver, receiver.id == Handover.to_id)
        .where(WorkItem.case_id == case_id)
        .order_by(Handover.id)
    ).all()
