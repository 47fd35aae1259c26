"""What is executed, seen on the XML. Whatever is drawn and would not be executed is refused here
with the element's id: nothing is accepted and then ignored."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from engine.spiff.timers import Kind, check_timer
from workflows.errors import InvalidSopError, SopError
from workflows.expressions import compile_expression

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_ACTIVITIES = {"userTask", "manualTask", "subProcess"}
_GATEWAYS = {"exclusiveGateway", "parallelGateway"}
_EVENTS: dict[str, set[str]] = {
    "startEvent": set(),
    "endEvent": {"terminateEventDefinition"},
    "intermediateThrowEvent": set(),
    "intermediateCatchEvent": {"timerEventDefinition"},
    "boundaryEvent": {"timerEventDefinition"},
}
_TIMERS: dict[str, Kind] = {"timeDate": "timeDate", "timeDuration": "timeDuration"}
_NODES = _ACTIVITIES | _GATEWAYS | set(_EVENTS)
# Drawn for people: documents, notes, lanes, and what belongs to the element itself.
_DOCUMENTATION = {
    "artifact", "association", "auditing", "dataInputAssociation", "dataObject",
    "dataObjectReference", "dataOutputAssociation", "dataStoreReference", "documentation",
    "extensionElements", "group", "incoming", "ioSpecification", "laneSet", "monitoring",
    "multiInstanceLoopCharacteristics", "outgoing", "performer", "potentialOwner", "property",
    "resourceRole", "sequenceFlow", "supportedInterfaceRef", "textAnnotation",
}  # fmt: skip


@dataclass
class Container:
    """A process or sub-process: its nodes by id, its flows by the node they leave."""

    element: Any
    nodes: dict[str, Any] = field(default_factory=dict)
    flows: dict[str, list[Any]] = field(default_factory=dict)

    def add_flow(self, flow: Any) -> None:
        self.flows.setdefault(flow.get("sourceRef") or "", []).append(flow)

    def all_flows(self) -> Iterator[Any]:
        for flows in self.flows.values():
            yield from flows

    def outgoing(self, node: Any) -> list[Any]:
        return self.flows.get(node.get("id") or "", [])


def check(process: Any) -> None:
    """Raises InvalidSopError for the first problem; its field `findings` lists all of them."""
    problems = list(_problems(process))
    if problems:
        code, fields = problems[0]
        findings = [{"code": each, **its_fields} for each, its_fields in problems]
        raise InvalidSopError(code, **fields, findings=findings)


Problem = tuple[str, dict[str, object]]


def _problem(code: str, element: Any, **fields: object) -> Problem:
    name = element.get("name") or ""
    return code, {"element": element.get("id") or "", "name": name} | fields


def _problems(process: Any) -> Iterator[Problem]:
    seen = {process.get("id") or ""}
    for element in [process, *process.iter(f"{_BPMN}subProcess")]:
        container = Container(element)
        for child in element.iterchildren(f"{_BPMN}*"):
            kind = _kind(child)
            if kind == "sequenceFlow":
                container.add_flow(child)
            elif kind in _NODES:
                container.nodes[child.get("id") or ""] = child
            elif kind not in _DOCUMENTATION:
                yield _problem("element_not_executed", child, kind=kind)
            if kind in _NODES or kind == "sequenceFlow":
                identity = child.get("id") or ""
                if not identity or identity in seen:
                    yield _problem("duplicate_id" if identity else "missing_id", child, kind=kind)
                seen.add(identity)
        yield from _container_problems(container)


def _container_problems(container: Container) -> Iterator[Problem]:
    starts = [node for node in container.nodes.values() if _kind(node) == "startEvent"]
    if len(starts) != 1:
        code = "several_start_events" if starts else "no_start_event"
        yield _problem(code, starts[1] if starts else container.element)
    if not any(_kind(node) == "endEvent" for node in container.nodes.values()):
        yield _problem("no_end_event", container.element)
    pairs: set[tuple[str, str]] = set()
    for flow in container.all_flows():
        ends = (flow.get("sourceRef") or "", flow.get("targetRef") or "")
        if ends[0] not in container.nodes or ends[1] not in container.nodes:
            yield _problem("flow_leads_nowhere", flow)
        elif _kind(container.nodes[ends[1]]) in ("startEvent", "boundaryEvent"):
            yield _problem("flow_into_start", flow)
        elif ends in pairs:
            yield _problem("flow_drawn_twice", flow)
        pairs.add(ends)
    for node in container.nodes.values():
        yield from _node_problems(container, node)
    if len(starts) == 1:
        yield from _unreachable(container, starts[0])


def _node_problems(container: Container, node: Any) -> Iterator[Problem]:
    kind = _kind(node)
    outgoing = container.outgoing(node)
    if kind == "endEvent":
        if outgoing:
            yield _problem("flow_after_end", node)
    elif not outgoing:
        yield _problem("dead_end", node)
    if kind not in _GATEWAYS and len(outgoing) > 1:
        yield _problem("several_outgoing_flows", node)
    if kind in _EVENTS:
        yield from _event_problems(container, node)
    if kind in _ACTIVITIES:
        yield from _activity_problems(node)
    yield from _flow_problems(node, outgoing)


def _flow_problems(node: Any, outgoing: list[Any]) -> Iterator[Problem]:
    default = node.get("default")
    exclusive = _kind(node) == "exclusiveGateway"
    if exclusive and default and default not in [flow.get("id") for flow in outgoing]:
        yield _problem("default_flow_unknown", node, flow=default)
    for flow in outgoing:
        is_default = flow.get("id") == default
        condition = flow.find(f"{_BPMN}conditionExpression")
        if condition is None:
            if exclusive and len(outgoing) > 1 and not is_default:
                yield _problem("flow_without_condition", flow)
        elif not exclusive:
            yield _problem("condition_not_executed", flow)
        else:
            yield from _expression_problems(flow, "condition", condition)


def _event_problems(container: Container, node: Any) -> Iterator[Problem]:
    kind = _kind(node)
    definitions = [child for child in node if _kind(child).endswith("ventDefinition")]
    references = [child for child in node if _kind(child) == "eventDefinitionRef"]
    for definition in [*definitions, *references]:
        if _kind(definition) not in _EVENTS[kind]:
            yield _problem("event_not_executed", node, kind=kind, event=_kind(definition))
    if kind in ("intermediateCatchEvent", "boundaryEvent") and len(definitions) != 1:
        yield _problem("event_not_executed", node, kind=kind, event="")
    if kind == "boundaryEvent":
        activity = container.nodes.get(node.get("attachedToRef") or "")
        if activity is None or _kind(activity) not in _ACTIVITIES:
            yield _problem("boundary_not_attached", node)
    for definition in definitions:
        if _kind(definition) == "timerEventDefinition":
            yield from _timer_problems(node, definition)


def _timer_problems(node: Any, definition: Any) -> Iterator[Problem]:
    slots = [child for child in definition.iterchildren(f"{_BPMN}*")]
    slots = [slot for slot in slots if _kind(slot) not in ("documentation", "extensionElements")]
    if len(slots) != 1 or not (slots[0].text or "").strip():
        yield _problem("timer_without_moment", node)
        return
    kind = _TIMERS.get(_kind(slots[0]))
    if kind is None:
        yield _problem("event_not_executed", node, kind=_kind(node), event=_kind(slots[0]))
        return
    try:
        check_timer(kind, slots[0].text)
    except SopError as error:
        yield _problem("invalid_expression", node, slot=kind, cause=error.code, **error.fields)


def _activity_problems(node: Any) -> Iterator[Problem]:
    if _kind(node) == "subProcess" and node.get("triggeredByEvent", "").strip() in ("true", "1"):
        yield _problem("element_not_executed", node, kind="eventSubProcess")
    if node.get("isForCompensation", "").strip() in ("true", "1"):
        yield _problem("element_not_executed", node, kind="compensation")
    for child in node.iterchildren(f"{_BPMN}*"):
        kind = _kind(child)
        if kind == "multiInstanceLoopCharacteristics":
            yield from _loop_problems(node, child)
        elif kind not in _DOCUMENTATION and _kind(node) != "subProcess":
            yield _problem("element_not_executed", node, kind=kind)


def _loop_problems(node: Any, loop: Any) -> Iterator[Problem]:
    cardinality = loop.find(f"{_BPMN}loopCardinality")
    collection = loop.find(f"{_BPMN}loopDataInputRef")
    if (cardinality is None) == (collection is None):
        yield _problem("loop_incomplete", node)
    for slot in ("loopCardinality", "loopDataInputRef", "completionCondition"):
        found = loop.find(f"{_BPMN}{slot}")
        if found is not None:
            yield from _expression_problems(node, slot, found)
    for slot in ("loopDataInputRef", "loopDataOutputRef"):
        found = loop.find(f"{_BPMN}{slot}")
        if found is not None and not (found.text or "").strip().isidentifier():
            yield _problem("loop_incomplete", node, slot=slot)
    item = loop.find(f"{_BPMN}inputDataItem")
    if item is not None and not (item.get("id") or "").isidentifier():
        yield _problem("loop_incomplete", node, slot="inputDataItem")


def _expression_problems(owner: Any, slot: str, element: Any) -> Iterator[Problem]:
    try:
        compile_expression(element.text or "")
    except SopError as error:
        yield _problem("invalid_expression", owner, slot=slot, cause=error.code, **error.fields)


def _unreachable(container: Container, start: Any) -> Iterator[Problem]:
    next_nodes = {
        source: [flow.get("targetRef") or "" for flow in flows]
        for source, flows in container.flows.items()
    }
    for identity, node in container.nodes.items():
        if _kind(node) == "boundaryEvent":
            next_nodes.setdefault(node.get("attachedToRef") or "", []).append(identity)
    reached: set[str] = set()
    waiting = [start.get("id")]
    while waiting:
        identity = waiting.pop()
        if identity not in reached:
            reached.add(identity)
            waiting += next_nodes.get(identity, [])
    for identity, node in container.nodes.items():
        if identity not in reached:
            yield _problem("unreachable", node)


def _kind(element: Any) -> str:
    tag = element.tag
    return tag.removeprefix(_BPMN) if isinstance(tag, str) else ""
