"""Statements of the organisation: the tree, who holds what, what stands in the way of an end."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Row, any_, delete, distinct, func, or_, select
from sqlalchemy.orm import aliased

from engine.store.cases import UNFINISHED
from engine.store.seats import seats_on
from engine.store.tables import Absence, Case, Holding, Jabatan, Person, Unit, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import OPEN

HoldingRow = Row[Holding, Person, Jabatan, Unit, str]


def lock_units(tx: Tx) -> Sequence[Unit]:
    """All of them: whoever changes the tree does so alone, until the transaction ends."""
    query = select(Unit).order_by(Unit.id).with_for_update(key_share=True)
    return tx.scalars(query.execution_options(populate_existing=True)).all()


def put_below(units: Sequence[Unit], unit: Unit, above: Unit | None) -> None:
    """Move the unit; of `units`, all of them and locked, those below it follow."""
    skipped = len(unit.ancestors) - 1
    for one in [one for one in units if unit.id in one.ancestors]:
        one.ancestors = [*(above.ancestors if above else ()), *one.ancestors[skipped:]]
    unit.parent_id = above.id if above else None


def lock_jabatan(tx: Tx, jabatan_id: int | None = None) -> Sequence[Jabatan]:
    """One of them, or all: who stands above whom, and who holds it, changes one at a time."""
    query = select(Jabatan).order_by(Jabatan.id).with_for_update(key_share=True)
    if jabatan_id is not None:
        query = query.where(Jabatan.id == jabatan_id)
    return tx.scalars(query.execution_options(populate_existing=True)).all()


def list_jabatan(tx: Tx, unit_ids: Collection[int] | None = None) -> Sequence[Jabatan]:
    """Those of these units, or all; in the order in which they were made."""
    query = select(Jabatan).order_by(Jabatan.id)
    return tx.scalars(
        query if unit_ids is None else query.where(Jabatan.unit_id.in_(unit_ids))
    ).all()


def find_jabatan(tx: Tx, jabatan_id: int) -> Jabatan | None:
    return tx.get(Jabatan, jabatan_id)


def jabatan_of_name(tx: Tx, unit_id: int, name: str) -> Jabatan | None:
    return tx.scalar(select(Jabatan).where(Jabatan.unit_id == unit_id, Jabatan.name == name))


def holding_rows(
    tx: Tx,
    *,
    jabatan_ids: Collection[int] | None = None,
    person_ids: Collection[int] | None = None,
    since: date | None = None,
) -> Sequence[HoldingRow]:
    """(Holding, Person, Jabatan, Unit, who noted it | None), the latest first; `since`: only those
    that reach that day or a later one."""
    noted = aliased(Person)
    query = (
        select(Holding, Person, Jabatan, Unit, noted.name)
        .join(Person, Person.id == Holding.person_id)
        .join(Jabatan, Jabatan.id == Holding.jabatan_id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .outerjoin(noted, noted.id == Holding.noted_by)
        .order_by(Holding.since.desc(), Holding.id.desc())
    )
    if jabatan_ids is not None:
        query = query.where(Holding.jabatan_id.in_(jabatan_ids))
    if person_ids is not None:
        query = query.where(Holding.person_id.in_(person_ids))
    if since is not None:
        query = query.where(or_(Holding.until.is_(None), Holding.until >= since))
    return tx.execute(query).all()


def holdings_of(tx: Tx, jabatan_id: int) -> Sequence[Holding]:
    """All there have ever been."""
    query = select(Holding).where(Holding.jabatan_id == jabatan_id)
    return tx.scalars(query.order_by(Holding.since)).all()


def find_holding(tx: Tx, holding_id: int) -> Holding | None:
    return tx.get(Holding, holding_id, populate_existing=True)


def add_row(tx: Tx, row: Unit | Jabatan | Holding | Person) -> None:
    tx.add(row)
    tx.flush()


def cancel_holding(tx: Tx, holding_id: int) -> None:
    """Only of one that has not begun: its event keeps what it was."""
    tx.execute(delete(Holding).where(Holding.id == holding_id))


def standing_in(tx: Tx, day: date) -> dict[tuple[int, int], list[str]]:
    """(jabatan id, id of who is on leave) -> names of those who act in it for them."""
    seats = seats_on(day)
    rows = tx.execute(
        select(seats.c.jabatan_id, seats.c.for_id, Person.name)
        .join(Person, Person.id == seats.c.person_id)
        .where(seats.c.for_id.is_not(None))
        .order_by(Person.name)
    )
    found: dict[tuple[int, int], list[str]] = {}
    for jabatan_id, absent_id, name in rows:
        found.setdefault((jabatan_id, absent_id), []).append(name)
    return found


def leave_of(tx: Tx, person_ids: Collection[int]) -> Sequence[Row[Absence, str]]:
    """(Absence, name of the substitute), the latest first."""
    return tx.execute(
        select(Absence, Person.name)
        .join(Person, Person.id == Absence.substitute_id)
        .where(Absence.person_id.in_(person_ids))
        .order_by(Absence.since.desc(), Absence.id.desc())
    ).all()


def units_stood_in(tx: Tx, person_id: int, day: date) -> Sequence[Unit]:
    """Where the person stands in for somebody on that day, along whole chains, or is to later."""
    seats = seats_on(day)
    today = select(Jabatan.unit_id).join(seats, seats.c.jabatan_id == Jabatan.id)
    today = today.where(seats.c.person_id == person_id, seats.c.for_id.is_not(None))
    planned = (
        select(Jabatan.unit_id)
        .join(Holding, Holding.jabatan_id == Jabatan.id)
        .join(Absence, Absence.person_id == Holding.person_id)
        .where(
            Absence.substitute_id == person_id,
            Absence.cancelled_at.is_(None),
            Absence.until >= day,
            or_(Holding.until.is_(None), Holding.until >= day),
            or_(
                func.cardinality(Absence.jabatan_ids) == 0,
                Jabatan.id == any_(Absence.jabatan_ids),
            ),
        )
    )
    return tx.scalars(select(Unit).where(or_(Unit.id.in_(today), Unit.id.in_(planned)))).all()


def open_cases(tx: Tx) -> dict[int, int]:
    """unit id -> how many cases of it are not over."""
    query = select(Case.unit_id, func.count()).where(Case.state.in_(UNFINISHED))
    return {unit_id: count for unit_id, count in tx.execute(query.group_by(Case.unit_id))}


def open_items(tx: Tx) -> dict[int, int]:
    """unit id -> how many open work items look for their role in it."""
    query = select(WorkItem.unit_id, func.count()).where(WorkItem.state.in_(OPEN))
    return {unit_id: count for unit_id, count in tx.execute(query.group_by(WorkItem.unit_id))}


def holder_count(tx: Tx, day: date) -> dict[int, int]:
    """jabatan id -> how many hold it after that day, now or later."""
    query = select(Holding.jabatan_id, func.count(distinct(Holding.person_id)))
    query = query.where(or_(Holding.until.is_(None), Holding.until > day))
    return {one: count for one, count in tx.execute(query.group_by(Holding.jabatan_id))}


def unheld_items(tx: Tx, day: date) -> frozenset[int]:
    """Ids of open items that nobody may do: nobody acts in their role in their unit."""
    seats = seats_on(day)
    acted = tx.execute(
        select(Jabatan.role, func.unnest(Unit.ancestors))
        .join(seats, seats.c.jabatan_id == Jabatan.id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .distinct()
    )
    held = {(role, unit_id) for role, unit_id in acted}
    pairs = tx.execute(
        select(WorkItem.role, WorkItem.unit_id).where(WorkItem.state.in_(OPEN)).distinct()
    )
    missing = [(role, unit_id) for role, unit_id in pairs if (role, unit_id) not in held]
    found: set[int] = set()
    for role, unit_id in missing:
        found.update(
            tx.scalars(
                select(WorkItem.id).where(
                    WorkItem.state.in_(OPEN), WorkItem.role == role, WorkItem.unit_id == unit_id
                )
            )
        )
    return frozenset(found)
