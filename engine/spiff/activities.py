"""Activities: what is done at a node, by people, by programs, by the engine, or inside of it."""

from collections.abc import Mapping
from typing import Any

from engine.errors import ConflictError
from engine.spiff.catching import arm, arm_scope, disarm
from engine.spiff.compensation import INSIDE, begin_undoing, handler_done, note_completed
from engine.spiff.nodes import Node, ProcessSpec, end_race, throw_message, write_arrived
from engine.spiff.scope import CLOSED, INCIDENT, KEEPS, LOCAL, NodeError, scope_of
from engine.spiff.tokens import (
    ARRIVED,
    HOST,
    OF,
    READY,
    STARTED,
    UNDO,
    WAITING,
    Part,
    Token,
    spawn,
    with_mark,
    withdraw,
)
from workflows.decisions import answer
from workflows.errors import SopError
from workflows.expressions import compile_script
from workflows.process.model import Node as Model

JOB = "job"
CALLED = "called"
ARMED = "armed"  # the events on the boundary were armed, if only once
MAX_DEPTH = 20


class Activity(Node):
    """What all activities share: events on the boundary, mapped variables, being undone."""

    def _update(self, my_task: Token) -> None:
        self.arm_boundary(my_task)
        self.map_inputs(my_task)
        self.enter(my_task)

    def enter(self, token: Token) -> None:
        token._set_state(READY)

    def arm_boundary(self, token: Token) -> None:
        marks = token.internal_data
        undone = INSIDE in marks  # it comes once more only to be undone
        if self.boundary and not undone and not marks.get(ARMED) and not with_mark(token, HOST):
            marks[ARMED] = True
            for event in self.boundary:
                spawn(token.workflow, event, token, {HOST: token.id})

    def map_inputs(self, token: Token) -> None:
        if not self.model.inputs and not self.model.outputs:
            return
        marks = token.internal_data
        values = scope_of(token).values(token, self.model.inputs)
        marks[LOCAL] = marks.get(LOCAL, {}) | values
        if self.model.outputs:
            marks[KEEPS] = True

    def finish(self, token: Token) -> None:
        """In an iteration the outputs are among what it brings; else they go outside."""
        if self.model.outputs:
            scope = scope_of(token)
            values = scope.values(token, self.model.outputs)
            scope.write(token, values, outside=not self.gathers(token))

    def gathers(self, token: Token) -> bool:
        """Whether what is written stays with the iteration, to become part of the output."""
        loop = self.model.loop
        return OF in token.internal_data and loop is not None and bool(loop.output)

    def bring(self, token: Token, values: Mapping[str, object]) -> None:
        """Write what the activity was answered. Without mapped outputs it goes past the mapped
        inputs, also where one has the same name."""
        outside = not self.model.outputs and not self.gathers(token)
        scope_of(token).write(token, values, outside=outside)

    def leave(self, token: Token) -> None:
        for event in with_mark(token, HOST) if self.boundary else ():
            withdraw(event)
        marks = token.internal_data
        if UNDO in marks:
            handler_done(token)
        elif OF in marks:
            token.workflow.tasks[marks[OF]].task_spec.iteration_done(token)
        else:
            note_completed(token)
            super().leave(token)

    def choose(self, token: Token) -> list[Any]:
        marks = token.internal_data
        return [] if UNDO in marks or OF in marks else super().choose(token)


class Step(Activity):
    """A user or manual task: the token waits for a person."""

    def __init__(self, spec: ProcessSpec, model: Model, name: str = "") -> None:
        super().__init__(spec, model, name)
        self.manual = True


class Script(Activity):
    def act(self, token: Token) -> bool:
        scope = scope_of(token)
        try:
            written = compile_script(self.model.script).run(scope.variables(token))
        except SopError as error:
            raise NodeError(error.code, **error.fields) from error
        scope.write(token, written)
        return True


class Decide(Activity):
    """A business rule task that asks a decision table of the same definition."""

    decisions: Any = None  # set when the definition is compiled

    def act(self, token: Token) -> bool:
        call = self.model.decision
        scope = scope_of(token)
        assert call is not None
        try:
            found = answer(self.decisions[call.decision], scope.variables(token), call.shape)
        except SopError as error:
            raise NodeError(error.code, **error.fields) from error
        if call.result:
            scope.write(token, {call.result: found})
        elif isinstance(found, dict):
            scope.write(token, found)
        return True


