"""The hit policies: what a table answers when none, one or several of its rules match."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from workflows.decisions.compare import are_same, as_json, is_ordered
from workflows.decisions.errors import DecisionError, UnfitError
from workflows.decisions.scope import Budget, Scope
from workflows.decisions.table import (
    HitPolicy,
    Output,
    Rule,
    Table,
    check_allowed,
    failed,
    find_matches,
)
from workflows.expressions.budget import TooLargeError, check_number

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Hit:
    """The results of one rule, by name of the output."""

    row: int
    record: Record


def evaluate_table(table: Table, scope: Scope) -> list[Record]:
    """The records that the table answers with: at most one, unless its policy may hit several
    rules and nothing is aggregated. Raises DecisionError, TooLargeError."""
    rules = _matching(table, scope)
    if table.aggregation == "COUNT":
        return [{table.outputs[0].name: len(rules)}]
    if rules:
        hits = [_results(table, rule, scope) for rule in rules]
        chosen = _POLICIES[table.policy](table, hits, scope.budget)
    else:
        chosen = [] if table.default is None else [_results(table, table.default, scope)]
    return [
        {name: as_json(value, scope.budget) for name, value in hit.record.items()} for hit in chosen
    ]


def _matching(table: Table, scope: Scope) -> list[Rule]:
    matches = find_matches(table, scope)
    if table.policy == "FIRST":
        first = next(matches, None)
        return [] if first is None else [first]
    rules = list(matches)
    if table.policy == "UNIQUE" and len(rules) > 1:
        rows = _listed(rule.number for rule in rules)
        raise DecisionError("dmn_not_unique", decision=table.decision, rows=rows)
    return rules


def _results(table: Table, rule: Rule, scope: Scope) -> Hit:
    record: Record = {}
    for output, slot in zip(table.outputs, rule.slots, strict=True):
        try:
            value = output.kind.read(slot.evaluate(scope))
            check_allowed(value, output.allowed, scope)
        except UnfitError as error:
            raise failed(table, rule.number, output.label, slot.text, error) from None
        record[output.name] = value
    return Hit(rule.number, record)


def _all(table: Table, hits: list[Hit], budget: Budget) -> list[Hit]:
    return hits


def _any(table: Table, hits: list[Hit], budget: Budget) -> list[Hit]:
    first, *others = hits
    for other in others:
        if not are_same(first.record, other.record, budget):
            rows = _listed((first.row, other.row))
            raise DecisionError("dmn_any_differs", decision=table.decision, rows=rows)
    return [first]


def _by_priority(table: Table, hits: list[Hit], budget: Budget) -> list[Hit]:
    """In decreasing priority; hits of the same priority in the order of their rules."""
    return [hit for _, hit in _ranked(table, hits, budget)]


def _highest(table: Table, hits: list[Hit], budget: Budget) -> list[Hit]:
    (rank, first), *others = _ranked(table, hits, budget)
    for other_rank, other in others:
        if other_rank == rank and not are_same(first.record, other.record, budget):
            rows = _listed((first.row, other.row))
            raise DecisionError("dmn_priority_tie", decision=table.decision, rows=rows)
    return [first]


def _ranked(table: Table, hits: list[Hit], budget: Budget) -> list[tuple[tuple[int, ...], Hit]]:
    """Each hit after the places of its results in the lists of output values, highest first."""
    ordered = [output for output in table.outputs if output.order is not None]
    found = [(tuple(_place(table, hit, output, budget) for output in ordered), hit) for hit in hits]
    return sorted(found, key=lambda pair: pair[0])


def _place(table: Table, hit: Hit, output: Output, budget: Budget) -> int:
    value = hit.record[output.name]
    try:
        for place, one in enumerate(output.order or ()):
            budget.spend(1)
            if are_same(value, one, budget):
                return place
        raise UnfitError("not_allowed", value=str(value)[:100])
    except UnfitError as error:
        raise failed(table, hit.row, output.label, "", error) from None


def _collected(table: Table, hits: list[Hit], budget: Budget) -> list[Hit]:
    if not table.aggregation:
        return hits
    (output,) = table.outputs
    total: object = None
    for hit in hits:
        value = hit.record[output.name]
        try:
            total = _AGGREGATED[table.aggregation](total, value)
        except UnfitError as error:
            raise failed(table, hit.row, output.label, "", error) from None
    return [Hit(0, {output.name: total})]


def _added(total: object, value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnfitError("not_number")
    try:
        return check_number(value if not isinstance(total, int | float) else total + value)
    except (TooLargeError, OverflowError):
        raise UnfitError("too_large") from None


def _lesser(best: object, value: object) -> object:
    return _better("<", best, value)


def _greater(best: object, value: object) -> object:
    return _better(">", best, value)


def _better(sign: str, best: object, value: object) -> object:
    """Compared with itself where it is the first, so that one without an order is found."""
    is_better = is_ordered(sign, value, value if best is None else best)
    if is_better is None:
        raise UnfitError("cannot_compare")
    return value if is_better or best is None else best


_AGGREGATED: Final[Mapping[str, Callable[[object, object], object]]] = {
    "SUM": _added,
    "MIN": _lesser,
    "MAX": _greater,
}
_POLICIES: Final[Mapping[HitPolicy, Callable[[Table, list[Hit], Budget], list[Hit]]]] = {
    "UNIQUE": _all,
    "FIRST": _all,
    "ANY": _any,
    "PRIORITY": _highest,
    "OUTPUT ORDER": _by_priority,
    "RULE ORDER": _all,
    "COLLECT": _collected,
}


def _listed(rows: Iterable[int]) -> str:
    return ", ".join(map(str, rows))
