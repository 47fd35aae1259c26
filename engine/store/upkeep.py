"""Statements that look after the installation itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from engine.store.tables import Case, Notice, Person, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import OPEN


def ping(tx: Tx) -> None:
    """Any statement: it fails when the database does not answer."""
    tx.execute(select(1))


def running_case_ids(tx: Tx) -> Sequence[int]:
    return tx.scalars(select(Case.id).where(Case.state == "running").order_by(Case.id)).all()


def incident_case_ids(tx: Tx) -> Sequence[int]:
    return tx.scalars(select(Case.id).where(Case.state == "incident").order_by(Case.id)).all()


def count_waiting(tx: Tx, since: datetime) -> int:
    """Ladders and mails that should have been handled before that moment."""
    items = select(func.count()).where(WorkItem.next_notice_at < since, WorkItem.state.in_(OPEN))
    mails = select(func.count()).where(
        Notice.send_after < since, Notice.sent_at.is_(None), Notice.given_up_at.is_(None)
    )
    return (tx.scalar(items) or 0) + (tx.scalar(mails) or 0)


def has_real_people(tx: Tx) -> bool:
    """Whether anyone is registered who does not belong to the demonstration agency."""
    return tx.scalar(select(Person.id).where(Person.demo.is_(False)).limit(1)) is not None
