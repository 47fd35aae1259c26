"""Only what is carried out as drawn may be drawn; everything else is refused, never ignored.

Right: user and manual tasks, exclusive and parallel gateways, none start, none or terminate end,
milestones, timers that wait or stand at a step's border, plain sub-processes, steps repeated per
element of a list; notes, groups and data objects as documentation.
Wrong: scripts, services, messages, signals, links, compensation, other gateways, call activities,
event and ad-hoc sub-processes, transactions, conditions on flows that leave a step.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from workflows.bpmn_xml import BPMN, is_true, local_name
from workflows.drawing import Drawing, Node
from workflows.lint.finding import Draft, Problem, call, cut
from workflows.lint.instead import INSTEAD, INSTEAD_OF_EVENT
from workflows.vocabulary import ACTIVITY_TAGS, NODE_TAGS, STEP_TAGS

_NODES: Final = STEP_TAGS | {
    "subProcess",
    "exclusiveGateway",
    "parallelGateway",
    "startEvent",
    "endEvent",
    "intermediateThrowEvent",
    "intermediateCatchEvent",
    "boundaryEvent",
}
_EVENTS: Final = {
    "startEvent": None,
    "intermediateThrowEvent": None,
    "endEvent": "terminateEventDefinition",
    "intermediateCatchEvent": "timerEventDefinition",
    "boundaryEvent": "timerEventDefinition",
}
_NEEDS_DEFINITION: Final = frozenset({"intermediateCatchEvent", "boundaryEvent"})
# Drawn for people, or carried by the node that it belongs to.
_DOCUMENTATION: Final = frozenset(
    {
        "association",
        "auditing",
        "category",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "documentation",
        "extensionElements",
        "group",
        "laneSet",
        "monitoring",
        "property",
        "sequenceFlow",
        "textAnnotation",
    }
)
_IN_NODE: Final = frozenset(
    {
        "auditing",
        "categoryValueRef",
        "dataInputAssociation",
        "dataOutputAssociation",
        "documentation",
        "extensionElements",
        "incoming",
        "monitoring",
        "outgoing",
        "property",
    }
)
_OUTSIDE: Final = frozenset(
    {
        "messageFlow",
        "conversation",
        "subConversation",
        "callConversation",
        "choreography",
        "globalUserTask",
        "globalManualTask",
        "globalScriptTask",
        "globalBusinessRuleTask",
        "globalTask",
        "globalChoreographyTask",
        "globalConversation",
    }
)


def check(draft: Draft) -> Iterator[Problem]:
    for element in draft.root.iter(etree.Element):
        if str(element.tag).startswith(BPMN) and local_name(element) in _OUTSIDE:
            yield _refuse(element, local_name(element))
    drawing = draft.drawing
    yield from _strangers(drawing.process, _DOCUMENTATION | NODE_TAGS)
    for node in drawing.nodes.values():
        yield from _node(drawing, node)


def _node(drawing: Drawing, node: Node) -> Iterator[Problem]:
    if node.tag not in _NODES:
        yield _refuse(node.element, node.tag)
        return
    if node.tag in _EVENTS:
        yield from _event(drawing, node)
    elif node.tag in ACTIVITY_TAGS:
        yield from _activity(node)
    else:
        yield from _strangers(node.element, _IN_NODE)
    yield from _ways_out(drawing, node)


def _event(drawing: Drawing, node: Node) -> Iterator[Problem]:
    definitions = [
        child
        for child in node.element.iterchildren(f"{BPMN}*")
        if local_name(child).endswith(("EventDefinition", "eventDefinitionRef"))
    ]
    yield from _strangers(node.element, _IN_NODE | {local_name(one) for one in definitions})
    for definition in definitions:
        kind = local_name(definition)
        if kind != _EVENTS[node.tag]:
            yield Problem(
                node.id, f"{call(node)} {INSTEAD_OF_EVENT.get(kind, INSTEAD_OF_EVENT[''])}"
            )
        elif kind == "timerEventDefinition":
            yield from _timer(node, definition)
    if node.tag in _NEEDS_DEFINITION and len(definitions) != 1:
        yield Problem(
            node.id,
            f"{call(node)} harus menunggu tepat satu pewaktu. Pilih pewaktu, atau hapus.",
        )
    host = drawing.nodes.get(node.attached_to or "")
    if node.tag == "boundaryEvent" and (host is None or host.tag not in STEP_TAGS | {"subProcess"}):
        yield Problem(node.id, f"{call(node)} harus menempel pada langkah atau subproses.")


def _timer(node: Node, definition: etree._Element) -> Iterator[Problem]:
    slots = {
        local_name(slot): (slot.text or "").strip()
        for slot in definition.iterchildren(f"{BPMN}*")
        if local_name(slot).startswith("time")
    }
    if "timeCycle" in slots:
        yield Problem(
            node.id,
            f"{call(node)} memakai pewaktu berulang, yang belum didukung. "
            "Pakai lama waktu (misalnya P3D) atau tanggal.",
        )
    elif len(slots) != 1 or not all(slots.values()):
        yield Problem(
            node.id,
            f"{call(node)}: isi tepat satu lama waktu (misalnya P3D) atau tanggal.",
        )


def _activity(node: Node) -> Iterator[Problem]:
    element = node.element
    if is_true(element.get("triggeredByEvent")):
        yield _refuse(element, "eventSubProcess")
    if is_true(element.get("isForCompensation")):
        yield _refuse(element, "compensation")
    if {element.get("startQuantity", "1"), element.get("completionQuantity", "1")} != {"1"}:
        yield _refuse(element, "quantity")
    if node.tag == "subProcess":
        yield from _strangers(element, _IN_NODE | _DOCUMENTATION | NODE_TAGS)
        return
    yield from _strangers(element, _IN_NODE | {"multiInstanceLoopCharacteristics"})
    for loop in element.findall(f"{BPMN}multiInstanceLoopCharacteristics"):
        yield from _loop(node, loop)


def _loop(node: Node, loop: etree._Element) -> Iterator[Problem]:
    sources = [loop.find(f"{BPMN}{name}") for name in ("loopCardinality", "loopDataInputRef")]
    if sum(source is not None for source in sources) != 1:
        yield Problem(
            node.id,
            f"{call(node)} berulang tanpa daftar. Isi daftar yang diulang (loopDataInputRef).",
        )
    if loop.get("behavior", "All") != "All":
        yield _refuse(node.element, "loopBehavior")
    for name in ("inputDataItem", "outputDataItem"):
        item = loop.find(f"{BPMN}{name}")
        if item is not None and not (item.get("id") or "").isidentifier():
            yield Problem(
                node.id,
                f"{call(node)}: butir perulangan perlu nama (id) yang terdiri atas huruf, angka, "
                "dan garis bawah.",
            )


def _ways_out(drawing: Drawing, node: Node) -> Iterator[Problem]:
    ways = drawing.outgoing[node.id]
    if node.tag not in ("exclusiveGateway", "parallelGateway") and len(ways) > 1:
        yield Problem(
            node.id,
            f"{call(node)} punya {len(ways)} garis keluar. Sisakan satu garis menuju percabangan, "
            "lalu bagi alurnya di sana.",
        )
    for way in ways:
        if way.condition is not None and node.tag != "exclusiveGateway":
            yield Problem(
                way.id,
                f"Garis keluar dari {call(node)} memakai syarat. "
                "Pindahkan syaratnya ke percabangan (belah ketupat) sesudahnya.",
            )


def _strangers(element: etree._Element, welcome: frozenset[str]) -> Iterator[Problem]:
    for child in element.iterchildren(f"{BPMN}*"):
        if local_name(child) not in welcome:
            yield _refuse(child, local_name(child))


def _refuse(element: etree._Element, kind: str) -> Problem:
    """Named by its own id, or by that of the nearest element around it that has one."""
    owner: etree._Element | None = element
    while owner is not None and not owner.get("id"):
        owner = owner.getparent()
    name = "" if owner is None else str(owner.get("id"))
    label = cut(element.get("name") or "") or name
    what, instead = INSTEAD.get(kind, (f"Elemen {kind}", "Hapus elemen ini"))
    return Problem(name, f'{what} ("{label}") belum dapat dijalankan. {instead}.')
