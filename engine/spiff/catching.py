"""Events that wait: in the flow, at the boundary of an activity, for a whole scope."""

from typing import Any

from engine.spiff.events import SCOPE
from engine.spiff.nodes import Node, ProcessSpec, end_race, is_armed, write_arrived
from engine.spiff.scope import NodeError, scope_of
from engine.spiff.timers import CYCLE, DUE, arm_timer, next_round
from engine.spiff.tokens import (
    ARRIVED,
    COMPLETED,
    HOST,
    READY,
    WAITING,
    Token,
    spawn,
    withdraw,
)
from workflows.process.model import Node as Model

KEYS = "keys"  # of the message that is waited for
HELD = "held"  # whether the condition held when it was last looked at


class Catch(Node):
    """An intermediate catch event."""

    def __init__(self, spec: ProcessSpec, model: Model, name: str = "") -> None:
        super().__init__(spec, model, name)
        self.catches = model.trigger

    def _update(self, my_task: Token) -> None:
        if self.catches is not None and self.catches.kind == "link":
            super()._update(my_task)  # the other end of a flow
        else:
            arm(my_task)

    def fire(self, token: Token, payload: dict[str, object]) -> None:
        end_race(token)
        disarm(token)
        token.internal_data[ARRIVED] = payload
        token._set_state(READY)

    def act(self, token: Token) -> bool:
        write_arrived(token, self.model.trigger)
        return True


class Boundary(Catch):
    """A boundary event. Armed, its token waits beside its activity; fired, it is one that passes:
    the same token if the activity is interrupted, else one for each time."""

    def is_traced(self, token: Token) -> bool:
        return not is_armed(token)

    def _update(self, my_task: Token) -> None:
        if is_armed(my_task):
            arm(my_task)
        else:
            my_task._set_state(READY)

    def fire(self, token: Token, payload: dict[str, object]) -> None:
        if not self.model.interrupting:
            spawn(token.workflow, self, token, {ARRIVED: payload})
            if not arm_again(token):
                withdraw(token)
            return
        host = token.workflow.tasks[token.internal_data.pop(HOST)]
        disarm(token)
        token.internal_data[ARRIVED] = payload
        token._set_state(READY)
        token.workflow.scope.trace_entered(token)
        withdraw(host)


class ScopeTrigger(Catch):
    """The start event of an event sub-process, armed as long as the scope around it lives."""

    def __init__(self, spec: ProcessSpec, model: Model, handler: Any) -> None:
        super().__init__(spec, model, f"{model.id}:trigger")
        self.handler = handler

    def is_traced(self, token: Token) -> bool:
        return False

    def fire(self, token: Token, payload: dict[str, object]) -> None:
        part = token.workflow
        if self.model.interrupting:
            for other in part.live():
                if other is not token:
                    withdraw(other)
            token._set_state(COMPLETED)
        spawn(part, self.handler, token, {ARRIVED: payload})
        if token.live and not arm_again(token):
            withdraw(token)


def arm(token: Token) -> None:
    """Begin to wait. Raises NodeError."""
    trigger = token.task_spec.catches
    token._set_state(WAITING)
    if trigger.kind == "timer" and DUE not in token.internal_data:
        arm_timer(token, trigger.timer)
    elif trigger.kind == "message":
        token.internal_data[KEYS] = scope_of(token).values(token, trigger.keys)


def arm_again(token: Token) -> bool:
    """After an event that does not interrupt: whether it may happen once more."""
    trigger = token.task_spec.catches
    return trigger.kind != "timer" or next_round(token)


def disarm(token: Token) -> None:
    for mark in (DUE, CYCLE, KEYS, HELD):
        token.internal_data.pop(mark, None)


def holds_now(token: Token) -> bool:
    """Whether the condition that a token waits for has come true since it was last looked at. A
    variable that is not there yet makes it untrue. Raises NodeError."""
    try:
        holds = scope_of(token).holds(token, token.task_spec.catches.condition)
    except NodeError as failure:
        if failure.fields.get("reason") != "unknown_name":
            raise
        holds = False
    came_true = holds and not token.internal_data.get(HELD)
    token.internal_data[HELD] = holds
    return came_true


def arm_scope(part: Any, root: Token) -> None:
    """Arm the event sub-processes of a part that begins."""
    for trigger in part.spec.triggers:
        spawn(part, trigger, root, {HOST: SCOPE})
