"""The diagram that a file brings along (BPMN DI) as a plan."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from lxml import etree

from workflows.bpmn_xml import BPMN, find_process, local_name
from workflows.errors import InvalidSopError
from workflows.layout.plan import Box, Edge, Plan, Point, Shape
from workflows.layout.straight import join_boxes
from workflows.layout.write import BPMNDI, DC, DI
from workflows.vocabulary import NODE_TAGS, SCOPE_TAGS

MAX_PIECES: Final = 3_000
_FARTHEST: Final = 100_000.0


def read_plan(root: etree._Element) -> Plan | None:
    """None where a node of the process has no place, or one that no picture can show.

    Raises InvalidSopError: no_process, several_processes, invalid_id, picture_too_large.
    """
    plane = _plane(root)
    if plane is None:
        return None
    if len(plane) > MAX_PIECES:
        raise InvalidSopError("picture_too_large", size=len(plane), limit=MAX_PIECES)
    names = {str(one.get("id")): one for one in root.iter(f"{BPMN}*") if one.get("id")}
    shapes: dict[str, Shape] = {}
    for one in plane.findall(f"{BPMNDI}BPMNShape"):
        name, box = one.get("bpmnElement") or "", _bounds(one)
        if name in names and box and name not in shapes:
            shapes[name] = _shape(one, box)
    _find_open(names, shapes)
    if not _is_complete(find_process(root), shapes):
        return None
    return Plan(shapes, _edges(plane, names, shapes))


def _plane(root: etree._Element) -> etree._Element | None:
    """The first that shows pools or a process: further ones show what sub-processes hold."""
    planes = root.findall(f"{BPMNDI}BPMNDiagram/{BPMNDI}BPMNPlane")
    inside = {str(one.get("id")) for tag in SCOPE_TAGS for one in root.iter(f"{BPMN}{tag}")}
    return next((one for one in planes if one.get("bpmnElement") not in inside), None)


def _shape(element: etree._Element, box: Box) -> Shape:
    label = element.find(f"{BPMNDI}BPMNLabel")
    return Shape(
        box,
        None if label is None else _bounds(label),
        expanded=element.get("isExpanded") in ("true", "1"),
        horizontal=element.get("isHorizontal") not in ("false", "0"),
    )


def _bounds(element: etree._Element) -> Box | None:
    bounds = element.find(f"{DC}Bounds")
    if bounds is None:
        return None
    found = [_coordinate(bounds.get(key)) for key in ("x", "y", "width", "height")]
    x, y, w, h = found
    if x is None or y is None or w is None or h is None or w <= 0 or h <= 0:
        return None
    return Box(x, y, w, h)


def _coordinate(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= _FARTHEST else None


def _find_open(names: Mapping[str, etree._Element], shapes: dict[str, Shape]) -> None:
    """Some editors do not say that a sub-process is open; what it holds has a place then."""
    for name, shape in [*shapes.items()]:
        if local_name(names[name]) in SCOPE_TAGS and not shape.expanded:
            inner = [str(one.get("id")) for one in _nodes(names[name])]
            if any(one in shapes and shape.box.holds(shapes[one].box) for one in inner):
                shapes[name] = Shape(shape.box, shape.label, horizontal=shape.horizontal)


def _is_complete(process: etree._Element, shapes: Mapping[str, Shape]) -> bool:
    pending = [process]
    for scope in pending:  # grows while it is walked
        for node in _nodes(scope):
            shape = shapes.get(str(node.get("id")))
            if shape is None:
                return False
            if local_name(node) in SCOPE_TAGS and shape.expanded:
                pending.append(node)
    return True


def _nodes(scope: etree._Element) -> list[etree._Element]:
    return [
        one
        for one in scope.iterchildren(f"{BPMN}*")
        if local_name(one) in NODE_TAGS and one.get("id")
    ]


def _edges(
    plane: etree._Element,
    names: Mapping[str, etree._Element],
    shapes: Mapping[str, Shape],
) -> dict[str, Edge]:
    edges: dict[str, Edge] = {}
    for one in plane.findall(f"{BPMNDI}BPMNEdge"):
        name, points = one.get("bpmnElement") or "", _points(one)
        if name in names and len(points) > 1 and name not in edges:
            label = one.find(f"{BPMNDI}BPMNLabel")
            edges[name] = Edge(points, None if label is None else _bounds(label))
    for name, element in names.items():  # what leads from node to node is shown in any case
        if local_name(element) == "sequenceFlow" and name not in edges:
            ends = (shapes.get(element.get(end) or "") for end in ("sourceRef", "targetRef"))
            source, target = ends
            if source and target:
                edges[name] = Edge(join_boxes(source.box, target.box))
    return edges


def _points(edge: etree._Element) -> tuple[Point, ...]:
    found = []
    for one in edge.findall(f"{DI}waypoint"):
        x, y = _coordinate(one.get("x")), _coordinate(one.get("y"))
        if x is not None and y is not None:
            found.append((x, y))
    return tuple(found)
