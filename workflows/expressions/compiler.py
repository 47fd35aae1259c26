"""From a syntax tree to closures. Nothing is ever handed to eval, and no attribute is reached."""

from collections.abc import Callable, Mapping

from workflows.expressions.budget import Run, TooLargeError, check_number
from workflows.expressions.errors import ExpressionError
from workflows.expressions.functions import FUNCTIONS
from workflows.expressions.kinds import number
from workflows.expressions.lists import span
from workflows.expressions.texts import join_texts, string
from workflows.expressions.tree import Node, NodeKind, refuse
from workflows.expressions.values import (
    ARITHMETIC,
    COMPARISONS,
    compared,
    equal_or_in,
    negate,
    read_item,
    read_key,
    read_nth,
)

Evaluate = Callable[[Run], object]
Test = Callable[[Run, object], bool]

_MAX_REPEATS = 2
_QUICK = frozenset({int, float, bool, type(None)})  # compared without a walk


class Compiler:
    """Compiles one expression or script; `names` are the variables that it reads from outside."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.given: set[str] = set()  # set before they are read
        self.bound: list[str] = []
        self.passed: set[str] = set()  # bound by a loop of the script that has ended
        self._repeats = 0

    def build(self, node: Node) -> Evaluate:
        return _BUILDERS[node.kind](self, node)

    def build_all(self, nodes: tuple[Node, ...]) -> list[Evaluate]:
        return [self.build(node) for node in nodes]

    def literal(self, node: Node) -> Evaluate:
        value = node.value
        try:
            check_number(value)
        except TooLargeError as error:
            raise ExpressionError("expression_too_large", at=node.at, limit=str(error)) from None
        return lambda run: value

    def name(self, node: Node) -> Evaluate:
        name = str(node.value)
        if name in self.bound:
            return lambda run: run.bound[name]
        if name in self.passed:
            raise refuse(name, node.at, reason="loop_item")
        if name not in self.given:
            self.names.add(name)
        return lambda run: run.variables[name]

    def key(self, node: Node) -> Evaluate:
        record, key = self.build(node.parts[0]), str(node.value)
        return lambda run: read_key(record(run), key)

    def item(self, node: Node) -> Evaluate:
        container, index = self.build_all(node.parts)
        return lambda run: read_item(container(run), index(run))

    def nth(self, node: Node) -> Evaluate:
        container, index = self.build_all(node.parts)
        return lambda run: read_nth(container(run), index(run))

    def slice(self, node: Node) -> Evaluate:
        container, lower, upper = self.build_all(node.parts)
        return lambda run: run.copied(read_item(container(run), slice(lower(run), upper(run))))

    def arithmetic(self, node: Node) -> Evaluate:
        apply = ARITHMETIC[str(node.value)]
        left, right = self.build_all(node.parts)
        return lambda run: run.copied(apply(left(run), right(run)))

    def negative(self, node: Node) -> Evaluate:
        operand = self.build(node.parts[0])
        return lambda run: negate(operand(run))

    def positive(self, node: Node) -> Evaluate:
        operand = self.build(node.parts[0])
        return lambda run: number(operand(run))

    def opposite(self, node: Node) -> Evaluate:
        operand = self.build(node.parts[0])
        return lambda run: not operand(run)

    def boolean(self, node: Node) -> Evaluate:
        *earlier, last = self.build_all(node.parts)
        stops_at = node.kind == "or"

        def evaluate(run: Run) -> object:
            for part in earlier:
                value = part(run)
                if bool(value) is stops_at:
                    return value
            return last(run)

        return evaluate

    def compare(self, node: Node) -> Evaluate:
        first, *others = self.build_all(node.parts)
        names = node.value if isinstance(node.value, tuple) else ()
        pairs = [
            (name, COMPARISONS[name], other) for name, other in zip(names, others, strict=True)
        ]
        if _is_short(node):
            _, only, second = pairs[0]
            return lambda run: only(first(run), second(run))

        def evaluate(run: Run) -> object:
            left = first(run)
            for name, apply, other in pairs:
                right = other(run)
                if type(left) not in _QUICK or name in ("in", "not in"):
                    run.charge(*compared(name, left, right))
                if not apply(left, right):
                    return False
                left = right
            return True

        return evaluate

    def tests(self, node: Node) -> Evaluate:
        subject = self.build(node.parts[0])
        tests = [
            self.interval(part) if part.kind == "range" else self.test(part)
            for part in node.parts[1:]
        ]

        def evaluate(run: Run) -> object:
            value = subject(run)
            return any(test(run, value) for test in tests)

        return evaluate

    def test(self, node: Node) -> Test:
        operand, name = self.build(node.parts[0]), str(node.value)
        apply = equal_or_in if name == "==" else COMPARISONS[name]

        def holds(run: Run, value: object) -> bool:
            other = operand(run)
            run.charge(value, other)
            return bool(apply(value, other))

        return holds

    def interval(self, node: Node) -> Test:
        low, high = self.build_all(node.parts)
        brackets = str(node.value)
        above = COMPARISONS[">=" if brackets[0] == "[" else ">"]
        below = COMPARISONS["<=" if brackets[1] == "]" else "<"]

        def holds(run: Run, value: object) -> bool:
            run.charge(value, value)
            return bool(above(value, low(run)) and below(value, high(run)))

        return holds

    def span(self, node: Node) -> Evaluate:
        first, last = self.build_all(node.parts)
        return lambda run: run.copied(span(first(run), last(run)))

    def choice(self, node: Node) -> Evaluate:
        test, then, otherwise = self.build_all(node.parts)
        return lambda run: then(run) if test(run) else otherwise(run)

    def sequence(self, node: Node) -> Evaluate:
        items = self.build_all(node.parts)
        return lambda run: run.made([item(run) for item in items])

    def record(self, node: Node) -> Evaluate:
        keys = node.value if isinstance(node.value, tuple) else ()
        pairs = list(zip(keys, self.build_all(node.parts), strict=True))
        return lambda run: run.made({key: value(run) for key, value in pairs})

    def join(self, node: Node) -> Evaluate:
        parts = self.build_all(node.parts)
        return lambda run: run.copied(join_texts([string(part(run)) for part in parts]))

    def call(self, node: Node) -> Evaluate:
        name = str(node.value)
        if name == "exists" and len(node.parts) == 1:
            return _exists(self.build(node.parts[0]))
        function = FUNCTIONS.get(name)
        if function is None:
            raise refuse(f"{name}()", node.at)
        if not function.least <= len(node.parts) <= function.most:
            raise refuse(f"{name}()", node.at, reason="arguments")
        apply, instant, cost = function.apply, function.instant, function.cost
        arguments = self.build_all(node.parts)

        def evaluate(run: Run) -> object:
            run.step()
            given = [argument(run) for argument in arguments]
            if instant:
                return apply(*given)
            run.charge(*given, times=cost)
            made = run.made(apply(*given))
            run.charge(made)
            return made

        return evaluate

    def repeat(self, node: Node) -> Evaluate:
        # Each further level could double a value: [[y, y] for y in [[x, x] for x in …]].
        if self._repeats >= _MAX_REPEATS:
            raise refuse("nested for", node.at)
        name = str(node.value)
        if name in self.bound:
            raise refuse("for target", node.at)
        self._repeats += 1
        source = self.build(node.parts[0])
        self.bound.append(name)
        element, *conditions = self.build_all(node.parts[1:])
        self.bound.pop()
        self._repeats -= 1
        cost = node.size - node.parts[0].size

        def evaluate(run: Run) -> object:
            found = []
            for item in listed(source(run)):
                run.step(cost)
                run.bound[name] = item
                if all(condition(run) for condition in conditions):
                    found.append(element(run))
            return run.made(found)

        return evaluate


def listed(value: object) -> list[object] | tuple[object, ...]:
    if isinstance(value, list | tuple):
        return value
    raise TypeError("a list is wanted after `in`")


def _is_short(node: Node) -> bool:
    """Whether comparing takes no time worth counting, since the text itself holds one side."""
    walks = node.value in (("in",), ("not in",))
    return len(node.parts) == 2 and not walks and "literal" in {part.kind for part in node.parts}


def _exists(path: Evaluate) -> Evaluate:
    def evaluate(run: Run) -> object:
        try:
            return path(run) is not None
        except (LookupError, TypeError):
            return False

    return evaluate


_BUILDERS: Mapping[NodeKind, Callable[[Compiler, Node], Evaluate]] = {
    "literal": Compiler.literal,
    "name": Compiler.name,
    "key": Compiler.key,
    "item": Compiler.item,
    "nth": Compiler.nth,
    "slice": Compiler.slice,
    "arithmetic": Compiler.arithmetic,
    "negative": Compiler.negative,
    "positive": Compiler.positive,
    "not": Compiler.opposite,
    "and": Compiler.boolean,
    "or": Compiler.boolean,
    "compare": Compiler.compare,
    "tests": Compiler.tests,
    "span": Compiler.span,
    "choice": Compiler.choice,
    "list": Compiler.sequence,
    "record": Compiler.record,
    "call": Compiler.call,
    "repeat": Compiler.repeat,
    "join": Compiler.join,
}
