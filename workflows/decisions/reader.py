"""DMN XML -> decisions, each together with those that it needs."""

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from lxml import etree

from workflows.decisions.context import Context
from workflows.decisions.decision import Decision, Formula
from workflows.decisions.document import child, invalid, read_document, text_of
from workflows.decisions.errors import InvalidDecisionError, UnfitError
from workflows.decisions.requirements import (
    Names,
    Needs,
    aliases_of,
    check_unambiguous,
    read_names,
    read_needs,
    requirements_of,
)
from workflows.decisions.slots import ASKED
from workflows.decisions.table import Table
from workflows.decisions.tables import read_table
from workflows.decisions.type_refs import Type


def read_decisions(text: str | bytes) -> Mapping[str, Decision]:
    """The decisions of a DMN file by id, in the order of the file. Raises InvalidDecisionError."""
    document = read_document(text)
    needs = {name: read_needs(one, document) for name, one in document.decisions.items()}
    types: dict[str, Type] = {}
    found: dict[str, Decision] = {}
    for name in _order(needs):
        names = read_names(name, needs[name], document, found)
        context = Context(document, types, name, names.words)
        found[name] = _read_decision(needs[name], names, context, found)
    return {name: found[name] for name in document.decisions}


def _order(needs: Mapping[str, Needs]) -> list[str]:
    """Each decision after those that it needs."""
    graph = TopologicalSorter({name: one.decisions for name, one in needs.items()})
    try:
        return list(graph.static_order())
    except CycleError as error:
        cycle = [str(name) for name in error.args[1]]
        raise invalid("cycle", cycle[0], cycle=", ".join(cycle[:-1])) from None


def _read_decision(
    needs: Needs, names: Names, context: Context, found: Mapping[str, Decision]
) -> Decision:
    """`found`: the decisions that are needed."""
    name = context.decision
    element = context.document.decisions[name]
    logic = _read_logic(element, context)
    read = _names_read(logic)
    check_unambiguous(names, read, name)
    plan = {one.id: one for need in needs.decisions for one in (*found[need].plan, found[need])}
    return Decision(
        id=name,
        name=" ".join((element.get("name") or name).split()),
        logic=logic,
        requirements=requirements_of(names, needs),
        plan=tuple(plan.values()),
        aliases=aliases_of(names),
        reads=_reads(read, names).union(*(found[need].reads for need in needs.decisions)),
    )


def _read_logic(element: etree._Element, context: Context) -> Table | Formula:
    table, formula = child(element, "decisionTable"), child(element, "literalExpression")
    variable = child(element, "variable")
    name = "" if variable is None else " ".join((variable.get("name") or "").split())
    kind = "" if variable is None else variable.get("typeRef") or ""
    if table is not None and formula is None:
        return read_table(table, context, name or context.decision, kind)
    if formula is not None and table is None:
        return _read_formula(formula, context, name or context.decision, kind)
    raise invalid("no_logic", context.decision)


def _read_formula(element: etree._Element, context: Context, name: str, kind: str) -> Formula:
    text = text_of(element)
    try:
        if not text:
            raise UnfitError("empty")
        found = context.type(kind or element.get("typeRef"), name)
        slot = context.slot(element).of_kind(found.kind)
    except UnfitError as error:
        fields = {"decision": context.decision, "text": text[:200], "reason": error.reason}
        raise InvalidDecisionError("dmn_formula_invalid", **{**fields, **error.fields}) from None
    return Formula(name, slot, found.kind, found.allowed)


def _names_read(logic: Table | Formula) -> frozenset[str]:
    """As expressions contain them."""
    if isinstance(logic, Formula):
        return logic.slot.names
    found: set[str] = set()
    for column in logic.inputs:
        found |= column.slot.names
    for rule in (*logic.rules, *([logic.default] if logic.default else [])):
        found.update(*(slot.names for slot in rule.slots))
    for rule in logic.rules:
        for column, entry in zip(logic.inputs, rule.entries, strict=True):
            found |= entry.names - {ASKED, column.variable}
    return frozenset(found)


def _reads(read: Iterable[str], names: Names) -> frozenset[str]:
    """Those of the names that are variables of the case, as it calls them."""
    found = set()
    for word in read:
        offers = names.offers.get(word)
        if offers is None:
            found.add(word)
        found |= {one.written for one in offers or () if one.written}
    return frozenset(found)
