"""Service work that our own workers do: functions and HTTP calls; and what operators see of it."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from engine.app import App
from engine.errors import NotAllowedError, NotFoundError
from engine.exchange_values import JobLine
from engine.services import (
    BusinessError,
    Context,
    Hosts,
    ServiceError,
    call_function,
    call_http,
    limit_time,
)
from engine.settings import Settings
from engine.settling import Outcome, check_result, kept_outcome, lock_both, settle_or_stop
from engine.store import cases, jobs
from engine.store.exclusive import only_one
from engine.store.tables import Job
from engine.store.transaction import transaction
from workflows.rights import Actor, Thing, may

MARGIN = timedelta(minutes=1)  # a lease outlives the time that the work may take by this
Ran = Literal["done", "failed", "skipped"]


@dataclass(frozen=True)
class _Order:
    """A leased job, outside of any transaction."""

    kind: str
    name: str
    request: dict[str, object]
    context: Context


def due_job_ids(app: App, now: datetime, limit: int = 200) -> tuple[int, ...]:
    """Jobs of ours to be run, given up or settled; each is then `run_job`'s to handle."""
    with transaction(app.sessions) as tx:
        return tuple(jobs.due_jobs(tx, now, limit))


@contextmanager
def job_round(app: App) -> Iterator[bool]:
    """Whether this process may run jobs now: of one machine's workers, one stays free of them, so
    that slow services do not hold up timers and reminders."""
    for number in range(max(app.settings.worker_concurrency - 1, 1)):
        name = f"jobs of {socket.gethostname()} {number}"
        with only_one(app.database, name, wait=False) as mine:
            if mine:
                yield True
                return
    yield False


def run_job(app: App, job_id: int, now: datetime, spent: timedelta = timedelta()) -> Ran:
    """Lease the job, do the work without a lock held, settle.

    `spent`: how long the round of `now` has lasted; the lease alone counts from there. A worker
    that dies in between leaves the lease to run out; that is a failed try. Whoever settles too
    late, after another one has leased the job, changes nothing.
    """
    at = now + spent
    until = at + timedelta(seconds=app.settings.service_seconds) + MARGIN
    with transaction(app.sessions) as tx:
        leased = jobs.lease_job(tx, job_id, at, until, "worker")
        order = _order(leased, now) if leased else None
    if order is None:
        return _catch_up(app, job_id, now)
    outcome = _carry_out(order, app.settings)
    with transaction(app.sessions) as tx:
        both = lock_both(tx, job_id)
        if both is None or both[1].state != "locked" or both[1].attempts != order.context.attempt:
            return "skipped"
        settle_or_stop(tx, *both, outcome, now)
        return "failed" if outcome.kind == "failed" else "done"


def _order(job: Job, now: datetime) -> _Order:
    key = f"{job.case_id}-{job.token}"
    context = Context(job.id, job.case_id, job.node, job.attempts, key, now)
    return _Order(job.kind, job.name, dict(job.request), context)


def _catch_up(app: App, job_id: int, now: datetime) -> Ran:
    """Settle what was reported while its case was suspended, and what a worker never reported."""
    with transaction(app.sessions) as tx:
        both = lock_both(tx, job_id)
        if both is None:
            return "skipped"
        case, job = both
        if job.state == "reported":
            settle_or_stop(tx, case, job, kept_outcome(job), now)
            return "done"
        lost = job.kind in jobs.OURS and job.state == "locked"
        if lost and job.locked_until is not None and job.locked_until <= now:
            settle_or_stop(tx, case, job, Outcome("failed", reason="worker_lost"), now)
            return "failed"
        return "skipped"


def _carry_out(order: _Order, settings: Settings) -> Outcome:
    """The work itself; no transaction is open."""
    seconds = float(settings.service_seconds)
    try:
        with limit_time(seconds):
            if order.kind == "http":
                hosts = Hosts.read(settings.service_hosts, settings.service_private_hosts)
                result = call_http(order.request, hosts, order.context.key, seconds)
            else:
                result = call_function(order.name, order.request, order.context)
        return Outcome("done", result=check_result(result))
    except BusinessError as error:
        return Outcome("error", code=str(error.code), reason=str(error.message))
    except ServiceError as error:
        return Outcome("failed", reason=error.reason, retries=0 if error.permanent else None)


def postpone(app: App, job_id: int, until: datetime) -> None:
    """Let a job that cannot be settled wait, so that others get their turn."""
    with transaction(app.sessions) as tx:
        both = lock_both(tx, job_id)
        if both is not None and both[1].state in jobs.WAITING:
            both[1].due_at = until
            both[1].locked_until = until if both[1].state == "locked" else None


def list_jobs(app: App, actor: Actor, case_id: int | None = None) -> tuple[JobLine, ...]:
    """The jobs of a case in order, or those of all cases that are not over; at most 500.

    Raises NotFoundError: case_not_found; NotAllowedError: right_missing.
    """
    if reason := may(actor, "operate", Thing()):
        raise NotAllowedError(reason, verb="operate")
    with transaction(app.sessions) as tx:
        if case_id is not None and cases.find_case(tx, case_id) is None:
            raise NotFoundError("case_not_found", case=case_id)
        return tuple(_line(row) for row in jobs.list_jobs(tx, case_id, 500))


def _line(job: Job) -> JobLine:
    return JobLine(
        id=job.id,
        case_id=job.case_id,
        node=job.node,
        kind=job.kind,
        name=job.name,
        state=job.state,
        attempts=job.attempts,
        retries_left=job.retries_left,
        due_at=job.due_at,
        locked_by=job.locked_by,
        locked_until=job.locked_until,
        last_error=job.last_error,
        created_at=job.created_at,
        settled_at=job.settled_at,
    )
