"""The grammar of scripts: assignments, `if` and `for` around plain expressions."""

import keyword

from workflows.expressions.errors import ExpressionError
from workflows.expressions.grammar import CONSTANTS, Parser, readable
from workflows.expressions.tokens import Token, scan
from workflows.expressions.tree import Node, refuse

_CHANGES = ("+=", "-=", "*=", "/=", "//=", "%=")


class ScriptParser(Parser):
    """Reads the lines that `lay_out` has found."""

    def script(self) -> Node:
        if self.token.kind == "end":
            raise self.unexpected()
        return self.block("end")

    def block(self, closes: str) -> Node:
        at = self.token.at
        statements = [self.statement()]
        while self.token.kind != closes:
            statements.append(self.statement())
        return self.make("block", at, *statements)

    def suite(self) -> Node:
        """What stands behind a colon: on the same line one simple statement, or lines below it."""
        self.expect(":")
        if self.token.kind != "newline":
            return self.make("block", self.token.at, self.simple())
        if self.following().kind != "indent":
            self.next()
            raise self.misplaced("block_expected")
        self.next()
        self.next()
        found = self.block("dedent")
        self.next()
        return found

    def statement(self) -> Node:
        if self.token.kind == "indent":
            raise self.misplaced("indentation")
        if self.sees("if"):
            return self.decision()
        if self.sees("for"):
            return self.loop()
        return self.simple()

    def decision(self) -> Node:
        at = self.next().at
        parts = [self.expression(), self.suite()]
        while self.skip("elif"):
            parts += [self.expression(), self.suite()]
        if self.skip("else"):
            parts.append(self.suite())
        return self.make("if", at, *parts)

    def loop(self) -> Node:
        at = self.next().at
        name = self.target()
        self.expect("in")
        return self.make("for", at, self.expression(), self.suite(), value=name)

    def simple(self) -> Node:
        kind, text, at = self.token
        if self.skip("pass"):
            found = self.make("pass", at)
        elif kind == "name" and text not in CONSTANTS:
            if keyword.iskeyword(text):
                raise refuse(text, at)
            found = self.assignment()
        else:
            raise refuse("statement", at)
        if self.token.kind != "newline":
            raise self.unexpected()
        self.next()
        return found

    def assignment(self) -> Node:
        at = self.token.at
        name = self.public(self.next().text, at)
        path = []
        while self.sees(".", "["):
            path.append(self.step())
        if not self.sees("=", *_CHANGES):
            raise refuse("statement", at)
        operator = self.next().text
        value = self.expression()
        if operator == "=":
            return self.make("assign", at, value, *path, value=name)
        return self.make("change", at, value, *path, value=(name, operator[:-1]))

    def step(self) -> Node:
        at = self.token.at
        if self.skip("."):
            _, text, place = self.token
            if self.token.kind != "name":
                raise self.unexpected()
            self.next()
            return self.make("literal", at, value=readable(text, place))
        self.next()
        key = self.expression()
        if self.sees(":"):
            raise refuse("slice", at)
        self.expect("]")
        return key

    def misplaced(self, reason: str) -> ExpressionError:
        return ExpressionError("expression_syntax", at=self.token.at, reason=reason)


def lay_out(text: str) -> list[Token]:
    """The tokens of a script: one of kind "newline" ends each statement, others mark where lines
    begin further in or out. Within brackets lines do not count."""
    found: list[Token] = []
    margins = [""]
    depth = 0
    fresh = True
    for token in scan(text, 0, len(text)):
        if token.kind == "newline" and depth == 0 and not fresh:
            found.append(Token("newline", "", token.at))
            fresh = True
        if token.kind in ("newline", "comment"):
            continue
        if fresh:
            found += _margin(text, token.at, margins)
            fresh = False
        if token.kind == "operator":
            depth += (token.text in "([{") - (token.text in ")]}")
        found.append(token)
    end = len(text)
    if not fresh:
        found.append(Token("newline", "", end))
    found += [Token("dedent", "", end) for _ in margins[1:]]
    return [*found, Token("end", "", end)]


def _margin(text: str, at: int, margins: list[str]) -> list[Token]:
    """What the beginning of a line says; `margins` are those of the blocks that are open."""
    margin = text[text.rfind("\n", 0, at) + 1 : at]
    if margin != margins[-1] and margin.startswith(margins[-1]):
        margins.append(margin)
        return [Token("indent", "", at)]
    closed = []
    while margin != margins[-1]:
        if len(margins) == 1:
            raise ExpressionError("expression_syntax", at=at, reason="indentation")
        margins.pop()
        closed.append(Token("dedent", "", at))
    return closed
