"""Who draws at a draft now, and who has it open: one pen a draft, held by one browser tab.

The pen keeps two people from drawing past each other; that nothing is overwritten is seen to by
the revisions. It is no happening of the SOP and writes no event.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from engine.app import App
from engine.errors import ConflictError
from engine.sketching import (
    LEASE,
    acts_of,
    name_of,
    pen_is_held,
    pen_is_mine,
    pen_state,
    present_lines,
    read_draft,
)
from engine.store import sop_drafts
from engine.store.tables import SopDraft
from engine.store.transaction import Tx, transaction
from engine.studio_values import PenAnswer
from workflows.errors import InvalidAnswerError
from workflows.rights import Actor

ACTS: Final = ("take", "take_over", "beat", "release")
IDLE: Final = timedelta(seconds=60)  # after the last save of somebody, their pen may be taken over
MAX_TAB: Final = 100


def hold_pen(app: App, actor: Actor, draft_id: int, tab: str, act: str, now: datetime) -> PenAnswer:
    """`take` it where it is free, `take_over` from somebody who is not saving anything, `beat`:
    show oneself (which keeps it), `release` it. Who may not draw, or not any more, only shows
    themselves.

    Raises as `sop_drafts.read_sop_draft`; ConflictError: pen_taken (by, until) where it cannot be
    taken over yet; InvalidAnswerError: invalid_tab.
    """
    if not 0 < len(tab) <= MAX_TAB or act not in ACTS:
        raise InvalidAnswerError("invalid_tab", field="tab" if act in ACTS else "act")
    with transaction(app.sessions) as tx:
        read_draft(tx, actor, draft_id)
        row = sop_drafts.lock_draft(tx, draft_id)
        assert row is not None
        _move(tx, row, actor, tab, act, now)
        _show(tx, row, actor, tab, act, now)
        return PenAnswer(
            pen=pen_state(tx, row, actor, tab, now),
            present=present_lines(tx, row, actor, now),
            revision=row.revision,
            state=row.state,
        )


def _move(tx: Tx, row: SopDraft, actor: Actor, tab: str, act: str, now: datetime) -> None:
    held, mine = pen_is_held(row, now), pen_is_mine(row, actor, tab)
    if act == "release" or "edit" not in acts_of(tx, row, actor)[0]:
        if mine:
            row.pen_person, row.pen_tab, row.pen_until = None, "", None
        return
    if act == "take_over" and held and not mine:
        _refuse_busy(tx, row, actor, now)
    if act == "take_over" or mine or (act == "take" and not held):
        row.pen_person, row.pen_tab, row.pen_until = actor.person_id, tab, now + LEASE


def _refuse_busy(tx: Tx, row: SopDraft, actor: Actor, now: datetime) -> None:
    """Somebody else who has just saved is drawing."""
    drawing = row.changed_by == row.pen_person and row.changed_at > now - IDLE
    if drawing and row.pen_person != actor.person_id and row.revision > 1:
        by, until = name_of(tx, row.pen_person), row.changed_at + IDLE
        raise ConflictError("pen_taken", draft=row.id, by=by, until=until.isoformat())


def _show(tx: Tx, row: SopDraft, actor: Actor, tab: str, act: str, now: datetime) -> None:
    sop_drafts.forget_absent(tx, row.id, now - LEASE)
    if act == "release":
        sop_drafts.forget_presence(tx, row.id, tab)
    elif actor.person_id is not None:
        sop_drafts.note_presence(tx, row.id, tab, actor.person_id, now)
