"""Sequence flows: where they may lead, what conditions they carry, which node nothing reaches."""

from collections.abc import Mapping
from typing import Final

from workflows.bpmn_xml import is_true
from workflows.process import slots
from workflows.process.dialects import value
from workflows.process.model import Flow
from workflows.process.tree import (
    Line,
    Scope,
    Source,
    attribute,
    followers,
    is_event_subprocess,
    part,
    tag,
    text,
)

# Nothing chooses between their ways out.
_UNCONDITIONAL: Final = frozenset({"parallelGateway", "eventBasedGateway"})


def read_flows(source: Source, scope: Scope) -> Mapping[str, tuple[Flow, ...]]:
    """The flows that leave each node, in the order of the file."""
    for name, lines in scope.leaving.items():
        targets: set[str] = set()
        chooses = tag(scope.nodes[name]) == "exclusiveGateway"  # and takes one of them
        for line in lines:
            _check_ends(source, scope, line)
            if line.target in targets and not chooses:
                source.notes.refuse("flow_drawn_twice", line.element)
            targets.add(line.target)
    return {name: _ways(source, scope, name) for name in scope.nodes}


def _check_ends(source: Source, scope: Scope, line: Line) -> None:
    start, end = scope.nodes[line.source], scope.nodes[line.target]
    if tag(start) == "endEvent":
        source.notes.refuse("flow_after_end", line.element)
    if tag(end) in ("startEvent", "boundaryEvent"):
        source.notes.refuse("flow_into_start", line.element)
    for node in (start, end):
        if is_event_subprocess(node):
            source.notes.refuse("flow_at_event_subprocess", line.element)
        elif is_true(node.get("isForCompensation")):
            source.notes.refuse("flow_at_compensation", line.element)


def _ways(source: Source, scope: Scope, name: str) -> tuple[Flow, ...]:
    node, lines = scope.nodes[name], scope.leaving.get(name, [])
    ways = tuple(
        Flow(line.id, line.source, line.target, _condition(source, line)) for line in lines
    )
    default = attribute(node, "default")
    if default and default not in [way.id for way in ways]:
        source.notes.refuse("default_flow_unknown", node, flow=default)
    exclusive = tag(node) == "exclusiveGateway"
    for way, line in zip(ways, lines, strict=True):
        if way.condition is not None and way.id == default:
            source.notes.refuse("default_with_condition", line.element)
        elif way.condition is not None and tag(node) in _UNCONDITIONAL:
            source.notes.refuse("condition_not_executed", line.element, kind=tag(node))
        elif way.condition is None and way.id != default and len(ways) > 1:
            if exclusive:
                source.notes.refuse("flow_without_condition", line.element)
            elif default and tag(node) not in _UNCONDITIONAL:
                source.notes.refuse("default_never_taken", line.element)
    return ways


def _condition(source: Source, line: Line) -> str | None:
    """None where there is none; editors leave empty conditions behind."""
    element = part(line.element, "conditionExpression")
    if element is None or not text(element):
        if element is not None and value(element, "resource"):
            source.notes.refuse(
                "expression_language", line.element, slot="condition", text="resource"
            )
        return None
    return slots.formal(source.notes, line.element, element)


def check_reachable(source: Source, scope: Scope, beside: list[tuple[str, str]]) -> None:
    """Refuses what nothing leads to. `beside`: ways that no flow draws (links, compensation)."""
    ahead: dict[str, list[str]] = {}
    for name, following in [*followers(scope), *beside]:
        ahead.setdefault(name, []).append(following)
    waiting = [
        name
        for name, node in scope.nodes.items()
        if tag(node) == "startEvent" or is_event_subprocess(node)
    ]
    if not any(tag(node) == "startEvent" for node in scope.nodes.values()):
        return  # that is refused, and everything would be out of reach
    reached: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += ahead.get(name, ())
    for name, node in scope.nodes.items():
        if name not in reached and not is_true(node.get("isForCompensation")):
            source.notes.refuse("unreachable", node)
