"""Who acts: a person with the positions and rights they have on a day, in one statement."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from engine.store.seats import seats_on
from engine.store.tables import Jabatan, Person, PersonGrant, Preference, Unit
from engine.store.transaction import Tx
from workflows.rights import Actor, Position

# Each request asks for it, and what is asked in one statement waits for one answer.
PLACE = (
    Jabatan.id,
    Jabatan.name,
    Jabatan.role,
    Unit.id,
    Unit.code,
    Unit.name,
    Unit.ancestors,
    Unit.zone,
)


def build_actor(tx: Tx, person: Person, day: date) -> Actor:
    """The person with the positions they act in on that day, their own before those in which they
    stand in for somebody."""
    rows = tx.execute(_standing_on(day), {"person": person.id}).all()
    positions, zones = [], []
    for row in rows:
        jabatan_id, jabatan, role, unit_id, code, unit, ancestors, zone = row[:8]
        kind, for_id, for_name, until = row[8:12]
        if jabatan_id is not None:
            place = (jabatan_id, jabatan, role, unit_id, code, unit, tuple(ancestors))
            positions.append(Position(*place, kind, for_id, for_name or "", until))
            zones.append(zone)
    wish, grants = rows[0][12:]
    return Actor(
        person.id,
        person.login,
        person.name,
        person.locale,
        frozenset(name for name, unit_id in grants or () if unit_id is None),
        tuple(positions),
        wish or next(iter(zones), ""),
        frozenset((name, unit_id) for name, unit_id in grants or () if unit_id is not None),
    )


@lru_cache(maxsize=4)  # see `seats_on`
def _standing_on(day: date) -> Select[Any]:
    """A row a position, at least one; at the end of each the zone that the person chose and the
    rights that were granted to them, [[name, unit id | None]]."""
    seats, absent, me = seats_on(day), aliased(Person), bindparam("person", type_=BigInteger)
    wish = select(Preference.zone).where(Preference.person_id == me)
    granted = func.jsonb_build_array(PersonGrant.name, PersonGrant.unit_id)
    grants = select(func.jsonb_agg(granted)).where(
        PersonGrant.person_id == me, PersonGrant.revoked_at.is_(None)
    )
    return (
        select(*PLACE, seats.c.kind, seats.c.for_id, absent.name, seats.c.until)
        .add_columns(wish.scalar_subquery(), grants.scalar_subquery())
        .select_from(Person)
        .outerjoin(seats, seats.c.person_id == Person.id)
        .outerjoin(Jabatan, Jabatan.id == seats.c.jabatan_id)
        .outerjoin(Unit, Unit.id == Jabatan.unit_id)
        .outerjoin(absent, absent.id == seats.c.for_id)
        .where(Person.id == me)
        .order_by(seats.c.for_id.nulls_first(), Jabatan.id)
    )
