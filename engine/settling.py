"""How a job ends, whoever has done it: the case goes on, or the work is tried again, or it stops.

Runs inside a transaction that has locked the case first and then the job.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from engine import spiff
from engine.errors import ConflictError
from engine.exchange import may_move
from engine.progress import apply_step, log_end
from engine.services import ServiceError
from engine.spiff import Step
from engine.store import activations, cases, jobs
from engine.store.messages import OVER
from engine.store.tables import Case, Job
from engine.store.transaction import Tx
from engine.surroundings import compiled_of, surroundings_of
from workflows.case_data import check_case_data
from workflows.errors import InvalidAnswerError

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
REASON_LENGTH = 500


@dataclass(frozen=True)
class Outcome:
    """What has come of one attempt.

    `error`: a BPMN error with `code` and `reason`; `failed`: with `reason`, and how many tries
    are left (None: one less) and after which pause in seconds (None: doubled with every attempt).
    """

    kind: Literal["done", "error", "failed"]
    result: object = None
    code: str = ""
    reason: str = ""
    retries: int | None = None
    pause: float | None = None


def check_result(result: object) -> object:
    """The result, when it can be kept. Raises ServiceError, permanent: unfit_result."""
    try:
        check_case_data(result if isinstance(result, dict) else {"result": result})
    except InvalidAnswerError as error:
        where = {name: error.fields.get(name) for name in ("field", "reason")}
        raise ServiceError("unfit_result", permanent=True, **where) from error
    return result


def lock_both(tx: Tx, job_id: int) -> tuple[Case, Job] | None:
    """The case, then the job, as they are now that nobody else can change them."""
    seen = jobs.find_job(tx, job_id)
    case = cases.lock_case(tx, seen.case_id) if seen else None
    job = jobs.lock_job(tx, job_id)
    return (case, job) if case is not None and job is not None else None


def settle(tx: Tx, case: Case, job: Job, outcome: Outcome, now: datetime) -> None:
    """Carry the outcome out, or keep it until a suspended case goes on.

    Raises ConflictError: job_not_open, when the process has left the node behind;
    job_result_not_record.
    """
    job.locked_until = None
    if outcome.kind == "failed" and _try_again(job, outcome, now):
        return
    if not may_move(case):
        over = case.state in OVER
        job.state = "cancelled" if over else "reported"
        job.outcome = None if over else asdict(outcome)
        return
    step = _step_of(tx, case, job, outcome, now)
    stuck = job.token in {one.token for one in step.incidents}
    job.state, job.settled_at = "incident" if stuck else "done", now
    job.outcome, job.last_error = None, _note(outcome)
    kind = {"done": "job_done", "error": "job_error", "failed": "job_failed"}[outcome.kind]
    name = activations.names_of(tx, case.id, [job.token]).get(job.token) or job.node
    note = _note(outcome)
    cases.add_event(tx, now, kind, None, case_id=case.id, node_name=name, note=note)
    apply_step(tx, case, cases.definition_of(tx, case), step, now)
    log_end(tx, case, now)


def settle_or_stop(tx: Tx, case: Case, job: Job, outcome: Outcome, now: datetime) -> None:
    """As `settle`, for nobody who could be told of a conflict: a result that does not fit is a
    failure, and a job that the process has left behind is withdrawn."""
    try:
        settle(tx, case, job, outcome, now)
    except ConflictError as error:
        if error.code == "job_result_not_record":
            settle(tx, case, job, Outcome("failed", reason=error.code, retries=0), now)
        elif error.code == "job_not_open":
            job.state, job.settled_at, job.last_error = "cancelled", now, error.code
        else:
            raise


def _try_again(job: Job, outcome: Outcome, now: datetime) -> bool:
    """Note a failed attempt; whether another one is to follow."""
    left = job.retries_left - 1 if outcome.retries is None else outcome.retries
    job.retries_left, job.last_error = max(left, 0), _note(outcome)
    if left <= 0:
        return False
    pause = min(FIRST_PAUSE * 2 ** min(job.attempts - 1, 10), LONGEST_PAUSE)  # 10: far past it
    if outcome.pause is not None:
        pause = timedelta(seconds=outcome.pause)
    job.state, job.locked_by, job.due_at = "ready", "", now + pause
    return True


def _step_of(tx: Tx, case: Case, job: Job, outcome: Outcome, now: datetime) -> Step:
    compiled = compiled_of(cases.definition_of(tx, case))
    state, data, around = case.engine_state, case.data, surroundings_of(tx, case)
    if outcome.kind == "done":
        return spiff.finish_job(compiled, state, data, job.token, outcome.result, now, around)
    if outcome.kind == "error":
        code, text = outcome.code, outcome.reason
        return spiff.throw_error(compiled, state, data, job.token, code, text, now, around)
    return spiff.fail_job(compiled, state, data, job.token, _note(outcome), now, around)


def _note(outcome: Outcome) -> str:
    text = f"{outcome.code}: {outcome.reason}" if outcome.code else outcome.reason
    return text[:REASON_LENGTH].replace("\x00", " ").encode("utf-8", "replace").decode()


def kept_outcome(job: Job) -> Outcome:
    """What `settle` kept while the case was suspended."""
    kept: dict[str, Any] = job.outcome or {"kind": "failed", "reason": "outcome_lost"}
    return replace(Outcome("failed"), **kept)
