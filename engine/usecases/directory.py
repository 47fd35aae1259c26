"""Who is there: people with their jabatan, and for those who may audit their rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.app import App
from engine.managing import (
    find_person,
    grant_lines,
    may_look,
    may_manage,
    person_rows,
    rules_somewhere,
)
from engine.organisation_values import LeaveLine, PeoplePage, PersonDetail, PersonRow, UnitNode
from engine.organising import MANAGE, allows, find_unit, holding_lines, unit_nodes
from engine.store import organisation, people, persons
from engine.store.persons import Wanted
from engine.store.tables import Person
from engine.store.transaction import Tx, transaction
from workflows.rights import Actor

PAGE = 50


@dataclass(frozen=True)
class Search:
    """Which people a list shows: by words, unit (and below), right, or whose account has ended."""

    text: str = ""
    unit: str = ""
    grant: str = ""
    disabled: bool = False
    page: int = 1


def list_persons(app: App, actor: Actor, search: Search, now: datetime) -> PeoplePage:
    """People by name, a page of them; rights and addresses only for who may audit them. Only who
    manages or audits sees the accounts that have ended.

    Raises NotFoundError: unit_not_found.
    """
    with transaction(app.sessions) as tx:
        day, somewhere = app.today(now), rules_somewhere(actor, "audit")
        units = _below(tx, search.unit)
        disabled = search.disabled and somewhere
        grant = search.grant if somewhere else ""
        wanted = Wanted(search.text[:100], units, grant, disabled)
        page = max(1, min(search.page, 100_000))
        rows, total = persons.find_people(tx, wanted, day, offset=(page - 1) * PAGE, limit=PAGE)
        lines = person_rows(tx, actor, list(rows), day)
        return PeoplePage(
            rows=tuple(lines),
            total=total,
            page=page,
            more=page * PAGE < total,
            private=somewhere,
            may_add=rules_somewhere(actor),
        )


def _below(tx: Tx, code: str) -> frozenset[int] | None:
    if not code:
        return None
    unit = find_unit(tx, code)
    return frozenset(one.id for one in people.list_units(tx) if unit.id in one.ancestors)


def read_person(app: App, actor: Actor, login: str, now: datetime) -> PersonDetail:
    """Their jabatan for everyone; rights, address and leave for themselves and who may audit.

    Raises NotFoundError: person_not_found.
    """
    with transaction(app.sessions) as tx:
        return _detail(tx, actor, find_person(tx, login), app.today(now))


def _detail(tx: Tx, actor: Actor, person: Person, day: date) -> PersonDetail:
    private = may_look(tx, actor, person, day)
    lines = holding_lines(tx, day, person_ids=[person.id], all_time=True)
    grants = grant_lines(persons.grant_rows(tx, [person.id]), actor)
    past = grant_lines(persons.grant_rows(tx, [person.id], revoked=True), actor)
    row = PersonRow(
        id=person.id,
        login=person.login,
        name=person.name,
        email=person.email if private else "",
        holdings=tuple(one for one in reversed(lines) if one.state != "past"),
        grants=grants if private else (),
        disabled_at=person.disabled_at,
        has_password=bool(person.password_hash),
    )
    return PersonDetail(
        row=row,
        nip=person.nip if private else "",
        locale=person.locale,
        past_holdings=tuple(one for one in lines if one.state == "past"),
        past_grants=past if private else (),
        leave=_leave(tx, person) if private else (),
        private=private,
        factor=private and person.totp_since is not None,
        may_change=may_manage(tx, actor, person, day),
        units=_given_for(tx, actor),
        everywhere=allows(actor, MANAGE, None),
    )


def _leave(tx: Tx, person: Person) -> tuple[LeaveLine, ...]:
    return tuple(
        LeaveLine(one.since, one.until, name, one.reason, one.cancelled_at is not None)
        for one, name in organisation.leave_of(tx, [person.id])
    )


def _given_for(tx: Tx, actor: Actor) -> tuple[UnitNode, ...]:
    nodes = unit_nodes(people.list_units(tx), (), actor)
    return tuple(one for one in nodes if one.may_change and one.ended_on is None)
