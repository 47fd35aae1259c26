"""Who is who."""

from __future__ import annotations

from datetime import datetime

from engine.app import App
from engine.errors import NotFoundError
from engine.store import actors, people
from engine.store.tables import Person
from engine.store.transaction import transaction
from engine.values import UnitLine
from workflows.errors import InvalidAnswerError
from workflows.rights import Actor

LOCALES = ("id", "en")


def load_actor(app: App, who: int | str, now: datetime) -> Actor:
    """By id or login. Raises NotFoundError: person_not_found."""
    with transaction(app.sessions) as tx:
        if isinstance(who, int):
            row = people.find_person(tx, person_id=who)
        else:
            row = people.find_person(tx, login=who)
        return actors.build_actor(tx, _person(row, who), app.today(now))


def _person(row: Person | None, who: int | str) -> Person:
    if row is None:
        raise NotFoundError("person_not_found", person=str(who))
    return row


def set_locale(app: App, actor: Actor, locale: str, now: datetime) -> None:
    """The language of pages and mails. Raises InvalidAnswerError: unknown_locale."""
    if locale not in LOCALES:
        raise InvalidAnswerError("unknown_locale", field="locale", known=list(LOCALES))
    if actor.person_id is None:
        return
    with transaction(app.sessions) as tx:
        people.set_locale(tx, actor.person_id, locale)


def list_units(app: App) -> tuple[UnitLine, ...]:
    """Every unit that has not ended, by name; the organisation is no secret, so all may ask."""
    with transaction(app.sessions) as tx:
        units = [unit for unit in people.list_units(tx) if unit.ended_on is None]
        return tuple(UnitLine(unit.code, unit.name, unit.kind) for unit in units)
