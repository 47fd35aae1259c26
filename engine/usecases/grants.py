"""Rights beyond what jabatan give: everywhere, or in a unit and below it; taken, never deleted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.app import App
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.managing import (
    find_person,
    grant_lines,
    is_last_asked,
    refuse_last_administrator,
    rules_somewhere,
)
from engine.organisation_values import GrantLine
from engine.organising import allows, demand, find_unit, refuse_ended
from engine.store import cases, people, persons
from engine.store.tables import PersonGrant
from engine.store.transaction import Tx, transaction
from workflows.organisation import check_grant
from workflows.rights import Actor


def list_grants(
    app: App, actor: Actor, now: datetime, *, revoked: bool = False
) -> tuple[GrantLine, ...]:
    """The rights in the units that the reader audits or manages; in force, or taken back.

    Raises NotAllowedError: right_missing, for who audits nowhere.
    """
    if not rules_somewhere(actor, "audit"):
        raise NotAllowedError("right_missing", verb="audit")
    with transaction(app.sessions) as tx:
        rows = persons.grant_rows(tx, revoked=revoked)
        return grant_lines([row for row in rows if allows(actor, "audit", row[2])], actor)


def give_grant(
    app: App, actor: Actor, login: str, name: str, unit_code: str, now: datetime
) -> GrantLine:
    """Give a right for a unit and below it, or (`unit_code` "") everywhere: nobody gives a wider
    one than their own. It counts from the next request on.

    Raises NotAllowedError: right_missing; NotFoundError: person_not_found, unit_not_found;
    ConflictError: person_disabled, unit_ended, grant_standing; InvalidAnswerError:
    invalid_organisation.
    """
    name = check_grant(name)
    with transaction(app.sessions) as tx:
        unit = refuse_ended(find_unit(tx, unit_code)) if unit_code else None
        demand(actor, unit)
        person = find_person(tx, login, lock=True)
        if person.disabled_at is not None:
            raise ConflictError("person_disabled", name=person.name)
        everywhere, bound = people.grants_of(tx, person.id)
        if name in everywhere or (unit is not None and (name, unit.id) in bound):
            raise ConflictError("grant_standing", name=person.name, grant=name)
        row = PersonGrant(person_id=person.id, name=name, granted_at=now)
        row.unit_id, row.granted_by = unit.id if unit else None, actor.person_id
        persons.add_grant(tx, row)
        _log(tx, now, "grant_given", actor, row)
        return _line(tx, actor, row)


def revoke_grant(app: App, actor: Actor, grant_id: int, now: datetime) -> GrantLine:
    """Take a right back; the row stays as its history.

    Raises NotAllowedError: right_missing; NotFoundError: grant_not_found; ConflictError:
    last_administrator.
    """
    with transaction(app.sessions) as tx:
        row = _standing(tx, grant_id)
        unit = people.unit_by_id(tx, row.unit_id) if row.unit_id else None
        demand(actor, unit)
        needed = is_last_asked(row.name, row.unit_id)
        administrators = persons.lock_administrators(tx) if needed else ()
        person = persons.lock_person(tx, row.person_id)
        assert person is not None
        refuse_last_administrator(administrators, person)
        row = _standing(tx, grant_id)  # as it is now that nobody can change it
        row.revoked_at, row.revoked_by = now, actor.person_id
        _log(tx, now, "grant_revoked", actor, row)
        return _line(tx, actor, row)


def _standing(tx: Tx, grant_id: int) -> PersonGrant:
    """Raises NotFoundError: grant_not_found."""
    row = persons.find_grant(tx, grant_id)
    if row is None or row.revoked_at is not None:
        raise NotFoundError("grant_not_found", grant=grant_id)
    return row


def _line(tx: Tx, actor: Actor, row: PersonGrant) -> GrantLine:
    tx.flush()
    over = row.revoked_at is not None
    rows = persons.grant_rows(tx, [row.person_id], revoked=over)
    return next(one for one in grant_lines(rows, actor) if one.id == row.id)


def _log(tx: Tx, now: datetime, kind: str, actor: Actor, row: PersonGrant) -> None:
    about: dict[str, Any] = {"person": row.person_id, "grant": row.id}
    about |= {"name": row.name, "unit_id": row.unit_id}
    if row.unit_id is not None:
        about["place"] = people.unit_by_id(tx, row.unit_id).name
    cases.add_event(tx, now, kind, actor.person_id, **about)
