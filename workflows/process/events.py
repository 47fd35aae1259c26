"""Events: what each place in a drawing may wait for or throw."""

from dataclasses import replace
from typing import Final

from lxml import etree

from workflows.bpmn_xml import SOP, is_true
from workflows.process import dialects, slots
from workflows.process.mappings import read_mappings
from workflows.process.messages import has_reference, read_keys, read_name, read_payload
from workflows.process.model import Node, Trigger, TriggerKind
from workflows.process.timers import read_timer
from workflows.process.tree import (
    Source,
    attribute,
    event_definitions,
    is_event_subprocess,
    ours,
    part,
    tag,
    text,
)

KINDS: Final[dict[str, TriggerKind]] = {
    "messageEventDefinition": "message",
    "signalEventDefinition": "signal",
    "timerEventDefinition": "timer",
    "errorEventDefinition": "error",
    "escalationEventDefinition": "escalation",
    "conditionalEventDefinition": "conditional",
    "linkEventDefinition": "link",
    "compensateEventDefinition": "compensation",
    "terminateEventDefinition": "terminate",
}
_CATCHES: Final = frozenset({"message", "signal", "timer", "conditional"})
# Place -> the kinds that are carried out there; "none": an event without a symbol.
ALLOWED: Final[dict[str, frozenset[str]]] = {
    "startEvent": frozenset({"none", "message", "signal"}),
    "startEvent of a sub-process": frozenset({"none"}),
    "startEvent of an event sub-process": _CATCHES | {"error", "escalation"},
    "boundaryEvent": _CATCHES | {"error", "escalation", "compensation"},
    "intermediateCatchEvent": _CATCHES | {"link"},
    "intermediateThrowEvent": frozenset(
        {"none", "message", "signal", "escalation", "link", "compensation"}
    ),
    "endEvent": frozenset(
        {"none", "message", "signal", "error", "escalation", "terminate", "compensation"}
    ),
}
# What makes a program of its own engine send or receive.
_CODE: Final = (
    "messageExpression",
    "signalExpression",
    "class",
    "expression",
    "delegateExpression",
    "type",
)
_MESSENGERS: Final = frozenset({"message", "signal"})
_THROWS: Final = frozenset({"intermediateThrowEvent", "endEvent"})


def place(element: etree._Element) -> str:
    """Where an event stands, a key of `ALLOWED`."""
    around = element.getparent()
    if tag(element) != "startEvent" or around is None or tag(around) == "process":
        return tag(element)
    kind = "an event sub-process" if is_event_subprocess(around) else "a sub-process"
    return f"startEvent of {kind}"


def read_event(source: Source, element: etree._Element, node: Node) -> Node:
    mapped = read_mappings(source, element, node)
    node = replace(node, trigger=_trigger(source, element), interrupting=_interrupts(element))
    if tag(element) == "boundaryEvent":
        node = replace(node, attached_to=attribute(element, "attachedToRef"))
    kind = node.trigger.kind if node.trigger else "none"
    if kind == "error" and not node.interrupting:
        source.notes.refuse("error_goes_on", element)
    if dialects.elements(element, "taskDefinition"):
        source.notes.refuse("foreign_work", element, text="taskDefinition")
    if kind not in _MESSENGERS and (ours(element, "isi") or ours(element, "kunci")):
        source.notes.refuse("event_mapping", element)
    return _with_mapping(source, element, node, mapped)


def _with_mapping(source: Source, element: etree._Element, node: Node, mapped: Node) -> Node:
    """What is mapped from a message or signal that arrives is what is written of it."""
    if not mapped.inputs and not mapped.outputs:
        return node
    trigger = node.trigger
    arrives = trigger is not None and trigger.kind in _MESSENGERS
    if trigger is None:
        return node
    if tag(element) in _THROWS or not arrives or mapped.inputs or trigger.payload:
        source.notes.refuse("event_mapping", element)
        return node
    return replace(node, trigger=replace(trigger, payload=mapped.outputs))


def _interrupts(element: etree._Element) -> bool:
    name = "cancelActivity" if tag(element) == "boundaryEvent" else "isInterrupting"
    return (element.get(name) or "true").strip() not in ("false", "0")


def _trigger(source: Source, element: etree._Element) -> Trigger | None:
    """None where the event does not stand as it is carried out; a refusal says why."""
    if is_true(element.get("parallelMultiple")):
        source.notes.refuse("event_several", element, place=place(element))
        return None
    definitions = event_definitions(source, element)
    if len(definitions) > 1:
        source.notes.refuse("event_several", element, place=place(element))
        return None
    kind = KINDS.get(tag(definitions[0]), tag(definitions[0])) if definitions else "none"
    if kind not in ALLOWED[place(element)]:
        source.notes.refuse("event_not_executed", element, place=place(element), event=kind)
        return None
    return _read(source, element, definitions[0]) if definitions else Trigger()


def _read(source: Source, event: etree._Element, definition: etree._Element) -> Trigger | None:
    kind = KINDS[tag(definition)]
    if kind in _MESSENGERS:
        return _sent(source, event, definition, kind)
    if kind in ("error", "escalation"):
        return _raised(source, event, definition, kind)
    if kind == "timer":
        again = tag(event) != "intermediateCatchEvent"
        timer = read_timer(source, event, definition, cycles=again)
        return None if timer is None else Trigger("timer", timer=timer)
    if kind == "conditional":
        element = part(definition, "condition")
        condition = slots.formal(source.notes, event, element)
        if not text(element):
            slots.expression(source.notes, event, "condition", "")
        return Trigger("conditional", condition=condition)
    if kind == "link":
        return Trigger("link", name=_link_name(event, definition))
    if kind == "compensation":
        waits = (definition.get("waitForCompletion") or "true").strip() not in ("false", "0")
        return Trigger(kind, activity=attribute(definition, "activityRef"), waits=waits)
    return Trigger(kind)


def _sent(
    source: Source, event: etree._Element, definition: etree._Element, kind: TriggerKind
) -> Trigger:
    catches = tag(event) not in _THROWS
    starts = place(event) == "startEvent"
    for name in _CODE:
        written = dialects.value(definition, name)
        if written:
            source.notes.refuse("foreign_work", event, text=f"{name}={written}")
    keys = () if starts else read_keys(source, event, definition, catches=catches)
    if starts and (ours(event, "kunci") or ours(definition, "kunci")):
        source.notes.refuse("keys_of_start", event)
    if keys and kind == "signal":
        source.notes.refuse("keys_of_signal", event)
    return Trigger(
        kind,
        read_name(source, event, definition),
        keys=keys,
        payload=read_payload(source, event, definition),
    )


def _raised(
    source: Source, event: etree._Element, definition: etree._Element, kind: TriggerKind
) -> Trigger:
    if tag(event) in _THROWS or has_reference(definition):
        name = read_name(source, event, definition)
    else:
        name = ""  # whatever arrives
    code = attribute(definition, f"{SOP}kode") or dialects.value(definition, f"{kind}CodeVariable")
    message = attribute(definition, f"{SOP}pesan") or dialects.value(
        definition, f"{kind}MessageVariable"
    )
    if tag(event) in _THROWS and (code or message):
        names = f"sop:kode, sop:pesan, {kind}CodeVariable, {kind}MessageVariable"
        source.notes.refuse("attribute_misplaced", event, attribute=names)
    return Trigger(
        kind,
        name,
        variable=slots.variable(source.notes, event, "kode", code),
        text_variable=slots.variable(source.notes, event, "pesan", message),
    )


def _link_name(event: etree._Element, definition: etree._Element) -> str:
    return " ".join((definition.get("name") or event.get("name") or "").split())
