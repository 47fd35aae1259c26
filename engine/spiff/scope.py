"""Where data lives while a case moves: at the case, and in the iterations of multi-instance nodes.

Tokens carry no data of their own. What a token reads is the case's data, overlaid with the
variables of the iterations around it; what it writes replaces a key, whole, in the innermost of
these. Nothing is ever merged.
"""

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime, tzinfo
from typing import Any

from workflows.errors import SopError
from workflows.expressions import compile_expression

LOCAL = "local"
INCIDENT = "incident"


class NodeError(Exception):
    """A node cannot go on: becomes its incident. Nothing of the node has happened yet."""

    def __init__(self, code: str, /, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


class Scope:
    """The surroundings of one move; SpiffWorkflow holds it as the workflow's script engine.

    Naive dates and times in timers are read in `zone`.
    """

    def __init__(self, data: Mapping[str, object], now: datetime, zone: tzinfo) -> None:
        self.data: dict[str, object] = deepcopy(dict(data))
        self.now = now
        self.zone = zone

    def variables(self, task: Any) -> dict[str, object]:
        return self.data | local_variables(task)

    def write(self, task: Any, values: Mapping[str, object]) -> None:
        scopes = _local_scopes(task)
        target = scopes[0] if scopes else self.data
        target.update(deepcopy(dict(values)))

    def value(self, task: Any, text: str, **extra: object) -> object:
        """The value of an expression at a token; raises NodeError."""
        try:
            return compile_expression(text).evaluate(self.variables(task) | extra)
        except SopError as error:
            raise NodeError(error.code, **error.fields) from error

    def holds(self, task: Any, text: str, **extra: object) -> bool:
        """Whether a condition holds. Null counts as no; a value of another kind is a mistake in
        the process, since every non-empty text would count as yes."""
        value = self.value(task, text, **extra)
        if value is None or isinstance(value, bool):
            return value is True
        raise NodeError("condition_not_boolean", text=text, value=str(value)[:200])


def scope_of(task: Any) -> Scope:
    scope = task.workflow.script_engine
    assert isinstance(scope, Scope)
    return scope


def local_variables(task: Any) -> dict[str, object]:
    """The variables of the iterations around a token, outermost first, inner ones on top."""
    merged: dict[str, object] = {}
    for scope in reversed(_local_scopes(task)):
        merged |= scope
    return merged


def record_incident(task: Any, failure: NodeError) -> None:
    task.internal_data[INCIDENT] = [failure.code, failure.fields]


def _local_scopes(task: Any) -> list[dict[str, object]]:
    """Innermost first: the token's own iteration, then those of the sub-processes around it."""
    found = []
    while task is not None:
        if LOCAL in task.internal_data:
            found.append(task.internal_data[LOCAL])
        workflow = task.workflow
        around = workflow.parent_task_id
        task = workflow.top_workflow.get_task_from_id(around) if around is not None else None
    return found
