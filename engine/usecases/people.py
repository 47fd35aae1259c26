"""Log-in and who is who."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from engine.app import App
from engine.errors import NotAllowedError, NotFoundError
from engine.passwords import hash_password, needs_rehash, verify_password
from engine.store import people
from engine.store.lines import person_lines
from engine.store.tables import Person
from engine.store.transaction import transaction
from engine.values import PersonLine, UnitLine
from workflows.errors import InvalidAnswerError
from workflows.rights import Actor

LOCALES = ("id", "en")


def authenticate(app: App, login: str, password: str, now: datetime) -> Actor:
    """The person behind the credentials.

    Raises NotAllowedError: wrong_credentials, the same for an unknown login.
    """
    with transaction(app.sessions) as tx:
        person = people.find_person(tx, login=login)
        fits = verify_password(person.password_hash if person else None, password)
        if person is None or not fits:
            raise NotAllowedError("wrong_credentials")
        if needs_rehash(person.password_hash):
            people.set_password_hash(tx, person.id, hash_password(password))
        return people.build_actor(tx, person, app.today(now))


def load_actor(app: App, who: int | str, now: datetime) -> Actor:
    """By id or login. Raises NotFoundError: person_not_found."""
    with transaction(app.sessions) as tx:
        if isinstance(who, int):
            row = people.find_person(tx, person_id=who)
        else:
            row = people.find_person(tx, login=who)
        return people.build_actor(tx, _person(row, who), app.today(now))


def _person(row: Person | None, who: int | str) -> Person:
    if row is None:
        raise NotFoundError("person_not_found", person=str(who))
    return row


def session_stamp(app: App, person_id: int) -> str:
    """Changes whenever the password does; a session that carries an old one is over."""
    with transaction(app.sessions) as tx:
        return _stamp(_person(people.find_person(tx, person_id=person_id), person_id))


def resume_session(app: App, person_id: int, stamp: str, now: datetime) -> Actor | None:
    """The person of a session; None when they are gone or have a new password since."""
    with transaction(app.sessions) as tx:
        row = people.find_person(tx, person_id=person_id)
        if row is None or not hmac.compare_digest(_stamp(row), stamp):
            return None
        return people.build_actor(tx, row, app.today(now))


def _stamp(person: Person) -> str:
    return hashlib.sha256(person.password_hash.encode()).hexdigest()[:16]


def set_locale(app: App, actor: Actor, locale: str, now: datetime) -> None:
    """The language of pages and mails. Raises InvalidAnswerError: unknown_locale."""
    if locale not in LOCALES:
        raise InvalidAnswerError("unknown_locale", field="locale", known=list(LOCALES))
    if actor.person_id is None:
        return
    with transaction(app.sessions) as tx:
        people.set_locale(tx, actor.person_id, locale)


def list_people(app: App, now: datetime) -> tuple[PersonLine, ...]:
    """Everyone, with the jabatan held today; colleagues know each other, so all may ask."""
    with transaction(app.sessions) as tx:
        return person_lines(people.list_people(tx, app.today(now)), people.grants_by_person(tx))


def list_units(app: App) -> tuple[UnitLine, ...]:
    """Every unit by name; the organisation is no secret, so all may ask."""
    with transaction(app.sessions) as tx:
        return tuple(UnitLine(unit.code, unit.name, unit.kind) for unit in people.list_units(tx))
