"""Business rule tasks that ask a DMN decision."""

from typing import Final

from lxml import etree

from workflows.bpmn_xml import SOP
from workflows.process import dialects, slots
from workflows.process.model import DecisionCall
from workflows.process.tree import Source, attribute

_SHAPES: Final = ("singleEntry", "singleResult", "collectEntries", "resultList")
_BINDINGS: Final = ("latest", "deployment")


def read_decision(source: Source, task: etree._Element) -> DecisionCall | None:
    """None where the task names no decision, or with a refusal."""
    if attribute(task, f"{SOP}hasil") and not attribute(task, f"{SOP}keputusan"):
        source.notes.refuse("attribute_misplaced", task, attribute="sop:hasil")
    asked = [_own(task), _camunda(source, task), *_zeebe(source, task), _flowable(task)]
    several = [one for one in asked if one is not None]
    if not several:
        return None
    found = several[0]
    if len(several) > 1:
        source.notes.refuse("decision_several", task)
    if slots.computed(found.decision):
        source.notes.refuse("name_is_expression", task, kind="decision", text=found.decision)
    if not found.result and not is_flowable(task):
        source.notes.refuse("decision_without_result", task)
    slots.variable(source.notes, task, "hasil", found.result)
    return found


def is_flowable(task: etree._Element) -> bool:
    """Flowable draws a decision as a service task of this type."""
    return dialects.value(task, "type") == "dmn"


def _own(task: etree._Element) -> DecisionCall | None:
    decision = attribute(task, f"{SOP}keputusan")
    return DecisionCall(decision, attribute(task, f"{SOP}hasil")) if decision else None


def _camunda(source: Source, task: etree._Element) -> DecisionCall | None:
    decision = dialects.value(task, "decisionRef")
    if not decision:
        return None
    _check_binding(source, task, dialects.value(task, "decisionRefBinding"))
    shape = dialects.value(task, "mapDecisionResult") or "resultList"
    if shape not in _SHAPES:
        source.notes.refuse("decision_shape", task, text=shape)
    return DecisionCall(decision, dialects.value(task, "resultVariable"), shape)


def _zeebe(source: Source, task: etree._Element) -> list[DecisionCall]:
    called = dialects.elements(task, "calledDecision")
    for one in called:
        _check_binding(source, task, attribute(one, "bindingType"))
    return [
        DecisionCall(attribute(one, "decisionId"), attribute(one, "resultVariable"))
        for one in called
    ]


def _check_binding(source: Source, task: etree._Element, binding: str) -> None:
    if binding and binding not in _BINDINGS:
        source.notes.refuse("decision_of_version", task, text=binding)


def _flowable(task: etree._Element) -> DecisionCall | None:
    """Each output of the table becomes a variable of its own name."""
    for field in dialects.elements(task, "field"):
        if attribute(field, "name") in ("decisionTableReferenceKey", "decisionServiceReferenceKey"):
            values = [*dialects.children(field, "string"), *dialects.children(field, "expression")]
            written = "".join("".join(map(str, one.itertext())) for one in values)
            value = attribute(field, "stringValue") or written.strip()
            return DecisionCall(value, "", "singleResult") if value else None
    return None
