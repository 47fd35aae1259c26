"""A part of a diagram drawn together: what lies far apart with nothing between comes closer.

Order, lanes and lines stay as they are; only empty stretches become short.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from workflows.layout import Box, Edge, Plan, Shape
from workflows.picture.crop import ROOM_ABOVE, Crop, near
from workflows.picture.scene import Scene
from workflows.vocabulary import SCOPE_TAGS

_ACROSS: Final = 34.0  # what is left of an empty stretch
_DOWN: Final = 40.0
_TAG: Final = 24.0  # what the name of a lane takes below its upper line
_FRAMES: Final = ("participant", "lane")


@dataclass(frozen=True)
class _Axis:
    """Where old coordinates go: `old` and `new` have the same knots, straight between them."""

    old: tuple[float, ...]
    new: tuple[float, ...]

    def __call__(self, value: float) -> float:
        at = bisect_right(self.old, value) - 1
        if at < 0:
            return value - self.old[0] + self.new[0]
        if at == len(self.old) - 1:
            return value - self.old[-1] + self.new[-1]
        length = self.old[at + 1] - self.old[at]
        share = (value - self.old[at]) / length if length else 0.0
        return self.new[at] + share * (self.new[at + 1] - self.new[at])


def squeeze(scene: Scene, crop: Crop) -> Scene:
    """The scene with only `marks.here`, its neighbours, and what leads from and to them."""
    kept = near(scene, crop.neighbours)
    shapes = scene.plan.shapes
    boxes = [shapes[name].box for name in kept]
    boxes += [shape.label for name in kept if (shape := shapes[name]).label]
    here = shapes[scene.marks.here].box
    boxes.append(Box(here.x, here.y - ROOM_ABOVE, here.w, ROOM_ABOVE))
    tops = [
        (shapes[name].box.y, shapes[name].box.y + _TAG)
        for name in shapes
        if scene.tag(name) == "lane" and any(shapes[name].box.holds(shapes[n].box) for n in kept)
    ]
    across = _shorten(((box.x, box.right) for box in boxes), _ACROSS)
    down = _shorten([*((box.y, box.bottom) for box in boxes), *tops], _DOWN)
    found = {name: _move(shape, across, down) for name, shape in shapes.items() if name in kept}
    frames = {
        name: Shape(_stretch(shape.box, across, down), horizontal=shape.horizontal)
        for name, shape in shapes.items()
        if name not in kept and _is_around(scene, name, kept)
    }
    edges = {
        name: Edge(
            tuple((across(x), down(y)) for x, y in edge.points),
            edge.label and _carry(edge.label, across, down),
        )
        for name, edge in scene.plan.edges.items()
        if {scene.elements[name].get(end) for end in ("sourceRef", "targetRef")} & kept
    }
    return replace(scene, plan=Plan({**frames, **found}, edges))


def _is_around(scene: Scene, name: str, kept: Iterable[str]) -> bool:
    shapes, tag = scene.plan.shapes, scene.tag(name)
    if tag in _FRAMES:
        return True
    return tag in SCOPE_TAGS and any(shapes[name].box.holds(shapes[one].box) for one in kept)


def _shorten(taken: Iterable[tuple[float, float]], most: float) -> _Axis:
    old: list[float] = []
    new: list[float] = []
    for low, high in sorted(taken):
        if not old:
            old, new = [low, high], [low, high]
        elif low > old[-1]:
            start = new[-1] + min(low - old[-1], most)
            old += [low, high]
            new += [start, start + high - low]
        elif high > old[-1]:
            new[-1] += high - old[-1]
            old[-1] = high
    return _Axis(tuple(old), tuple(new))


def _move(shape: Shape, across: _Axis, down: _Axis) -> Shape:
    label = shape.label and _carry(shape.label, across, down)
    return replace(shape, box=_carry(shape.box, across, down), label=label)


def _carry(box: Box, across: _Axis, down: _Axis) -> Box:
    """Of the same size, its middle where it now belongs."""
    return Box(across(box.cx) - box.w / 2, down(box.cy) - box.h / 2, box.w, box.h)


def _stretch(box: Box, across: _Axis, down: _Axis) -> Box:
    x, y = across(box.x), down(box.y)
    return Box(x, y, across(box.right) - x, down(box.bottom) - y)
