"""What a rehearsed case has ahead of it and what it has led to; asked of that one case alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, func, or_, select, update

from engine.store.jobs import WAITING
from engine.store.tables import (
    Document,
    Job,
    Message,
    Notice,
    Person,
    Subscription,
    Timer,
    WorkItem,
)
from engine.store.transaction import Tx
from engine.store.work_items import OPEN

NoticeRow = Row[Notice, Person]


def next_timer(tx: Tx, case_id: int) -> datetime | None:
    return tx.scalar(select(func.min(Timer.due_at)).where(Timer.case_id == case_id))


def next_look(tx: Tx, case_id: int) -> datetime | None:
    """When a reminder ladder of its open items must be looked at."""
    return tx.scalar(
        select(func.min(WorkItem.next_notice_at)).where(
            WorkItem.case_id == case_id, WorkItem.state.in_(OPEN)
        )
    )


def items_to_look_at(tx: Tx, case_id: int, now: datetime) -> Sequence[int]:
    query = select(WorkItem.id).where(
        WorkItem.case_id == case_id, WorkItem.state.in_(OPEN), WorkItem.next_notice_at <= now
    )
    return tx.scalars(query.order_by(WorkItem.id)).all()


def next_due(tx: Tx, case_id: int, now: datetime) -> datetime | None:
    """The next due moment of an open item."""
    return tx.scalar(
        select(func.min(WorkItem.due_at)).where(
            WorkItem.case_id == case_id, WorkItem.state.in_(OPEN), WorkItem.due_at > now
        )
    )


def notices_of_case(tx: Tx, case_id: int) -> Sequence[NoticeRow]:
    """(Notice, Person) of all that was written about the case, in order."""
    query = (
        select(Notice, Person)
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(WorkItem, WorkItem.id == Notice.work_item_id)
        .where(or_(Notice.case_id == case_id, WorkItem.case_id == case_id))
        .order_by(Notice.created_at, Notice.id)
    )
    return tx.execute(query).all()


def open_jobs(tx: Tx, case_id: int) -> Sequence[Job]:
    query = select(Job).where(Job.case_id == case_id, Job.state.in_(WAITING))
    return tx.scalars(query.order_by(Job.id)).all()


def subscriptions(tx: Tx, case_id: int) -> Sequence[Subscription]:
    query = select(Subscription).where(Subscription.case_id == case_id)
    return tx.scalars(query.order_by(Subscription.node, Subscription.token)).all()


def sent_messages(tx: Tx, case_id: int) -> Sequence[Message]:
    """What the case has sent and nobody has got yet."""
    query = select(Message).where(Message.from_case_id == case_id, Message.state == "pending")
    return tx.scalars(query.order_by(Message.id)).all()


def document_names(tx: Tx, case_id: int) -> dict[int, str]:
    rows = tx.execute(select(Document.id, Document.name).where(Document.case_id == case_id))
    return {document_id: name for document_id, name in rows}


def note_sent(tx: Tx, case_id: int, now: datetime) -> None:
    """What would have left the house by then counts as sent: nobody can take it back any more."""
    items = select(WorkItem.id).where(WorkItem.case_id == case_id)
    tx.execute(
        update(Notice)
        .where(or_(Notice.case_id == case_id, Notice.work_item_id.in_(items)))
        .where(Notice.sent_at.is_(None), Notice.given_up_at.is_(None), Notice.send_after <= now)
        .values(sent_at=Notice.send_after, attempts=1)
    )