class Send(Activity):
    def act(self, token: Token) -> bool:
        assert self.model.trigger is not None
        throw_message(token, self.model.trigger)
        return True


class Receive(Activity):
    def __init__(self, spec: ProcessSpec, model: Model, name: str = "") -> None:
        super().__init__(spec, model, name)
        self.catches = model.trigger

    def enter(self, token: Token) -> None:
        arm(token)

    def fire(self, token: Token, payload: dict[str, object]) -> None:
        end_race(token)
        disarm(token)
        token.internal_data[ARRIVED] = payload
        token._set_state(READY)

    def act(self, token: Token) -> bool:
        write_arrived(token, self.model.trigger)
        return True


class Service(Activity):
    """Work that a program does outside; the token waits for its result."""

    def enter(self, token: Token) -> None:
        work = self.model.work
        assert work is not None
        request = scope_of(token).values(token, work.fields)
        token.internal_data[JOB] = [work.kind, work.name, request, work.retries]
        token._set_state(WAITING)

    def done(self, token: Token, result: object) -> None:
        """Raises ConflictError job_result_not_record, and then nothing has changed."""
        work = self.model.work
        assert work is not None
        if work.result:
            values: dict[str, object] = {work.result: result}
        elif result is None or isinstance(result, dict):
            values = result or {}
        else:
            raise ConflictError("job_result_not_record", node=self.bpmn_id)
        self.bring(token, values)
        marks = token.internal_data
        marks.pop(INCIDENT, None)
        del marks[JOB]
        token._set_state(READY)

    def retry(self, token: Token) -> None:
        """The job as it was asked for is open again; what it asks is reckoned anew."""
        if JOB in token.internal_data:
            del token.internal_data[JOB]
        super().retry(token)


class SubProcess(Activity):
    def __init__(
        self, spec: ProcessSpec, model: Model, name: str = "", content: ProcessSpec | None = None
    ) -> None:
        super().__init__(spec, model, name)
        self.content = content

    def enter(self, token: Token) -> None:
        token._set_state(STARTED)
        part = Part(self.content, token)
        if INSIDE in token.internal_data:
            begin_undoing(part, token)
        else:
            begin_part(part)

    def act(self, token: Token) -> bool:
        """Comes here when its content is done."""
        return True

    def content_done(self, token: Token) -> None:
        token._set_state(READY)


class EventSubProcess(SubProcess):
    """Runs when its trigger fires; what the event brought belongs to the scope around."""

    def map_inputs(self, token: Token) -> None:
        write_arrived(token, self.model.trigger)
        super().map_inputs(token)


class CallActivity(SubProcess):
    """Runs another definition; its version is fixed when the call begins."""

    def enter(self, token: Token) -> None:
        call = self.model.call
        assert call is not None
        if token.workflow.depth >= MAX_DEPTH:
            raise NodeError("call_too_deep", maximum=MAX_DEPTH)
        scope = scope_of(token)
        called = scope.around.called(call.key, scope.now)
        if called is None:
            raise NodeError("called_process_missing", called=call.key)
        if all(start.kind != "none" for start in called.starts):
            raise NodeError("called_process_without_start", called=call.key)
        marks = token.internal_data
        if not call.shares:
            marks.setdefault(LOCAL, {})
            marks |= {CLOSED: True, KEEPS: True}
        marks[CALLED] = called.digest
        token._set_state(STARTED)
        begin_part(Part(called.spec, token))


def begin_part(
    part: Part, node: str | None = None, payload: dict[str, object] | None = None
) -> None:
    """Arm what waits for the whole part, and start it at that start event (default: its only
    one, or the one without trigger)."""
    root = part.task_tree
    arm_scope(part, root)
    specs = part.spec.task_specs
    start = specs[node] if node is not None else specs[start_of(part.spec.container).id]
    spawn(part, start, root, {ARRIVED: payload} if payload else {})


def start_of(container: Any) -> Model:
    """The start event without a trigger, else the first."""
    starts = [node for node in container.nodes.values() if node.kind == "startEvent"]
    plain = [one for one in starts if one.trigger is None or one.trigger.kind == "none"]
    found = (plain or starts)[0]
    assert isinstance(found, Model)
    return found
