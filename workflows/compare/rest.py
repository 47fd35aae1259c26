"""What an element says beyond what is read of it: compared as XML, so that nothing is missed."""

from collections.abc import Collection
from copy import deepcopy
from typing import Final
from xml.etree.ElementTree import canonicalize

from lxml import etree

from workflows.bpmn_xml import BPMN, SOP, local_name

# Said elsewhere: by the flows, by the names and texts that are compared one by one.
_DERIVED: Final = frozenset({"incoming", "outgoing", "documentation"})
_LOOP: Final = "LoopCharacteristics"
_EVENT: Final = "EventDefinition"
_SAID: Final = frozenset({"id", "name", "default", "attachedToRef"})
_OURS: Final = ("nomor", "formulir", "unit", "bedaOrang", "strategis")


def rest_of(element: etree._Element, without: Collection[str] = ()) -> str:
    """Canonical XML of the element without its name, texts, flows and our own details of steps;
    `without`: further BPMN children that are left out."""
    copy = deepcopy(element)
    copy.tail = None
    for name in (*_SAID, *(f"{SOP}{name}" for name in _OURS)):
        if name in copy.attrib:
            del copy.attrib[name]
    for child in list(copy):
        if _is_said(child) or local_name(child) in without:
            copy.remove(child)
    for block in copy.findall(f"{BPMN}extensionElements"):
        for ours in (*block.findall(f"{SOP}mutuBaku"), *block.findall(f"{SOP}tangga")):
            block.remove(ours)
        if len(block) == 0:
            copy.remove(block)
    etree.cleanup_namespaces(copy)
    return canonicalize(etree.tostring(copy, encoding="unicode"), strip_text=True)


def texts_of(element: etree._Element) -> tuple[str, ...]:
    """Its documentation, one line each."""
    found = element.findall(f"{BPMN}documentation")
    return tuple(text for one in found if (text := " ".join((one.text or "").split())))


def loop_of(element: etree._Element) -> tuple[str, ...]:
    """What a repeated step says of its repetition; () where it is done once."""
    return _told(element, _LOOP)


def event_of(element: etree._Element) -> tuple[str, ...]:
    """What an event waits for or sends: kind, then its values."""
    return _told(element, _EVENT)


def _told(element: etree._Element, ending: str) -> tuple[str, ...]:
    found = (one for one in element if _is_ours(one) and local_name(one).endswith(ending))
    return tuple(" · ".join((local_name(one).removesuffix(ending), *_values(one))) for one in found)


def _values(element: etree._Element) -> list[str]:
    """Attributes but the id of the element itself, and texts, in the order of the file."""
    values = [
        f"{etree.QName(name).localname}: {value!s}"
        for name, value in sorted(element.attrib.items())
        if name != "id"
    ]
    for one in element.iterdescendants(etree.Element):
        values += [str(value) for _, value in sorted(one.attrib.items())]
        values += [text] if (text := " ".join((one.text or "").split())) else []
    return values


def _is_ours(child: etree._Element) -> bool:
    return isinstance(child.tag, str) and child.tag.startswith(BPMN)


def _is_said(child: etree._Element) -> bool:
    if not _is_ours(child):
        return not isinstance(child.tag, str)  # a comment
    name = local_name(child)
    return name in _DERIVED or name.endswith((_LOOP, _EVENT))
