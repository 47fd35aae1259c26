"""An SOP that has just been begun: lanes, a start, one step and an end, with its picture."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

from lxml import etree

from workflows.bpmn_xml import BPMN, SOP, find_process, read_xml
from workflows.layout import lay_out, write_diagram
from workflows.pelaksana import Role

MAX_KEY: Final = 60
_KEY: Final = re.compile(rf"[a-z][a-z0-9._-]{{0,{MAX_KEY - 1}}}")
_NAMESPACES: Final = {"bpmn": BPMN[1:-1], "sop": SOP[1:-1]}


def is_key(text: str) -> bool:
    """Whether a new SOP may be known by it: it stands in addresses and file names."""
    return _KEY.fullmatch(text) is not None


def propose_key(name: str) -> str:
    """A key for an SOP of that name; "" where none of its letters can be used."""
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    key = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    key = f"sop-{key}" if key[:1].isdigit() else key
    return key[:MAX_KEY].rstrip("-")


def begin_sop(key: str, name: str, roles: Sequence[Role]) -> bytes:
    """The file of a new SOP with a lane for each role, or one that asks for none yet."""
    root = etree.Element(f"{BPMN}definitions", nsmap=_NAMESPACES)
    root.set("id", "definisi")
    root.set("targetNamespace", "urn:alurkerja:bpmn")
    collaboration = _add(root, "collaboration", "kolaborasi")
    pool = _add(collaboration, "participant", "pool", name)
    pool.set("processRef", key)
    process = _add(root, "process", key, name)
    process.set("isExecutable", "true")
    extensions = etree.SubElement(process, f"{BPMN}extensionElements")
    etree.SubElement(extensions, f"{SOP}identitas")
    _add_lanes(process, roles)
    _add_nodes(process)
    return write(root)


def _add_lanes(process: etree._Element, roles: Sequence[Role]) -> None:
    """The one step stands in the first of them."""
    lanes = _add(process, "laneSet", "jalur")
    for number, role in enumerate(roles or (None,), start=1):
        lane = _add(lanes, "lane", f"jalur_{number}", role.name if role else "Pelaksana")
        if role is not None:
            lane.set(f"{SOP}pelaksana", role.code)
        for node in ("mulai", "kegiatan_1", "selesai") if number == 1 else ():
            etree.SubElement(lane, f"{BPMN}flowNodeRef").text = node


def _add_nodes(process: etree._Element) -> None:
    start = _add(process, "startEvent", "mulai", "Mulai")
    step = _add(process, "userTask", "kegiatan_1", "Kegiatan pertama")
    step.set(f"{SOP}nomor", "1")
    end = _add(process, "endEvent", "selesai", "Selesai")
    for name, source, target in (("ke_kegiatan_1", start, step), ("ke_selesai", step, end)):
        flow = _add(process, "sequenceFlow", name)
        flow.set("sourceRef", str(source.get("id")))
        flow.set("targetRef", str(target.get("id")))
        etree.SubElement(source, f"{BPMN}outgoing").text = name
        etree.SubElement(target, f"{BPMN}incoming").text = name
    step.insert(0, _standard())


def _standard() -> etree._Element:
    extensions = etree.Element(f"{BPMN}extensionElements")
    etree.SubElement(extensions, f"{SOP}mutuBaku").set("waktu", "")
    return extensions


def _add(parent: etree._Element, tag: str, name: str, shown: str = "") -> etree._Element:
    made = etree.SubElement(parent, f"{BPMN}{tag}")
    made.set("id", name)
    if shown:
        made.set("name", shown)
    return made


def draw_anew(xml: bytes) -> bytes:
    """The same process with a picture of our own layout.

    Raises InvalidSopError: what `read_xml` raises; picture_too_large.
    """
    return write(read_xml(xml))


def write(root: etree._Element) -> bytes:
    """The file, laid out anew."""
    write_diagram(root, lay_out(root))
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def call_process(xml: bytes, key: str, name: str = "") -> bytes:
    """The same file with another key of its process, and another name where one is given.

    Raises InvalidSopError as `read_xml` does; duplicate_id when something else has that id.
    """
    root = read_xml(xml)
    process = find_process(root)
    old = str(process.get("id"))
    if name:
        _rename_pool(root, old, name)
        process.set("name", name)
    if old != key:
        for element in root.iter(etree.Element):
            for attribute in ("processRef", "bpmnElement"):
                if element.get(attribute) == old:
                    element.set(attribute, key)
        process.set("id", key)
    changed = bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    read_xml(changed)
    return changed


def _rename_pool(root: etree._Element, key: str, name: str) -> None:
    """The pool of the process is called as it is, unless somebody gave it a name of its own."""
    shown = find_process(root).get("name")
    for pool in root.iterfind(f"{BPMN}collaboration/{BPMN}participant"):
        if pool.get("processRef") == key and pool.get("name") in (shown, None, ""):
            pool.set("name", name)
