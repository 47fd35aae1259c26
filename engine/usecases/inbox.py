"""What waits for a person, what they have done, and what they may see: lists, counts, choices."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from engine.app import App
from engine.inbox_values import (
    Choices,
    Inbox,
    InboxCounts,
    InboxLine,
    InboxPage,
    InboxQuery,
    write_cursor,
)
from engine.store import inbox, saved_filters
from engine.store.inbox_choices import choices_of, names_of
from engine.store.inbox_filters import narrow
from engine.store.inbox_lines import filter_lines, inbox_lines
from engine.store.transaction import Tx, reading
from workflows.rights import Actor

LONGEST = 200  # items of one page


def list_items(app: App, actor: Actor, query: InboxQuery, now: datetime) -> InboxPage:
    """One page of a list of the actor's, at most 200 items long; names in the query that are not
    known narrow nothing and are told in `ignored`."""
    if actor.person_id is None:
        return InboxPage(())
    with reading(app.sessions) as tx:
        reader = inbox.meet_reader(tx, actor, app.today(now))
        return _page(tx, app, actor, reader, query, now)


def read_inbox(
    app: App, actor: Actor, query: InboxQuery, now: datetime, *, bare: bool = False
) -> Inbox:
    """As `list_items`, with what stands around the list; `bare`: nobody has asked for a tab or a
    filter, so the reader's default filter counts, if they have one."""
    if actor.person_id is None:
        return Inbox(query, InboxPage(()), InboxCounts(), ())
    with reading(app.sessions) as tx:
        filters = filter_lines(saved_filters.filters_for(tx, actor), actor.person_id)
        default = next((one for one in filters if one.default), None) if bare else None
        query = default.query if default else query
        reader = inbox.meet_reader(tx, actor, app.today(now))
        counted = inbox.count_tabs(tx, reader, now)
        counts = InboxCounts(**counted, todo=counted["mine"] + counted["group"])
        page = _page(tx, app, actor, reader, query, now)
        return Inbox(query, page, counts, filters, default, names_of(tx, query))


def read_lines(
    app: App, actor: Actor, item_ids: Collection[int], now: datetime
) -> tuple[InboxLine, ...]:
    """Those of these items whose cases are open to the actor, by id; ended ones as well."""
    if actor.person_id is None:
        return ()
    with reading(app.sessions) as tx:
        reader = inbox.meet_reader(tx, actor, app.today(now))
        rows = inbox.chosen_rows(tx, reader, item_ids)
        return inbox_lines(tx, rows, reader.person_id, now)


def list_choices(app: App, actor: Actor, now: datetime) -> Choices:
    """What the actor can choose from when they narrow a list down or share a filter."""
    with reading(app.sessions) as tx:
        return choices_of(tx, actor, app.today(now))


def _page(
    tx: Tx, app: App, actor: Actor, reader: inbox.Reader, query: InboxQuery, now: datetime
) -> InboxPage:
    limit = min(max(query.limit, 1), LONGEST)
    narrowing = narrow(tx, query, actor.zone or app.settings.zone, now)
    rows = inbox.item_page(tx, query.tab, reader, narrowing.conditions, limit + 1)
    lines = inbox_lines(tx, rows[:limit], reader.person_id, now)
    after = ""
    if len(rows) > limit:
        last = rows[limit - 1][0]
        after = write_cursor(last.completed_at if query.tab == "done" else last.due_at, last.id)
    return InboxPage(lines, after, narrowing.ignored)
