"""Trials: what somebody plays to see how a draft would run. Only the script is kept, and a trial is
nobody else's, so it writes no event."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from engine.app import App
from engine.errors import ConflictError, NotFoundError
from engine.sketching import read_draft
from engine.store import sop_drafts, trials
from engine.store.tables import SopDraft, SopTrial
from engine.store.transaction import Tx, transaction
from engine.trial_values import TrialDetail, TrialLine
from workflows.errors import InvalidAnswerError
from workflows.rights import Actor
from workflows.trials import MOST_ACTS, Act, read_script, write_script

MOST_TRIALS: Final = 20  # of one person at one draft; the oldest goes


def list_trials(app: App, actor: Actor, draft_id: int) -> tuple[TrialLine, ...]:
    """One's own, the one played last first.

    Raises NotAllowedError: right_missing; NotFoundError: sop_draft_not_found.
    """
    with transaction(app.sessions) as tx:
        draft = read_draft(tx, actor, draft_id)
        return tuple(_line(row, draft) for row in trials.trials_of(tx, draft.id, actor.person_id))


def begin_trial(app: App, actor: Actor, draft_id: int, act: Act, now: datetime) -> TrialDetail:
    """A new trial of the draft as it is now, with its first act. Raises as `list_trials`."""
    with transaction(app.sessions) as tx:
        draft = read_draft(tx, actor, draft_id)
        for old in trials.trials_of(tx, draft.id, actor.person_id)[MOST_TRIALS - 1 :]:
            trials.delete_trial(tx, old)
        row = SopTrial(
            draft_id=draft.id,
            revision=draft.revision,
            person_id=actor.person_id,
            script=write_script([act]),
            started_at=now,
            changed_at=now,
        )
        return _detail(tx, trials.add_trial(tx, row), draft)


def read_trial(
    app: App, actor: Actor, trial_id: int, *, revision: int | None = None
) -> TrialDetail:
    """With the drawing of the revision that it tries, or of another one.

    Raises NotAllowedError: right_missing; NotFoundError: trial_not_found, revision_not_found.
    """
    with transaction(app.sessions) as tx:
        row, draft = _find(tx, actor, trial_id)
        return _detail(tx, row, draft, revision)


def add_act(
    app: App, actor: Actor, trial_id: int, act: Act, seen: int, now: datetime
) -> TrialDetail:
    """Append an act that could be played. `seen`: how many acts there were before it.

    Raises as `read_trial`; ConflictError: trial_changed; InvalidAnswerError: script_too_long.
    """
    with transaction(app.sessions) as tx:
        row, draft = _find(tx, actor, trial_id, lock=True)
        if len(row.script) != seen:
            raise ConflictError("trial_changed", trial=trial_id)
        if seen >= MOST_ACTS:
            raise InvalidAnswerError("script_too_long", most=MOST_ACTS)
        row.script = [*row.script, *write_script([act])]
        row.changed_at = now
        return _detail(tx, row, draft)


def take_back(app: App, actor: Actor, trial_id: int, seen: int, now: datetime) -> TrialDetail:
    """Undo all acts from the one with the number `seen` on; the first one stays.

    Raises as `read_trial`; ConflictError: trial_nothing_to_undo, as for a page that is behind.
    """
    with transaction(app.sessions) as tx:
        row, draft = _find(tx, actor, trial_id, lock=True)
        if not 1 < seen <= len(row.script):
            raise ConflictError("trial_nothing_to_undo", trial=trial_id)
        row.script, row.changed_at = row.script[: seen - 1], now
        return _detail(tx, row, draft)


def follow_draft(app: App, actor: Actor, trial_id: int, now: datetime) -> TrialDetail:
    """Try the newest revision of the draft with the same script. Raises as `read_trial`."""
    with transaction(app.sessions) as tx:
        row, draft = _find(tx, actor, trial_id, lock=True)
        row.revision, row.changed_at = draft.revision, now
        return _detail(tx, row, draft)


def end_trial(app: App, actor: Actor, trial_id: int) -> int:
    """Throw it away; the id of its draft. Raises as `read_trial`."""
    with transaction(app.sessions) as tx:
        row, draft = _find(tx, actor, trial_id, lock=True)
        trials.delete_trial(tx, row)
        return draft.id


def _find(tx: Tx, actor: Actor, trial_id: int, *, lock: bool = False) -> tuple[SopTrial, SopDraft]:
    row = trials.lock_trial(tx, trial_id) if lock else trials.find_trial(tx, trial_id)
    if row is None or row.person_id != actor.person_id:
        raise NotFoundError("trial_not_found", trial=trial_id)
    return row, read_draft(tx, actor, row.draft_id)


def _line(row: SopTrial, draft: SopDraft) -> TrialLine:
    return TrialLine(
        id=row.id,
        draft_id=row.draft_id,
        revision=row.revision,
        stale=row.revision != draft.revision,
        acts=len(row.script),
        started_at=row.started_at,
        changed_at=row.changed_at,
    )


def _detail(tx: Tx, row: SopTrial, draft: SopDraft, revision: int | None = None) -> TrialDetail:
    number = row.revision if revision is None else revision
    saved = sop_drafts.find_revision(tx, draft.id, number)
    if saved is None and number != draft.revision:
        raise NotFoundError("revision_not_found", draft=draft.id, revision=number)
    drawn = saved or draft
    return TrialDetail(
        line=_line(row, draft),
        key=draft.key,
        name=draft.name,
        newest=draft.revision,
        xml=bytes(drawn.xml),
        forms=drawn.forms,
        script=read_script(row.script),
    )
