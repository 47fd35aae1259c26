"""The notation in `${…}` or `#{…}`: what the expression language of Java (JUEL) adds to the plain
one, and texts in which such places stand."""

import re
from collections.abc import Mapping
from typing import ClassVar

from workflows.expressions.errors import ExpressionError
from workflows.expressions.grammar import CHOICE, COMPARE, PRODUCT, Parser
from workflows.expressions.tokens import Token, scan
from workflows.expressions.tree import Grower, Node, refuse

_OPENS = re.compile(r"[$#]\{")
# A place outside of quotes; the quantifiers do not give back what they took.
_BARE_PLACE = re.compile(
    r"""(?:"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|[^"'$#]|[$#](?!\{))*+[$#]\{""", re.DOTALL
)
_OPERATORS = frozenset({"&&", "||", "==", "!=", "<", ">", "<=", ">="})
# The methods of Java's texts and lists that mean the same for a JSON value.
METHODS = {
    "contains": "contains",
    "endsWith": "endswith",
    "isEmpty": "empty",
    "length": "len",
    "size": "len",
    "startsWith": "startswith",
    "toLowerCase": "lower",
    "toUpperCase": "upper",
    "trim": "strip",
}
_RESERVED = "execution"  # the engine's own object: only its variables can be read


class JuelParser(Parser):
    """Reads what stands inside one `${…}`."""

    powers: ClassVar[Mapping[str, int]] = {
        **Parser.powers, "?": CHOICE, "div": PRODUCT, "mod": PRODUCT,
        "eq": COMPARE, "ne": COMPARE, "lt": COMPARE, "le": COMPARE, "gt": COMPARE, "ge": COMPARE,
    }  # fmt: skip
    words: ClassVar[frozenset[str]] = Parser.words | {
        "div", "mod", "eq", "ne", "lt", "le", "gt", "ge",
    }  # fmt: skip
    # Java compares a text with a number as numbers, and the rest of a division has the sign of
    # the dividend.
    operators: ClassVar[Mapping[str, str]] = {
        "==": "juel ==", "eq": "juel ==", "!=": "juel !=", "ne": "juel !=",
        "<": "juel <", "lt": "juel <", "<=": "juel <=", "le": "juel <=",
        ">": "juel >", "gt": "juel >", ">=": "juel >=", "ge": "juel >=",
        "div": "/", "%": "juel %", "mod": "juel %",
    }  # fmt: skip

    def is_loose_not(self) -> bool:
        return False

    def word(self) -> Node:
        _, text, at = self.token
        following = self.following()
        if text == "not" or (text == "empty" and _begins_value(following)):
            self.next()
            operand = self.expression(PRODUCT)
            if text == "not":
                return self.make("not", at, operand)
            return self.make("call", at, operand, value="empty")
        if text == _RESERVED:
            return self.execution()
        return super().word()

    def execution(self) -> Node:
        at = self.next().at
        dot, method, bracket, name, end = (self.following(step) for step in range(5))
        if dot.text != ".":
            raise refuse(_RESERVED, at)
        if (bracket.text, end.text) != ("(", ")") or name.kind != "text":
            raise refuse(f"{_RESERVED}.{method.text}", at)
        if method.text not in ("getVariable", "hasVariable"):
            raise refuse(f"{_RESERVED}.{method.text}()", at)
        for _ in range(5):
            self.next()
        variable = self.make("name", name.at, value=self.public(name.text[1:-1], name.at))
        if method.text == "getVariable":
            return variable
        return self.make("call", at, variable, value="exists")

    def infix(self, left: Node, power: int) -> Node:
        if self.sees("?"):
            at = self.next().at
            then = self.expression()
            self.expect(":")
            return self.make("choice", at, left, then, self.expression())
        return super().infix(left, power)

    def key(self, record: Node) -> Node:
        name, at = self.following(), self.token.at
        if self.following(2).text != "(":
            return super().key(record)
        for _ in range(3):
            self.next()
        arguments = self.sequence("call", at, ")")
        if name.text == "equals" and len(arguments.parts) == 1:
            return self.make("compare", at, record, *arguments.parts, value=("==",))
        if name.text not in METHODS:
            owner = record.value if record.kind == "name" else ""
            raise refuse(f"{owner}.{name.text}()", at, reason="method")
        return self.make("call", at, record, *arguments.parts, value=METHODS[name.text])


def _begins_value(token: Token) -> bool:
    if token.kind == "operator":
        return token.text in ("(", "[", "{", "!")
    return token.kind in ("text", "number") or (
        token.kind == "name" and token.text not in JuelParser.words
    )


def has_place(text: str) -> bool:
    """Whether `${` or `#{` stands in the text outside of quotes."""
    return _BARE_PLACE.match(text) is not None


def parse_template(text: str, begin: int, end: int) -> Node:
    """Texts and places one after another; a single place alone is the value itself."""
    make = Grower()
    parts: list[Node] = []
    first = begin
    while begin < end:
        found = _OPENS.search(text, begin, end)
        written = text[begin : found.start() if found else end]
        if written.strip() in _OPERATORS or written.endswith("\\"):
            raise refuse(written.strip(), begin)
        if written:
            parts.append(make("literal", begin, value=written))
        if found is None:
            break
        if not written and begin > first:
            # Far more often a forgotten operator than two texts without a blank.
            raise ExpressionError("expression_syntax", at=begin, reason="adjacent")
        tokens = _inside(text, found.end(), end)
        begin = tokens[-1].at + 1
        parts.append(JuelParser(tokens, make).parse())
    return parts[0] if len(parts) == 1 else make("join", parts[0].at, *parts)


def _inside(text: str, begin: int, end: int) -> list[Token]:
    """The tokens up to the brace that closes the place, which becomes the end."""
    tokens: list[Token] = []
    depth = 0
    for token in scan(text, begin, end):
        if token.text == "}" and depth == 0:
            return [*tokens, Token("end", "", token.at)]
        if token.kind == "comment":
            raise ExpressionError("expression_syntax", at=token.at, reason="unreadable")
        if token.kind == "operator":
            depth += (token.text == "{") - (token.text == "}")
        if token.kind != "newline":
            tokens.append(token)
    raise ExpressionError("expression_syntax", at=begin - 2, reason="unclosed")
