"""The process itself: its name, identity block, data, and whether it is drawn alike."""

from copy import deepcopy
from typing import Final
from xml.etree.ElementTree import canonicalize

from lxml import etree

from workflows.bpmn_xml import BPMN, SOP, local_name
from workflows.compare.ladders import ladder_change
from workflows.compare.rest import texts_of
from workflows.compare.values import Change, change, only_changes
from workflows.drawing import Drawing, rows
from workflows.vocabulary import IDENTITAS_ATTRIBUTES, IDENTITAS_ROWS, NODE_TAGS

_DIAGRAM: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNDiagram"
_COMPARED: Final = frozenset({*NODE_TAGS, "sequenceFlow", "laneSet", "documentation"})


def proses(before: Drawing, after: Drawing) -> tuple[Change, ...]:
    found = only_changes(
        change("nama", before.name, after.name),
        change("data_awal", _data(before), _data(after)),
        ladder_change(before.tangga, after.tangga),
        change("uraian", texts_of(before.process), texts_of(after.process)),
    )
    same = _rest(before) == _rest(after)
    return found if same else (*found, Change("lainnya", (), ("",)))


def identitas(before: Drawing, after: Drawing) -> tuple[Change, ...]:
    old, new = before.identitas, after.identitas
    single = (
        change(name, _attribute(old, name), _attribute(new, name)) for name in IDENTITAS_ATTRIBUTES
    )
    several = (change(name, _rows(old, name), _rows(new, name)) for name in IDENTITAS_ROWS)
    return only_changes(*single, *several)


def drawn_alike(before: etree._Element, after: etree._Element) -> bool:
    return _diagrams(before) == _diagrams(after)


def _diagrams(root: etree._Element) -> list[str]:
    texts = (
        etree.tostring(one, encoding="unicode", with_tail=False) for one in root.iter(_DIAGRAM)
    )
    return [canonicalize(text, strip_text=True) for text in texts]


def _data(drawing: Drawing) -> tuple[str, ...]:
    return tuple(" · ".join(value for value in one.values() if value) for one in drawing.data_awal)


def _attribute(block: etree._Element | None, name: str) -> str:
    return "" if block is None else " ".join((block.get(name) or "").split())


def _rows(block: etree._Element | None, name: str) -> tuple[str, ...]:
    return () if block is None else rows(block, name)


def _rest(drawing: Drawing) -> list[str]:
    """Properties, messages, signals, data objects …: whatever no other part of the comparison
    looks at, beside the diagram and the notes that are only written on it."""
    found = [_canonical(one) for one in drawing.process if _is_rest(one)]
    root = drawing.process.getroottree().getroot()
    found += [_canonical(one) for one in root if one.tag.startswith(BPMN) and _is_global(one)]
    return sorted(found)


def _is_rest(element: etree._Element) -> bool:
    if not isinstance(element.tag, str) or local_name(element) in _COMPARED:
        return False
    if element.tag == f"{BPMN}extensionElements":
        return any(child.tag not in _OWN for child in element)
    return True


_OWN: Final = frozenset({f"{SOP}identitas", f"{SOP}dataAwal", f"{SOP}tangga"})


def _is_global(element: etree._Element) -> bool:
    return local_name(element) not in ("process", "collaboration")


def _canonical(element: etree._Element) -> str:
    copy = deepcopy(element)
    copy.tail = None
    etree.cleanup_namespaces(copy)
    return canonicalize(etree.tostring(copy, encoding="unicode"), strip_text=True)
