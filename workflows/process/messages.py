"""Names and codes of messages, signals, errors and escalations, and what goes with a message."""

from typing import Final

from lxml import etree

from workflows.process import dialects, slots
from workflows.process.model import Mapped
from workflows.process.tree import Source, attribute, ours, tag

# Event definition -> (its reference, what it refers to, the attribute that names it).
_NAMED: Final = {
    "messageEventDefinition": ("messageRef", "message", "name"),
    "signalEventDefinition": ("signalRef", "signal", "name"),
    "errorEventDefinition": ("errorRef", "error", "errorCode"),
    "escalationEventDefinition": ("escalationRef", "escalation", "escalationCode"),
}


def has_reference(definition: etree._Element) -> bool:
    return bool(attribute(definition, _NAMED[tag(definition)][0]))


def read_name(source: Source, event: etree._Element, definition: etree._Element) -> str:
    """The name or code that an event definition refers to; "" with a refusal where it refers to
    nothing."""
    reference, kind, key = _NAMED[tag(definition)]
    return _resolve(source, event, attribute(definition, reference), reference, kind, key)


def read_message(source: Source, task: etree._Element) -> str:
    """The name of the message that a send or receive task refers to, as `read_name`."""
    reference = attribute(task, "messageRef")
    return _resolve(source, task, reference, "messageRef", "message", "name")


def _resolve(
    source: Source, event: etree._Element, value: str, reference: str, kind: str, key: str
) -> str:
    if not value:
        source.notes.refuse("reference_missing", event, reference=reference, kind=kind)
        return ""
    target = source.shared.get(value)
    if target is None or tag(target) != kind:
        source.notes.refuse("reference_unknown", event, reference=reference, text=value)
        return ""
    name = attribute(target, key) or attribute(target, "name") or value
    if slots.computed(name):
        source.notes.refuse("name_is_expression", event, kind=kind, text=name)
    return " ".join(name.split())


def read_payload(
    source: Source, event: etree._Element, definition: etree._Element | None
) -> Mapped:
    """The `sop:isi` rows on the event and on its definition, or a signal's camunda:in."""
    rows = [one for holder in _holders(event, definition) for one in ours(holder, "isi")]
    pairs = [(attribute(row, "nama"), attribute(row, "nilai")) for row in rows]
    if definition is not None and tag(definition) == "signalEventDefinition":
        for row in dialects.elements(definition, "in"):
            value = attribute(row, "sourceExpression") or attribute(row, "source")
            if attribute(row, "variables"):
                source.notes.refuse("mapping_all", event)
            else:
                pairs.append((attribute(row, "target"), value))
    return slots.mapped(source.notes, event, "sop:isi", pairs)


def read_keys(
    source: Source,
    event: etree._Element,
    definition: etree._Element | None,
    *,
    catches: bool,
) -> Mapped:
    """The correlation keys of a message: `sop:kunci`, zeebe:subscription, BPMN's own."""
    rows = [one for holder in _holders(event, definition) for one in ours(holder, "kunci")]
    pairs = [(attribute(row, "nama"), attribute(row, "nilai")) for row in rows]
    holder = definition if definition is not None else event
    reference = attribute(holder, "messageRef")
    message = source.shared.get(reference)
    if not pairs and message is not None:
        pairs = _zeebe(message) if catches else []
        pairs = pairs or _correlation(source, event, reference, catches=catches)
    return slots.mapped(source.notes, event, "sop:kunci", pairs)


def _holders(
    event: etree._Element, definition: etree._Element | None
) -> tuple[etree._Element, ...]:
    return (event,) if definition is None else (event, definition)


def _zeebe(message: etree._Element) -> list[tuple[str, str]]:
    found = dialects.elements(message, "subscription")
    values = (attribute(one, "correlationKey") for one in found)
    return [("correlationKey", value) for value in values if value]


def _correlation(
    source: Source, event: etree._Element, message: str, *, catches: bool
) -> list[tuple[str, str]]:
    """BPMN's own correlation where it is plain: a thrown message carries what its retrieval
    expression yields, a caught one must match the data path of the process's subscription."""
    pairs = []
    for name, path in source.retrievals.get(message, ()):
        element = source.data_paths.get(name) if catches else path
        value = "" if element is None else slots.notated(source.notes, event, element)
        if value:
            pairs.append((attribute(source.shared[name], "name") or name, value))
        else:
            source.notes.refuse("correlation_unclear", event, property=name)
    return pairs
