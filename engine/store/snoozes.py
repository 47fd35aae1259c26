"""People's wishes not to be reminded of an item for a while."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from engine.store.tables import Notice, Snooze
from engine.store.transaction import Tx

PUT_OFF = ("reminder", "overdue")  # kinds of notices that a snooze holds back
SNOOZED = "snoozed"


def snooze_of(tx: Tx, item_id: int, person_id: int, now: datetime) -> Snooze | None:
    """The person's wish that still holds."""
    return tx.scalar(
        select(Snooze).where(
            Snooze.work_item_id == item_id, Snooze.person_id == person_id, Snooze.until > now
        )
    )


def put_snooze(
    tx: Tx, item_id: int, person_id: int, until: datetime, reason: str, now: datetime
) -> Snooze:
    """The wish, in place of one that still holds."""
    row = snooze_of(tx, item_id, person_id, now)
    if row is None:
        row = Snooze(work_item_id=item_id, person_id=person_id)
        tx.add(row)
    row.until, row.reason, row.created_at = until, reason, now
    tx.flush()
    return row


def hold_pending(tx: Tx, item_id: int, person_id: int, now: datetime) -> None:
    """What has not been sent is given up: the notice at the end of the snooze takes its place."""
    tx.execute(
        update(Notice)
        .where(
            Notice.work_item_id == item_id,
            Notice.person_id == person_id,
            Notice.kind.in_(PUT_OFF),
            Notice.sent_at.is_(None),
            Notice.given_up_at.is_(None),
            Notice.claimed_until.is_(None),
        )
        .values(given_up_at=now, last_error=SNOOZED)
    )
