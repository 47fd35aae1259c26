"""Whose account somebody may manage: that of people of their units, without wider rights."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.organisation_values import GrantLine, HoldingLine, PersonRow
from engine.organising import MANAGE, allows, holding_lines
from engine.store import organisation, people, persons
from engine.store.persons import GrantRow
from engine.store.tables import Person, Unit
from engine.store.transaction import Tx
from workflows.rights import ADMINISTRATOR, Actor, Verb


def find_person(tx: Tx, login: str, *, lock: bool = False) -> Person:
    """Raises NotFoundError: person_not_found."""
    person = people.find_person(tx, login=login)
    if person is not None and lock:
        person = persons.lock_person(tx, person.id)
    if person is None:
        raise NotFoundError("person_not_found", person=login)
    return person


def belongs_to(tx: Tx, person: Person, day: date) -> list[Unit | None]:
    """The units of what they hold now or later, else of what they held last; with those of their
    rights (None: everywhere). Whoever has nothing belongs to the organisation as a whole."""
    rows = organisation.holding_rows(tx, person_ids=[person.id])
    in_force = [row for row in rows if row[0].until is None or row[0].until >= day] or rows[:1]
    found: list[Unit | None] = [unit for _, _, _, unit, _ in in_force]
    found += [unit for _, _, unit, *_ in persons.grant_rows(tx, [person.id])]
    return found or [None]


def may_manage(tx: Tx, actor: Actor, person: Person, day: date) -> bool:
    """In every unit that they belong to, or where they stand in for somebody: else a right bound to
    a unit could be widened by taking over the account of somebody with more."""
    units = [*belongs_to(tx, person, day), *organisation.units_stood_in(tx, person.id, day)]
    return all(allows(actor, MANAGE, unit) for unit in units)


def may_look(tx: Tx, actor: Actor, person: Person, day: date, verb: Verb = "audit") -> bool:
    """Whether they may read address, rights and leave: their own, or as an auditor of any unit that
    the person belongs to."""
    if actor.person_id == person.id:
        return True
    return any(allows(actor, verb, unit) for unit in belongs_to(tx, person, day))


def demand_managed(tx: Tx, actor: Actor, person: Person, day: date) -> None:
    """Raises NotAllowedError: right_missing."""
    if not may_manage(tx, actor, person, day):
        raise NotAllowedError("right_missing", verb=MANAGE, person=person.login)


def rules_somewhere(actor: Actor, verb: Verb = MANAGE) -> bool:
    """Whether they may do so in any unit at all."""
    return allows(actor, verb, None) or bool(actor.units_of(verb))


def refuse_last_administrator(locked: Collection[int], person: Person) -> None:
    """`locked`: what `persons.lock_administrators` gave, which is asked for before any person is
    locked: two who take each other's right would wait for one another otherwise.

    Raises ConflictError: last_administrator.
    """
    if {*locked} == {person.id}:
        raise ConflictError("last_administrator", name=person.name)


def is_last_asked(name: str, unit_id: int | None) -> bool:
    """Whether taking that right could leave nobody who manages all."""
    return name == ADMINISTRATOR and unit_id is None


def grant_lines(rows: Sequence[GrantRow], actor: Actor) -> tuple[GrantLine, ...]:
    """From rows of `persons.grant_rows`."""
    return tuple(
        GrantLine(
            id=grant.id,
            login=person.login,
            person=person.name,
            name=grant.name,
            unit=unit.code if unit else "",
            unit_name=unit.name if unit else "",
            granted_at=grant.granted_at,
            granted_by=giver,
            revoked_at=grant.revoked_at,
            revoked_by=taker,
            may_revoke=grant.revoked_at is None and allows(actor, MANAGE, unit),
        )
        for grant, person, unit, giver, taker in rows
    )


def person_rows(tx: Tx, actor: Actor, rows: list[Person], day: date) -> list[PersonRow]:
    """With what this reader may see of each."""
    ids = [row.id for row in rows]
    held: dict[int, list[HoldingLine]] = {}
    for line in reversed(holding_lines(tx, day, person_ids=ids)):
        held.setdefault(line.person_id, []).append(line)
    granted: dict[str, list[GrantLine]] = {}
    for grant in grant_lines(persons.grant_rows(tx, ids), actor):
        granted.setdefault(grant.login, []).append(grant)
    looks = _readable(tx, actor, rows, held, granted)
    return [
        PersonRow(
            id=row.id,
            login=row.login,
            name=row.name,
            email=row.email if row.id in looks else "",
            holdings=tuple(held.get(row.id, ())),
            grants=tuple(granted.get(row.login, ())) if row.id in looks else (),
            disabled_at=row.disabled_at,
            has_password=bool(row.password_hash),
        )
        for row in rows
    ]


def _readable(
    tx: Tx,
    actor: Actor,
    rows: list[Person],
    held: dict[int, list[HoldingLine]],
    granted: dict[str, list[GrantLine]],
) -> set[int]:
    """Ids of those whose rights the reader may see: everybody's, or those of their units."""
    if allows(actor, "audit", None):
        return {row.id for row in rows}
    codes = {
        *(line.unit for lines in held.values() for line in lines),
        *(grant.unit for grants in granted.values() for grant in grants if grant.unit),
    }
    units = people.units_by_code(tx, codes)
    seen = {code for code, unit in units.items() if allows(actor, "audit", unit)}
    return {
        row.id
        for row in rows
        if row.id == actor.person_id
        or any(line.unit in seen for line in held.get(row.id, ()))
        or any(grant.unit in seen for grant in granted.get(row.login, ()))
    }
