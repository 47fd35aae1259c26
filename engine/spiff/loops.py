"""Activities done several times: once per element of a list, or as long as a condition holds.

In a multi-instance activity each iteration has its own variables: the element, under the name of
the loop's `item`, and with an `output` also what is written in it. When the activity ends, these
are written as one list, in the order of the elements, under the name of the `output`:
[{"bidang": "BIDANG-1", "usulan": "…"}, …], or of what `output_item` makes of each. Iterations that
a completion condition cut off are not in it. Without an `output`, and in the rounds of a standard
loop, what is written goes to the case: of one name the latest value stays.
"""

from typing import Any

from engine.spiff.activities import Activity
from engine.spiff.nodes import ProcessSpec
from engine.spiff.scope import INCIDENT, KEEPS, LOCAL, NodeError, copied, scope_of
from engine.spiff.tokens import (
    OF,
    READY,
    STARTED,
    WAITING,
    Token,
    record_incident,
    spawn,
    with_mark,
    withdraw,
)
from workflows.process.model import Loop
from workflows.process.model import Node as Model

MAX_ITERATIONS = 1000

_INDEX = "index"
_TOTAL = "total"
_RESULTS = "results"
_REMAINING = "remaining"
_COUNTER = "loopCounter"


class Looping(Activity):
    """The activity around the iterations. Events on the boundary belong to it."""

    has_dependents = True
    kind = "loop"

    def __init__(self, spec: ProcessSpec, model: Model) -> None:
        super().__init__(spec, model)
        assert model.loop is not None
        self.loop: Loop = model.loop

    @property
    def iteration(self) -> Any:
        return self.specs[f"{self.model.id}:each"]

    def finish(self, token: Token) -> None:
        """Outputs are mapped by each iteration."""

    def map_inputs(self, token: Token) -> None:
        """Inputs are mapped by each iteration."""

    def act(self, token: Token) -> bool:
        """Comes here when the iterations are done."""
        return True

    def iteration_done(self, child: Token) -> None:
        """Called when an iteration is complete."""
        token = child.workflow.tasks[child.internal_data[OF]]
        self.count(token, child)
        self.try_advance(token)

    def count(self, token: Token, child: Token) -> None:
        raise NotImplementedError

    def advance(self, token: Token) -> None:
        """End the activity or open the next iteration. Raises NodeError."""
        raise NotImplementedError

    def try_advance(self, token: Token) -> None:
        token.internal_data.pop(INCIDENT, None)
        try:
            self.advance(token)
        except NodeError as failure:
            record_incident(token, failure)

    def end(self, token: Token) -> None:
        for child in with_mark(token, OF):
            withdraw(child)
        token._set_state(READY)

    def open_iteration(self, token: Token, marks: dict[str, object]) -> None:
        spawn(token.workflow, self.iteration, token, {OF: token.id, **marks})

    def retry(self, token: Token) -> None:
        if token.has_state(STARTED):
            self.try_advance(token)
        else:
            super().retry(token)


