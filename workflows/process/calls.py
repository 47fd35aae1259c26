"""Call activities: which process runs, and which variables it sees."""

from dataclasses import replace
from typing import Final

from lxml import etree

from workflows.process import dialects, slots
from workflows.process.model import Call, Node
from workflows.process.tree import Source, attribute

_BINDINGS: Final = ("latest", "deployment")


def read_call(source: Source, activity: etree._Element, node: Node) -> Node:
    """The node with its call. It shares the variables of the case unless something is mapped."""
    zeebe = next(iter(dialects.elements(activity, "calledElement")), None)
    key = attribute(activity, "calledElement")
    if zeebe is not None:
        key = attribute(zeebe, "processId") or attribute(zeebe, "processIdExpression") or key
    key = key.rpartition(":")[2] if not slots.computed(key) else key
    if not key:
        source.notes.refuse("call_without_process", activity)
    elif slots.computed(key):
        source.notes.refuse("call_expression", activity, text=key)
    elif key == attribute(source.process, "id"):
        source.notes.refuse("call_of_itself", activity)
    _check_binding(source, activity, zeebe)
    if zeebe is not None:
        return _zeebe(source, activity, zeebe, replace(node, call=Call(key)))
    return _camunda(source, activity, replace(node, call=Call(key)))


def _check_binding(source: Source, activity: etree._Element, zeebe: etree._Element | None) -> None:
    binding = dialects.value(activity, "calledElementBinding")
    if zeebe is not None:
        binding = attribute(zeebe, "bindingType") or binding
    if binding and binding not in _BINDINGS:
        source.notes.refuse("call_of_version", activity, text=binding)
    for name in ("variableMappingClass", "variableMappingDelegateExpression"):
        if dialects.value(activity, name):
            source.notes.refuse("foreign_work", activity, text=name)


def _zeebe(source: Source, activity: etree._Element, element: etree._Element, node: Node) -> Node:
    """What is mapped back is written instead of all that the called process has."""
    down = attribute(element, "propagateAllParentVariables") != "false"
    up = attribute(element, "propagateAllChildVariables") != "false"
    return _shared(source, activity, node, down=down, up=up or bool(node.outputs))


def _camunda(source: Source, activity: etree._Element, node: Node) -> Node:
    down, down_all = _rows(source, activity, "in")
    up, up_all = _rows(source, activity, "out")
    if dialects.value(activity, "inheritVariables") == "true":
        down_all = True
    mapped = replace(
        node,
        inputs=node.inputs + slots.mapped(source.notes, activity, "in", down),
        outputs=node.outputs + slots.mapped(source.notes, activity, "out", up),
    )
    if not (mapped.inputs or mapped.outputs or down_all or up_all or source.isolates):
        return mapped
    if not (mapped.inputs or mapped.outputs or down_all or up_all):
        source.notes.warn("call_hands_nothing", activity)
    if up_all and up:
        source.notes.refuse("call_copies_all", activity)
    return _shared(source, activity, mapped, down=down_all, up=up_all or bool(mapped.outputs))


def _shared(source: Source, activity: etree._Element, node: Node, *, down: bool, up: bool) -> Node:
    """All variables are read and written, or read and only the mapped ones written, or only the
    mapped ones read and written; there is nothing in between."""
    assert node.call is not None
    one_way = not up if down else up and not node.outputs
    if one_way:
        source.notes.refuse("call_copies_all", activity)
    return replace(node, call=replace(node.call, shares=down))


def _rows(
    source: Source, activity: etree._Element, name: str
) -> tuple[list[tuple[str, str]], bool]:
    """The mapped pairs, and whether all variables go."""
    pairs = []
    everything = False
    for row in dialects.elements(activity, name):
        if attribute(row, "local") == "true":
            source.notes.refuse("mapping_local", activity)
        elif attribute(row, "variables") == "all":
            everything = True
        elif attribute(row, "target"):
            value = attribute(row, "sourceExpression") or attribute(row, "source")
            pairs.append((attribute(row, "target"), value))
        elif set(map(str, row.keys())) - {"businessKey", "local"}:
            written = attribute(row, "source") or attribute(row, "sourceExpression")
            source.notes.refuse("mapping_without_target", activity, text=written)
    return pairs, everything
