"""A decision table from XML, every cell compiled."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, cast

from lxml import etree

from workflows.decisions.columns import read_default, read_inputs, read_outputs, read_result
from workflows.decisions.context import Context
from workflows.decisions.document import child, children, invalid, text_of
from workflows.decisions.errors import InvalidDecisionError, UnfitError
from workflows.decisions.slots import ASKED, Slot
from workflows.decisions.table import (
    AGGREGATIONS,
    MULTIPLE,
    POLICIES,
    Aggregation,
    HitPolicy,
    Input,
    Output,
    Rule,
    Table,
)
from workflows.decisions.unary import Entry, compile_entry

MAX_RULES: Final = 2_000
MAX_COLUMNS: Final = 50


def read_table(element: etree._Element, context: Context, name: str, kind: str) -> Table:
    """`name` and `kind` (a typeRef): of the result, where an only output does not say its own.

    Raises InvalidDecisionError.
    """
    policy, aggregation = _policy(element, context)
    _check_size(element, context)
    inputs = read_inputs(element, context)
    outputs = read_outputs(
        element, context, name, "" if policy in MULTIPLE and not aggregation else kind
    )
    if policy in ("PRIORITY", "OUTPUT ORDER"):
        _check_order(element, outputs, context)
    if aggregation and len(outputs) > 1:
        raise invalid("aggregated_outputs", context.decision)
    rules = [
        _read_rule(rule, number, inputs, outputs, context)
        for number, rule in enumerate(children(element, "rule"), start=1)
    ]
    return Table(
        decision=context.decision,
        inputs=tuple(_with_asked(inputs, rules)),
        outputs=tuple(outputs),
        rules=tuple(rules),
        policy=policy,
        aggregation=aggregation,
        default=read_default(element, outputs, context),
    )


def _with_asked(inputs: list[Input], rules: list[Rule]) -> Iterator[Input]:
    for place, column in enumerate(inputs):
        asked = {ASKED, column.variable}
        is_asked = any(asked & rule.entries[place].names for rule in rules)
        yield replace(column, is_asked=is_asked)


def _policy(element: etree._Element, context: Context) -> tuple[HitPolicy, Aggregation]:
    policy = element.get("hitPolicy", "UNIQUE").strip()
    aggregation = element.get("aggregation", "").strip()
    if policy not in POLICIES:
        raise InvalidDecisionError(
            "dmn_unknown_hit_policy", decision=context.decision, policy=policy[:50]
        )
    if aggregation not in AGGREGATIONS:
        raise InvalidDecisionError(
            "dmn_unknown_hit_policy", decision=context.decision, policy=aggregation[:50]
        )
    if aggregation and policy != "COLLECT":
        raise invalid("aggregation_without_collect", context.decision)
    return cast(HitPolicy, policy), cast(Aggregation, aggregation)


def _check_order(element: etree._Element, outputs: list[Output], context: Context) -> None:
    for column, output in zip(children(element, "output"), outputs, strict=True):
        text = text_of(child(column, "outputValues"))
        if text and output.order is None:
            raise context.head_invalid(output.label, text, UnfitError("not_a_list_of_values"))
    if all(one.order is None for one in outputs):
        raise invalid("no_output_values", context.decision)


def _check_size(element: etree._Element, context: Context) -> None:
    for reason, count, limit in (
        ("too_many_rules", len(children(element, "rule")), MAX_RULES),
        ("too_many_columns", len(children(element, "input", "output")), MAX_COLUMNS),
    ):
        if count > limit:
            raise invalid(reason, context.decision, limit=limit)


def _read_rule(
    rule: etree._Element,
    number: int,
    inputs: list[Input],
    outputs: list[Output],
    context: Context,
) -> Rule:
    entries, results = children(rule, "inputEntry"), children(rule, "outputEntry")
    if len(entries) != len(inputs) or len(results) != len(outputs):
        raise invalid("cells_missing", context.decision, row=number)
    return Rule(
        number,
        tuple(
            _read_entry(element, number, column, context)
            for element, column in zip(entries, inputs, strict=True)
        ),
        tuple(
            _read_result(element, number, output, context)
            for element, output in zip(results, outputs, strict=True)
        ),
    )


def _read_entry(element: etree._Element, row: int, column: Input, context: Context) -> Entry:
    text = text_of(element)
    try:
        language = context.language(element)
        return compile_entry(text, column.kind, language, context.names, column.variable)
    except UnfitError as error:
        raise context.cell_invalid(row, column.label, text, error) from None


def _read_result(element: etree._Element, row: int, output: Output, context: Context) -> Slot:
    try:
        return read_result(element, output, context)
    except UnfitError as error:
        raise context.cell_invalid(row, output.label, text_of(element), error) from None
