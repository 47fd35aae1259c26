"""The life of a token at a node, on SpiffWorkflow's node types; and the plainest nodes.

SpiffWorkflow calls `_update` when a token arrives, `_run` when it passes, `_on_complete` when it
has passed. Nothing is foretold and nothing looked up in the past, so that cost and state depend
on what is open, not on the size of the process or the length of its history.

What may fail comes first and changes nothing when it fails: the token then stays with an incident,
and a later try takes up where it stood (STAGE: what a node does is done once).
"""

from typing import Any

from SpiffWorkflow.specs import WorkflowSpec
from SpiffWorkflow.specs.base import TaskSpec

from engine.spiff.events import catcher_of, fire, fire_signal
from engine.spiff.scope import NodeError, scope_of
from engine.spiff.step import Thrown
from engine.spiff.tokens import (
    ARRIVED,
    HOST,
    RACE,
    READY,
    STAGE,
    VIA,
    WAITING,
    Token,
    arrive,
    spawn,
    withdraw,
)
from workflows.process.model import Container, Flow, Trigger
from workflows.process.model import Node as Model

ACTED = "acted"
MAPPED = "mapped"


class ProcessSpec(WorkflowSpec):
    """A process or sub-process ready to run; `digest` names the definition that it is part of."""

    def __init__(self, container: Container, digest: str) -> None:
        super().__init__(name=container.id)
        self.container = container
        self.digest = digest
        self.triggers: list[Any] = []  # starts of its event sub-processes
        self.undo: Any = None  # undoes all of it, where it can be undone
        self.start = Root(self, "")


class Node(TaskSpec):
    """One node, shared by all cases: it holds no state."""

    kind: str = ""
    has_dependents = False
    undoes = False
    catches: Trigger | None = None
    undone_by: str | None = None  # the handler that undoes a completed activity

    def __init__(self, spec: ProcessSpec, model: Model, name: str = "") -> None:
        super().__init__(spec, name or model.id)
        self.model = model
        self.bpmn_id: str | None = model.id
        self.bpmn_name = model.name
        self.kind = self.kind or model.kind
        self.specs = spec.task_specs
        self.boundary: list[Any] = []

    def is_traced(self, token: Token) -> bool:
        """Whether the token is an activation; an armed boundary event is none."""
        return True

    def _predict(self, my_task: Any, *_args: Any, **_kwargs: Any) -> None:
        """SpiffWorkflow would lay out all possible futures here, recursively."""

    def _update(self, my_task: Token) -> None:
        my_task._set_state(READY)

    def _run(self, my_task: Token) -> bool:
        """Whether the token may leave now. Raises NodeError."""
        marks = my_task.internal_data
        if STAGE not in marks:
            if not self.act(my_task):
                return False
            marks[STAGE] = ACTED
        if marks[STAGE] == ACTED:
            self.finish(my_task)
            marks[STAGE] = MAPPED
        my_task.taken = self.choose(my_task)
        return True

    def _on_complete(self, my_task: Token) -> None:
        my_task.workflow.scope.trace_left(my_task, "completed")
        self.leave(my_task)

    def act(self, token: Token) -> bool:
        """Do what the node does; False when that takes longer than this move of the token."""
        return True

    def finish(self, token: Token) -> None:
        """Write what the node has brought about."""

    def choose(self, token: Token) -> list[Flow]:
        """The flows to take: those without a condition and those whose condition holds, or else
        the default flow."""
        flows = self.model.outgoing
        if all(flow.condition is None for flow in flows):
            return list(flows)
        scope = scope_of(token)
        taken = []
        for flow in flows:
            if flow.id != self.model.default and (
                flow.condition is None or scope.holds(token, flow.condition)
            ):
                taken.append(flow)
        return taken or [self.default_flow()]

    def default_flow(self) -> Flow:
        for flow in self.model.outgoing:
            if flow.id == self.model.default:
                return flow
        raise NodeError("no_flow_holds")

    def leave(self, token: Token) -> None:
        for flow in token.taken:
            spawn(token.workflow, self.specs[flow.target], token, {VIA: flow.id})

    def retry(self, token: Token) -> None:
        """After an incident: come again, unless the token stands at its passing."""
        if token.has_state(WAITING):
            arrive(token)


