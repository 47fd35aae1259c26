"""The part of a diagram around one node, small enough to be read on a phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workflows.layout import Box
from workflows.picture.scene import Scene

_MARGIN: Final = 24.0
ROOM_ABOVE: Final = 64.0  # for the callout, and for the name of the lane above it


@dataclass(frozen=True)
class Crop:
    """How many links away a neighbour may be, and how large the part may become."""

    neighbours: int = 1
    width: float = 420.0
    height: float = 720.0


def find_window(scene: Scene, crop: Crop, whole: Box) -> Box:
    """The node with as many of its neighbours as there is room for; the whole without a node."""
    shape = scene.plan.shapes.get(scene.marks.here)
    if shape is None:
        return whole
    window = box = shape.box
    for name in near(scene, crop.neighbours):
        other = scene.plan.shapes[name]
        window = window.joined(other.box.joined(other.label) if other.label else other.box)
    window = window.grown(_MARGIN)
    window = window.joined(Box(box.x, box.y - ROOM_ABOVE, 1, 1))
    x, w = _within(window.x, window.w, box.cx, crop.width)
    y, h = _within(window.y, window.h, box.cy, crop.height)
    return Box(x, y, w, h)


def _within(low: float, size: float, middle: float, most: float) -> tuple[float, float]:
    """The span cut to its largest size around the middle, but not beyond its own ends."""
    if size <= most:
        return low, size
    start = min(max(middle - most / 2, low), low + size - most)
    return start, most


def near(scene: Scene, steps: int) -> set[str]:
    """`marks.here` and the nodes that are so many flows away from it, in either direction."""
    shapes, found = scene.plan.shapes, {scene.marks.here}
    pairs = []
    for name in scene.plan.edges:
        element = scene.elements[name]
        ends = element.get("sourceRef") or "", element.get("targetRef") or ""
        if scene.tag(name) == "sequenceFlow" and ends[0] in shapes and ends[1] in shapes:
            pairs.append(ends)
    for _ in range(steps):
        found |= {b if a in found else a for a, b in pairs if a in found or b in found}
    return found
