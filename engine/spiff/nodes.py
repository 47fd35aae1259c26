"""Our node types, on SpiffWorkflow's.

They differ in three ways. Nothing is foretold: the successors of a token are made when it leaves
a node, so that cost and state depend on what is open, not on the size of the process. A gateway
that cannot decide keeps its token. A parallel join counts arrivals, and does not search history.
"""

from typing import Any

from SpiffWorkflow.bpmn.specs import control, defaults
from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from engine.spiff.scope import NodeError, record_incident, scope_of
from engine.spiff.timers import DUE, TimerDefinition

_VIA = "via"


class Lazy:
    """Mixed in before a SpiffWorkflow node type."""

    def _predict(self, my_task: Any, *_args: Any, **_kwargs: Any) -> None:
        """SpiffWorkflow would lay out all possible futures here, recursively."""

    def _run(self: Any, my_task: Any) -> Any:
        # SpiffWorkflow would put the token into an error state, from which there is no way back.
        return self._run_hook(my_task)

    def _on_complete_hook(self: Any, my_task: Any) -> None:
        super()._on_complete_hook(my_task)  # type: ignore[misc] # the node type mixed into
        if not my_task.workflow.completed:  # a terminate end event has just completed it
            follow(my_task, self._successors(my_task))

    def _successors(self: Any, my_task: Any) -> list[Any]:
        outputs: list[Any] = self.outputs
        return outputs


def follow(my_task: Any, successors: list[Any]) -> None:
    my_task._sync_children(successors, TaskState.FUTURE)
    for child in my_task.children:
        # Only SpiffWorkflow's own end of a process answers; it needs its last node.
        child.task_spec._predict(child, mask=TaskState.FUTURE | TaskState.PREDICTED_MASK)


class StartEvent(Lazy, defaults.StartEvent):
    pass


class EndEvent(Lazy, defaults.EndEvent):
    pass


class UserTask(Lazy, defaults.UserTask):
    pass


class ManualTask(Lazy, defaults.ManualTask):
    pass


class IntermediateThrowEvent(Lazy, defaults.IntermediateThrowEvent):
    pass


class SubWorkflowTask(Lazy, defaults.SubWorkflowTask):
    pass


class ExclusiveGateway(Lazy, defaults.ExclusiveGateway):
    """The first flow whose condition holds, in the order of the file, or else the default flow."""

    def _run_hook(self: Any, my_task: Any) -> bool:
        chosen = self._choose(my_task)
        my_task._sync_children([my_task.workflow.spec.task_specs[chosen]], TaskState.FUTURE)
        return True

    def _choose(self: Any, my_task: Any) -> str:
        scope = scope_of(my_task)
        for condition, name in self.cond_task_specs:
            if condition is not None and scope.holds(my_task, condition.args[0]):
                return str(name)
        if self.default_task_spec is None:
            raise NodeError("no_flow_holds")
        return str(self.default_task_spec)

    def _successors(self, my_task: Any) -> list[Any]:
        return [child.task_spec for child in my_task.children]


class ParallelGateway(Lazy, BpmnSpecMixin):
    """Waits for one token on each incoming flow and takes exactly these; more tokens wait on."""

    def _update_hook(self: Any, my_task: Any) -> bool:
        my_task.internal_data.setdefault(_VIA, my_task.parent.task_spec.name)
        taken = {my_task.internal_data[_VIA]: my_task}
        for task in my_task.workflow.tasks.values():
            if task.task_spec is self and task.state == TaskState.WAITING:
                taken.setdefault(task.internal_data[_VIA], task)
        if len(taken) < len(set(self._inputs)):
            my_task._set_state(TaskState.WAITING)
            return False
        for task in taken.values():
            if task is not my_task:
                task.cancel()
        return True


class Timed(Lazy):
    """A node that waits for a moment; the moment is reckoned once, when the token arrives."""

    def _update_hook(self: Any, my_task: Any) -> Any:
        waits = isinstance(self.event_definition, TimerDefinition)
        if waits and DUE not in my_task.internal_data:
            try:
                self.event_definition.arm(my_task)
            except NodeError as failure:
                record_incident(my_task, failure)
        return super()._update_hook(my_task)  # type: ignore[misc] # the node type mixed into


class IntermediateCatchEvent(Timed, defaults.IntermediateCatchEvent):
    pass


class BoundaryEvent(Timed, defaults.BoundaryEvent):
    pass


class BoundaryEventSplit(Lazy, control.BoundaryEventSplit):
    """Starts an activity together with the events on its boundary."""
