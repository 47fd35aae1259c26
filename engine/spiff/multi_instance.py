"""Multi-instance activities: one iteration per element of a list, side by side or in turn.

Each iteration has its own variables: the element, under the name of the `inputDataItem`, and the
answers given in it. When the activity ends, these are written as one list, in the order of the
elements, under the name of the `loopDataOutputRef`: [{"bidang": "BIDANG-1", "usulan": "…"}, …].
Iterations that a completion condition cut off are not in it. Without a `loopDataOutputRef`
the answers stay with the work items and do not enter the case.
"""

from copy import deepcopy
from typing import Any

from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.util.task import TaskState

from engine.spiff.nodes import Lazy
from engine.spiff.scope import INCIDENT, LOCAL, NodeError, record_incident, scope_of

MAX_ITERATIONS = 1000

_INDEX = "index"
_TOTAL = "total"
_RESULTS = "results"
_REMAINING = "remaining"


class MultiInstance(Lazy, LoopTask, BpmnSpecMixin):
    """The activity around the iterations; `task_spec` names the node type of one iteration."""

    sequential = False

    def __init__(self: Any, wf_spec: Any, bpmn_id: str, task_spec: str, **slots: Any) -> None:
        super().__init__(wf_spec, bpmn_id, description=slots.get("description"))
        self.task_spec = task_spec
        self.cardinality = slots["cardinality"]
        self.collection = _name(slots["data_input"])
        self.item = _name(slots["input_item"]) or "loopCounter"
        self.output = _name(slots["data_output"])
        self.condition = slots["condition"]

    def _update_hook(self: Any, my_task: Any) -> bool:
        """True when there is nothing to iterate over."""
        internal = my_task.internal_data
        if INCIDENT in internal or _TOTAL in internal:
            return False
        try:
            elements = self._elements(my_task)
        except NodeError as failure:
            record_incident(my_task, failure)
            my_task._set_state(TaskState.WAITING)
            return False
        internal |= {_TOTAL: len(elements), _RESULTS: []}
        if not elements:
            self._write_output(my_task)
            return True
        my_task._set_state(TaskState.STARTED)
        numbered = [[index, element] for index, element in enumerate(elements)]
        if self.sequential:
            internal[_REMAINING] = numbered[1:]
            numbered = numbered[:1]
        for index, element in numbered:
            self._open(my_task, index, element)
        return False

    def merge_child(self: Any, workflow: Any, child: Any) -> None:
        """Called when an iteration is complete."""
        my_task = child.parent
        my_task.internal_data[_RESULTS].append(
            [child.internal_data[_INDEX], child.internal_data[LOCAL]]
        )
        self.advance(my_task)

    def advance(self: Any, my_task: Any) -> None:
        """End the activity or open the next iteration; an incident when that is undecidable."""
        internal = my_task.internal_data
        internal.pop(INCIDENT, None)
        done = len(internal[_RESULTS])
        try:
            ends = done == internal[_TOTAL] or (done > 0 and self._is_enough(my_task))
        except NodeError as failure:
            record_incident(my_task, failure)
            return
        if ends:
            for child in my_task.children:
                child.cancel()
            self._write_output(my_task)
            my_task._set_state(TaskState.READY)
        elif self.sequential and not self._open_iterations(my_task):
            index, element = internal[_REMAINING].pop(0)
            self._open(my_task, index, element)

    def _elements(self: Any, my_task: Any) -> list[Any]:
        scope = scope_of(my_task)
        if self.collection is not None:
            elements = scope.value(my_task, self.collection)
            if not isinstance(elements, list):
                raise NodeError("collection_not_a_list", name=self.collection)
        else:
            count = scope.value(my_task, self.cardinality)
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise NodeError("cardinality_not_a_number", text=self.cardinality)
            elements = list(range(1, min(count, MAX_ITERATIONS + 1) + 1))
        if len(elements) > MAX_ITERATIONS:
            raise NodeError("too_many_iterations", maximum=MAX_ITERATIONS)
        return elements

    def _open(self: Any, my_task: Any, index: int, element: Any) -> None:
        spec = my_task.workflow.spec.task_specs[self.task_spec]
        child = my_task._add_child(spec, TaskState.WAITING)
        child.triggered = True
        child.internal_data |= {_INDEX: index, LOCAL: {self.item: deepcopy(element)}}
        spec._update(child)

    def _open_iterations(self: Any, my_task: Any) -> bool:
        return any(child.has_state(TaskState.DEFINITE_MASK) for child in my_task.children)

    def _is_enough(self: Any, my_task: Any) -> bool:
        """The completion condition sees the answers of the latest iteration and the counters."""
        if self.condition is None:
            return False
        internal = my_task.internal_data
        done = len(internal[_RESULTS])
        extra = {
            **internal[_RESULTS][-1][1],
            "nrOfInstances": internal[_TOTAL],
            "nrOfCompletedInstances": done,
            "nrOfActiveInstances": 1 if self.sequential else internal[_TOTAL] - done,
        }
        if self.output is not None:
            extra[self.output] = _in_order(internal[_RESULTS])
        return scope_of(my_task).holds(my_task, self.condition, **extra)

    def _write_output(self: Any, my_task: Any) -> None:
        if self.output is not None:
            results = _in_order(my_task.internal_data[_RESULTS])
            scope_of(my_task).write(my_task, {self.output: results})


class SequentialMultiInstance(MultiInstance):
    sequential = True


def _in_order(results: list[list[Any]]) -> list[Any]:
    return [value for _, value in sorted(results, key=lambda result: int(result[0]))]


def _name(reference: Any) -> str | None:
    """The variable that a data reference of SpiffWorkflow's parser stands for."""
    return reference.bpmn_id.strip() if reference is not None else None
