"""Drafts: what is typed into the form of a work item is kept before it is sent.

A draft is an aid, not a happening of the case: it writes no event.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import NoReturn

from engine.app import App
from engine.draft_values import DraftLine
from engine.drafting import draft_line
from engine.errors import ConflictError, NotFoundError
from engine.store import drafts, people
from engine.store.access import open_item, read_item
from engine.store.tables import Draft
from engine.store.transaction import Tx, transaction
from workflows.errors import InvalidAnswerError
from workflows.rights import Actor
from workflows.storable import find_unstorable

MAX_BYTES = 256 * 1024
KEPT = timedelta(days=30)  # after its item has ended


def save_draft(
    app: App,
    actor: Actor,
    item_id: int,
    answers: Mapping[str, object],
    checked: Collection[int],
    base_revision: int,
    now: datetime,
) -> DraftLine:
    """Keep the answers as they were typed; nothing is checked but their size.

    `base_revision`: the draft that the page began with, 0 for none. Saving the same again changes
    nothing. Raises as `work_items.claim_work_item` does; InvalidAnswerError: draft_too_large,
    unstorable_value; ConflictError: draft_changed (by, at, revision) when somebody, or the same
    person elsewhere, has saved another since: nothing is overwritten.
    """
    typed, ticked = dict(answers), sorted(set(checked))
    _check(typed, ticked)
    with transaction(app.sessions) as tx:
        item, _ = open_item(tx, actor, item_id, "prepare", app.today(now))
        assert actor.person_id is not None
        row = drafts.find_draft(tx, item.id)
        if row is None:
            row = Draft(work_item_id=item.id, revision=0, saved_by=actor.person_id)
        elif (row.answers, row.checked) == (typed, ticked):
            return draft_line(tx, row, actor)
        elif row.revision != base_revision:
            _refuse(tx, row)
        row.answers, row.checked, row.saved_at = typed, ticked, now
        row.saved_by, row.revision = actor.person_id, max(row.revision, base_revision) + 1
        drafts.add_draft(tx, row)
        return draft_line(tx, row, actor)


def discard_draft(
    app: App, actor: Actor, item_id: int, base_revision: int, now: datetime
) -> DraftLine | None:
    """Empty the draft; of an item that has ended only its author may, and it is gone.

    An emptied one keeps its revision, so that another device cannot take it for its own. Raises as
    `save_draft` does; NotFoundError: draft_not_found.
    """
    with transaction(app.sessions) as tx:
        item, _ = read_item(tx, actor, item_id)
        row = drafts.find_draft(tx, item.id)
        if row is None:
            raise NotFoundError("draft_not_found", item=item_id)
        if row.saved_by == actor.person_id and item.completed_at is not None:
            drafts.delete_draft(tx, item.id)
            return None
        open_item(tx, actor, item_id, "prepare", app.today(now))
        row = drafts.find_draft(tx, item.id) or row
        if row.revision != base_revision:
            _refuse(tx, row)
        assert actor.person_id is not None
        row.answers, row.checked, row.saved_at = {}, [], now
        row.saved_by, row.revision = actor.person_id, row.revision + 1
        return draft_line(tx, row, actor)


def clean_drafts(app: App, now: datetime) -> int:
    """Delete the drafts of items that ended long ago; how many."""
    with transaction(app.sessions) as tx:
        return drafts.delete_ended(tx, now - KEPT)


def _check(answers: Mapping[str, object], checked: Collection[int]) -> None:
    if find_unstorable(answers) is not None:
        raise InvalidAnswerError("unstorable_value", field=None)
    size = len(json.dumps([answers, checked], ensure_ascii=False).encode())
    if size > MAX_BYTES:
        raise InvalidAnswerError("draft_too_large", field=None, limit=MAX_BYTES)


def _refuse(tx: Tx, row: Draft) -> NoReturn:
    by = people.person_names(tx, [row.saved_by]).get(row.saved_by)
    raise ConflictError(
        "draft_changed",
        item=row.work_item_id,
        by=by,
        at=row.saved_at.isoformat(),
        revision=row.revision,
    )
