"""The notation that begins with `=`: what FEEL adds to the plain one.

Lists count from 1, `=` compares, names of functions may hold blanks. What FEEL has and this has
not (filters, contexts that refer to themselves, durations, the clock) is refused by name.
"""

from collections.abc import Mapping
from typing import ClassVar

from workflows.expressions.functions import FEEL_NAMES
from workflows.expressions.grammar import CHOICE, COMPARE, CONSTANTS, PRODUCT, Parser
from workflows.expressions.tree import Node, refuse

_LONGEST_NAME = 4  # words of the name of a function
_COMPARING = ("<", "<=", ">", ">=")
_INNER_WORDS = frozenset({"then", "else", "for", "return", "satisfies"})
_CONDITIONS = ("compare", "tests", "and", "or", "not")


class FeelParser(Parser):
    """Reads FEEL, and of the plain notation what does not contradict it."""

    powers: ClassVar[Mapping[str, int]] = {
        **Parser.powers, "=": COMPARE, "between": COMPARE, "instance": COMPARE,
    }  # fmt: skip
    words: ClassVar[frozenset[str]] = Parser.words | {"between", "instance"}
    operators: ClassVar[Mapping[str, str]] = {"=": "=="}

    def is_loose_not(self) -> bool:
        return self.sees("not") and self.following().text != "("

    def word(self) -> Node:
        _, text, at = self.token
        if text == "not" and self.following().text == "(":
            self.next()
            return self.make("not", at, self.expression(PRODUCT))
        if text == "if":
            return self.choice()
        if text == "for":
            return self.repetition("return")
        if text in ("some", "every") and self.following().kind == "name":
            return self.quantifier()
        return self.function() or super().word()

    def choice(self) -> Node:
        at = self.next().at
        condition = self.expression()
        self.expect("then")
        then = self.expression(CHOICE)
        self.expect("else")
        return self.make("choice", at, condition, then, self.expression())

    def repetition(self, word: str) -> Node:
        at = self.next().at
        name = self.target()
        self.expect("in")
        source = self.expression()
        if self.skip(".."):
            source = self.make("span", at, source, self.expression())
        if self.sees(","):
            raise refuse("nested for", self.token.at)
        self.expect(word)
        return self.make("repeat", at, source, self.expression(), value=name)

    def quantifier(self) -> Node:
        _, text, at = self.token
        found = self.repetition("satisfies")
        return self.make("call", at, found, value="any" if text == "some" else "all")

    def function(self) -> Node | None:
        """A call whose function is named as FEEL names it; None where no call stands."""
        words: list[str] = []
        while len(words) < _LONGEST_NAME and self.following(len(words)).kind == "name":
            words.append(self.following(len(words)).text)
        if self.following(len(words)).text != "(" or words[0] in CONSTANTS:
            return None
        name, at = " ".join(words), self.token.at
        if name not in FEEL_NAMES:
            if len(words) == 1 or not (self.words | _INNER_WORDS).isdisjoint(words):
                return None
            raise refuse(f"{name}()", at)
        for _ in words:
            self.next()
        self.next()
        return self.sequence("call", at, ")", value=FEEL_NAMES[name])

    def comparison(self, left: Node) -> Node:
        if self.sees("in"):
            at = self.next().at
            return self.make("tests", at, left, *self.tests())
        if self.sees("between"):
            at = self.next().at
            low = self.expression(COMPARE)
            self.expect("and")
            within = self.make("range", at, low, self.expression(COMPARE), value="[]")
            return self.make("tests", at, left, within)
        if self.sees("instance"):
            raise refuse("instance of", self.token.at)
        return super().comparison(left)

    def operator(self) -> str:
        if self.sees("between", "instance"):
            raise self.unexpected()
        return super().operator()

    def tests(self) -> list[Node]:
        """After `in`: one test, or several in brackets."""
        if not self.sees("("):
            return [self.test()]
        bracket = self.next()
        found = [self.test()]
        if self.sees("..") and found[0].value == "==":
            return [self.interval(bracket.text, found[0].parts[0])]
        while self.skip(","):
            found.append(self.test())
        self.expect(")")
        return found

    def test(self) -> Node:
        _, text, at = self.token
        if self.sees(*_COMPARING, "="):
            operator = self.operator()
            return self.make("test", at, self.expression(COMPARE), value=operator)
        if self.sees("]") or (self.sees("[") and self.opens_range()):
            self.next()
            return self.interval(text, self.expression(COMPARE))
        return self.make("test", at, self.expression(COMPARE), value="==")

    def opens_range(self) -> bool:
        """Whether `[` begins an interval and not a list, which only what follows can tell."""
        depth, distance = 0, 0
        while (token := self.following(distance)).kind != "end":
            depth += (token.text in "([{") - (token.text in ")]}")
            if depth == 1 and token.text == "..":
                return True
            if depth == 0 or (depth == 1 and token.text == ","):
                return False
            distance += 1
        return False

    def interval(self, opening: str, low: Node) -> Node:
        self.expect("..")
        high = self.expression(COMPARE)
        if not self.sees("]", ")"):
            raise self.unexpected(expected="]")
        brackets = opening + self.next().text
        return self.make("range", low.at, low, high, value=brackets)

    def place(self, container: Node) -> Node:
        found = super().place(container)
        index = found.parts[-1]
        if found.kind == "slice":
            raise refuse("slice", found.at)
        if index.kind in _CONDITIONS:
            raise refuse("filter", found.at)
        if index.kind == "literal" and index.value == 0:
            raise refuse("[0]", found.at)
        return self.make("nth", found.at, *found.parts)

    def record_key(self) -> str:
        return self.next().text if self.token.kind == "name" else super().record_key()

    def record(self) -> Node:
        found = super().record()
        keys = found.value if isinstance(found.value, tuple) else ()
        for index, part in enumerate(found.parts):
            for node in _inside(part):
                if node.kind == "name" and node.value in keys[:index]:
                    raise refuse("context entry", node.at)
        return found


def _inside(node: Node) -> list[Node]:
    found = [node]
    for part in node.parts:
        found += _inside(part)
    return found
