"""Pools and lanes: frames with their names at the side, or across where only a part is shown."""

from __future__ import annotations

from workflows.layout import Box, Shape
from workflows.layout.measure import LINE, text_width, wrap
from workflows.picture.look import FRAME, INK
from workflows.picture.scene import Scene
from workflows.picture.svg import lines_of_text, number, rect, tag
from workflows.picture.texts import HALO

_HEADER = 30.0


def draw_frame(scene: Scene, name: str, shape: Shape, named: bool) -> str:
    box, pool = shape.box, scene.tag(name) == "participant"
    found = rect(box.x, box.y, box.w, box.h, class_="p", fill="none", stroke=FRAME)
    if not named:
        return found
    if pool and box.h > _HEADER and box.w > _HEADER:
        wide, high = (_HEADER, box.h) if shape.horizontal else (box.w, _HEADER)
        found += rect(box.x, box.y, wide, high, class_="p", fill="none", stroke=FRAME)
    return found + _name(scene, name, shape)


def _name(scene: Scene, name: str, shape: Shape) -> str:
    box, size = shape.box, scene.size
    shut = scene.tag(name) == "participant" and scene.elements[name].get("processRef") is None
    if not shape.horizontal or shut:
        lines = wrap(scene.text(name), box.w - 10, size, 2)
        top = box.cy - len(lines) * size * LINE / 2 if shut else box.y + 4
        return lines_of_text(lines, box.cx, top, size, class_="t", fill=INK)
    lines = wrap(scene.text(name), max(box.h - 12, 20.0), size, 2)
    top = (_HEADER - len(lines) * size * LINE) / 2
    written = lines_of_text(lines, 0, top, size, class_="t", fill=INK)
    place = f"translate({number(box.x)} {number(box.cy)}) rotate(-90)"
    return tag("g", written, transform=place) if written else ""


def name_lane_part(scene: Scene, name: str, shape: Shape, window: Box) -> str:
    """The name of a lane in the corner of the part of it that the window shows."""
    top, bottom = max(shape.box.y, window.y), min(shape.box.bottom, window.bottom)
    if bottom - top < 2 * scene.size:
        return ""
    size = scene.size - 1
    lines = wrap(scene.text(name), window.w - 16, size, 1)
    wide = max((text_width(line, size) for line in lines), default=0.0)
    x = max(window.x, shape.box.x) + 8 + wide / 2
    return lines_of_text(lines, x, top + 5, size, font_weight="bold", **HALO)
