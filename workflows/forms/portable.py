"""A condition as JSON that a browser can follow, so that fields appear while one types.

A browser may not run code that comes with a page, so it gets the tree of the expression: lists
whose first element says what to do. Only what reads the same there as here is carried over; of any
other condition the page asks the server.
"""

from collections.abc import Callable, Mapping
from typing import Final

from workflows.expressions import ExpressionError, parse_expression
from workflows.expressions.tree import Node
from workflows.forms.form import Form

_COMPARISONS: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})
_IN: Final = {"==": "in"}  # a list holds it, anything else equals it
_SIMPLE: Final = (str, int, float, bool, type(None))


class _ForeignError(Exception):
    """Not simple enough."""


def portable_condition(
    condition: str, form: Form, variables: Mapping[str, object]
) -> list[object] | None:
    """The condition with the variables of the case filled in; None where only the server knows.

    ["value", v], ["answer", key], ["not", c], ["and", c, …], ["or", c, …], ["==", a, b] and the
    other comparisons, ["in", a, b], ["has", list, item].
    """
    keys = {field.key for field in form.questions if field.type not in ("table", "file")}
    others = {field.key for field in form.questions} - keys
    carrier = _Carrier(keys, others, variables)
    try:
        return carrier.carry(parse_expression(condition))
    except (_ForeignError, ExpressionError):
        return None


class _Carrier:
    def __init__(self, keys: set[str], others: set[str], variables: Mapping[str, object]) -> None:
        self._keys = keys
        self._others = others
        self._variables = variables

    def carry(self, node: Node) -> list[object]:
        known: dict[str, Callable[[Node], list[object]]] = {
            "literal": self._literal,
            "name": self._name,
            "not": lambda one: ["not", self.carry(one.parts[0])],
            "and": lambda one: ["and", *map(self.carry, one.parts)],
            "or": lambda one: ["or", *map(self.carry, one.parts)],
            "compare": self._compare,
            "tests": self._tests,
            "call": self._call,
        }
        if node.kind not in known:
            raise _ForeignError
        return known[node.kind](node)

    def _literal(self, node: Node) -> list[object]:
        return _value(node.value)

    def _name(self, node: Node) -> list[object]:
        name = str(node.value)
        if name in self._keys:
            return ["answer", name]
        if name in self._others:
            raise _ForeignError
        return _value(self._variables.get(name))

    def _compare(self, node: Node) -> list[object]:
        operators = node.value if isinstance(node.value, tuple | list) else (node.value,)
        if len(operators) != 1 or operators[0] not in _COMPARISONS or len(node.parts) != 2:
            raise _ForeignError
        return [str(operators[0]), *map(self.carry, node.parts)]

    def _tests(self, node: Node) -> list[object]:
        """One of several comparisons of the same value."""
        left = self.carry(node.parts[0])
        tests = node.parts[1:]
        if any(one.kind != "test" or one.value not in _COMPARISONS for one in tests):
            raise _ForeignError
        return [
            "or",
            *(
                [_IN.get(str(one.value), one.value), left, self.carry(one.parts[0])]
                for one in tests
            ),
        ]

    def _call(self, node: Node) -> list[object]:
        if node.value != "contains" or len(node.parts) != 2:
            raise _ForeignError
        return ["has", *map(self.carry, node.parts)]


def _value(value: object) -> list[object]:
    if isinstance(value, list) and all(isinstance(one, _SIMPLE) for one in value):
        return ["value", value]
    if not isinstance(value, _SIMPLE):
        raise _ForeignError
    return ["value", value]
