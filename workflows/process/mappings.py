"""What goes into an activity and comes out of it: variables set on arrival, written at its end."""

from dataclasses import replace

from lxml import etree

from workflows.process import dialects, slots
from workflows.process.model import Node
from workflows.process.tree import Source, attribute, ours, parts, tag, text


def read_mappings(source: Source, element: etree._Element, node: Node) -> Node:
    """The node with its inputs and outputs: `sop:masuk` and `sop:keluar`, camunda:inputOutput,
    zeebe:ioMapping. Data associations are documentation unless they compute something."""
    _refuse_assignments(source, element)
    if not parts(element, "extensionElements"):
        return node
    inputs = _own(element, "masuk") + _camunda(source, element, "inputParameter")
    outputs = _own(element, "keluar") + _camunda(source, element, "outputParameter")
    for mapping in dialects.elements(element, "ioMapping"):
        inputs += [_zeebe(row) for row in dialects.children(mapping, "input")]
        outputs += [_zeebe(row) for row in dialects.children(mapping, "output")]
    if not inputs and not outputs:
        return node
    return replace(
        node,
        inputs=node.inputs + slots.mapped(source.notes, element, "masuk", inputs),
        outputs=node.outputs + slots.mapped(source.notes, element, "keluar", outputs),
    )


def _own(element: etree._Element, name: str) -> list[tuple[str, str]]:
    rows = ours(element, name)
    return [(attribute(row, "nama"), attribute(row, "nilai")) for row in rows]


def _zeebe(row: etree._Element) -> tuple[str, str]:
    """A source without "=" is a text as it stands."""
    value = attribute(row, "source")
    return attribute(row, "target"), value if value.startswith("=") else slots.literal(value)


def _camunda(source: Source, element: etree._Element, name: str) -> list[tuple[str, str]]:
    pairs = []
    for mapping in dialects.elements(element, "inputOutput"):
        for row in dialects.children(mapping, name):
            value = camunda_value(row)
            if value is None:
                source.notes.refuse("mapping_unclear", element, text=attribute(row, "name"))
            else:
                pairs.append((attribute(row, "name"), value))
    return pairs


def camunda_value(holder: etree._Element) -> str | None:
    """The expression for what a parameter holds: a text, `${…}`, a list or a map of these; None
    for anything else (a script, places between quotes)."""
    inner = list(holder.iterchildren(etree.Element))
    if not inner:
        return _text_value(text(holder))
    if len(inner) > 1:
        return None
    name = str(etree.QName(inner[0]).localname)
    if name not in ("list", "map"):
        return None
    values = []
    for row in inner[0].iterchildren(etree.Element):
        value = None if len(row) else _bare(text(row))
        if value is None or str(etree.QName(row).localname) != ("value", "entry")[name == "map"]:
            return None
        key = f"{slots.literal(attribute(row, 'key'))}: " if name == "map" else ""
        values.append(key + value)
    joined = ", ".join(values)
    return f"${{[{joined}]}}" if name == "list" else f"${{{{{joined}}}}}"


def _text_value(written: str) -> str | None:
    """A text with places `${…}` in it is computed as a whole, any other one stands for itself."""
    if not slots.computed(written):
        return slots.literal(written)
    quoted = slots.whole(written) is None and set(written) & set("\"'")
    return None if quoted or written.startswith("=") else written


def _bare(written: str) -> str | None:
    inside = slots.whole(written)
    if inside is not None:
        return inside
    return None if slots.computed(written) else slots.literal(written)


def _refuse_assignments(source: Source, element: etree._Element) -> None:
    for association in parts(element, "dataInputAssociation", "dataOutputAssociation"):
        if parts(association, "assignment", "transformation"):
            source.notes.refuse("data_assignment", element, kind=tag(association))
