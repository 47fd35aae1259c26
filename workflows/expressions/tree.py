"""The syntax tree: what an expression or script can say. There is no other kind of node, whatever
the notation; so this list is the whole language."""

from dataclasses import dataclass
from typing import Literal

from workflows.expressions.errors import ExpressionError

MAX_NODES = 500
MAX_DEPTH = 50

NodeKind = Literal[
    "literal",  # value
    "name",  # value: of the variable
    "key",  # part: record; value: key
    "item",  # parts: container, index
    "nth",  # parts: list, position counted from 1
    "slice",  # parts: container, lower, upper
    "arithmetic",  # parts: two operands; value: operator
    "negative",
    "positive",
    "not",
    "and",
    "or",
    "compare",  # parts: operands; value: the operators between them
    "tests",  # parts: the value tested, "test" or "range" nodes of which one must hold
    "test",  # part: operand; value: operator
    "range",  # parts: low, high; value: its brackets
    "span",  # parts: first, last; the whole numbers from one to the other
    "choice",  # parts: condition, then, otherwise
    "list",
    "record",  # parts: values; value: keys
    "call",  # parts: arguments; value: function
    "repeat",  # parts: source, element, conditions; value: name of the item
    "join",  # parts of a text that are written one after another
    # Of scripts alone:
    "block",  # parts: statements
    "assign",  # parts: what is assigned, the keys on the way to its place; value: the variable
    "change",  # like assign; value: the variable, the operator
    "if",  # parts: condition, block, condition, block, …, perhaps the block of the rest
    "for",  # parts: source, block; value: name of the item
    "pass",
]


@dataclass(frozen=True, slots=True)
class Node:
    """`at`: where it stands in the text as written, counted from 0. `size`: nodes in it."""

    kind: NodeKind
    at: int
    parts: "tuple[Node, ...]"
    value: object
    depth: int
    size: int


class Grower:
    """Makes the nodes of one text, as many and as deep as allowed."""

    def __init__(self) -> None:
        self._count = 0

    def __call__(self, kind: NodeKind, at: int, *parts: Node, value: object = None) -> Node:
        self._count += 1
        if self._count > MAX_NODES:
            raise ExpressionError("expression_too_large", at=at, limit="nodes", maximum=MAX_NODES)
        depth = 1 + max((part.depth for part in parts), default=0)
        if depth > MAX_DEPTH:
            raise ExpressionError("expression_too_large", at=at, limit="depth", maximum=MAX_DEPTH)
        return Node(kind, at, parts, value, depth, 1 + sum(part.size for part in parts))


def refuse(construct: str, at: int, **fields: object) -> ExpressionError:
    """Readable, but outside the language."""
    return ExpressionError("expression_not_allowed", construct=construct, at=at, **fields)
