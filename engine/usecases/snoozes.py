"""Asking not to be reminded of a work item for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.app import App
from engine.notice_values import SnoozeLine
from engine.store import cases, snoozes
from engine.store.access import open_item
from engine.store.transaction import transaction
from workflows.errors import InvalidAnswerError
from workflows.reason import check_reason
from workflows.rights import Actor

LONGEST = timedelta(days=30)


def snooze_work_item(
    app: App, actor: Actor, item_id: int, until: datetime, reason: str, now: datetime
) -> SnoozeLine:
    """Hold back the actor's own reminders of an item; its deadline stays, and so do the notices
    to others. At `until` they are reminded once, unless it is done by then. A later call takes
    the place of an earlier one.

    Raises NotFoundError: item_not_found; NotAllowedError: case_not_yours, item_not_yours,
    item_claimed_by_other; ConflictError: work_item_done, work_item_withdrawn;
    InvalidAnswerError: reason_missing, invalid_snooze (field until, reason past or too_far, days).
    """
    reason = check_reason(reason)
    if not now < until <= now + LONGEST:
        why = "past" if until <= now else "too_far"
        raise InvalidAnswerError("invalid_snooze", field="until", reason=why, days=LONGEST.days)
    with transaction(app.sessions) as tx:
        item, opened = open_item(tx, actor, item_id, "pause", app.today(now))
        assert actor.person_id is not None  # who holds a role is a person
        snoozes.put_snooze(tx, item.id, actor.person_id, until, reason, now)
        snoozes.hold_pending(tx, item.id, actor.person_id, now)
        cases.add_event(
            tx,
            now,
            "item_snoozed",
            actor.person_id,
            case_id=opened.case.id,
            work_item_id=item.id,
            note=reason,
            fields={"until": until.isoformat()},
        )
        return SnoozeLine(item.id, until, reason)


def read_snooze(app: App, actor: Actor, item_id: int, now: datetime) -> SnoozeLine | None:
    """The actor's wish about an item that still holds."""
    if actor.person_id is None:
        return None
    with transaction(app.sessions) as tx:
        row = snoozes.snooze_of(tx, item_id, actor.person_id, now)
        return SnoozeLine(item_id, row.until, row.reason) if row else None
