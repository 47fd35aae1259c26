"""Finding one's way in the tree: BPMN's tags, texts, and the scopes of a process."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final

from lxml import etree

from workflows.bpmn_xml import BPMN, SOP, is_true
from workflows.process.refusals import Notes
from workflows.vocabulary import NODE_TAGS

# Scopes whose content is carried out; what else holds nodes is refused as a whole.
_OPENED: Final = "subProcess"


@dataclass(frozen=True)
class Source:
    """What the readers of the parts have in common.

    `shared`: the elements of the file outside its processes by id (messages, signals, …);
    `isolates`: the file's own engine hands nothing to a called process that is not mapped.
    """

    root: etree._Element
    process: etree._Element
    notes: Notes
    shared: Mapping[str, etree._Element]
    isolates: bool = False

    @cached_property
    def retrievals(self) -> Mapping[str, list[tuple[str, etree._Element | None]]]:
        """Message -> (correlation property, path of its value in the message)."""
        found: dict[str, list[tuple[str, etree._Element | None]]] = {}
        for one in self.root.iterchildren(f"{BPMN}correlationProperty"):
            for retrieval in parts(one, "correlationPropertyRetrievalExpression"):
                row = (attribute(one, "id"), part(retrieval, "messagePath"))
                found.setdefault(attribute(retrieval, "messageRef"), []).append(row)
        return found

    @cached_property
    def data_paths(self) -> Mapping[str, etree._Element | None]:
        """Correlation property -> path of the value in the data of the process."""
        return {
            attribute(binding, "correlationPropertyRef"): part(binding, "dataPath")
            for subscription in parts(self.process, "correlationSubscription")
            for binding in parts(subscription, "correlationPropertyBinding")
        }


@dataclass(frozen=True)
class Line:
    """A sequence flow as drawn."""

    id: str
    source: str
    target: str
    element: etree._Element


@dataclass
class Scope:
    """The process or a sub-process that is carried out: its nodes by id in the order of the file,
    and the flows between them by the node that they leave or reach."""

    element: etree._Element
    id: str
    parent: str | None
    nodes: dict[str, etree._Element] = field(default_factory=dict)
    leaving: dict[str, list[Line]] = field(default_factory=dict)
    reaching: dict[str, list[Line]] = field(default_factory=dict)
    attached: dict[str, list[str]] = field(default_factory=dict)


def tag(element: etree._Element) -> str:
    """The name of a BPMN element, "" for one of another namespace."""
    return _bpmn_name(element.tag)


@lru_cache(maxsize=1024)
def _bpmn_name(name: str) -> str:
    return name.removeprefix(BPMN) if name.startswith(BPMN) else ""


def parts(element: etree._Element, *names: str) -> list[etree._Element]:
    """The BPMN children with one of these names."""
    return list(element.iterchildren(*(f"{BPMN}{name}" for name in names)))


def part(element: etree._Element, name: str) -> etree._Element | None:
    return element.find(f"{BPMN}{name}")


def text(element: etree._Element | None) -> str:
    """The whole text in an element, without the blanks around it."""
    return "" if element is None else "".join(map(str, element.itertext())).strip()


def attribute(element: etree._Element, name: str) -> str:
    return (element.get(name) or "").strip()


def ours(element: etree._Element, name: str) -> list[etree._Element]:
    """Our extension elements of that name, directly on this element."""
    return element.findall(f"{BPMN}extensionElements/{SOP}{name}")


def event_definitions(source: Source, event: etree._Element) -> list[etree._Element]:
    """What an event waits for or throws, written in it or referred to."""
    found = [child for child in event.iterchildren(f"{BPMN}*") if _defines(tag(child))]
    for reference in parts(event, "eventDefinitionRef"):
        target = source.shared.get(text(reference))
        if target is None or not _defines(tag(target)):
            source.notes.refuse("reference_unknown", event, reference="eventDefinitionRef")
        else:
            found.append(target)
    return found


def is_event_subprocess(element: etree._Element) -> bool:
    return tag(element) == "subProcess" and is_true(element.get("triggeredByEvent"))


def scopes(source: Source) -> list[Scope]:
    """The process and the sub-processes that are carried out, outer ones first; refuses nodes
    without an id and flows that do not join two nodes of one scope."""
    found = [Scope(source.process, attribute(source.process, "id"), None)]
    owner: dict[str, Scope] = {}
    flows: list[etree._Element] = []
    for scope in found:
        for child in scope.element.iterchildren(f"{BPMN}*"):
            if tag(child) == "sequenceFlow":
                flows.append(child)
            elif tag(child) in NODE_TAGS:
                _add_node(source, scope, child, owner)
                if tag(child) == _OPENED:
                    found.append(Scope(child, attribute(child, "id"), scope.id))
    for scope in found:
        for name, node in scope.nodes.items():
            if tag(node) == "boundaryEvent":
                scope.attached.setdefault(attribute(node, "attachedToRef"), []).append(name)
    for element in flows:
        _add_flow(source, element, owner)
    return found


def _defines(name: str) -> bool:
    return name.endswith(("EventDefinition", "eventDefinition"))


def _add_node(
    source: Source, scope: Scope, element: etree._Element, owner: dict[str, Scope]
) -> None:
    name = attribute(element, "id")
    if not name:
        source.notes.refuse("missing_id", element, kind=tag(element))
        return
    scope.nodes[name] = element
    owner[name] = scope


def _add_flow(source: Source, element: etree._Element, owner: dict[str, Scope]) -> None:
    line = Line(
        attribute(element, "id"),
        attribute(element, "sourceRef"),
        attribute(element, "targetRef"),
        element,
    )
    start, end = owner.get(line.source), owner.get(line.target)
    if not line.id:
        source.notes.refuse("missing_id", element, kind="sequenceFlow")
    elif start is None or end is None:
        source.notes.refuse("flow_leads_nowhere", element)
    elif start is not end:
        source.notes.refuse("flow_crosses_scope", element)
    else:
        start.leaving.setdefault(line.source, []).append(line)
        start.reaching.setdefault(line.target, []).append(line)


def followers(scope: Scope) -> Iterator[tuple[str, str]]:
    """(node, node that it leads to) along the flows and to the boundary events."""
    for name, lines in scope.leaving.items():
        yield from ((name, line.target) for line in lines)
    for host, events in scope.attached.items():
        yield from ((host, event) for event in events)
