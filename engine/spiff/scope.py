"""Where data lives while a case moves: at the case, and in the scopes of some activities.

Tokens carry no data of their own. What a token reads is the case's data, overlaid with the
variables of the activities around it. What it writes replaces a key, whole: where the innermost
scope has the variable already, or keeps all that is written within it (iterations, activities with
mapped outputs), else at the case. Nothing is ever merged.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from engine.spiff.surroundings import Surroundings
from workflows.errors import SopError
from workflows.expressions import compile_expression
from workflows.process.model import Mapped

NOTHING: Mapping[str, object] = MappingProxyType({})

LOCAL = "local"
KEEPS = "keeps"  # whether all that is written within stays within
CLOSED = "closed"  # whether what is outside cannot be read within
INCIDENT = "incident"


class NodeError(Exception):
    """A node cannot go on: becomes its incident. Nothing of the node has happened yet."""

    def __init__(self, code: str, /, **fields: object) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields


def copied(value: Any) -> Any:
    """A copy of a JSON value that shares nothing changeable with it; faster than `deepcopy`."""
    if isinstance(value, dict):
        return {key: copied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [copied(inner) for inner in value]
    return value


class Scope:
    """The surroundings of one move and what it has brought about so far."""

    def __init__(self, data: Mapping[str, object], now: datetime, around: Surroundings) -> None:
        self.data: dict[str, object] = copied(dict(data))
        self.now = now
        self.around = around
        self.thrown: list[Any] = []
        self.spawned = 0  # tokens made in this move
        self.trace: dict[str, list[Any]] = {}

    def trace_entered(self, token: Any) -> None:
        self.trace[token.id] = [token, "active", True]

    def trace_left(self, token: Any, state: Literal["completed", "withdrawn"]) -> None:
        row = self.trace.get(token.id)
        if row is not None:
            row[1] = state
        elif token.task_spec.is_traced(token):
            self.trace[token.id] = [token, state, False]

    def variables(self, token: Any) -> dict[str, object]:
        """What a token reads; the values are those of the case, not copies."""
        outside: Mapping[str, object] = self.data
        around = list(_scopes(token))
        if around and around[-1].get(CLOSED):
            outside = {}
        merged = dict(outside)
        for marks in reversed(around):
            merged |= marks[LOCAL]
        return merged

    def write(self, token: Any, values: Mapping[str, object], *, outside: bool = False) -> None:
        """`outside`: past the token's own scope."""
        around = [
            marks for marks in _scopes(token) if not outside or marks is not token.internal_data
        ]
        if outside and token.internal_data.get(CLOSED):
            around = list(_scopes(token.workflow.host))
        for name, value in values.items():
            target = self.data
            for marks in around:
                if name in marks[LOCAL] or marks.get(KEEPS):
                    target = marks[LOCAL]
                    break
            target[name] = copied(value)

    def value(self, token: Any, text: str, extra: Mapping[str, object] = NOTHING) -> object:
        """The value of an expression at a token, `extra` variables on top; raises NodeError."""
        try:
            return compile_expression(text).evaluate({**self.variables(token), **extra})
        except SopError as error:
            raise NodeError(error.code, **error.fields) from error

    def values(
        self, token: Any, mapped: Mapped, extra: Mapping[str, object] = NOTHING
    ) -> dict[str, object]:
        """The values of (name, expression) pairs."""
        return {name: self.value(token, text, extra) for name, text in mapped}

    def holds(self, token: Any, text: str, extra: Mapping[str, object] = NOTHING) -> bool:
        """Whether a condition holds. Null counts as no; a value of another kind is a mistake in
        the process, since every non-empty text would count as yes."""
        value = self.value(token, text, extra)
        if value is None or isinstance(value, bool):
            return value is True
        raise NodeError("condition_not_boolean", text=text, value=str(value)[:200])


def scope_of(token: Any) -> Scope:
    scope = token.workflow.scope
    assert isinstance(scope, Scope)
    return scope


def local_variables(token: Any) -> dict[str, object]:
    """The variables of the activities around a token, outermost first, inner ones on top."""
    merged: dict[str, object] = {}
    for marks in reversed(list(_scopes(token))):
        merged |= marks[LOCAL]
    return merged


def _scopes(token: Any) -> Iterator[dict[str, Any]]:
    """The marks of the scopes around a token, innermost first, up to one that is closed."""
    while token is not None:
        marks = token.internal_data
        if LOCAL in marks:
            yield marks
            if marks.get(CLOSED):
                return
        token = token.workflow.host
