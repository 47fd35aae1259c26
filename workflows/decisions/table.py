"""A decision table as values, compiled, and which of its rules match."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, get_args

from workflows.decisions.errors import DecisionError, UnfitError
from workflows.decisions.kinds import Kind
from workflows.decisions.scope import Scope
from workflows.decisions.slots import ASKED, Slot
from workflows.decisions.unary import Entry, Test

HitPolicy = Literal["UNIQUE", "FIRST", "ANY", "PRIORITY", "OUTPUT ORDER", "RULE ORDER", "COLLECT"]
Aggregation = Literal["", "SUM", "MIN", "MAX", "COUNT"]
POLICIES: Final = frozenset(get_args(HitPolicy))
AGGREGATIONS: Final = frozenset(get_args(Aggregation))
MULTIPLE: Final = frozenset({"OUTPUT ORDER", "RULE ORDER", "COLLECT"})


@dataclass(frozen=True, slots=True)
class Input:
    """A column of conditions.

    `allowed`: all of these tests must hold for a value that is not null. `variable`: name by which
    entries may read the value, besides `?`; `is_asked`: whether one does.
    """

    label: str
    slot: Slot
    kind: Kind
    allowed: tuple[Test, ...] = ()
    variable: str = ""
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Output:
    """A column of results. `order`: its values by decreasing priority, None where none is given."""

    name: str
    label: str
    kind: Kind
    allowed: tuple[Test, ...] = ()
    order: tuple[object, ...] | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: an entry for each input, a slot for each output."""

    number: int
    entries: tuple[Entry, ...]
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`decision`: id that errors name. `default`: what holds when no rule matches, as a rule with
    the number 0."""

    decision: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    policy: HitPolicy = "UNIQUE"
    aggregation: Aggregation = ""
    default: Rule | None = None


def find_matches(table: Table, scope: Scope) -> Iterator[Rule]:
    """The rules that match, in their order, found one by one.

    Raises DecisionError dmn_input_invalid, dmn_cell_failed.
    """
    columns = [(index, *_read(table, column, scope)) for index, column in enumerate(table.inputs)]
    for rule in table.rules:
        entries = rule.entries
        index = 0
        try:
            for index, value, around in columns:
                test = entries[index].test
                if test is not None and test(value, around) is not True:
                    break
            else:
                yield rule
        except UnfitError as error:
            column, text = table.inputs[index].label, entries[index].text
            raise failed(table, rule.number, column, text, error) from None


def _read(table: Table, column: Input, scope: Scope) -> tuple[object, Scope]:
    """The value of a column, and the scope of its entries, which has the value where they ask."""
    try:
        found = column.slot.evaluate(scope)
        value = column.kind.read(found)
        check_allowed(value, column.allowed, scope)
    except UnfitError as error:
        where: dict[str, object] = {"decision": table.decision, "column": column.label}
        fields = {**where, "text": column.slot.text[:200], "reason": error.reason}
        raise DecisionError("dmn_input_invalid", **{**fields, **error.fields}) from None
    if not column.is_asked:
        return value, scope
    variables = {**scope.variables, ASKED: found, column.variable: found}
    return value, Scope(variables, scope.budget)


def check_allowed(value: object, allowed: tuple[Test, ...], scope: Scope) -> None:
    """Raises UnfitError not_allowed. Null says that nothing is known, which is always allowed."""
    if not allowed:
        return
    for one in value if isinstance(value, list) else [value]:
        if one is not None and not all(test(one, scope) for test in allowed):
            raise UnfitError("not_allowed", value=str(one)[:100])


def failed(table: Table, row: int, column: str, text: str, error: UnfitError) -> DecisionError:
    """The error of a cell; row 0 is the head of the table."""
    where: dict[str, object] = {"decision": table.decision, "column": column, "text": text[:200]}
    if row == 0:
        return DecisionError("dmn_head_failed", **where, reason=error.reason, **error.fields)
    return DecisionError("dmn_cell_failed", **where, row=row, reason=error.reason, **error.fields)
