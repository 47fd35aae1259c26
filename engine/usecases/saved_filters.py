"""Saved filters of the inbox: kept, shared, renamed, deleted, chosen as the default."""

from __future__ import annotations

from datetime import datetime

from engine.app import App
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.inbox_values import NAME_LENGTH, InboxQuery, SavedFilterLine, query_document
from engine.store import cases, people
from engine.store import saved_filters as store
from engine.store.inbox_lines import filter_lines
from engine.store.tables import SavedFilter
from engine.store.transaction import Tx, transaction
from workflows.errors import InvalidAnswerError
from workflows.rights import Actor

MOST = 50  # of one person


def list_filters(app: App, actor: Actor) -> tuple[SavedFilterLine, ...]:
    """The actor's own, then those shared with them."""
    if actor.person_id is None:
        return ()
    with transaction(app.sessions) as tx:
        return filter_lines(store.filters_for(tx, actor), actor.person_id)


def save_filter(
    app: App,
    actor: Actor,
    name: str,
    query: InboxQuery,
    now: datetime,
    *,
    unit: str = "",
    default: bool = False,
) -> int:
    """Keep the query under a name, instead of an own one of that name; its id.

    `unit`: those in that unit and below see it as well, "" for nobody; `default`: the inbox opens
    with it from now on. Raises InvalidAnswerError: filter_name, too_many_filters;
    NotFoundError: unit_not_found; NotAllowedError: filter_share_not_allowed, right_missing.
    """
    person_id, name = _person(actor), _check_name(name)
    with transaction(app.sessions) as tx:
        unit_id = _shared_unit(tx, actor, unit) if unit else None
        if store.count_own(tx, person_id) >= MOST:
            raise InvalidAnswerError("too_many_filters", field="nama", most=MOST)
        filter_id = store.put_filter(
            tx,
            {
                "owner_id": person_id,
                "name": name,
                "query": query_document(query),
                "unit_id": unit_id,
                "created_at": now,
            },
        )
        if default:
            store.put_default(tx, person_id, filter_id)
        cases.add_event(tx, now, "filter_saved", person_id, filter=filter_id, name=name, unit=unit)
        return filter_id


def rename_filter(app: App, actor: Actor, filter_id: int, name: str, now: datetime) -> None:
    """Raises NotFoundError: filter_not_found (nobody changes another's); InvalidAnswerError:
    filter_name; ConflictError: filter_name_taken."""
    person_id, name = _person(actor), _check_name(name)
    with transaction(app.sessions) as tx:
        row = _own(tx, person_id, filter_id)
        if store.name_is_taken(tx, person_id, name, filter_id):
            raise ConflictError("filter_name_taken", name=name)
        store.rename(tx, row.id, name)
        cases.add_event(tx, now, "filter_renamed", person_id, filter=filter_id, name=name)


def delete_filter(app: App, actor: Actor, filter_id: int, now: datetime) -> None:
    """Gone for those with whom it was shared, too. Raises NotFoundError: filter_not_found."""
    person_id = _person(actor)
    with transaction(app.sessions) as tx:
        row = _own(tx, person_id, filter_id)
        store.remove(tx, row.id)
        cases.add_event(tx, now, "filter_deleted", person_id, filter=filter_id, name=row.name)


def choose_default_filter(app: App, actor: Actor, filter_id: int | None, now: datetime) -> None:
    """Open the inbox with this one, own or shared; None: as it comes.

    Raises NotFoundError: filter_not_found.
    """
    person_id = _person(actor)
    with transaction(app.sessions) as tx:
        known = {row[0].id for row in store.filters_for(tx, actor)}
        if filter_id is not None and filter_id not in known:
            raise NotFoundError("filter_not_found", filter=filter_id)
        store.put_default(tx, person_id, filter_id)


def _person(actor: Actor) -> int:
    if actor.person_id is None:  # the operator at the command line has no inbox
        raise NotAllowedError("right_missing", verb="filter")
    return actor.person_id


def _check_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > NAME_LENGTH:
        raise InvalidAnswerError("filter_name", field="nama", most=NAME_LENGTH)
    return name


def _own(tx: Tx, person_id: int, filter_id: int) -> SavedFilter:
    row = store.own_filter(tx, person_id, filter_id)
    if row is None:
        raise NotFoundError("filter_not_found", filter=filter_id)
    return row


def _shared_unit(tx: Tx, actor: Actor, code: str) -> int:
    unit = people.find_unit(tx, code)
    if unit is None:
        raise NotFoundError("unit_not_found", unit=code)
    if not actor.grants and unit.id not in actor.units | actor.units_overseen:
        raise NotAllowedError("filter_share_not_allowed", unit=unit.name)
    return unit.id
