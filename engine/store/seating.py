"""Which roles are filled where: for judging an SOP before any case runs by it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, or_, select

from engine.store.seats import seats_on
from engine.store.tables import Jabatan, Unit
from engine.store.transaction import Tx


def filled_seats(tx: Tx, roles: Collection[str], day: date) -> frozenset[tuple[str, int]]:
    """(role, unit id) of all in which somebody acts on that day, in the unit or in a part of it."""
    seats = seats_on(day)
    rows = tx.execute(
        select(Jabatan.role, func.unnest(Unit.ancestors))
        .join(seats, seats.c.jabatan_id == Jabatan.id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .where(Jabatan.role.in_(roles))
        .distinct()
    )
    return frozenset((role, unit_id) for role, unit_id in rows)


def single_seats(tx: Tx, roles: Collection[str], day: date) -> frozenset[tuple[str, int]]:
    """(role, unit id) of all that have one jabatan of that role, which one person holds."""
    place = func.unnest(Unit.ancestors).label("place")
    found = (
        select(Jabatan.role, place, Jabatan.many)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .where(Jabatan.role.in_(roles), or_(Jabatan.ended_on.is_(None), Jabatan.ended_on >= day))
        .subquery()
    )
    rows = tx.execute(
        select(found.c.role, found.c.place)
        .group_by(found.c.role, found.c.place)
        .having(func.count() == 1, ~func.bool_or(found.c.many))
    )
    return frozenset((role, unit_id) for role, unit_id in rows)
