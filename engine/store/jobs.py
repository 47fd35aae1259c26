"""Jobs: leased by one program at a time, reported, settled together with their case."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from engine.store.cases import OPEN
from engine.store.tables import Case, Job
from engine.store.transaction import Tx

OURS = ("function", "http")  # carried out by our own workers; "external" is fetched by others
WAITING = ("ready", "locked", "reported")


def open_jobs(tx: Tx, case_id: int, rows: Collection[dict[str, Any]], now: datetime) -> None:
    """Store new jobs; one that had failed and is tried again begins anew, its leases counted on."""
    if not rows:
        return
    fresh = {"state": "ready", "due_at": now, "created_at": now, "last_error": ""}
    statement = insert(Job).values([{"case_id": case_id, **fresh, **row} for row in rows])
    renewed = {name: statement.excluded[name] for name in (*fresh, "request", "retries_left")}
    cleared = {"outcome": None, "locked_until": None, "locked_by": "", "settled_at": None}
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=["case_id", "token"], set_={**renewed, **cleared}
        )
    )


def cancel_jobs(
    tx: Tx,
    case_id: int,
    gone: Collection[str],
    stuck: Collection[str],
    now: datetime,
    *,
    everything: bool,
) -> None:
    """Withdraw the open jobs of these tokens (or of all), and those whose incident is no more.

    `stuck`: tokens that have an incident still.
    """
    waiting = Job.state.in_(WAITING)
    withdrawn = waiting if everything else and_(waiting, Job.token.in_(gone))
    passed = and_(Job.state == "incident", Job.token.not_in(stuck))
    statement = update(Job).where(Job.case_id == case_id, or_(withdrawn, passed))
    tx.execute(statement.values(state="cancelled", settled_at=now))


def _moving() -> ColumnElement[bool]:
    return and_(Case.id == Job.case_id, Case.state.in_(OPEN), Case.suspended_at.is_(None))


def _free(now: datetime) -> ColumnElement[bool]:
    """Whether nobody has the lease."""
    expired = and_(Job.state == "locked", Job.locked_until <= now)
    return or_(and_(Job.state == "ready", Job.due_at <= now), expired)


def due_jobs(tx: Tx, now: datetime, limit: int) -> Sequence[int]:
    """Ids of those that our workers have to see to, the longest due first: to run, to settle
    once their case goes on, or to give up because their worker is gone."""
    ours = and_(Job.kind.in_(OURS), _free(now))
    query = (
        select(Job.id)
        .join(Case, _moving())
        .where(or_(ours, Job.state == "reported"))
        .order_by(Job.due_at, Job.id)
        .limit(limit)
    )
    return tx.scalars(query).all()


def find_job(tx: Tx, job_id: int) -> Job | None:
    return tx.get(Job, job_id)


def lock_job(tx: Tx, job_id: int) -> Job | None:
    """As it is once nobody else can change it; its case must be locked before."""
    query = select(Job).where(Job.id == job_id).with_for_update()
    return tx.scalar(query.execution_options(populate_existing=True))


def lease_job(tx: Tx, job_id: int, now: datetime, until: datetime, by: str) -> Job | None:
    """Take the right to run it; None when it is not there to be run, or somebody else is at it."""
    query = (
        select(Job)
        .join(Case, _moving())
        .where(Job.id == job_id, Job.state == "ready", Job.due_at <= now)
        .with_for_update(of=Job, skip_locked=True)
    )
    row = tx.scalar(query)
    if row is not None:
        _lease(row, until, by)
    return row


def fetch_jobs(
    tx: Tx, topics: Collection[str], now: datetime, until: datetime, by: str, limit: int
) -> Sequence[Job]:
    """Lease up to so many external jobs of these topics, the longest due first."""
    query = (
        select(Job)
        .join(Case, _moving())
        .where(Job.kind == "external", Job.name.in_(topics), _free(now))
        .order_by(Job.due_at, Job.id)
        .limit(limit)
        .with_for_update(of=Job, skip_locked=True)
    )
    rows = tx.scalars(query).all()
    for row in rows:
        _lease(row, until, by)
    return rows


def _lease(row: Job, until: datetime, by: str) -> None:
    row.state, row.locked_until, row.locked_by = "locked", until, by
    row.attempts += 1


def rename(tx: Tx, case_id: int, nodes: Mapping[str, str], old: str, new: str) -> None:
    """Let the open jobs of one definition belong to another; `nodes`: node -> node there."""
    open_ones = Job.state.in_((*WAITING, "incident"))
    query = select(Job).where(Job.case_id == case_id, Job.definition == old, open_ones)
    for row in tx.scalars(query):
        row.node, row.definition = nodes.get(row.node, row.node), new


def list_jobs(tx: Tx, case_id: int | None, limit: int) -> Sequence[Job]:
    """Those of a case in order, or all that are not over, the newest first."""
    query = select(Job).limit(limit)
    if case_id is not None:
        query = query.where(Job.case_id == case_id).order_by(Job.id)
    else:
        query = query.where(Job.state.in_((*WAITING, "incident"))).order_by(Job.id.desc())
    return tx.scalars(query).all()
