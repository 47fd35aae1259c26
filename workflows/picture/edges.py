"""Flows and associations: lines with arrows, and the marks of default and conditional flows."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

from workflows.bpmn_xml import BPMN
from workflows.layout import Edge, Point
from workflows.picture.look import ADDED, CHANGED, GROUND, INK, REMOVED
from workflows.picture.scene import Scene
from workflows.picture.svg import number, path, tag
from workflows.picture.texts import above, in_label
from workflows.vocabulary import GATEWAY_TAGS

_DOTTED: Final = ("association", "dataInputAssociation", "dataOutputAssociation")
_DASHES: Final = {"messageFlow": "8 4"} | dict.fromkeys(_DOTTED, "1 4")

# State -> class, colour, width of the line.
_STATES: Final = {
    "added": ("l n", ADDED[1], 3.0),
    "removed": ("l r", REMOVED[1], 3.0),
    "changed": ("l m", CHANGED[1], 3.0),
}


def arrow_heads(prefix: str) -> str:
    """What the ends of lines refer to."""
    solid = path("M0 0L10 5L0 10Z", class_="k", fill=INK)
    hollow = path("M1 1L9 5L1 9Z", class_="a", fill=GROUND, stroke=INK)
    opened = path("M1 1L9 5L1 9", class_="i", fill="none", stroke=INK)
    ring = '<circle cx="5" cy="5" r="3.5" class="a" fill="#fff" stroke="#17211e"/>'
    heads = (("f", solid, 10), ("m", hollow, 9), ("o", opened, 9), ("r", ring, 2))
    return "".join(
        tag(
            "marker", shape, id=f"{prefix}-{name}", viewBox="0 0 10 10", refX=at, refY=5,
            markerWidth=9, markerHeight=9, markerUnits="userSpaceOnUse", orient="auto",
        )
        for name, shape, at in heads
    )  # fmt: skip


def draw_edge(scene: Scene, name: str, edge: Edge, prefix: str) -> str:
    kind, state = scene.tag(name), scene.state(name)
    letter, colour, width = _STATES.get(state, ("i", INK, 1.5))
    found = path(
        _d(edge.points),
        class_=letter,
        fill="none",
        stroke=colour,
        stroke_width=width,
        stroke_linejoin="round",
        stroke_dasharray="7 4" if state == "removed" else _DASHES.get(kind),
        marker_start=f"url(#{prefix}-r)" if kind == "messageFlow" else None,
        marker_end=_head(scene, name, kind, prefix),
    )
    return found + (_mark(scene, name, edge) if kind == "sequenceFlow" else "")


def draw_edge_name(scene: Scene, name: str, edge: Edge) -> str:
    text = scene.text(name) if scene.tag(name) in ("sequenceFlow", "messageFlow") else ""
    if not text:
        return ""
    if edge.label:
        return in_label(scene, text, edge.label)
    (x, y), (to_x, to_y) = max(pairwise(edge.points), key=lambda ends: math.dist(*ends))
    return above(text, (x + to_x) / 2, (y + to_y) / 2 - 3, scene.size - 1)


def _head(scene: Scene, name: str, kind: str, prefix: str) -> str | None:
    element = scene.elements[name]
    if kind == "association" and element.get("associationDirection", "None") == "None":
        return None
    letter = {"sequenceFlow": "f", "messageFlow": "m"}.get(kind, "o")
    return f"url(#{prefix}-{letter})"


def _d(points: tuple[Point, ...]) -> str:
    found = f"M{number(points[0][0])} {number(points[0][1])}"
    for (x, y), (to_x, to_y) in pairwise(points):
        if y == to_y:
            found += f"H{number(to_x)}"
        elif x == to_x:
            found += f"V{number(to_y)}"
        else:
            found += f"L{number(to_x)} {number(to_y)}"
    return found


def _mark(scene: Scene, name: str, edge: Edge) -> str:
    """A stroke across a default flow; a diamond at a condition that no gateway asks."""
    element = scene.elements[name]
    source = scene.elements.get(element.get("sourceRef") or "")
    if source is None:
        return ""
    (x, y), (to_x, to_y) = edge.points[:2]
    turn = math.degrees(math.atan2(to_y - y, to_x - x))
    place = f"translate({number(x)} {number(y)}) rotate({number(turn)})"
    if source.get("default") == name:
        return path("M6 5L12-5", class_="i", stroke=INK, stroke_width=1.5, transform=place)
    asked = element.find(f"{BPMN}conditionExpression") is not None
    if asked and scene.tag(str(source.get("id"))) not in GATEWAY_TAGS:
        return path("M0 0L8-5L16 0L8 5Z", class_="a", fill=GROUND, stroke=INK, transform=place)
    return ""