class MultiInstance(Looping):
    """One iteration per element, side by side or in turn."""

    def enter(self, token: Token) -> None:
        token._set_state(WAITING)
        elements = self._elements(token)
        marks = token.internal_data
        marks |= {_TOTAL: len(elements), _RESULTS: []}
        if not elements:
            self._write_output(token)
            token._set_state(READY)
            return
        token._set_state(STARTED)
        numbered = [[index, element] for index, element in enumerate(elements)]
        if self.loop.kind == "sequential":
            marks[_REMAINING] = numbered[1:]
            numbered = numbered[:1]
        for index, element in numbered:
            self._open(token, index, element)

    def count(self, token: Token, child: Token) -> None:
        result = [child.internal_data[_INDEX], self._result(child)]
        token.internal_data[_RESULTS].append(result)

    def advance(self, token: Token) -> None:
        marks = token.internal_data
        done = len(marks[_RESULTS])
        if done == marks[_TOTAL] or (done > 0 and self._is_enough(token)):
            self._write_output(token)
            self.end(token)
        elif self.loop.kind == "sequential" and not with_mark(token, OF):
            index, element = marks[_REMAINING].pop(0)
            self._open(token, index, element)

    def end(self, token: Token) -> None:
        for mark in (_RESULTS, _REMAINING):
            token.internal_data.pop(mark, None)
        super().end(token)

    def _elements(self, token: Token) -> list[Any]:
        scope, loop = scope_of(token), self.loop
        if loop.collection:
            elements = scope.value(token, loop.collection)
            if not isinstance(elements, list):
                raise NodeError("collection_not_a_list", name=loop.collection)
        else:
            count = scope.value(token, loop.cardinality)
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                raise NodeError("cardinality_not_a_number", text=loop.cardinality)
            elements = list(range(1, min(count, MAX_ITERATIONS + 1) + 1))
        if len(elements) > MAX_ITERATIONS:
            raise NodeError("too_many_iterations", maximum=MAX_ITERATIONS)
        return elements

    def _open(self, token: Token, index: int, element: Any) -> None:
        local = {self.loop.item: copied(element)} if self.loop.item else {_COUNTER: index + 1}
        keeps = {KEEPS: True} if self.loop.output else {}
        self.open_iteration(token, {_INDEX: index, LOCAL: local, **keeps})

    def _result(self, child: Token) -> Any:
        """What one iteration brought: all its variables, or the `output_item` of them. Where
        that names a variable which nobody has written, it names the record of all of them; an
        expression that fails gives null, for the iteration is over and cannot be done again."""
        local, item = child.internal_data[LOCAL], self.loop.output_item
        if not item or (item.isidentifier() and item not in local):
            return local
        try:
            return scope_of(child).value(child, item)
        except NodeError:
            return None

    def _is_enough(self, token: Token) -> bool:
        """The completion condition sees the answers of the latest iteration and the counters."""
        if not self.loop.condition:
            return False
        marks = token.internal_data
        done = len(marks[_RESULTS])
        latest = marks[_RESULTS][-1][1]
        extra = {
            **(latest if isinstance(latest, dict) else {}),
            "nrOfInstances": marks[_TOTAL],
            "nrOfCompletedInstances": done,
            "nrOfActiveInstances": 1 if self.loop.kind == "sequential" else marks[_TOTAL] - done,
        }
        if self.loop.output:
            extra[self.loop.output] = _in_order(marks[_RESULTS])
        return scope_of(token).holds(token, self.loop.condition, extra)

    def _write_output(self, token: Token) -> None:
        if self.loop.output:
            results = _in_order(token.internal_data[_RESULTS])
            scope_of(token).write(token, {self.loop.output: results})


class StandardLoop(Looping):
    """Again and again while the condition holds, at most `maximum` times."""

    def enter(self, token: Token) -> None:
        token._set_state(WAITING)
        token.internal_data.setdefault(_INDEX, 0)
        if self.loop.test_before and not self._goes_on(token):
            token._set_state(READY)
            return
        token._set_state(STARTED)
        self._open(token)

    def count(self, token: Token, child: Token) -> None:
        """The round was counted when it began."""

    def advance(self, token: Token) -> None:
        if not self._goes_on(token):
            self.end(token)
        elif not with_mark(token, OF):
            self._open(token)

    def _open(self, token: Token) -> None:
        token.internal_data[_INDEX] += 1
        self.open_iteration(token, {LOCAL: {_COUNTER: token.internal_data[_INDEX]}})

    def _goes_on(self, token: Token) -> bool:
        done = token.internal_data[_INDEX]
        if self.loop.maximum is not None and done >= self.loop.maximum:
            return False
        if not self.loop.condition:
            return True
        return scope_of(token).holds(token, self.loop.condition, {_COUNTER: done})


def _in_order(results: list[list[Any]]) -> list[Any]:
    return [value for _, value in sorted(results, key=lambda result: int(result[0]))]
