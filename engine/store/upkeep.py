"""Statements that look after the installation itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Row, func, select

from engine.store.tables import Case, Definition, Notice, Person, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import OPEN


def ping(tx: Tx) -> None:
    """Any statement: it fails when the database does not answer."""
    tx.execute(select(1))


def use_snapshot(tx: Tx) -> None:
    """Let all reads of this transaction see one moment; call it first."""
    tx.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def unfinished_cases(tx: Tx) -> Iterable[Row[int, bytes, Definition]]:
    """(case id, engine state, definition) of every case that is not over, one by one."""
    return tx.execute(
        select(Case.id, Case.engine_state, Definition)
        .join(Definition, Definition.id == Case.definition_id)
        .where(Case.state.in_(("running", "incident")))
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
    """Ladders and mails that should have been handled before that moment."""
    items = select(func.count()).where(WorkItem.next_notice_at < since, WorkItem.state.in_(OPEN))
    mails = select(func.count()).where(
        Notice.created_at < since, Notice.sent_at.is_(None), Notice.given_up_at.is_(None)
    )
    return (tx.scalar(items) or 0) + (tx.scalar(mails) or 0)


def has_real_people(tx: Tx) -> bool:
    """Whether anyone is registered who does not belong to the demonstration agency."""
    return tx.scalar(select(Person.id).where(Person.demo.is_(False)).limit(1)) is not None
