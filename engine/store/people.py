"""Units, jabatan, their holders: who is who on a given day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Row,
    Select,
    and_,
    any_,
    bindparam,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from engine.store.holdings import held_on
from engine.store.seats import seats_on
from engine.store.tables import Holding, Jabatan, Person, PersonGrant, Unit, WorkItem
from engine.store.transaction import Tx
from workflows.pelaksana import is_regional
from workflows.rights import ADMINISTRATOR, PROCESS_OWNER

PD = "pd"
PersonRow = Row[Person, Jabatan, Unit]
_GRANTS = select(PersonGrant.name, PersonGrant.unit_id).where(
    PersonGrant.person_id == bindparam("person", type_=BigInteger), PersonGrant.revoked_at.is_(None)
)


@dataclass(frozen=True)
class Holder:
    """Who acts in a role, and for whom: None among them where a jabatan of their own lets them."""

    person: Person
    stands_for: frozenset[int | None]

    def is_left(self, barred: Collection[int]) -> bool:
        """Whether four-eyes leaves them an item that these may not do; agrees with
        `workflows.rights.capacity_for`."""
        return self.person.id not in barred and not self.stands_for <= set(barred)


def find_person(tx: Tx, login: str | None = None, person_id: int | None = None) -> Person | None:
    """By login (case does not matter) or by id."""
    if person_id is not None:
        return tx.get(Person, person_id)
    return tx.scalar(select(Person).where(Person.login == (login or "").strip().lower()))


def grants_of(tx: Tx, person_id: int) -> tuple[frozenset[str], frozenset[tuple[str, int]]]:
    """The rights that count everywhere, and (right, unit id) of those that count in a unit."""
    rows = tx.execute(_GRANTS, {"person": person_id}).all()
    everywhere = frozenset(name for name, unit_id in rows if unit_id is None)
    return everywhere, frozenset((name, unit_id) for name, unit_id in rows if unit_id is not None)


def grants_by_person(tx: Tx) -> dict[int, tuple[str, ...]]:
    """person id -> the rights that they have anywhere."""
    query = select(PersonGrant.person_id, PersonGrant.name).where(PersonGrant.revoked_at.is_(None))
    found: dict[int, tuple[str, ...]] = {}
    for person_id, name in tx.execute(query.order_by(PersonGrant.id)):
        found[person_id] = (*found.get(person_id, ()), name)
    return found


def put_grant(tx: Tx, person: Person, name: str, unit_id: int | None, at: datetime) -> None:
    """Let the person have the right, unless they have it."""
    standing = grants_of(tx, person.id)
    if name in standing[0] or (name, unit_id) in standing[1]:
        return
    tx.add(PersonGrant(person_id=person.id, name=name, unit_id=unit_id, granted_at=at))
    tx.flush()


def list_people(tx: Tx, day: date) -> Sequence[PersonRow]:
    """(Person, Jabatan | None, Unit | None), one row a position held on that day; without those
    whose account has ended."""
    return tx.execute(
        select(Person, Jabatan, Unit)
        .outerjoin(Holding, and_(Holding.person_id == Person.id, held_on(day)))
        .outerjoin(Jabatan, Jabatan.id == Holding.jabatan_id)
        .outerjoin(Unit, Unit.id == Jabatan.unit_id)
        .where(Person.disabled_at.is_(None))
        .order_by(Person.id, Jabatan.id)
    ).all()


def holders(tx: Tx, role: str, unit_id: int, day: date) -> Sequence[Person]:
    """Everyone who acts in the role in the unit or in a part of it on that day."""
    found = holders_by_unit(tx, role, [unit_id], day).get(unit_id, ())
    return [one.person for one in found]


def performers(tx: Tx, item: WorkItem, day: date) -> Sequence[Person]:
    """Those of its `holders` whom four-eyes leaves."""
    found = holders_by_unit(tx, item.role, [item.unit_id], day).get(item.unit_id, ())
    return [one.person for one in found if one.is_left(item.barred)]


def holders_by_unit(
    tx: Tx, role: str, unit_ids: Collection[int], day: date
) -> dict[int, list[Holder]]:
    """unit id -> its holders, for several units in one statement; vacant ones are left out. For
    those on leave stand their substitutes."""
    asked, seats = aliased(Unit), seats_on(day)
    rows = tx.execute(
        select(asked.id, Person, seats.c.for_id)
        .join(Unit, asked.id == any_(Unit.ancestors))
        .join(Jabatan, Jabatan.unit_id == Unit.id)
        .join(seats, seats.c.jabatan_id == Jabatan.id)
        .join(Person, Person.id == seats.c.person_id)
        .where(asked.id.in_(unit_ids), Jabatan.role == role, ~seats.c.away)
        .distinct()
        .order_by(Person.id)
    )
    stands_for: dict[tuple[int, Person], set[int | None]] = {}
    for unit_id, person, for_id in rows:
        stands_for.setdefault((unit_id, person), set()).add(for_id)
    found: dict[int, list[Holder]] = {}
    for (unit_id, person), persons in stands_for.items():
        found.setdefault(unit_id, []).append(Holder(person, frozenset(persons)))
    return found


def acting_ids(
    tx: Tx, role_units: Collection[tuple[str, int]], day: date
) -> Sequence[tuple[str, int, int]]:
    """(role, unit id, person id) of all who may work for these (role, unit id), those on leave and
    their substitutes alike."""
    rows = tx.execute(_acting_on(day), {"pairs": sorted(role_units)})
    return [(role, unit_id, person_id) for role, unit_id, person_id in rows]


@lru_cache(maxsize=4)
def _acting_on(day: date) -> Select[Any]:
    asked, seats = aliased(Unit), seats_on(day)
    return (
        select(Jabatan.role, asked.id, seats.c.person_id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .join(asked, asked.id == any_(Unit.ancestors))
        .join(seats, seats.c.jabatan_id == Jabatan.id)
        .where(tuple_(Jabatan.role, asked.id).in_(bindparam("pairs", expanding=True)))
        .distinct()
    )


def jabatan_above(tx: Tx, role: str, unit_id: int) -> frozenset[int]:
    """Ids of all jabatan that stand above the role in that unit, however far."""
    level = _next_above(tx, role, unit_id)
    found: set[int] = set()
    while level - found:
        found |= level
        query = select(Jabatan.superior_id).where(Jabatan.id.in_(level))
        level = {one for one in tx.scalars(query) if one is not None}
    return frozenset(found)


def _next_above(tx: Tx, role: str, unit_id: int) -> set[int]:
    query = (
        select(Jabatan.superior_id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .where(Jabatan.role == role, Unit.ancestors.contains([unit_id]))
    )
    return {one for one in tx.scalars(query) if one is not None}


def superiors(
    tx: Tx, role: str, unit_id: int, performers: Iterable[Person], day: date
) -> Sequence[Person]:
    """Whoever stands next above the role in that unit and is not a performer as well.

    A vacant jabatan is passed over: the one above it hears instead. Where nobody stands above,
    the administrators do.
    """
    known = {person.id for person in performers}
    seats, level = seats_on(day), _next_above(tx, role, unit_id)
    passed: set[int] = set()
    while level - passed:
        passed |= level
        query = select(Person).join(seats, seats.c.person_id == Person.id)
        query = query.where(seats.c.jabatan_id.in_(level), ~seats.c.away, Person.id.not_in(known))
        if found := tx.scalars(query.distinct().order_by(Person.id)).all():
            return found
        above = select(Jabatan.superior_id).where(Jabatan.id.in_(level))
        level = {one for one in tx.scalars(above) if one is not None}
    return [person for person in granted(tx, ADMINISTRATOR) if person.id not in known]


def granted(tx: Tx, name: str) -> Sequence[Person]:
    """Whoever has the right everywhere."""
    return tx.scalars(
        select(Person)
        .join(PersonGrant, PersonGrant.person_id == Person.id)
        .where(
            PersonGrant.name == name,
            PersonGrant.unit_id.is_(None),
            PersonGrant.revoked_at.is_(None),
            Person.disabled_at.is_(None),
        )
        .distinct()
        .order_by(Person.id)
    ).all()


def process_owners(tx: Tx) -> Sequence[Person]:
    """Whoever steers the SOPs; where nobody does, the administrators."""
    return granted(tx, PROCESS_OWNER) or granted(tx, ADMINISTRATOR)


def heads_of_unit(tx: Tx, code: str, day: date) -> Sequence[Person]:
    """Whoever acts in a jabatan of that very unit that reports to nobody in it."""
    above, seats = aliased(Jabatan), seats_on(day)
    return tx.scalars(
        select(Person)
        .join(seats, seats.c.person_id == Person.id)
        .join(Jabatan, Jabatan.id == seats.c.jabatan_id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .outerjoin(above, above.id == Jabatan.superior_id)
        .where(Unit.code == code, ~seats.c.away)
        .where(or_(above.id.is_(None), above.unit_id != Jabatan.unit_id))
        .distinct()
        .order_by(Person.id)
    ).all()


def find_unit(tx: Tx, code: str) -> Unit | None:
    """By its code, exactly."""
    return tx.scalar(select(Unit).where(Unit.code == code))


def agency_of(tx: Tx, unit: Unit) -> Unit | None:
    """The PD that the unit is, or is part of; None when it stands above or outside one."""
    return tx.scalar(
        select(Unit)
        .where(Unit.id.in_(unit.ancestors), Unit.kind == PD)
        .order_by(Unit.id.desc())
        .limit(1)
    )


def where_role_is(tx: Tx, unit: Unit, role: str) -> Unit:
    """In which unit a role is looked for, asked from that one: a regional one in the region."""
    return unit_by_id(tx, unit.ancestors[0]) if is_regional(role) else unit


def units_below(tx: Tx, unit_id: int, kind: str) -> Sequence[Unit]:
    """The parts of a unit that are of this kind and have not ended, by code."""
    return tx.scalars(
        select(Unit)
        .where(Unit.ancestors.contains([unit_id]), Unit.kind == kind, Unit.id != unit_id)
        .where(Unit.ended_on.is_(None))
        .order_by(Unit.code)
    ).all()


def agencies(tx: Tx, ids: Collection[int] | None) -> Sequence[Unit]:
    """All PD that have not ended, or those whose id is among `ids`, by name."""
    query = select(Unit).where(Unit.kind == PD, Unit.ended_on.is_(None)).order_by(Unit.name)
    return tx.scalars(query if ids is None else query.where(Unit.id.in_(ids))).all()


def list_units(tx: Tx) -> Sequence[Unit]:
    """All of them, by name."""
    return tx.scalars(select(Unit).order_by(Unit.name)).all()


def units_by_code(tx: Tx, codes: Collection[str]) -> dict[str, Unit]:
    """code -> unit; unknown codes are left out."""
    return {unit.code: unit for unit in tx.scalars(select(Unit).where(Unit.code.in_(codes)))}


def unit_by_id(tx: Tx, unit_id: int) -> Unit:
    """One that a row names, which therefore is there."""
    return tx.get_one(Unit, unit_id)


def units_by_id(tx: Tx, ids: Collection[int]) -> dict[int, Unit]:
    return {unit.id: unit for unit in tx.scalars(select(Unit).where(Unit.id.in_(ids)))}


def person_names(tx: Tx, ids: Collection[int | None]) -> dict[int | None, str]:
    """id -> name; asking for None is allowed and finds nothing."""
    wanted = {i for i in ids if i is not None}
    rows = tx.execute(select(Person.id, Person.name).where(Person.id.in_(wanted)))
    return {person_id: name for person_id, name in rows}


def by_logins(tx: Tx, logins: Collection[str]) -> dict[str, Person]:
    """login -> who has it; unknown ones are left out, and those whose account has ended."""
    query = select(Person).where(Person.login.in_(logins), Person.disabled_at.is_(None))
    return {person.login: person for person in tx.scalars(query.order_by(Person.id))}


def jabatan_names(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """id -> name."""
    rows = tx.execute(select(Jabatan.id, Jabatan.name).where(Jabatan.id.in_(ids)))
    return {jabatan_id: name for jabatan_id, name in rows}


def jabatan_of(tx: Tx, ids: Collection[int], day: date) -> dict[int, str]:
    """person id -> name and unit of their first jabatan on that day."""
    rows = tx.execute(
        select(Holding.person_id, Jabatan.name, Unit.name)
        .join(Jabatan, Jabatan.id == Holding.jabatan_id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .where(Holding.person_id.in_(ids), held_on(day))
        .order_by(Jabatan.id.desc())
    )
    return {person_id: f"{jabatan}, {unit}" for person_id, jabatan, unit in rows}


def accounts(tx: Tx, ids: Collection[int]) -> Sequence[Person]:
    """Those of these people whose account has not ended, by id."""
    query = select(Person).where(Person.id.in_(ids), Person.disabled_at.is_(None))
    return tx.scalars(query.order_by(Person.id)).all()


def set_locale(tx: Tx, person_id: int, locale: str) -> None:
    tx.execute(update(Person).where(Person.id == person_id).values(locale=locale))


def set_password_hash(tx: Tx, person_id: int, password_hash: str) -> None:
    tx.execute(update(Person).where(Person.id == person_id).values(password_hash=password_hash))


def put_unit(tx: Tx, code: str, name: str, kind: str, zone: str, parent: Unit | None) -> Unit:
    """Insert the unit unless its code exists; give back the one that is stored."""
    row = find_unit(tx, code)
    if row is None:
        row = Unit(code=code, name=name, kind=kind, zone=zone, ancestors=[])
        row.parent_id = parent.id if parent else None
        tx.add(row)
        tx.flush()
        row.ancestors = [*(parent.ancestors if parent else ()), row.id]
        tx.flush()
    return row


def put_jabatan(tx: Tx, unit: Unit, name: str, role: str, superior: Jabatan | None) -> Jabatan:
    """Insert the jabatan unless the unit has it."""
    row = tx.scalar(select(Jabatan).where(Jabatan.unit_id == unit.id, Jabatan.name == name))
    if row is None:
        row = Jabatan(name=name, role=role, unit_id=unit.id)
        row.superior_id = superior.id if superior else None
        tx.add(row)
        tx.flush()
    return row


def put_person(tx: Tx, values: dict[str, Any]) -> Person:
    """Insert the person unless the login exists."""
    tx.execute(insert(Person).values(**values).on_conflict_do_nothing(index_elements=["login"]))
    found = find_person(tx, login=values["login"])
    assert found is not None
    return found


def put_holding(tx: Tx, jabatan: Jabatan, person: Person, since: date) -> None:
    """Let the person hold the jabatan from that day on, unless it is recorded already."""
    tx.execute(
        insert(Holding)
        .values(jabatan_id=jabatan.id, person_id=person.id, since=since)
        .on_conflict_do_nothing()
    )
