"""What a draft is to its reader, and what becomes of it when its item ends."""

from __future__ import annotations

from engine.draft_values import DraftLine
from engine.store import drafts, people
from engine.store.tables import Draft, WorkItem
from engine.store.transaction import Tx
from workflows.rights import Actor


def draft_line(tx: Tx, row: Draft, actor: Actor) -> DraftLine:
    """`by`: who saved it, in words."""
    name = people.person_names(tx, [row.saved_by]).get(row.saved_by) or ""
    mine = row.saved_by == actor.person_id
    checked = tuple(one for one in row.checked if isinstance(one, int))
    return DraftLine(row.revision, row.saved_at, name, mine, row.answers, checked)


def readable_draft(tx: Tx, item: WorkItem, actor: Actor, *, may_prepare: bool) -> DraftLine | None:
    """The draft that this reader may see: of an open item whoever may fill it in, of one that has
    ended its author alone, who has something that was never sent."""
    row = drafts.find_draft(tx, item.id)
    if row is None or (not may_prepare and row.saved_by != actor.person_id):
        return None
    line = draft_line(tx, row, actor)
    return line if may_prepare or line.filled else None


def end_draft(tx: Tx, item: WorkItem, actor: Actor, revision: int | None) -> None:
    """The item is completed: its draft is sent, if it is the completer's or what they saw. Anybody
    else's stays for its author to read."""
    row = drafts.find_draft(tx, item.id)
    if row is not None and (row.saved_by == actor.person_id or row.revision == revision):
        drafts.delete_draft(tx, item.id)
