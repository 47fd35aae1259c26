"""Units, jabatan, their holders: who is who on a given day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, any_, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from engine.store.holdings import held_on
from engine.store.preferences import preferences_of
from engine.store.tables import Holding, Jabatan, Person, Unit
from engine.store.transaction import Tx
from workflows.rights import ADMINISTRATOR, PROCESS_OWNER, Actor, Position

PD = "pd"
PersonRow = Row[Person, Jabatan, Unit]


def find_person(tx: Tx, login: str | None = None, person_id: int | None = None) -> Person | None:
    """By login (case does not matter) or by id."""
    if person_id is not None:
        return tx.get(Person, person_id)
    return tx.scalar(select(Person).where(Person.login == (login or "").strip().lower()))


def build_actor(tx: Tx, person: Person, day: date) -> Actor:
    """The person with the positions held on that day."""
    rows = tx.execute(
        select(Jabatan.id, Jabatan.name, Jabatan.role, Unit)
        .join(Holding, Holding.jabatan_id == Jabatan.id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .where(Holding.person_id == person.id, held_on(day))
        .order_by(Jabatan.id)
    ).all()
    positions = tuple(
        Position(jid, name, role, unit.id, unit.code, unit.name, tuple(unit.ancestors))
        for jid, name, role, unit in rows
    )
    grants = frozenset(person.grants)
    wish = preferences_of(tx, [person.id]).get(person.id)
    zone = (wish.zone if wish else None) or next((unit.zone for _, _, _, unit in rows), "")
    return Actor(person.id, person.login, person.name, person.locale, grants, positions, zone)


def list_people(tx: Tx, day: date) -> Sequence[PersonRow]:
    """(Person, Jabatan | None, Unit | None), one row a position held on that day."""
    return tx.execute(
        select(Person, Jabatan, Unit)
        .outerjoin(Holding, and_(Holding.person_id == Person.id, held_on(day)))
        .outerjoin(Jabatan, Jabatan.id == Holding.jabatan_id)
        .outerjoin(Unit, Unit.id == Jabatan.unit_id)
        .order_by(Person.id, Jabatan.id)
    ).all()


def holders(tx: Tx, role: str, unit_id: int, day: date) -> Sequence[Person]:
    """Everyone who holds the role in the unit or in a part of it on that day."""
    return holders_by_unit(tx, role, [unit_id], day).get(unit_id, [])


def holders_by_unit(
    tx: Tx, role: str, unit_ids: Collection[int], day: date
) -> dict[int, list[Person]]:
    """unit id -> `holders`, for several units in one statement; vacant ones are left out."""
    asked = aliased(Unit)
    rows = tx.execute(
        select(asked.id, Person)
        .join(Unit, asked.id == any_(Unit.ancestors))
        .join(Jabatan, Jabatan.unit_id == Unit.id)
        .join(Holding, Holding.jabatan_id == Jabatan.id)
        .join(Person, Person.id == Holding.person_id)
        .where(asked.id.in_(unit_ids), Jabatan.role == role, held_on(day))
        .distinct()
        .order_by(Person.id)
    )
    found: dict[int, list[Person]] = {}
    for unit_id, person in rows:
        found.setdefault(unit_id, []).append(person)
    return found


def superiors(
    tx: Tx, role: str, unit_id: int, performers: Iterable[Person], day: date
) -> Sequence[Person]:
    """Whoever stands next above the role in that unit and is not a performer as well.

    A vacant jabatan is passed over: the one above it hears instead. Where nobody stands above,
    the administrators do.
    """
    known = {person.id for person in performers}
    level = set(
        tx.scalars(
            select(Jabatan.superior_id)
            .join(Unit, Unit.id == Jabatan.unit_id)
            .where(Jabatan.role == role, Unit.ancestors.contains([unit_id]))
        )
    ) - {None}
    passed: set[int | None] = set()
    while level - passed:
        passed |= level
        query = select(Person).join(Holding, Holding.person_id == Person.id)
        query = query.where(Holding.jabatan_id.in_(level), held_on(day), Person.id.not_in(known))
        if found := tx.scalars(query.distinct().order_by(Person.id)).all():
            return found
        level = set(tx.scalars(select(Jabatan.superior_id).where(Jabatan.id.in_(level)))) - {None}
    administrators = select(Person).where(Person.grants.contains([ADMINISTRATOR]))
    return tx.scalars(administrators.where(Person.id.not_in(known)).order_by(Person.id)).all()


def process_owners(tx: Tx) -> Sequence[Person]:
    """Whoever steers the SOPs; where nobody does, the administrators."""
    for grant in (PROCESS_OWNER, ADMINISTRATOR):
        query = select(Person).where(Person.grants.contains([grant])).order_by(Person.id)
        if found := tx.scalars(query).all():
            return found
    return ()


def heads_of_unit(tx: Tx, code: str, day: date) -> Sequence[Person]:
    """Whoever holds a jabatan of that very unit that reports to nobody in it."""
    above = aliased(Jabatan)
    return tx.scalars(
        select(Person)
        .join(Holding, Holding.person_id == Person.id)
        .join(Jabatan, Jabatan.id == Holding.jabatan_id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .outerjoin(above, above.id == Jabatan.superior_id)
        .where(Unit.code == code, held_on(day))
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


def units_below(tx: Tx, unit_id: int, kind: str) -> Sequence[Unit]:
    """The parts of a unit that are of this kind, by code."""
    return tx.scalars(
        select(Unit)
        .where(Unit.ancestors.contains([unit_id]), Unit.kind == kind, Unit.id != unit_id)
        .order_by(Unit.code)
    ).all()


def agencies(tx: Tx, ids: Collection[int] | None) -> Sequence[Unit]:
    """All PD, or those whose id is among `ids`, by name."""
    query = select(Unit).where(Unit.kind == PD).order_by(Unit.name)
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
