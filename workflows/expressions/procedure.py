"""From the tree of a script to closures that carry it out."""

from collections.abc import Callable, Mapping

from workflows.expressions.budget import Run
from workflows.expressions.compiler import Compiler, listed
from workflows.expressions.tree import Node, refuse
from workflows.expressions.values import ARITHMETIC, read_item

Execute = Callable[["ScriptRun"], None]


class ScriptRun(Run):
    """One run of a script, on variables of its own."""

    __slots__ = ("own", "written")

    def __init__(self, variables: Mapping[str, object]) -> None:
        self.own = dict(variables)
        self.written: set[str] = set()
        super().__init__(self.own)

    def write(self, name: str, value: object) -> None:
        self.own[name] = value
        self.written.add(name)


class ScriptCompiler(Compiler):
    """Compiles one script; `writes` are the variables that it may write."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: set[str] = set()

    def carry_out(self, node: Node) -> Execute:
        if node.kind == "block":
            return self.block(node)
        if node.kind == "if":
            return self.decision(node)
        if node.kind == "for":
            return self.loop(node)
        if node.kind == "pass":
            return lambda run: run.step()
        return self.assignment(node)

    def block(self, node: Node) -> Execute:
        statements = [self.carry_out(part) for part in node.parts]

        def execute(run: ScriptRun) -> None:
            for statement in statements:
                statement(run)

        return execute

    def decision(self, node: Node) -> Execute:
        """What is set in all branches is set; one is always taken only if there is an `else`."""
        parts = list(node.parts)
        rest = parts.pop() if len(parts) % 2 else None
        branches = []
        ends = []
        for condition, block in zip(parts[::2], parts[1::2], strict=True):
            holds = self.build(condition)
            before = set(self.given)
            branches.append((condition.at, holds, self.carry_out(block)))
            ends.append(self.given)
            self.given = before
        otherwise = self.carry_out(rest) if rest else None
        self.given = self.given.intersection(*ends)

        def execute(run: ScriptRun) -> None:
            for at, holds, block in branches:
                run.at = at
                run.step()
                if holds(run):
                    return block(run)
            return otherwise(run) if otherwise else None

        return execute

    def loop(self, node: Node) -> Execute:
        name, at = str(node.value), node.at
        if name in self.bound or name in self.names | self.writes | self.given:
            raise refuse("for target", at)
        source = self.build(node.parts[0])
        before = set(self.given)
        self.bound.append(name)
        block = self.carry_out(node.parts[1])
        self.bound.pop()
        self.passed.add(name)
        self.given = before
        cost = node.parts[1].size

        def execute(run: ScriptRun) -> None:
            run.at = at
            for item in listed(source(run)):
                run.step(cost)
                run.bound[name] = item
                block(run)

        return execute

    def assignment(self, node: Node) -> Execute:
        name, operator = node.value if isinstance(node.value, tuple) else (node.value, "")
        name, at = str(name), node.at
        if name in self.bound or name in self.passed:
            raise refuse(name, at, reason="loop_item")
        evaluate, *path = self.build_all(node.parts)
        apply = ARITHMETIC.get(operator)
        if (path or apply) and name not in self.given:
            self.names.add(name)
        self.writes.add(name)
        if not path:
            self.given.add(name)

        def execute(run: ScriptRun) -> None:
            run.at = at
            run.step()
            value = evaluate(run)
            keys = [key(run) for key in path]
            if apply:
                value = run.copied(apply(_found(run.own[name], keys), value))
            run.write(name, _replaced(run, run.own[name], keys, value) if keys else value)

        return execute


def _found(place: object, keys: list[object]) -> object:
    for key in keys:
        place = read_item(place, key)
    return place


def _replaced(run: Run, place: object, keys: list[object], value: object) -> object:
    """A copy of `place` with what lies at the end of the keys replaced; nothing else is copied
    than the lists and records on the way there."""
    key, *rest = keys
    inner = _replaced(run, read_item(place, key), rest, value) if rest else value
    return run.copied(_with(place, key, inner))


def _with(place: object, key: object, value: object) -> object:
    if isinstance(place, Mapping) and isinstance(key, str):
        return {**place, key: value}
    if isinstance(place, list | tuple) and type(key) is int:
        changed = list(place)
        changed[key] = value
        return changed
    raise TypeError("a list needs a number, a record a key")
