"""Names that stand beside what they name, on a ground that keeps lines from crossing them."""

from __future__ import annotations

from typing import Final

from workflows.layout import Box, Shape
from workflows.layout.measure import LINE, text_width, wrap
from workflows.picture.look import GROUND, INK
from workflows.picture.scene import Scene
from workflows.picture.svg import lines_of_text

HALO: Final = {
    "class_": "t h", "fill": INK, "stroke": GROUND, "stroke_width": 3,
    "stroke_linejoin": "round", "paint_order": "stroke",
}  # fmt: skip
_USUAL: Final = 96.0
_MOST: Final = 6


def beside(scene: Scene, name: str, shape: Shape) -> str:
    """The name of an event, gateway or data object: where the file says, else below."""
    text, label = scene.text(name), shape.label
    if not text:
        return ""
    if label is None:
        label = Box(shape.box.cx - _USUAL / 2, shape.box.bottom + 4, _USUAL, 14)
    return in_label(scene, text, label)


def in_label(scene: Scene, text: str, label: Box) -> str:
    """Centred in the label's box from its top; letters may be wider than the author's. At the side
    of a part it is pushed inwards."""
    size, x = scene.size - 1, label.cx
    lines = wrap(text, max(label.w * 1.08 + 2, 56.0), size, _MOST)
    if scene.window and lines:
        if not scene.window.x < label.cx < scene.window.right:
            return ""  # belongs to what is not seen
        half = max(text_width(line, size) for line in lines) / 2 + 4
        x = max(scene.window.x + half, min(x, scene.window.right - half))
    return lines_of_text(lines, x, label.y, size, **HALO)


def above(text: str, x: float, bottom: float, size: float) -> str:
    lines = wrap(text, _USUAL, size, _MOST)
    return lines_of_text(lines, x, bottom - len(lines) * size * LINE, size, **HALO)
