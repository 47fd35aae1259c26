"""Notices: written once, leased while they are sent, then settled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert

from engine.store.tables import Case, Notice, Person, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import OPEN

DONE = "work_item_done"
NoticeRow = Row[Notice, Person, int]
LEASE = timedelta(minutes=5)  # far longer than a channel takes for one message


def add_notices(tx: Tx, rows: Collection[dict[str, Any]]) -> int:
    """Insert those that are not there yet (one per item, kind, person and channel); how many."""
    if not rows:
        return 0
    statement = insert(Notice).values(list(rows)).on_conflict_do_nothing().returning(Notice.id)
    return len(tx.scalars(statement).all())


def pending_mails(tx: Tx, now: datetime, limit: int) -> Sequence[int]:
    """Ids of e-mails to send now that nobody is sending; none about a suspended case."""
    query = (
        select(Notice.id)
        .join(WorkItem, WorkItem.id == Notice.work_item_id)
        .join(Case, Case.id == WorkItem.case_id)
        .where(
            Case.suspended_at.is_(None),
            Notice.channel == "email",
            Notice.sent_at.is_(None),
            Notice.given_up_at.is_(None),
            Notice.send_after <= now,
            func.coalesce(Notice.claimed_until, now) <= now,
        )
        .order_by(Notice.send_after, Notice.id)
        .limit(limit)
    )
    return tx.scalars(query).all()


def lease_notice(tx: Tx, notice_id: int, now: datetime) -> Notice | None:
    """Take the right to send it for LEASE; None when another sender has it, when it is settled,
    while its case is suspended, or when its item needs no reminder any more: then it is given
    up."""
    query = (
        select(Notice)
        .where(
            Notice.id == notice_id,
            Notice.sent_at.is_(None),
            Notice.given_up_at.is_(None),
            func.coalesce(Notice.claimed_until, now) <= now,
        )
        .with_for_update(skip_locked=True)
    )
    row = tx.scalar(query)
    if row is None:
        return None
    item = tx.get(WorkItem, row.work_item_id)
    if item is None or item.state not in OPEN:
        row.given_up_at, row.claimed_until, row.last_error = now, None, DONE
        return None
    case = tx.get(Case, item.case_id)
    if case is None or case.suspended_at is not None:
        return None
    row.claimed_until = now + LEASE
    row.attempts += 1
    return row


def settle_sent(tx: Tx, notice_id: int, attempt: int, now: datetime, message_id: str) -> None:
    """Note that it has gone out; nothing when another sender has taken it over meanwhile."""
    tx.execute(
        update(Notice)
        .where(Notice.id == notice_id, Notice.attempts == attempt)
        .values(sent_at=now, message_id=message_id, claimed_until=None, last_error="")
    )


def settle_failed(
    tx: Tx, notice_id: int, attempt: int, reason: str, *, again_at: datetime | None, now: datetime
) -> None:
    """Try again at `again_at`, or give up when that is None; as `settle_sent` otherwise."""
    values: dict[str, Any] = {"claimed_until": None, "last_error": reason}
    values |= {"send_after": again_at} if again_at else {"given_up_at": now}
    mine = (Notice.id == notice_id, Notice.attempts == attempt)
    tx.execute(update(Notice).where(*mine).values(**values))


def cancel_pending(tx: Tx, item_id: int, now: datetime) -> None:
    """A finished item needs no reminder: what has not been sent is given up."""
    tx.execute(
        update(Notice)
        .where(
            Notice.work_item_id == item_id,
            Notice.sent_at.is_(None),
            Notice.given_up_at.is_(None),
            Notice.claimed_until.is_(None),
        )
        .values(given_up_at=now, last_error=DONE)
    )


def list_notices(tx: Tx, channel: str, person_id: int | None, limit: int) -> Sequence[NoticeRow]:
    """(Notice, Person, case id) over one channel, the newest first."""
    query = (
        select(Notice, Person, WorkItem.case_id)
        .join(Person, Person.id == Notice.person_id)
        .join(WorkItem, WorkItem.id == Notice.work_item_id)
        .where(Notice.channel == channel)
        .order_by(Notice.id.desc())
        .limit(limit)
    )
    if person_id is not None:
        query = query.where(Notice.person_id == person_id)
    return tx.execute(query).all()


def count_unread(tx: Tx, person_id: int) -> int:
    query = select(func.count()).where(
        Notice.person_id == person_id, Notice.channel == "in_app", Notice.read_at.is_(None)
    )
    return tx.scalar(query) or 0


def mark_read(tx: Tx, person_id: int, notice_id: int | None, now: datetime) -> int:
    """Mark one in-app notice of the person, or all of them; how many it were."""
    statement = update(Notice).where(
        Notice.person_id == person_id, Notice.channel == "in_app", Notice.read_at.is_(None)
    )
    if notice_id is not None:
        statement = statement.where(Notice.id == notice_id)
    done = tx.scalars(statement.values(read_at=now).returning(Notice.id))
    return len(done.all())
