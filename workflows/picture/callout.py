"""The bubble that says "You are here"."""

from __future__ import annotations

from workflows.layout import Box
from workflows.layout.measure import text_width, wrap
from workflows.picture.look import CALLOUT
from workflows.picture.svg import lines_of_text, number, path, rect

_GAP = 9.0


def place_callout(text: str, node: Box, size: float, within: Box) -> Box:
    """Above the node, inside the sides of `within` where it fits."""
    lines = wrap(text, 260, size, 1)
    w = max((text_width(line, size) for line in lines), default=0) + 20
    h = size + 12
    x = min(max(node.cx - w / 2, within.x + 2), max(within.right - w - 2, within.x + 2))
    return Box(x, node.y - h - _GAP, w, h)


def draw_callout(text: str, node: Box, box: Box, size: float) -> str:
    x = min(max(node.cx, box.x + 12), box.right - 12)
    tip = (
        f"M{number(x - 7)} {number(box.bottom - 1)}H{number(x + 7)}"
        f"L{number(node.cx)} {number(node.y - 1)}Z"
    )
    colour = {"class_": "b", "fill": CALLOUT[0]}
    bubble = rect(box.x, box.y, box.w, box.h, rx=6, **colour) + path(tip, **colour)
    lines = wrap(text, 260, size, 1)
    words = lines_of_text(
        lines, box.cx, box.y + 5, size, class_="w", fill=CALLOUT[1], font_weight="bold"
    )
    return bubble + words
