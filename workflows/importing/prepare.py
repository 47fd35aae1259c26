"""A foreign file made ready: one process to be run, lanes with roles, a picture. What need not
change stays byte for byte as it is."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from workflows.blank import draw_anew
from workflows.bpmn_xml import BPMN, SOP, find_process, is_true, parse_hardened, read_xml
from workflows.errors import InvalidAnswerError, InvalidSopError
from workflows.pelaksana import role_for_lane


def processes_of(root: etree._Element) -> list[etree._Element]:
    return root.findall(f"{BPMN}process")


def choose_process(xml: bytes, key: str = "") -> bytes:
    """The file with that process as the only one to be run; "" takes the one that is marked, else
    the one in which most is drawn.

    Raises InvalidSopError as `read_xml` does; InvalidAnswerError: unknown_import_process,
    sop_file_no_process.
    """
    root = parse_hardened(xml)
    found = processes_of(root)
    if not found:
        if root.tag != f"{BPMN}definitions":
            read_xml(xml)  # says what the file is instead
        raise InvalidAnswerError("sop_file_no_process", field="berkas")
    chosen = _pick(root, found, key)
    marked = [one for one in found if is_true(one.get("isExecutable"))]
    if marked == [chosen] or (not marked and _is_read_as_it_is(root, chosen)):
        read_xml(xml)
        return xml
    for one in found:
        one.set("isExecutable", "true" if one is chosen else "false")
    changed = bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
    read_xml(changed)
    return changed


def _pick(root: etree._Element, found: list[etree._Element], key: str) -> etree._Element:
    if key:
        named = [one for one in found if one.get("id") == key]
        if not named:
            raise InvalidAnswerError("unknown_import_process", field="proses", process=key)
        return named[0]
    marked = [one for one in found if is_true(one.get("isExecutable"))]
    return max(marked or found, key=lambda one: len(one.findall(f"{BPMN}sequenceFlow")))


def _is_read_as_it_is(root: etree._Element, chosen: etree._Element) -> bool:
    try:
        return find_process(root) is chosen
    except InvalidSopError:
        return False


def assign_roles(xml: bytes, roles: Mapping[str, str]) -> bytes:
    """The file with these roles for its lanes: id of the lane -> code; lanes that ask for it
    already stay as they are.

    Raises InvalidSopError as `read_xml` does.
    """
    root, changed = read_xml(xml), False
    for lane in find_process(root).iter(f"{BPMN}lane"):
        code = roles.get(str(lane.get("id")), "")
        role = role_for_lane(lane.get(f"{SOP}pelaksana"), lane.get("name") or "")
        if code and (role is None or role.code != code):
            lane.set(f"{SOP}pelaksana", code)
            changed = True
    if not changed:
        return xml
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def lay_out_anew(xml: bytes) -> bytes:
    """The file with a picture, if it has none."""
    return xml if b"BPMNShape" in xml else draw_anew(xml)
