"""The moves of a case. Each takes the stored state and gives the next one; none keeps anything.

Due timers fire before anything else that happens at `now`, earliest first. A timer that is due
exactly at `now` has fired. So completing a work item whose interrupting deadline has passed is a
conflict; the deadline itself is carried out by `fire_timers`.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from engine.spiff import codec
from engine.spiff.activities import begin_part, start_of
from engine.spiff.compiled import Compiled
from engine.spiff.move import Move
from engine.spiff.scope import NOTHING, Scope
from engine.spiff.step import OpenToken, Step
from engine.spiff.surroundings import Surroundings
from engine.spiff.tokens import Part

Data = Mapping[str, object]


def start(
    compiled: Compiled,
    data: Data,
    now: datetime,
    around: Surroundings,
    *,
    node: str | None = None,
    payload: Data = NOTHING,
) -> Step:
    """`node`: the start event (default: the one without trigger, else the first); `payload`:
    what the message or signal that started it brought."""
    top = Part(compiled.spec, None)
    top.scope = Scope(data, now, around)
    move = Move(top)
    begin_part(top, node or start_of(compiled.container).id, dict(payload))
    move.settle()
    return move.result()


def complete(
    compiled: Compiled,
    state: bytes,
    data: Data,
    token: str,
    answers: Data,
    now: datetime,
    around: Surroundings,
) -> Step:
    """Complete a work item. Each answer replaces the case's value of that name, or that of the
    scope when the work item belongs to one. Raises ConflictError work_item_not_open."""
    move = _load(compiled, state, data, now, around)
    move.complete(token, answers)
    return move.result(completed=token)


def fire_timers(
    compiled: Compiled, state: bytes, data: Data, now: datetime, around: Surroundings
) -> Step:
    """Fire all timers due at `now`; doing it again changes nothing."""
    move = _load(compiled, state, data, now, around)
    move.settle()
    return move.result()


def correct(
    compiled: Compiled, state: bytes, data: Data, now: datetime, around: Surroundings
) -> Step:
    """The data were changed from outside: conditions that are waited for are looked at again."""
    return fire_timers(compiled, state, data, now, around)


def deliver(
    compiled: Compiled,
    state: bytes,
    data: Data,
    tokens: Collection[str],
    payload: Data,
    now: datetime,
    around: Surroundings,
) -> Step:
    """A message or signal reaches these tokens. Raises ConflictError subscription_not_open when
    none of them waits any more."""
    move = _load(compiled, state, data, now, around)
    move.deliver(tokens, payload)
    return move.result()


def finish_job(
    compiled: Compiled,
    state: bytes,
    data: Data,
    token: str,
    result: object,
    now: datetime,
    around: Surroundings,
) -> Step:
    """The result of a job is there. Raises ConflictError job_not_open, job_result_not_record."""
    move = _load(compiled, state, data, now, around)
    move.finish_job(token, result)
    return move.result(completed=token)


def fail_job(
    compiled: Compiled,
    state: bytes,
    data: Data,
    token: str,
    reason: str,
    now: datetime,
    around: Surroundings,
) -> Step:
    """The last try has failed: incident job_failed. Raises ConflictError job_not_open."""
    move = _load(compiled, state, data, now, around)
    move.fail_job(token, reason)
    return move.result(completed=token)


def throw_error(
    compiled: Compiled,
    state: bytes,
    data: Data,
    token: str,
    code: str,
    message: str,
    now: datetime,
    around: Surroundings,
) -> Step:
    """A job ends with an error that the process knows. One that nothing catches is an incident.
    Raises ConflictError job_not_open."""
    move = _load(compiled, state, data, now, around)
    move.throw_error(token, code, message)
    return move.result(completed=token)


def retry(
    compiled: Compiled,
    state: bytes,
    data: Data,
    now: datetime,
    around: Surroundings,
    *,
    token: str | None = None,
) -> Step:
    """Let the tokens with an incident (or this one) try again, as after a correction of the
    data. Raises ConflictError token_not_open."""
    move = _load(compiled, state, data, now, around)
    move.retry(token)
    return move.result()


def skip(
    compiled: Compiled, state: bytes, data: Data, token: str, now: datetime, around: Surroundings
) -> Step:
    """Pass a node as if it were done. Raises ConflictError token_not_open, cannot_skip."""
    move = _load(compiled, state, data, now, around)
    move.skip(token)
    return move.result()


def move(
    compiled: Compiled,
    state: bytes,
    data: Data,
    token: str,
    node: str,
    now: datetime,
    around: Surroundings,
) -> Step:
    """Withdraw a token and activate a node of its scope or of one around it. Raises
    ConflictError token_not_open, cannot_move (reason)."""
    moving = _load(compiled, state, data, now, around)
    moving.move_token(token, node)
    return moving.result()


def cancel(
    compiled: Compiled, state: bytes, data: Data, now: datetime, around: Surroundings
) -> Step:
    """Withdraw everything."""
    move = _load(compiled, state, data, now, around)
    move.withdraw_all()
    return move.result()


def open_tokens(compiled: Compiled, state: bytes, around: Surroundings) -> tuple[OpenToken, ...]:
    """Every node that is active, outer ones first."""
    return _load(compiled, state, {}, _NO_MOMENT, around).open_tokens()


def _load(
    compiled: Compiled, state: bytes, data: Data, now: datetime, around: Surroundings
) -> Move:
    return Move(codec.load(compiled, state, Scope(data, now, around)))


_NO_MOMENT = datetime(1, 1, 1, tzinfo=UTC)
