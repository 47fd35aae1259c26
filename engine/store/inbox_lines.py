"""Rows of the inbox and its filters turned into the frozen values that leave a use case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import cast

from engine.inbox_values import InboxLine, SavedFilterLine, read_query
from engine.store import pauses
from engine.store.inbox import item_page, meet_reader
from engine.store.inbox_rows import InboxRow
from engine.store.lines import item_fields
from engine.store.saved_filters import FilterRow
from engine.store.transaction import Tx
from engine.store.work_items import ItemRow
from workflows.rights import Actor


def inbox_lines(
    tx: Tx, rows: Sequence[InboxRow], person_id: int, now: datetime
) -> tuple[InboxLine, ...]:
    """From rows of `inbox.item_page`."""
    standing = pauses.open_pause_lines(tx, [row[0].id for row in rows if row[0].paused_at])
    lines = []
    for row in rows:
        item, draft, asked, delegate = row[0], row[7], row[8], row[9]
        lines.append(
            InboxLine(
                **item_fields(cast(ItemRow, row[:7]), person_id, now, standing),
                completed_at=item.completed_at,
                draft=draft is not None,
                asked=asked,
                delegate=delegate,
                delegated=item.delegate_id == person_id,
            )
        )
    return tuple(lines)


def waiting_lines(tx: Tx, actor: Actor, day: date, now: datetime) -> tuple[InboxLine, ...]:
    """What the actor may work on now, the earliest due first; at most 500, none for a program."""
    if actor.person_id is None:
        return ()
    rows = item_page(tx, "todo", meet_reader(tx, actor, day), (), 500)
    return inbox_lines(tx, rows, actor.person_id, now)


def filter_lines(rows: Iterable[FilterRow], person_id: int) -> tuple[SavedFilterLine, ...]:
    """From rows of `saved_filters.filters_for`."""
    return tuple(
        SavedFilterLine(
            id=row.id,
            name=row.name,
            query=read_query(row.query),
            owner=owner,
            unit=code or "",
            unit_name=unit_name or "",
            mine=row.owner_id == person_id,
            default=default is not None,
        )
        for row, owner, code, unit_name, default in rows
    )