class Root(Node):
    """SpiffWorkflow's first node of a process; complete from the beginning."""

    def __init__(self, spec: ProcessSpec, name: str) -> None:
        super().__init__(spec, Model(name, "", "startEvent"), ":start")
        self.bpmn_id = None


class Start(Node):
    """A start event; what a message brought is written on passing."""

    def act(self, token: Token) -> bool:
        write_arrived(token, self.model.trigger)
        return True


class Throw(Node):
    """An intermediate throw event, an end event or a send task."""

    def act(self, token: Token) -> bool:
        trigger = self.model.trigger
        if trigger is not None:
            _THROWS.get(trigger.kind, _nothing)(token, trigger)
        return True


def _nothing(token: Token, trigger: Trigger) -> None:
    """A milestone, or a link: its flow leads to the other end."""


def throw_message(token: Token, trigger: Trigger) -> None:
    scope = scope_of(token)
    keys = scope.values(token, trigger.keys)
    payload = scope.values(token, trigger.payload)
    node = token.task_spec.bpmn_id
    scope.thrown.append(Thrown(token.id, node, "message", trigger.name, keys, payload))


def _throw_signal(token: Token, trigger: Trigger) -> None:
    scope = scope_of(token)
    payload = scope.values(token, trigger.payload)
    node = token.task_spec.bpmn_id
    scope.thrown.append(Thrown(token.id, node, "signal", trigger.name, {}, payload))
    _end_first(token)
    fire_signal(token.workflow.top, trigger.name, payload)


def throw_error(token: Token, code: str, text: str, *, at_activity: bool = False) -> None:
    """Give an error to the nearest event that catches it; raises NodeError if there is none."""
    catcher = catcher_of(token, "error", code, at_activity=at_activity)
    if catcher is None:
        raise NodeError("error_not_caught", error=code, message=text)
    _fire_with_code(token, catcher, code, text)


def _throw_escalation(token: Token, trigger: Trigger) -> None:
    catcher = catcher_of(token, "escalation", trigger.name)
    if catcher is not None:  # an escalation that nobody hears is no mistake
        _fire_with_code(token, catcher, trigger.name, "")


def _fire_with_code(token: Token, catcher: Token, code: str, text: str) -> None:
    _end_first(token)
    caught = catcher.task_spec.catches
    pairs = ((caught.variable, code), (caught.text_variable, text))
    fire(catcher, {name: value for name, value in pairs if name})


def _end_first(token: Token) -> None:
    """An end event has ended before what it throws sweeps its scope."""
    if token.task_spec.kind == "endEvent":
        token.taken = []
        token.complete()


def _terminate(token: Token, trigger: Trigger) -> None:
    for other in token.workflow.live():
        if other is not token:
            withdraw(other)


_THROWS = {
    "message": throw_message,
    "signal": _throw_signal,
    "error": lambda token, trigger: throw_error(token, trigger.name, ""),
    "escalation": _throw_escalation,
    "terminate": _terminate,
}


def write_arrived(token: Token, trigger: Trigger | None) -> None:
    """Write what an event brought: all of it, or what the event maps. Raises NodeError."""
    arrived = token.internal_data.get(ARRIVED)
    if arrived is None:
        return
    scope = scope_of(token)
    if trigger is not None and trigger.payload:
        scope.write(token, scope.values(token, trigger.payload, arrived))
    else:
        scope.write(token, arrived)
    del token.internal_data[ARRIVED]


def is_armed(token: Token) -> bool:
    """Whether it is an event that waits beside the flow, at a boundary or for a whole scope."""
    return HOST in token.internal_data


def end_race(token: Token) -> None:
    """The event that came first ends the other branches of its event-based gateway."""
    race = token.internal_data.pop(RACE, None)
    for other in token.workflow.live() if race is not None else ():
        if other.internal_data.get(RACE) == race:
            withdraw(other)
