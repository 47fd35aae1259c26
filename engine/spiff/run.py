"""The moves of a case. Each takes the stored state and gives the next one; none keeps anything.

Due timers fire before anything else that happens at `now`, earliest first. A timer that is due
exactly at `now` has fired. So completing a work item whose interrupting deadline has passed is a
conflict; the deadline itself is carried out by `fire_timers`.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from engine.errors import ConflictError
from engine.spiff import codec
from engine.spiff.compaction import compact, drop_detached
from engine.spiff.definition import Compiled
from engine.spiff.multi_instance import MultiInstance
from engine.spiff.nodes import BoundaryEvent
from engine.spiff.scope import INCIDENT, NodeError, Scope, local_variables, record_incident
from engine.spiff.step import Incident, Opened, Step, Timer
from engine.spiff.timers import DUE, FIRED

WIB = ZoneInfo("Asia/Jakarta")

# Nodes passed in one move before the case is taken for a loop without a wait.
MAX_STEPS = 5000
_COMPACT_EVERY = 100
# For looking at a state without moving it.
_NO_MOMENT = datetime(1, 1, 1, tzinfo=UTC)


def start(
    compiled: Compiled, data: Mapping[str, object], now: datetime, *, zone: tzinfo = WIB
) -> Step:
    scope = Scope(data, now, zone)
    workflow = BpmnWorkflow(compiled.spec, compiled.subprocess_specs, script_engine=scope)
    move = _Move(workflow, scope, {})
    move.go_on()
    return move.result()


def complete(
    compiled: Compiled,
    state: bytes,
    data: Mapping[str, object],
    token: str,
    answers: Mapping[str, object],
    now: datetime,
    *,
    zone: tzinfo = WIB,
) -> Step:
    """Complete a work item. Each answer replaces the case's value of that name, or that of the
    iteration when the work item belongs to one. Raises ConflictError `work_item_not_open`."""
    move = _Move.load(compiled, state, data, now, zone)
    task = move.work_items().get(token)
    if task is None:
        raise ConflictError("work_item_not_open", token=token)
    move.fire_due()
    if token not in move.work_items():
        raise ConflictError(
            "work_item_not_open", token=token, node=task.task_spec.bpmn_id, reason="timer_fired"
        )
    move.scope.write(task, answers)
    task.run()
    move.go_on()
    return move.result(completed=token)


def fire_timers(
    compiled: Compiled,
    state: bytes,
    data: Mapping[str, object],
    now: datetime,
    *,
    zone: tzinfo = WIB,
) -> Step:
    """Fire all timers due at `now`; doing it again changes nothing."""
    move = _Move.load(compiled, state, data, now, zone)
    move.go_on()
    return move.result()


def retry(
    compiled: Compiled,
    state: bytes,
    data: Mapping[str, object],
    now: datetime,
    *,
    zone: tzinfo = WIB,
) -> Step:
    """Let all tokens with an incident try again, as after a correction of the data."""
    move = _Move.load(compiled, state, data, now, zone)
    for task in list(_tasks(move.workflow, TaskState.NOT_FINISHED_MASK)):
        if task.internal_data.pop(INCIDENT, None) is None:
            continue
        if task.has_state(TaskState.STARTED) and isinstance(task.task_spec, MultiInstance):
            task.task_spec.advance(task)
        elif task.has_state(TaskState.WAITING):
            task.task_spec._update(task)
    move.go_on()
    return move.result()


def open_tokens(compiled: Compiled, state: bytes) -> dict[str, str]:
    """The open work items of a state: token -> node."""
    workflow = codec.load(compiled, state, Scope({}, _NO_MOMENT, WIB))
    return {token: task.task_spec.bpmn_id for token, task in _work_items(workflow).items()}


class _Move:
    """One move under way: the workflow, its surroundings, and the work items open before."""

    def __init__(self, workflow: Any, scope: Scope, before: Mapping[str, Any]) -> None:
        self.workflow = workflow
        self.scope = scope
        self._before = set(before)
        self._steps = 0

    @classmethod
    def load(
        cls,
        compiled: Compiled,
        state: bytes,
        data: Mapping[str, object],
        now: datetime,
        zone: tzinfo,
    ) -> "_Move":
        scope = Scope(data, now, zone)
        workflow = codec.load(compiled, state, scope)
        return cls(workflow, scope, _work_items(workflow))

    def work_items(self) -> dict[str, Any]:
        return _work_items(self.workflow)

    def go_on(self) -> None:
        self._pass_nodes()
        self.fire_due()

    def fire_due(self) -> None:
        """Fire what is due, one by one, since each may disarm or arm others."""
        while self._steps <= MAX_STEPS:
            due = [timer for timer in _timers(self.workflow) if timer[0] <= self.scope.now]
            if not due:
                return
            task = min(due, key=lambda timer: timer[0])[1]
            task.internal_data[FIRED] = True
            task.task_spec._update(task)
            self._pass_nodes()

    def _pass_nodes(self) -> None:
        """Pass every node that needs nobody, until all tokens wait or are stuck."""
        while ready := [task for task in _tasks(self.workflow, TaskState.READY) if _passes(task)]:
            for task in ready:
                # An earlier one may have withdrawn it.
                if task.has_state(TaskState.READY) and self._is_held(task):
                    self._pass_node(task)

    def _is_held(self, task: Any) -> bool:
        part = task.workflow
        attached = part is self.workflow or part.parent_task_id in self.workflow.subprocesses
        return attached and task.id in part.tasks

    def _pass_node(self, task: Any) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            record_incident(task, NodeError("step_limit", maximum=MAX_STEPS))
            return
        try:
            task.run()
        except NodeError as failure:
            record_incident(task, failure)
        drop_detached(self.workflow)
        if self._steps % _COMPACT_EVERY == 0:
            compact(self.workflow)

    def result(self, completed: str | None = None) -> Step:
        compact(self.workflow)
        items = self.work_items()
        return Step(
            state=codec.dump(self.workflow),
            data=self.scope.data,
            opened=tuple(
                Opened(token, task.task_spec.bpmn_id, local_variables(task))
                for token, task in items.items()
                if token not in self._before
            ),
            closed=tuple(sorted(self._before - set(items) - {completed})),
            timers=tuple(
                Timer(str(task.id), task.task_spec.bpmn_id, due)
                for due, task in sorted(_timers(self.workflow), key=lambda timer: timer[0])
            ),
            tokens=_nodes_with_token(self.workflow),
            incidents=tuple(_incidents(self.workflow)),
            finished=not any(_tasks(self.workflow, TaskState.NOT_FINISHED_MASK)),
        )


def _tasks(workflow: Any, states: int) -> Iterator[Any]:
    for part in [workflow, *workflow.subprocesses.values()]:
        if not part.completed:
            yield from (task for task in list(part.tasks.values()) if task.has_state(states))


def _passes(task: Any) -> bool:
    return not task.task_spec.manual and INCIDENT not in task.internal_data


def _work_items(workflow: Any) -> dict[str, Any]:
    ready = _tasks(workflow, TaskState.READY)
    return {str(task.id): task for task in ready if task.task_spec.manual}


def _timers(workflow: Any) -> list[tuple[datetime, Any]]:
    return [
        (datetime.fromisoformat(task.internal_data[DUE]), task)
        for task in _tasks(workflow, TaskState.WAITING)
        if DUE in task.internal_data
    ]


def _incidents(workflow: Any) -> Iterator[Incident]:
    for task in _tasks(workflow, TaskState.NOT_FINISHED_MASK):
        if INCIDENT in task.internal_data:
            reason, fields = task.internal_data[INCIDENT]
            yield Incident(str(task.id), task.task_spec.bpmn_id or "", reason, fields)


def _nodes_with_token(workflow: Any) -> tuple[str, ...]:
    """Once each, sub-processes and multi-instance activities included; an armed boundary event
    has no token."""
    held = TaskState.READY | TaskState.WAITING | TaskState.STARTED
    specs = (task.task_spec for task in _tasks(workflow, held))
    nodes = [spec.bpmn_id for spec in specs if not isinstance(spec, BoundaryEvent)]
    return tuple(dict.fromkeys(node for node in nodes if node is not None))
