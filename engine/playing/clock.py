"""The clock of a trial: what falls due while it is moved on happens at its own moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from engine.errors import ConflictError
from engine.playing.stage import Stage
from engine.store import messages, playing
from engine.store.transaction import transaction
from engine.usecases import messages as delivering
from engine.usecases import reminders, timers

MOST: Final = 500  # happenings in one move of the clock
MOMENT: Final = timedelta(microseconds=1)  # what is late is so after its due moment, not at it


def advance(stage: Stage, to: datetime) -> None:
    """Timers, then reminders, of this case alone, in the order in which they fall due.

    Raises ConflictError: trial_clock_back, trial_too_busy (most), trial_too_slow.
    """
    if to < stage.now:
        raise ConflictError("trial_clock_back", at=stage.now.isoformat())
    at = stage.now
    for _ in range(MOST):
        following = next_happening(stage)
        if following is None or following > to:
            stage.now = to
            return
        stage.refuse_slow()
        at = max(following, at + MOMENT if following <= at else following)
        stage.now = min(at, to)
        note_sent(stage)
        timers.fire_timers(stage.app, stage.case_id, stage.now)
        deliver_own(stage)
        remind(stage)
        if following == to and at >= to and next_happening(stage) == following:
            return  # it falls due right after this moment
    raise ConflictError("trial_too_busy", most=MOST)


def next_happening(stage: Stage) -> datetime | None:
    """When something will happen by itself."""
    with transaction(stage.app.sessions) as tx:
        found = [playing.next_timer(tx, stage.case_id), playing.next_look(tx, stage.case_id)]
    return min((one for one in found if one is not None), default=None)


def note_sent(stage: Stage) -> None:
    """What was to leave the house by now has left it."""
    with transaction(stage.app.sessions) as tx:
        playing.note_sent(tx, stage.case_id, stage.now)


def remind(stage: Stage) -> None:
    """Write the reminders that are due now."""
    with transaction(stage.app.sessions) as tx:
        ids = playing.items_to_look_at(tx, stage.case_id, stage.now)
    if ids:
        reminders.raise_notices(stage.app, ids, stage.now)


def deliver_own(stage: Stage) -> None:
    """What the case has sent to itself arrives; other cases are not to hear of a trial."""
    with transaction(stage.app.sessions) as tx:
        own = []
        for message in playing.sent_messages(tx, stage.case_id):
            receivers = messages.find_receivers(tx, message)
            if receivers and {one.case_id for one in receivers} == {stage.case_id}:
                own.append(message.id)
    for message_id in own:
        delivering.deliver_message(stage.app, message_id, stage.now)
