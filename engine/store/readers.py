"""Who may read a case, many people at once: the same as `workflows.rights.may` says of one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import CTE, Select, any_, exists, or_, select, union

from engine.store.seats import seats_on
from engine.store.tables import (
    Case,
    Consultation,
    Jabatan,
    Person,
    PersonGrant,
    Unit,
    WorkItem,
)
from engine.store.transaction import Tx


def readers_of(
    tx: Tx, case: Case, unit: Unit, day: date, among: Collection[int] | None = None
) -> Sequence[Person]:
    """Everyone with an account who may read it, by name; only those of `among`, if given."""
    seats = seats_on(day)
    parts = _by_unit(unit, seats), _by_role(case.id, seats), _by_grant(unit), *_by_part(case.id)
    allowed = union(*parts).subquery()
    query = select(Person).where(Person.id.in_(select(allowed.c[0])), Person.disabled_at.is_(None))
    if among is not None:
        query = query.where(Person.id.in_(among))
    return tx.scalars(query.order_by(Person.name, Person.id)).all()


def _by_unit(unit: Unit, seats: CTE) -> Select[int]:
    """A jabatan in the case's unit, in one above it, or in a part of it."""
    near = or_(Unit.id.in_(unit.ancestors), Unit.ancestors.contains([unit.id]))
    return (
        select(seats.c.person_id)
        .join(Jabatan, Jabatan.id == seats.c.jabatan_id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .where(near)
    )


def _by_role(case_id: int, seats: CTE) -> Select[int]:
    """A jabatan with the role of one of its items."""
    of_item = exists().where(
        WorkItem.case_id == case_id,
        WorkItem.role == Jabatan.role,
        WorkItem.unit_id == any_(Unit.ancestors),
    )
    return (
        select(seats.c.person_id)
        .join(Jabatan, Jabatan.id == seats.c.jabatan_id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .where(of_item)
    )


def _by_grant(unit: Unit) -> Select[int]:
    bound = or_(PersonGrant.unit_id.is_(None), PersonGrant.unit_id.in_(unit.ancestors))
    return select(PersonGrant.person_id).where(PersonGrant.revoked_at.is_(None), bound)


def _by_part(case_id: int) -> tuple[Select[int | None], ...]:
    """Who has done something in it, prepares it, or is asked."""
    mine = WorkItem.case_id == case_id
    asked = (
        select(Consultation.asked_of)
        .join(WorkItem, WorkItem.id == Consultation.work_item_id)
        .where(mine, Consultation.withdrawn_at.is_(None))
    )
    return (
        select(WorkItem.completed_by).where(mine),
        select(WorkItem.delegate_id).where(mine),
        asked,
    )
