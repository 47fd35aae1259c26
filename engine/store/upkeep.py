"""Statements that look after the installation itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Row, and_, func, or_, select

from engine.store.cases import UNFINISHED
from engine.store.jobs import OURS
from engine.store.outbox import OF_CASE
from engine.store.tables import Case, Definition, Job, Message, Notice, Person, Unit, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import OPEN


def ping(tx: Tx) -> None:
    """Any statement: it fails when the database does not answer."""
    tx.execute(select(1))


def use_snapshot(tx: Tx) -> None:
    """Let all reads of this transaction see one moment; call it first."""
    tx.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def unfinished_cases(tx: Tx) -> Iterable[Row[int, bytes, Definition, Unit]]:
    """(case id, engine state, definition, unit) of every case that is not over, one by one."""
    return tx.execute(
        select(Case.id, Case.engine_state, Definition, Unit)
        .join(Definition, Definition.id == Case.definition_id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.state.in_(UNFINISHED))
        .order_by(Case.id)
        .execution_options(yield_per=500)
    )


def open_tokens(tx: Tx) -> dict[int, set[str]]:
    """case id -> the tokens of its open work items."""
    found: dict[int, set[str]] = {}
    rows = tx.execute(select(WorkItem.case_id, WorkItem.token).where(WorkItem.state.in_(OPEN)))
    for case_id, token in rows:
        found.setdefault(case_id, set()).add(token)
    return found


def incident_case_ids(tx: Tx) -> Sequence[int]:
    return tx.scalars(select(Case.id).where(Case.state == "incident").order_by(Case.id)).all()


def count_waiting(tx: Tx, since: datetime) -> int:
    """Ladders and notices that should have been handled before that moment: what waits for
    working hours is not among them, what has failed and is tried again is. Those of suspended
    cases may wait."""
    items = (
        select(func.count())
        .select_from(WorkItem)
        .join(Case, Case.id == WorkItem.case_id)
        .where(
            WorkItem.next_notice_at < since,
            WorkItem.state.in_(OPEN),
            Case.suspended_at.is_(None),
        )
    )
    mails = (
        select(func.count())
        .select_from(Notice)
        .outerjoin(WorkItem, WorkItem.id == Notice.work_item_id)
        .outerjoin(Case, OF_CASE)
        .where(
            or_(Notice.send_after < since, and_(Notice.attempts > 0, Notice.created_at < since)),
            Notice.sent_at.is_(None),
            Notice.given_up_at.is_(None),
            Case.suspended_at.is_(None),
        )
    )
    return (tx.scalar(items) or 0) + (tx.scalar(mails) or 0)


def stuck_messages(tx: Tx) -> Sequence[str]:
    """The ids of pending messages that have a receiver, or several, and could not be delivered."""
    stuck = (Message.state == "pending", Message.last_error != "")
    return tx.scalars(select(Message.message_id).where(*stuck).order_by(Message.id)).all()


def count_unworked(tx: Tx, since: datetime) -> int:
    """Jobs of our workers that should have been run before that moment."""
    query = (
        select(func.count())
        .select_from(Job)
        .join(Case, Case.id == Job.case_id)
        .where(
            Job.kind.in_(OURS),
            Job.state == "ready",
            Job.due_at < since,
            Case.suspended_at.is_(None),
        )
    )
    return tx.scalar(query) or 0


def has_real_people(tx: Tx) -> bool:
    """Whether anyone is registered who does not belong to the demonstration agency."""
    return tx.scalar(select(Person.id).where(Person.demo.is_(False)).limit(1)) is not None
