"""From the tree of a file to what its process means when it runs: the one judge of what is
carried out. Whatever is drawn and would not be carried out as drawn is a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from workflows.bpmn_xml import find_process
from workflows.jumps import associations
from workflows.process import compensation, dialects, foreign, loop_results, structure
from workflows.process.activities import read_activity
from workflows.process.events import read_event
from workflows.process.flows import check_reachable, read_flows
from workflows.process.gateways import check_event_gateways
from workflows.process.links import join_links
from workflows.process.model import Container, Flow, Node, NodeKind, Refusal, Trigger
from workflows.process.refusals import Notes
from workflows.process.tree import (
    Scope,
    Source,
    attribute,
    is_event_subprocess,
    scopes,
    tag,
)
from workflows.vocabulary import ACTIVITY_TAGS, EVENT_TAGS

_KINDS: Final[Mapping[str, NodeKind]] = {
    "task": "manualTask",
    "userTask": "userTask",
    "manualTask": "manualTask",
    "scriptTask": "scriptTask",
    "serviceTask": "serviceTask",
    "sendTask": "sendTask",
    "receiveTask": "receiveTask",
    "businessRuleTask": "businessRuleTask",
    "callActivity": "callActivity",
    "subProcess": "subProcess",
    "exclusiveGateway": "exclusiveGateway",
    "parallelGateway": "parallelGateway",
    "inclusiveGateway": "inclusiveGateway",
    "eventBasedGateway": "eventBasedGateway",
    "startEvent": "startEvent",
    "endEvent": "endEvent",
    "intermediateThrowEvent": "intermediateThrowEvent",
    "intermediateCatchEvent": "intermediateCatchEvent",
    "boundaryEvent": "boundaryEvent",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file means. Only a reading without errors among its refusals may be run; then
    `container` holds everything that is drawn."""

    container: Container
    key: str
    refusals: tuple[Refusal, ...]


def read_process(root: etree._Element) -> Reading:
    """The executable process of a tree from `read_xml`, with all that is wrong in it.

    Raises InvalidSopError no_process, several_processes.
    """
    process = find_process(root)
    source = Source(root, process, Notes(), _shared(root), dialects.isolates_calls(root))
    structure.check(source)
    foreign.check(source)
    joined = associations(root)
    read: dict[str, Container] = {}
    found = scopes(source)
    for scope in reversed(found):
        read[scope.id] = _read_scope(source, scope, read, joined)
    compensation.check_throws(source, found, read)
    loop_results.check(source, found, read)
    key = attribute(process, "id")
    return Reading(read[key], key, source.notes.all())


def _shared(root: etree._Element) -> dict[str, etree._Element]:
    return {str(one.get("id")): one for one in root.iterchildren(etree.Element) if one.get("id")}


def _read_scope(
    source: Source,
    scope: Scope,
    read: Mapping[str, Container],
    joined: Mapping[str, list[str]],
) -> Container:
    """`read`: the scopes within, by id."""
    flows = read_flows(source, scope)
    nodes: dict[str, Node] = {}
    for name, element in scope.nodes.items():
        node = _read_node(source, scope, element, flows[name])
        if node is not None:
            nodes[name] = replace(node, content=read[name]) if name in read else node
    nodes = compensation.join_handlers(source, scope, nodes, joined)
    nodes = join_links(source, scope, nodes)
    nodes = {name: _with_trigger(node) for name, node in nodes.items()}
    check_event_gateways(source, scope, nodes)
    _check_starts(source, scope, nodes)
    _check_boundaries(source, scope)
    check_reachable(source, scope, list(_beside(nodes)))
    return Container(scope.id, " ".join((scope.element.get("name") or "").split()), nodes)


def _read_node(
    source: Source, scope: Scope, element: etree._Element, ways: tuple[Flow, ...]
) -> Node | None:
    kind = _KINDS.get(tag(element))
    if kind is None:
        return None  # refused by its structure
    name = attribute(element, "id")
    node = Node(
        id=name,
        name=" ".join((element.get("name") or "").split()),
        kind="eventSubProcess" if is_event_subprocess(element) else kind,
        outgoing=ways,
        incoming=tuple(line.id for line in scope.reaching.get(name, ())),
        default=attribute(element, "default") or None,
    )
    if tag(element) in ACTIVITY_TAGS:
        return read_activity(source, element, node)
    return read_event(source, element, node) if tag(element) in EVENT_TAGS else node


def _with_trigger(node: Node) -> Node:
    """An event sub-process carries the trigger of its start event."""
    if node.kind != "eventSubProcess" or node.content is None:
        return node
    for inner in node.content.nodes.values():
        if inner.kind == "startEvent":
            return replace(node, trigger=inner.trigger, interrupting=inner.interrupting)
    return node


def _check_starts(source: Source, scope: Scope, nodes: Mapping[str, Node]) -> None:
    """A process may begin in several ways, but each of them once; a sub-process begins in one."""
    starts = [node for node in nodes.values() if node.kind == "startEvent"]
    if not starts:
        source.notes.refuse("no_start_event", scope.element)
    ways: set[tuple[str, str]] = set()
    for node in starts:
        trigger = node.trigger or Trigger()
        way = (trigger.kind, trigger.name) if scope.parent is None else ("", "")
        if way in ways:
            source.notes.refuse("several_start_events", scope.nodes[node.id])
        ways.add(way)


def _check_boundaries(source: Source, scope: Scope) -> None:
    for host, events in scope.attached.items():
        element = scope.nodes.get(host)
        if element is None or tag(element) not in ACTIVITY_TAGS or is_event_subprocess(element):
            for event in events:
                source.notes.refuse("boundary_not_attached", scope.nodes[event])


def _beside(nodes: Mapping[str, Node]) -> list[tuple[str, str]]:
    """Where it goes on without a flow that is drawn."""
    ways = []
    for node in nodes.values():
        ways += [(node.id, flow.target) for flow in node.outgoing if ":" in flow.id]
        if node.handler:
            ways.append((node.id, node.handler))
    return ways
