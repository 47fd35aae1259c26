"""The grammar that all notations share: a Python-like expression over JSON values.

`Parser` reads the plain notation; the others are its subclasses and add to it.
"""

import keyword
import unicodedata
from collections.abc import Mapping
from typing import ClassVar

from workflows.expressions.cursor import Cursor
from workflows.expressions.errors import ExpressionError
from workflows.expressions.tokens import Token, unquote
from workflows.expressions.tree import Grower, Node, refuse

_MAX_OPEN = 100  # brackets and signs that may be open at once
CONSTANTS: Mapping[str, object] = {
    "True": True, "true": True, "False": False, "false": False, "None": None, "null": None,
}  # fmt: skip
# How tightly operators bind, loosest first.
CHOICE, OR, AND, NOT, COMPARE, SUM, PRODUCT, PLACE = range(1, 9)
_POWERS = {
    "if": CHOICE, "or": OR, "||": OR, "and": AND, "&&": AND,
    "==": COMPARE, "!=": COMPARE, "<": COMPARE, "<=": COMPARE, ">": COMPARE, ">=": COMPARE,
    "in": COMPARE, "not": COMPARE, "is": COMPARE,
    "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "//": PRODUCT, "%": PRODUCT,
    ".": PLACE, "[": PLACE, "(": PLACE,
}  # fmt: skip
_WORDS = frozenset({"if", "or", "and", "in", "not", "is"})
_REFUSED = frozenset({"**"})


