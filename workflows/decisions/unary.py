"""The tests of an input entry (FEEL: unary tests), as closures over the value of the column.

A test says True, False, or None where null leaves it open; a rule matches by True alone.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from workflows.decisions.compare import are_same, is_ordered
from workflows.decisions.errors import UnfitError
from workflows.decisions.kinds import Kind
from workflows.decisions.scan import Interval, Piece, scan_tests
from workflows.decisions.scope import Scope
from workflows.decisions.slots import ASKED, Slot, compile_slot, is_juel
from workflows.expressions.expression import Language

Test = Callable[[object, Scope], bool | None]

# A variable or what lies in it: its value is compared, also where it is yes or no.
_PATH: Final = re.compile(r"[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*")
_NEGATION: Final = re.compile(r"not\s*\(")


@dataclass(frozen=True, slots=True)
class Entry:
    """A compiled cell; `test` is None where everything fits. `names`: variables it reads."""

    text: str
    test: Test | None
    names: frozenset[str]


def compile_entry(
    text: str, kind: Kind, language: Language, names: Mapping[str, str], variable: str = ""
) -> Entry:
    """`variable`: name by which the cell may read the value, besides `?`; `names`: see slots.

    Raises UnfitError for a cell that is no test, or none for values of this kind.
    """
    source = text.strip()
    if source and is_juel(source, language):
        slot = compile_slot(source, language, names)
        return Entry(source, _condition(slot), slot.names)
    parts = scan_tests(source)
    reader = _Reader(kind, names, variable)
    tests = [reader.compile(item) for item in parts.items]
    if not tests:
        return Entry(source, None, frozenset())
    test = tests[0] if len(tests) == 1 else _any_of(tests)
    return Entry(source, _opposite(test) if parts.negated else test, frozenset(reader.read))


class _Reader:
    """Compiles the tests of one cell; `read`: the variables that they read."""

    def __init__(self, kind: Kind, names: Mapping[str, str], variable: str) -> None:
        self.kind = kind
        self.names = names
        self.asked = {ASKED, variable}
        self.read: set[str] = set()

    def compile(self, item: Piece | Interval) -> Test:
        if isinstance(item, Interval):
            return self._interval(item)
        slot = self._slot(item.text)
        if self.asked & slot.names and not item.sign:
            return _condition(slot)
        if _NEGATION.match(item.text):
            raise UnfitError("nested_not")
        if not item.sign:
            return self._value(slot)
        end = slot.of_kind(self.kind)
        if item.sign in ("=", "==", "!="):
            return self._equality(end, item.sign != "!=")
        return self._order(item.sign, end)

    def _slot(self, text: str) -> Slot:
        slot = compile_slot(text, "feel", self.names)
        self.read |= slot.names
        return slot

    def _interval(self, item: Interval) -> Test:
        low, high = (self._slot(text).of_kind(self.kind) for text in (item.low, item.high))
        if not low.expression and not high.expression and is_ordered(">", low.value, high.value):
            raise UnfitError("reversed_interval")
        above = self._order(">=" if item.with_low else ">", low)
        below = self._order("<=" if item.with_high else "<", high)

        def test(value: object, scope: Scope) -> bool | None:
            first, second = above(value, scope), below(value, scope)
            if first is False or second is False:
                return False
            return None if first is None or second is None else True

        return test

    def _order(self, sign: str, end: Slot) -> Test:
        kind, constant = self.kind, end.value
        if end.expression is None:
            return lambda value, scope: is_ordered(sign, value, constant)
        return lambda value, scope: is_ordered(sign, value, kind.read(end.evaluate(scope)))

    def _equality(self, end: Slot, wanted: bool) -> Test:
        kind = self.kind

        def test(value: object, scope: Scope) -> bool:
            return are_same(value, kind.read(end.evaluate(scope)), scope.budget) is wanted

        return test

    def _value(self, slot: Slot) -> Test:
        """Equal to what the expression yields, or among it where that is a list. An expression
        that yields yes or no is a condition, unless it is a plain variable or literal."""
        kind = self.kind
        if slot.expression is None:
            constant = slot.of_kind(kind).value
            return lambda value, scope: are_same(value, constant, scope.budget)
        is_path = bool(_PATH.fullmatch(slot.expression.text.strip()))

        def test(value: object, scope: Scope) -> bool:
            found = slot.evaluate(scope)
            if isinstance(found, bool) and not is_path:
                return found
            if isinstance(found, list | tuple) and not kind.is_list:
                scope.budget.spend(len(found))
                known = [kind.read(item) for item in found]
                return any(are_same(value, item, scope.budget) for item in known)
            return are_same(value, kind.read(found), scope.budget)

        return test


def _condition(slot: Slot) -> Test:
    """A question about the value; where that is null and cannot be asked so, it stays open."""

    def test(value: object, scope: Scope) -> bool | None:
        try:
            answer = slot.evaluate(scope)
        except UnfitError as error:
            if value is None and error.reason == "failed":
                return None
            raise
        if answer is None or isinstance(answer, bool):
            return answer
        raise UnfitError("not_a_condition")

    return test


def _any_of(tests: list[Test]) -> Test:
    def test(value: object, scope: Scope) -> bool | None:
        scope.budget.spend(2 * len(tests))  # each looks at its end and at the value
        answer: bool | None = False
        for one in tests:
            found = one(value, scope)
            if found:
                return True
            answer = None if found is None else answer
        return answer

    return test


def _opposite(test: Test) -> Test:
    def opposite(value: object, scope: Scope) -> bool | None:
        answer = test(value, scope)
        return None if answer is None else not answer

    return opposite
