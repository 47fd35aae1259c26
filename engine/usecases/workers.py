"""Jobs for programs elsewhere: fetched and locked, then completed, failed, or given back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from engine.app import App
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.exchange_values import Client, JobState, LockedJob
from engine.services import ServiceError
from engine.settling import Outcome, check_result, lock_both, settle
from engine.store import jobs
from engine.store.tables import Case, Job
from engine.store.transaction import Tx, transaction
from workflows.errors import InvalidAnswerError

SETTLED = ("done", "incident", "reported")
TOLD = ("ready", "done", "incident")  # states in which `Job.outcome` tells the last report


def fetch_jobs(
    app: App,
    client: Client,
    worker: str,
    topics: Collection[str],
    now: datetime,
    *,
    limit: int = 10,
    seconds: int = 300,
) -> tuple[LockedJob, ...]:
    """Lease up to so many jobs of these topics for so long; nobody else gets them meanwhile.

    Raises NotAllowedError: topic_not_allowed.
    """
    for topic in topics:
        if topic not in client.topics:
            raise NotAllowedError("topic_not_allowed", topic=topic)
    until = now + timedelta(seconds=seconds)
    with transaction(app.sessions) as tx:
        rows = jobs.fetch_jobs(tx, topics, now, until, _holder(client, worker), limit)
        return tuple(_locked(row, until) for row in rows)


def _holder(client: Client, worker: str) -> str:
    return f"{client.name}/{worker}"


def _locked(job: Job, until: datetime) -> LockedJob:
    return LockedJob(
        id=job.id,
        case_id=job.case_id,
        topic=job.name,
        node=job.node,
        request=dict(job.request),
        attempt=job.attempts,
        retries_left=job.retries_left,
        locked_until=until,
    )


def complete_job(
    app: App,
    client: Client,
    worker: str,
    job_id: int,
    result: Mapping[str, object],
    now: datetime,
) -> JobState:
    """The work is done, and the case goes on. Reporting it again changes nothing.

    Raises NotFoundError: job_not_found; ConflictError: job_not_yours, job_not_open,
    job_result_not_record; InvalidAnswerError: invalid_payload.
    """
    try:
        check_result(dict(result))
    except ServiceError as error:
        raise InvalidAnswerError("invalid_result", reason=error.reason) from error
    return _report(app, client, worker, job_id, Outcome("done", result=dict(result)), now)


def fail_job(
    app: App,
    client: Client,
    worker: str,
    job_id: int,
    reason: str,
    now: datetime,
    *,
    retries: int | None = None,
    pause_seconds: float | None = None,
) -> JobState:
    """The attempt has failed. `retries`: how many are left (default: one less), 0 makes it an
    incident at once; `pause_seconds` before the next. Raises as `complete_job` does."""
    outcome = Outcome("failed", reason=reason, retries=retries, pause=pause_seconds)
    return _report(app, client, worker, job_id, outcome, now)


def raise_error(
    app: App, client: Client, worker: str, job_id: int, code: str, message: str, now: datetime
) -> JobState:
    """The work ends with an error that the process knows. Raises as `complete_job` does."""
    outcome = Outcome("error", code=code, reason=message)
    return _report(app, client, worker, job_id, outcome, now)


def extend_lock(
    app: App, client: Client, worker: str, job_id: int, seconds: int, now: datetime
) -> JobState:
    """Keep the job for so much longer from now on. Raises as `complete_job` does."""
    with transaction(app.sessions) as tx:
        _, job = _take(tx, client, job_id)
        _refuse_others(job, client, worker)
        job.locked_until = now + timedelta(seconds=seconds)
        return _state(job)


def _report(
    app: App, client: Client, worker: str, job_id: int, outcome: Outcome, now: datetime
) -> JobState:
    with transaction(app.sessions) as tx:
        case, job = _take(tx, client, job_id)
        if _is_repeated(job, _holder(client, worker), outcome.kind):
            return _state(job)  # the answer to the first report was lost
        _refuse_others(job, client, worker)
        settle(tx, case, job, outcome, now)
        if job.state in TOLD:
            job.outcome = {"kind": outcome.kind, "by": _holder(client, worker)}
        return _state(job)


def _is_repeated(job: Job, holder: str, kind: str) -> bool:
    """Whether this very report has been taken already; another kind of report contradicts it.

    A failed attempt is over once somebody fetches the job again: from then on reports are about
    the new attempt.
    """
    told = job.outcome or {}
    if job.state == "ready":
        return told.get("by") == holder and told.get("kind") == kind
    if job.state not in SETTLED or job.locked_by != holder:
        return False
    if "kind" in told:
        return bool(told["kind"] == kind)
    # It waited for a suspended case, and only the text of its error is left.
    return (kind == "done") == (not job.last_error)


def _take(tx: Tx, client: Client, job_id: int) -> tuple[Case, Job]:
    both = lock_both(tx, job_id)
    if both is None or both[1].kind != "external" or both[1].name not in client.topics:
        raise NotFoundError("job_not_found", job=job_id)
    return both


def _refuse_others(job: Job, client: Client, worker: str) -> None:
    """Only whoever has the lock reports; after its end as long as nobody else has taken it."""
    if job.state == "locked" and job.locked_by != _holder(client, worker):
        raise ConflictError("job_not_yours", job=job.id, by=job.locked_by)
    if job.state != "locked":
        raise ConflictError("job_not_open", job=job.id, state=job.state)


def _state(job: Job) -> JobState:
    return JobState(job.id, job.state, job.locked_until, job.due_at, job.retries_left)
