"""From a checked syntax tree to closures. What is not named in `_BUILDERS` is not allowed."""

import ast
from collections.abc import Callable

from workflows.expressions.errors import ExpressionError
from workflows.expressions.functions import FUNCTIONS, INSTANT
from workflows.expressions.values import (
    ARITHMETIC,
    COMPARISONS,
    Run,
    as_number,
    check_size,
    compared,
    negate,
    read_item,
    read_key,
)

Evaluate = Callable[[Run], object]

_CONSTANTS = {"true": True, "false": False, "null": None}
_MAX_COMPREHENSIONS = 2


class Compiler:
    """Compiles one expression; `names` are the variables that it reads from outside."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._bound: list[str] = []
        self._comprehensions = 0

    def build(self, node: ast.AST) -> Evaluate:
        builder = _BUILDERS.get(type(node))
        if builder is None:
            raise refuse(type(node).__name__)
        return builder(self, node)

    def build_all(self, nodes: list[ast.expr]) -> list[Evaluate]:
        return [self.build(node) for node in nodes]

    def constant(self, node: ast.Constant) -> Evaluate:
        value = node.value
        if value is not None and not isinstance(value, str | int | float):
            raise refuse(type(value).__name__)
        check_size(value)
        return lambda run: value

    def name(self, node: ast.Name) -> Evaluate:
        name = _public(node.id)
        if name in self._bound:
            return lambda run: run.bound[name]
        if name in _CONSTANTS:
            value = _CONSTANTS[name]
            return lambda run: value
        self.names.add(name)
        return lambda run: run.variables[name]

    def attribute(self, node: ast.Attribute) -> Evaluate:
        record, key = self.build(node.value), _public(node.attr)
        return lambda run: read_key(record(run), key)

    def subscript(self, node: ast.Subscript) -> Evaluate:
        container, index = self.build(node.value), self.build(node.slice)
        if isinstance(node.slice, ast.Slice):
            return lambda run: _charged(run, read_item(container(run), index(run)))
        return lambda run: read_item(container(run), index(run))

    def slice(self, node: ast.Slice) -> Evaluate:
        if node.step is not None:
            raise refuse("slice step")
        lower = self.build(node.lower) if node.lower else _nothing
        upper = self.build(node.upper) if node.upper else _nothing
        return lambda run: slice(lower(run), upper(run))

    def binary(self, node: ast.BinOp) -> Evaluate:
        apply = ARITHMETIC.get(type(node.op).__name__)
        if apply is None:
            raise refuse(type(node.op).__name__)
        left, right = self.build(node.left), self.build(node.right)
        return lambda run: _charged(run, check_size(apply(left(run), right(run))))

    def unary(self, node: ast.UnaryOp) -> Evaluate:
        operand = self.build(node.operand)
        if isinstance(node.op, ast.USub | ast.UAdd):
            apply = negate if isinstance(node.op, ast.USub) else as_number
            return lambda run: apply(operand(run))
        return lambda run: not operand(run)

    def boolean(self, node: ast.BoolOp) -> Evaluate:
        *earlier, last = self.build_all(node.values)
        stops_at = isinstance(node.op, ast.Or)

        def evaluate(run: Run) -> object:
            for part in earlier:
                value = part(run)
                if bool(value) is stops_at:
                    return value
            return last(run)

        return evaluate

    def compare(self, node: ast.Compare) -> Evaluate:
        first, *others = self.build_all([node.left, *node.comparators])
        for kind, comparator in zip(node.ops, node.comparators, strict=True):
            if isinstance(kind, ast.Is | ast.IsNot) and not _is_none(comparator):
                raise refuse("is")
        kinds = [type(kind).__name__ for kind in node.ops]
        pairs = list(zip(kinds, others, strict=True))

        def evaluate(run: Run) -> object:
            left = first(run)
            for kind, other in pairs:
                right = other(run)
                run.charge(*compared(kind, left, right))
                if not COMPARISONS[kind](left, right):
                    return False
                left = right
            return True

        return evaluate

    def choice(self, node: ast.IfExp) -> Evaluate:
        test, then, otherwise = self.build_all([node.test, node.body, node.orelse])
        return lambda run: then(run) if test(run) else otherwise(run)

    def sequence(self, node: ast.List | ast.Tuple) -> Evaluate:
        items = self.build_all(node.elts)
        return lambda run: [item(run) for item in items]

    def record(self, node: ast.Dict) -> Evaluate:
        keys = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
        if not all(isinstance(key, str) for key in keys):
            raise refuse("dict key")
        pairs = list(zip(keys, self.build_all(node.values), strict=True))
        return lambda run: {key: value(run) for key, value in pairs}

    def call(self, node: ast.Call) -> Evaluate:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise refuse("call")
        name = node.func.id
        if name == "exists" and len(node.args) == 1:
            return _exists(self.build(node.args[0]))
        function = FUNCTIONS.get(name)
        if function is None:
            raise refuse(f"{name}()")
        arguments = self.build_all(node.args)

        def evaluate(run: Run) -> object:
            run.step()
            given = [argument(run) for argument in arguments]
            if name not in INSTANT:
                run.charge(*given)
            return check_size(function(*given))

        return evaluate

    def comprehension(self, node: ast.ListComp | ast.GeneratorExp) -> Evaluate:
        generator = node.generators[0]
        target = generator.target
        # Each further level could double a value: [[y, y] for y in [[x, x] for x in …]].
        too_deep = self._comprehensions >= _MAX_COMPREHENSIONS
        if len(node.generators) != 1 or generator.is_async or too_deep:
            raise refuse("nested for")
        self._comprehensions += 1
        if not isinstance(target, ast.Name) or target.id in self._bound:
            raise refuse("for target")
        name = _public(target.id)
        source = self.build(generator.iter)
        self._bound.append(name)
        conditions = self.build_all(generator.ifs)
        element = self.build(node.elt)
        self._bound.pop()
        self._comprehensions -= 1

        def evaluate(run: Run) -> object:
            items = source(run)
            if not isinstance(items, list | tuple):
                raise TypeError("a list is wanted after `in`")
            found = []
            for item in items:
                run.step()
                run.bound[name] = item
                if all(condition(run) for condition in conditions):
                    found.append(element(run))
            return check_size(found)

        return evaluate


def refuse(construct: str) -> ExpressionError:
    return ExpressionError("expression_not_allowed", construct=construct)


def _nothing(run: Run) -> None:
    return None


def _charged(run: Run, made: object) -> object:
    """A value that was copied together: no longer than MAX_SIZE, so it may be paid for after."""
    run.charge(made)
    return made


def _public(name: str) -> str:
    if name.startswith("_"):
        raise refuse(name)
    return name


def _is_none(node: ast.expr) -> bool:
    return (isinstance(node, ast.Constant) and node.value is None) or (
        isinstance(node, ast.Name) and node.id == "null"
    )


def _exists(path: Evaluate) -> Evaluate:
    def evaluate(run: Run) -> object:
        try:
            return path(run) is not None
        except (LookupError, TypeError):
            return False

    return evaluate


_BUILDERS: dict[type[ast.AST], Callable[..., Evaluate]] = {
    ast.Constant: Compiler.constant,
    ast.Name: Compiler.name,
    ast.Attribute: Compiler.attribute,
    ast.Subscript: Compiler.subscript,
    ast.Slice: Compiler.slice,
    ast.BinOp: Compiler.binary,
    ast.UnaryOp: Compiler.unary,
    ast.BoolOp: Compiler.boolean,
    ast.Compare: Compiler.compare,
    ast.IfExp: Compiler.choice,
    ast.List: Compiler.sequence,
    ast.Tuple: Compiler.sequence,
    ast.Dict: Compiler.record,
    ast.Call: Compiler.call,
    ast.ListComp: Compiler.comprehension,
    ast.GeneratorExp: Compiler.comprehension,
}