class Parser(Cursor):
    """Reads tokens into one tree. Each method that reads a part leaves the token after it next."""

    powers: ClassVar[Mapping[str, int]] = _POWERS
    words: ClassVar[frozenset[str]] = _WORDS  # names that are operators
    operators: ClassVar[Mapping[str, str]] = {}  # what an operator of this notation means

    def __init__(self, tokens: list[Token], make: Grower | None = None) -> None:
        super().__init__(tokens, make)
        self._open = 0

    def parse(self) -> Node:
        """The whole of the tokens as one expression."""
        node = self.expression()
        if self.token.kind != "end":
            raise self.unexpected()
        return node

    def expression(self, floor: int = 0) -> Node:
        """As far as operators bind more tightly than `floor`."""
        self._open += 1
        if self._open > _MAX_OPEN:
            at = self.token.at
            raise ExpressionError("expression_too_large", at=at, limit="depth", maximum=_MAX_OPEN)
        if floor > NOT and self.is_loose_not():
            raise self.unexpected()
        left = self.prefix()
        while (power := self.power()) > floor:
            left = self.infix(left, power)
        self._open -= 1
        return left

    def is_loose_not(self) -> bool:
        """Whether a `not` stands here that binds less tightly than comparisons do."""
        return self.sees("not")

    def power(self) -> int:
        kind, text, at = self.token
        if kind == "operator" and text in _REFUSED:
            raise refuse(text, at)
        if kind == "operator" or (kind == "name" and text in self.words):
            if text == "not" and self.following().text != "in":
                return 0
            return self.powers.get(text, 0)
        return 0

    def prefix(self) -> Node:
        kind, text, at = self.token
        if kind == "text":
            self.next()
            return self.make("literal", at, value=unquote(text))
        if kind == "number":
            return self.number()
        if kind == "name":
            return self.word()
        if text == "(":
            return self.group()
        if text == "[":
            self.next()
            return self.sequence("list", at, "]")
        if text == "{":
            return self.record()
        if text in ("-", "+"):
            self.next()
            return self.make(
                "negative" if text == "-" else "positive", at, self.expression(PRODUCT)
            )
        if text == "!":
            self.next()
            return self.make("not", at, self.expression(PRODUCT))
        if text in ("*", "**"):
            raise refuse(text, at)
        raise self.unexpected()

    def number(self) -> Node:
        _, text, at = self.next()
        if text.isdigit():
            if text[0] == "0" and len(text) > 1:
                raise ExpressionError("expression_syntax", at=at, reason="leading_zero")
            return self.make("literal", at, value=int(text))
        return self.make("literal", at, value=float(text))

    def word(self) -> Node:
        _, text, at = self.token
        if text == "not":
            self.next()
            return self.make("not", at, self.expression(NOT))
        self.next()
        if text in CONSTANTS:
            return self.make("literal", at, value=CONSTANTS[text])
        return self.make("name", at, value=self.public(text, at))

    def public(self, name: str, at: int) -> str:
        """A name that may be given to a variable."""
        if keyword.iskeyword(name):
            raise refuse(name, at)
        return readable(name, at)

    def group(self) -> Node:
        at = self.next().at
        if self.skip(")"):
            return self.make("list", at)
        node = self.expression()
        if self.sees("for"):
            node = self.repeat(node)
        elif self.sees(","):
            return self.sequence("list", at, ")", node)
        self.expect(")")
        return node

    def sequence(self, kind: str, at: int, closes: str, *begun: Node, value: object = None) -> Node:
        """Elements up to the closing bracket; a single `element for x in xs` is a repetition."""
        parts = list(begun)
        if parts:
            self.expect(",")
        while not self.sees(closes):
            parts.append(self.expression())
            if self.sees("for") and len(parts) == 1:
                repeated = self.repeat(parts[0])
                self.expect(closes)
                return repeated if kind == "list" else self.make("call", at, repeated, value=value)
            if not self.skip(","):
                break
        self.expect(closes)
        return self.make("list" if kind == "list" else "call", at, *parts, value=value)

    def repeat(self, element: Node) -> Node:
        at = self.expect("for").at
        name = self.target()
        self.expect("in")
        source = self.expression(CHOICE)
        conditions = []
        while self.skip("if"):
            conditions.append(self.expression(CHOICE))
        if self.sees("for"):
            raise refuse("nested for", self.token.at)
        return self.make("repeat", at, source, element, *conditions, value=name)

    def target(self) -> str:
        kind, text, at = self.token
        if kind != "name" or self.following().text != "in":
            raise refuse("for target", at)
        self.next()
        return self.public(text, at)

    def record(self) -> Node:
        at = self.next().at
        keys: list[str] = []
        values: list[Node] = []
        while not self.sees("}"):
            keys.append(self.record_key())
            self.expect(":")
            values.append(self.expression())
            if not self.skip(","):
                break
        self.expect("}")
        return self.make("record", at, *values, value=tuple(keys))

    def record_key(self) -> str:
        kind, text, at = self.next()
        if kind != "text":
            raise refuse("dict key", at)
        return unquote(text)

    def infix(self, left: Node, power: int) -> Node:
        text, at = self.token.text, self.token.at
        if text == ".":
            return self.key(left)
        if text == "[":
            return self.place(left)
        if text == "(":
            return self.call(left)
        if power == COMPARE:
            return self.comparison(left)
        self.next()
        if power == CHOICE:
            condition = self.expression(CHOICE)
            self.expect("else")
            return self.make("choice", at, condition, left, self.expression())
        if power in (OR, AND):
            return self.all_of("or" if power == OR else "and", left, power, at)
        right = self.expression(power)
        return self.make("arithmetic", at, left, right, value=self.operators.get(text, text))

    def all_of(self, kind: str, left: Node, power: int, at: int) -> Node:
        parts = [left, self.expression(power)]
        while self.power() == power:
            self.next()
            parts.append(self.expression(power))
        return self.make("or" if kind == "or" else "and", at, *parts)

    def comparison(self, left: Node) -> Node:
        """A chain (a < b <= c) is one node, which reads each operand once."""
        at = self.token.at
        operators: list[str] = []
        operands = [left]
        while self.power() == COMPARE:
            operators.append(self.operator())
            operand = self.expression(COMPARE)
            if operators[-1] in ("is", "is not") and not _is_null(operand):
                raise refuse("is", operand.at)
            operands.append(operand)
        return self.make("compare", at, *operands, value=tuple(operators))

    def operator(self) -> str:
        text = self.next().text
        if text == "not":
            self.expect("in")
            return "not in"
        if text == "is" and self.skip("not"):
            return "is not"
        return self.operators.get(text, text)

    def key(self, record: Node) -> Node:
        at = self.next().at
        kind, text, place = self.token
        if kind != "name":
            raise self.unexpected()
        self.next()
        return self.make("key", at, record, value=readable(text, place))

    def place(self, container: Node) -> Node:
        at = self.next().at
        bounds: list[Node] = []
        lower = self.make("literal", at) if self.sees(":") else self.expression()
        bounds.append(lower)
        if self.skip(":"):
            empty = self.sees("]") or self.sees(":")
            bounds.append(self.make("literal", at) if empty else self.expression())
        if self.sees(":"):
            raise refuse("slice step", self.token.at)
        self.expect("]")
        return self.make("item" if len(bounds) == 1 else "slice", at, container, *bounds)

    def call(self, function: Node) -> Node:
        self.next()
        if function.kind != "name":
            raise refuse("call", function.at)
        return self.sequence("call", function.at, ")", value=function.value)


def readable(name: str, at: int) -> str:
    """Names that begin with _ are Python's own; names that look like another are a trap."""
    if name.startswith("_") or not unicodedata.is_normalized("NFKC", name):
        raise refuse(name[:50], at)
    return name


def _is_null(node: Node) -> bool:
    return node.kind == "literal" and node.value is None
