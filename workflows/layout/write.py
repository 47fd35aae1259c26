"""A layout as the BPMN DI of a file, so that an editor opens it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from workflows.bpmn_xml import BPMN, local_name
from workflows.layout.plan import Box, Edge, Plan, Shape
from workflows.vocabulary import SCOPE_TAGS

BPMNDI: Final = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC: Final = "{http://www.omg.org/spec/DD/20100524/DC}"
DI: Final = "{http://www.omg.org/spec/DD/20100524/DI}"
_PREFIXES: Final = {"bpmndi": BPMNDI[1:-1], "dc": DC[1:-1], "di": DI[1:-1]}


def write_diagram(root: etree._Element, plan: Plan) -> None:
    """Put the plan into the file in the place of every diagram that it has."""
    for old in root.findall(f"{BPMNDI}BPMNDiagram"):
        root.remove(old)
    names = {str(one.get("id")): one for one in root.iter(f"{BPMN}*") if one.get("id")}
    diagram = etree.SubElement(root, f"{BPMNDI}BPMNDiagram", nsmap=_PREFIXES)
    diagram.set("id", _free("diagram", names))
    plane = etree.SubElement(diagram, f"{BPMNDI}BPMNPlane")
    plane.set("id", _free("bidang_gambar", names))
    plane.set("bpmnElement", _plane_element(names, plan))
    for name, shape in plan.shapes.items():
        if name in names:
            _write_shape(plane, name, shape, names)
    for name, edge in plan.edges.items():
        if name in names:
            _write_edge(plane, name, edge, names)


def _plane_element(names: Mapping[str, etree._Element], plan: Plan) -> str:
    """The collaboration where pools are drawn, else the process that holds the first shape."""
    for name in plan.shapes:
        element = names.get(name)
        while element is not None and local_name(element) not in ("collaboration", "process"):
            element = element.getparent()
        if element is not None and element.get("id"):
            return str(element.get("id"))
    return next((n for n, one in names.items() if local_name(one) == "process"), "")


def _free(name: str, names: Mapping[str, etree._Element]) -> str:
    while name in names:
        name += "_"
    return name


def _write_shape(
    plane: etree._Element, name: str, shape: Shape, names: Mapping[str, etree._Element]
) -> None:
    tag = local_name(names[name])
    found = etree.SubElement(plane, f"{BPMNDI}BPMNShape")
    found.set("id", _free(f"{name}_di", names))
    found.set("bpmnElement", name)
    if tag in ("participant", "lane"):
        found.set("isHorizontal", "true" if shape.horizontal else "false")
    if tag in SCOPE_TAGS:
        found.set("isExpanded", "true" if shape.expanded else "false")
    if tag == "exclusiveGateway":
        found.set("isMarkerVisible", "true")
    _write_box(found, shape.box)
    _write_label(found, shape.label)


def _write_edge(
    plane: etree._Element, name: str, edge: Edge, names: Mapping[str, etree._Element]
) -> None:
    found = etree.SubElement(plane, f"{BPMNDI}BPMNEdge")
    found.set("id", _free(f"{name}_di", names))
    found.set("bpmnElement", name)
    for x, y in edge.points:
        point = etree.SubElement(found, f"{DI}waypoint")
        point.set("x", f"{x:g}")
        point.set("y", f"{y:g}")
    _write_label(found, edge.label)


def _write_label(owner: etree._Element, label: Box | None) -> None:
    if label is not None:
        _write_box(etree.SubElement(owner, f"{BPMNDI}BPMNLabel"), label)


def _write_box(owner: etree._Element, box: Box) -> None:
    bounds = etree.SubElement(owner, f"{DC}Bounds")
    for key, value in (("x", box.x), ("y", box.y), ("width", box.w), ("height", box.h)):
        bounds.set(key, f"{value:g}")
