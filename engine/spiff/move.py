"""One move of a case under way: what is done to it, and what that leads to, until all waits."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from engine.errors import ConflictError
from engine.spiff import codec, operations
from engine.spiff.activities import JOB
from engine.spiff.catching import HELD, KEYS, holds_now
from engine.spiff.compaction import compact
from engine.spiff.compensation import keep_inside
from engine.spiff.events import SCOPE, fire, waits_for
from engine.spiff.gateways import Inclusive, Joining
from engine.spiff.nodes import is_armed, throw_error
from engine.spiff.scope import INCIDENT, NodeError, local_variables
from engine.spiff.step import (
    Activation,
    Incident,
    Job,
    Opened,
    OpenToken,
    Step,
    Subscription,
    Timer,
)
from engine.spiff.timers import DUE
from engine.spiff.tokens import (
    HOST,
    READY,
    STAGE,
    STARTED,
    WAITING,
    Part,
    Token,
    all_live,
    record_incident,
    withdraw,
)
from workflows.storable import find_unstorable

# Nodes passed in one move before the case is taken for a loop without a wait.
MAX_STEPS = 20_000
MAX_TOKENS = 20_000
_COMPACT_EVERY = 100
_DEADLOCK = "join_never_complete"


class Move:
    """`compacts`: whether finished tokens are forgotten; only a test wants them kept."""

    def __init__(self, top: Part, *, compacts: bool = True) -> None:
        self.top = top
        self.scope = top.scope
        self._compacts = compacts
        self._steps = 0
        live = all_live(top)
        self._items_before, self._jobs_before = _work_items(live), _jobs(live)

    # What is done to a case.

    def complete(self, token: str, answers: Mapping[str, object]) -> None:
        task = self._items_before.get(token)
        if task is None:
            raise ConflictError("work_item_not_open", token=token)
        self._fire_due_first()
        if not _is_work_item(task):
            node = task.task_spec.bpmn_id
            raise ConflictError("work_item_not_open", token=token, node=node, reason="timer_fired")
        task.task_spec.bring(task, _storable(answers))
        task.internal_data[STAGE] = "acted"
        self.settle()

    def deliver(self, tokens: Collection[str], payload: Mapping[str, object]) -> None:
        _storable(payload)
        self._fire_due_first()
        reached = False
        for token in list(all_live(self.top, WAITING)):
            waits = waits_for(token, "message") or waits_for(token, "signal")
            if token.id in tokens and token.live and waits:
                reached = True
                fire(token, payload)
        if not reached:
            raise ConflictError("subscription_not_open", tokens=sorted(tokens))
        self.settle()

    def finish_job(self, token: str, result: object) -> None:
        task = self._job(token)
        task.task_spec.done(task, _storable(result))
        self.settle()

    def fail_job(self, token: str, reason: str) -> None:
        task = self._job(token)
        record_incident(task, NodeError("job_failed", reason=reason))
        self.settle()

    def throw_error(self, token: str, code: str, message: str) -> None:
        task = self._job(token)
        try:
            throw_error(task, code, message, at_activity=True)
        except NodeError as failure:
            record_incident(task, failure)
        self.settle()

    def retry(self, token: str | None) -> None:
        self._fire_due_first()
        stuck = [one for one in all_live(self.top) if INCIDENT in one.internal_data]
        if token is not None:
            stuck = [one for one in stuck if one.id == token]
            if not stuck:
                raise ConflictError("token_not_open", token=token)
        for one in stuck:
            if one.live:
                del one.internal_data[INCIDENT]
                one.task_spec.retry(one)
        self.settle()

    def skip(self, token: str) -> None:
        self._fire_due_first()
        operations.skip(self._find(token))
        self.settle()

    def move_token(self, token: str, node: str) -> None:
        self._fire_due_first()
        operations.move_token(self._find(token), node)
        self.settle()

    def withdraw_all(self) -> None:
        for token in self.top.live():
            withdraw(token)
        self.top.completed = True

    def _find(self, token: str) -> Token:
        for one in all_live(self.top):
            if one.id == token and (not is_armed(one) or INCIDENT in one.internal_data):
                return one
        raise ConflictError("token_not_open", token=token)

    def _job(self, token: str) -> Token:
        self._fire_due_first()
        for one in all_live(self.top, WAITING):
            if one.id == token and JOB in one.internal_data:
                return one
        raise ConflictError("job_not_open", token=token)

    # What that leads to.

    def settle(self) -> None:
        """Go on until all tokens wait, are stuck, or have ended."""
        for token in all_live(self.top, WAITING):
            if token.internal_data.get(INCIDENT, [""])[0] == _DEADLOCK:
                del token.internal_data[INCIDENT]  # others may come now; it is looked at again
        while self._pass_nodes() or self._end_parts() or self._wake():
            pass
        self._mark_deadlocks()

    def _fire_due_first(self) -> None:
        if any(due <= self.scope.now for due, _ in _timers(all_live(self.top))):
            self.settle()

    def _pass_nodes(self) -> bool:
        """Pass every node that needs nobody."""
        passed = False
        while ready := [one for one in all_live(self.top, READY) if _passes(one)]:
            passed = True
            for token in ready:
                if token.has_state(READY) and _passes(token):  # none has withdrawn it meanwhile
                    self._pass_node(token)
        return passed

    def _pass_node(self, token: Token) -> None:
        if not self._may_go_on(token):
            return
        try:
            if token.task_spec._run(token):
                token.complete()
        except NodeError as failure:
            record_incident(token, failure)
        if self._compacts and self._steps % _COMPACT_EVERY == 0:
            compact(self.top)

    def _may_go_on(self, token: Token) -> bool:
        self._steps += 1
        if self._steps <= MAX_STEPS and self.scope.spawned <= MAX_TOKENS:
            return True
        record_incident(token, NodeError("step_limit", maximum=MAX_STEPS))
        return False

    def _end_parts(self) -> bool:
        """End what has no token any more, innermost first."""
        ended = False
        for part in reversed(list(self.top.parts.values())):
            if part.host is not None and part.host.has_state(STARTED) and not _goes_on(part):
                _disarm(part)
                keep_inside(part)
                del self.top.parts[part.host.id]
                part.host.task_spec.content_done(part.host)
                ended = True
        if not self.top.parts and not _goes_on(self.top):
            _disarm(self.top)
        return ended

    def _wake(self) -> bool:
        """Let one thing happen for which somebody has waited: a join, a timer, a condition; what
        is due comes before what has come true only now."""
        return self._fire_join() or self._fire_timer() or self._fire_condition()

    def _fire_join(self) -> bool:
        for part in self.top.all_parts():
            joins = {one.task_spec for one in part.live(WAITING)}
            for join in sorted(
                (one for one in joins if isinstance(one, Inclusive)), key=lambda one: one.name
            ):
                if join.fire_if_complete(part):
                    return True
        return False

    def _fire_condition(self) -> bool:
        for token in all_live(self.top, WAITING):
            if not waits_for(token, "conditional"):
                continue
            try:
                if holds_now(token):
                    if self._may_go_on(token):
                        fire(token)
                    else:
                        del token.internal_data[HELD]  # it comes true again for a later try
                    return True
            except NodeError as failure:
                record_incident(token, failure)
        return False

    def _fire_timer(self) -> bool:
        """Fire what is due first, all that is due at that moment: each may disarm others."""
        due = [one for one in _timers(all_live(self.top)) if one[0] <= self.scope.now]
        first = min((moment for moment, _ in due), default=None)
        for moment, token in due:
            still = token.live and _timers([token]) == [(moment, token)]
            if moment == first and still and self._may_go_on(token):
                fire(token)
        return bool(due)

    def _mark_deadlocks(self) -> None:
        """Tokens that wait at a join for others that cannot come are stuck, not patient. What
        waits beside the flow, at a border or for the scope, does not come there."""
        for part in self.top.all_parts():
            live = [token for token in part.live() if not is_armed(token)]
            if all(isinstance(one.task_spec, Joining) and one.has_state(WAITING) for one in live):
                for token in live:
                    record_incident(token, NodeError(_DEADLOCK))

    # What there is to tell of it.

    def open_tokens(self) -> tuple[OpenToken, ...]:
        return tuple(
            OpenToken(
                token.id,
                token.task_spec.bpmn_id,
                token.task_spec.bpmn_name,
                token.task_spec.kind,
                token.workflow.spec.digest,
                INCIDENT in token.internal_data,
            )
            for token in all_live(self.top)
            if token.task_spec.bpmn_id and (not is_armed(token) or INCIDENT in token.internal_data)
        )

    def result(self, completed: str | None = None) -> Step:
        if self._compacts:
            compact(self.top)
        live = all_live(self.top)
        items, jobs = _work_items(live), _jobs(live)
        before = self._items_before.keys() | self._jobs_before.keys()
        return Step(
            state=codec.dump(self.top),
            data=self.scope.data,
            opened=tuple(
                _opened(token) for key, token in items.items() if key not in self._items_before
            ),
            closed=tuple(sorted(before - items.keys() - jobs.keys() - {completed})),
            timers=tuple(
                Timer(token.id, token.task_spec.bpmn_id, due)
                for due, token in sorted(_timers(live), key=lambda timer: timer[0])
            ),
            tokens=tuple(dict.fromkeys(_nodes_with_token(live))),
            incidents=tuple(_incidents(live)),
            finished=not self.top.live(),
            jobs=tuple(_job(token) for key, token in jobs.items() if key not in self._jobs_before),
            subscriptions=tuple(_subscriptions(live)),
            thrown=tuple(self.scope.thrown),
            activations=tuple(_activation(*row) for row in self.scope.trace.values()),
        )


def _is_work_item(token: Token) -> bool:
    return token.task_spec.manual and token.has_state(READY) and STAGE not in token.internal_data


def _work_items(live: list[Token]) -> dict[str, Token]:
    return {token.id: token for token in live if _is_work_item(token)}


def _jobs(live: list[Token]) -> dict[str, Token]:
    return {
        token.id: token
        for token in live
        if JOB in token.internal_data
        and INCIDENT not in token.internal_data
        and token.has_state(WAITING)
    }


def _storable(values: Any) -> Any:
    """Raises ConflictError value_not_storable for what could not be kept with the case."""
    reason = find_unstorable(values)
    if reason is not None:
        raise ConflictError("value_not_storable", reason=reason)
    return values


def _timers(live: list[Token]) -> list[tuple[datetime, Token]]:
    return [
        (datetime.fromisoformat(token.internal_data[DUE]), token)
        for token in live
        if DUE in token.internal_data
        and token.has_state(WAITING)
        and INCIDENT not in token.internal_data
    ]


def _passes(token: Token) -> bool:
    marks = token.internal_data
    return INCIDENT not in marks and (not token.task_spec.manual or STAGE in marks)


def _goes_on(part: Part) -> bool:
    return any(token.internal_data.get(HOST) != SCOPE for token in part.live())


def _disarm(part: Part) -> None:
    for token in part.live():
        withdraw(token)


def _opened(token: Token) -> Opened:
    spec = token.task_spec
    return Opened(token.id, spec.bpmn_id, local_variables(token), token.workflow.spec.digest)


def _job(token: Token) -> Job:
    kind, name, request, retries = token.internal_data[JOB]
    spec = token.task_spec
    return Job(token.id, spec.bpmn_id, kind, name, request, retries, token.workflow.spec.digest)


def _subscriptions(live: list[Token]) -> Iterator[Subscription]:
    for token in live:
        node = token.task_spec.bpmn_id
        if waits_for(token, "message"):
            name, keys = token.task_spec.catches.name, token.internal_data.get(KEYS, {})
            yield Subscription(token.id, node, "message", name, keys)
        elif waits_for(token, "signal"):
            yield Subscription(token.id, node, "signal", token.task_spec.catches.name)


def _incidents(live: list[Token]) -> Iterator[Incident]:
    for token in live:
        if INCIDENT in token.internal_data:
            reason, fields = token.internal_data[INCIDENT]
            node, digest = token.task_spec.bpmn_id or "", token.workflow.spec.digest
            yield Incident(token.id, node, reason, fields, digest)


def _activation(token: Any, state: Any, is_new: bool) -> Activation:
    spec = token.task_spec
    digest = token.workflow.spec.digest
    return Activation(token.id, spec.bpmn_id, spec.bpmn_name, spec.kind, state, is_new, digest)


def _nodes_with_token(live: list[Token]) -> Iterator[str]:
    """Sub-processes and loops included; an armed event has no token."""
    for token in live:
        if token.task_spec.bpmn_id and not is_armed(token):
            yield token.task_spec.bpmn_id
