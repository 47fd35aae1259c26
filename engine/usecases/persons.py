"""Accounts of people: made, changed, ended, in force again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from engine.app import App
from engine.errors import ConflictError
from engine.mail_address import MailAddressError, read_address
from engine.managing import (
    demand_managed,
    find_person,
    person_rows,
    refuse_last_administrator,
    rules_somewhere,
)
from engine.organisation_values import HoldingLine, PersonRow
from engine.organising import MANAGE, allows, demand, find_jabatan, holding_lines, listed
from engine.store import account_mails, accounts, cases, organisation, people, persons
from engine.store.tables import Holding, Person
from engine.store.transaction import Tx, transaction
from workflows.organisation import check_login, check_name, check_nip, refuse
from workflows.rights import DEFINITIVE, Actor

LOCALES = ("id", "en")


@dataclass(frozen=True)
class Identity:
    """What is known of a person; `nip` "" for whoever has none."""

    name: str
    email: str
    nip: str = ""
    locale: str = "id"


def create_person(
    app: App,
    actor: Actor,
    login: str,
    identity: Identity,
    now: datetime,
    *,
    jabatan_id: int | None = None,
    since: date | None = None,
) -> PersonRow:
    """An account without a password: a mail invites them to choose one. `jabatan_id`: what they
    hold from `since` (today) on; who manages a unit alone has to name one of it.

    Raises NotAllowedError: right_missing; NotFoundError: jabatan_not_found; ConflictError:
    login_taken, nip_taken, person_needs_jabatan, jabatan_ended, jabatan_held;
    InvalidAnswerError: invalid_organisation.
    """
    login, identity = check_login(login), _checked(identity)
    with transaction(app.sessions) as tx:
        if jabatan_id is None and not allows(actor, MANAGE, None):
            if not rules_somewhere(actor):
                demand(actor, None)
            raise ConflictError("person_needs_jabatan")
        if people.find_person(tx, login=login) is not None:
            raise ConflictError("login_taken", login=login)
        _refuse_nip(tx, identity.nip, None)
        person = Person(login=login, password_hash="")
        _write(person, identity)
        organisation.add_row(tx, person)
        if jabatan_id is not None:
            _seat(tx, actor, person, jabatan_id, since or app.today(now), now)
        account_mails.add_mail(tx, person.id, "invite", now)
        _log(tx, now, "person_created", actor, person, jabatan=jabatan_id)
        return person_rows(tx, actor, [person], app.today(now))[0]


def _seat(
    tx: Tx, actor: Actor, person: Person, jabatan_id: int, since: date, now: datetime
) -> None:
    """Raises NotAllowedError: right_missing; NotFoundError: jabatan_not_found; ConflictError:
    jabatan_ended, jabatan_held."""
    jabatan, unit = find_jabatan(tx, jabatan_id, lock=True)
    demand(actor, unit)
    if jabatan.ended_on is not None:
        raise ConflictError("jabatan_ended", name=jabatan.name)
    for one in organisation.holdings_of(tx, jabatan.id) if not jabatan.many else ():
        if one.kind == DEFINITIVE and (one.until or date.max) >= since:
            by = people.person_names(tx, [one.person_id]).get(one.person_id)
            raise ConflictError("jabatan_held", by=by, since=one.since.isoformat())
    row = Holding(jabatan_id=jabatan.id, person_id=person.id, since=since, kind=DEFINITIVE)
    row.noted_at, row.noted_by = now, actor.person_id
    organisation.add_row(tx, row)


def _checked(identity: Identity) -> Identity:
    """Raises InvalidAnswerError: invalid_organisation."""
    email = identity.email.strip()
    try:
        if email:
            read_address("", email)
    except MailAddressError:
        refuse("surel", "email_unusable")
    if not email:
        refuse("surel", "required")
    if identity.locale not in LOCALES:
        refuse("bahasa", "unknown_locale")
    return replace(
        identity, name=check_name(identity.name), email=email, nip=check_nip(identity.nip)
    )


def _refuse_nip(tx: Tx, nip: str, own: int | None) -> None:
    known = persons.person_of_nip(tx, nip) if nip else None
    if known is not None and known.id != own:
        raise ConflictError("nip_taken", name=known.name)


def _write(person: Person, identity: Identity) -> None:
    person.name, person.email = identity.name, identity.email
    person.nip, person.locale = identity.nip, identity.locale


def change_person(
    app: App, actor: Actor, login: str, identity: Identity, now: datetime
) -> PersonRow:
    """Raises NotAllowedError: right_missing; NotFoundError: person_not_found; ConflictError:
    nip_taken; InvalidAnswerError: invalid_organisation."""
    identity = _checked(identity)
    with transaction(app.sessions) as tx:
        person = find_person(tx, login, lock=True)
        demand_managed(tx, actor, person, app.today(now))
        _refuse_nip(tx, identity.nip, person.id)
        before = {"name": person.name, "email": person.email, "nip": person.nip}
        _write(person, identity)
        _log(tx, now, "person_changed", actor, person, before=before)
        return person_rows(tx, actor, [person], app.today(now))[0]


def end_person(
    app: App, actor: Actor, login: str, now: datetime, *, with_holdings: bool = False
) -> PersonRow:
    """End the account: their sessions stop, their name stays on all they have done.

    `with_holdings`: what they hold ends today as well. Raises NotAllowedError: right_missing;
    NotFoundError: person_not_found; ConflictError: person_disabled, own_account,
    last_administrator, person_holds (listed).
    """
    with transaction(app.sessions) as tx:
        administrators = persons.lock_administrators(tx)
        person, day = find_person(tx, login, lock=True), app.today(now)
        demand_managed(tx, actor, person, day)
        if person.disabled_at is not None:
            raise ConflictError("person_disabled", name=person.name)
        if person.id == actor.person_id:
            raise ConflictError("own_account")
        refuse_last_administrator(administrators, person)
        lines = holding_lines(tx, day, person_ids=[person.id])
        if lines and not with_holdings:
            held = listed(f"{one.jabatan} ({one.unit_name})" for one in lines)
            raise ConflictError("person_holds", name=person.name, listed=held)
        _end_holdings(tx, lines, day)
        person.disabled_at = now
        accounts.end_sessions(tx, person.id, "disabled", now)
        ended = [one.id for one in lines]
        _log(tx, now, "person_ended", actor, person, holdings=ended)
        return person_rows(tx, actor, [person], day)[0]


def _end_holdings(tx: Tx, lines: tuple[HoldingLine, ...], day: date) -> None:
    for line in lines:
        row = organisation.find_holding(tx, line.id)
        if row is not None and row.since > day:
            organisation.cancel_holding(tx, row.id)
        elif row is not None:
            row.until = day


def reactivate_person(app: App, actor: Actor, login: str, now: datetime) -> PersonRow:
    """The account is in force again, with its rights; jabatan do not come back by themselves.

    Raises NotAllowedError: right_missing; NotFoundError: person_not_found; ConflictError:
    person_not_disabled.
    """
    with transaction(app.sessions) as tx:
        person = find_person(tx, login, lock=True)
        demand_managed(tx, actor, person, app.today(now))
        if person.disabled_at is None:
            raise ConflictError("person_not_disabled", name=person.name)
        person.disabled_at = None
        _log(tx, now, "person_reactivated", actor, person)
        return person_rows(tx, actor, [person], app.today(now))[0]


def _log(tx: Tx, now: datetime, kind: str, actor: Actor, person: Person, **data: Any) -> None:
    about: dict[str, Any] = {"person": person.id, "login": person.login}
    cases.add_event(tx, now, kind, actor.person_id, **about, **data)
