"""The log of what is not part of a case: log-ins, accounts, organisation, settings."""

from __future__ import annotations

from datetime import datetime

from engine.account_values import LogLine
from engine.app import App
from engine.errors import NotAllowedError, NotFoundError
from engine.store import account_log, accounts, people
from engine.store.transaction import transaction
from workflows.rights import Actor, Thing, may

PAGE = 50


def list_log(
    app: App, actor: Actor, login: str, before: int | None, now: datetime, most: int = PAGE
) -> tuple[tuple[LogLine, ...], int | None]:
    """The newest entries, of what one person did or had done to them where a login is given, older
    than `before`; and from where the next page goes on.

    Raises NotAllowedError: right_missing; NotFoundError: person_not_found.
    """
    if reason := may(actor, "audit", Thing()):
        raise NotAllowedError(reason, verb="audit")
    with transaction(app.sessions) as tx:
        person = people.find_person(tx, login=login) if login.strip() else None
        if login.strip() and person is None:
            raise NotFoundError("person_not_found", person=login)
        rows = account_log.rows_without_case(tx, person.id if person else None, before, most + 1)
        lines = tuple(
            LogLine(event.id, event.at, event.kind, name, by, about, about_login, event.data)
            for event, name, by, about, about_login in rows[:most]
        )
        return lines, (lines[-1].id if len(rows) > most else None)


def is_empty(app: App) -> bool:
    """Whether nobody is registered yet."""
    with transaction(app.sessions) as tx:
        return not accounts.has_people(tx)
