"""Tasks, sub-processes, gateways, data and annotations, each with its state."""

from __future__ import annotations

from typing import Final

from lxml import etree

from workflows.bpmn_xml import BPMN, is_true
from workflows.layout import Box, Shape
from workflows.layout.measure import LINE, text_width, wrap
from workflows.picture.events import draw_event
from workflows.picture.look import ACTIVE, ADDED, CHANGED, DONE, GROUND, INK, REMOVED
from workflows.picture.scene import Scene
from workflows.picture.signs import foot_sign, state_sign, task_sign
from workflows.picture.svg import circle, lines_of_text, moved, number, path, rect
from workflows.picture.texts import beside
from workflows.vocabulary import EVENT_TAGS, GATEWAY_TAGS, SCOPE_TAGS

_INK: Final = {"class_": "i", "fill": "none", "stroke": INK}
_SIGN: Final = 20.0  # what the sign of a task takes of its corner
_SEEN: Final = 50.0  # of a box at the side of a part, so that its name is worth reading
_SMALLEST: Final = 9.0  # letters in a box
_GATEWAYS: Final = {
    "exclusiveGateway": "M-8-8L8 8M8-8L-8 8",
    "parallelGateway": "M-12 0H12M0-12V12",
    "complexGateway": "M-12 0H12M0-12V12M-8-8L8 8M8-8L-8 8",
}
# State -> class, colours, width of the outline.
_STATES: Final = {
    "active": ("c", ACTIVE, 4.0),
    "done": ("d", DONE, 1.5),
    "added": ("n", ADDED, 3.0),
    "removed": ("r", REMOVED, 3.0),
    "changed": ("m", CHANGED, 3.0),
}


def draw_node(scene: Scene, name: str, shape: Shape) -> str:
    tag, box, state = scene.tag(name), shape.box, scene.state(name)
    if tag in EVENT_TAGS:
        found = draw_event(scene.elements[name], tag, box, paint(state))
        found += beside(scene, name, shape)
    elif tag in GATEWAY_TAGS:
        found = _gateway(tag, box, state) + beside(scene, name, shape)
    elif tag == "textAnnotation":
        found = _annotation(scene, name, box)
    elif tag in ("dataObjectReference", "dataStoreReference", "dataObject"):
        found = _data(tag, box) + beside(scene, name, shape)
    elif tag == "group":
        found = rect(box.x, box.y, box.w, box.h, rx=8, stroke_dasharray="8 4 2 4", **_INK)
    else:
        found = _activity(scene, name, shape)
    sign = state_sign(state) if tag != "group" else ""
    return found + (moved(sign, box.right - 2, box.y + 2) if sign else "")


def paint(state: str) -> dict[str, object]:
    """The attributes of the outline."""
    if state in _STATES:
        letter, (fill, stroke), width = _STATES[state]
        found = {"class_": letter, "fill": fill, "stroke": stroke, "stroke_width": width}
        return found | ({"stroke_dasharray": "7 4"} if state == "removed" else {})
    return {"class_": "a", "fill": GROUND, "stroke": INK, "stroke_width": 1.5}


def _activity(scene: Scene, name: str, shape: Shape) -> str:
    element, tag, box = scene.elements[name], scene.tag(name), shape.box
    outline = paint(scene.state(name))
    if tag == "callActivity":
        outline["stroke_width"] = 5
    if is_true(element.get("triggeredByEvent")):
        outline["stroke_dasharray"] = "2 3"
    found = rect(box.x, box.y, box.w, box.h, rx=10, **outline)
    if tag == "transaction":
        found += rect(box.x + 3, box.y + 3, box.w - 6, box.h - 6, rx=7, **_INK)
    feet = _feet(element, tag, shape)
    for at, kind in enumerate(feet):
        x = box.cx + 16 * (at - (len(feet) - 1) / 2)
        found += moved(foot_sign(kind), x, box.bottom - 10)
    sign = task_sign(tag)
    found += moved(sign, box.x + 13, box.y + 12) if sign else ""
    opened = tag in SCOPE_TAGS and shape.expanded
    if scene.window:  # the name is broken so that what is seen of the box has room for it
        cut = box.shared(scene.window)
        box = cut if cut.w >= _SEEN else box
    return found + _inside(scene.text(name), box, scene.size, bool(sign), bool(feet), opened)


def _feet(element: etree._Element, tag: str, shape: Shape) -> list[str]:
    found = []
    loop = element.find(f"{BPMN}multiInstanceLoopCharacteristics")
    if loop is not None:
        found.append("sequential" if is_true(loop.get("isSequential")) else "parallel")
    elif element.find(f"{BPMN}standardLoopCharacteristics") is not None:
        found.append("loop")
    if is_true(element.get("isForCompensation")):
        found.append("compensation")
    if tag == "adHocSubProcess":
        found.append("adhoc")
    if tag in SCOPE_TAGS and not shape.expanded:
        found.append("collapsed")
    return found


def _inside(text: str, box: Box, size: float, sign: bool, feet: bool, opened: bool) -> str:
    """The name in the middle; at the top of what is open; below the sign if there is no room."""
    high = size * LINE
    if opened:
        lines = wrap(text, box.w - 20, size, 2)
        return lines_of_text(lines, box.cx, box.y + 6, size, class_="t", fill=INK)
    longest = max((text_width(word, size) for word in text[:300].split()), default=0.0)
    if longest > box.w - 10:  # rather smaller than broken within a word
        size = max(size * (box.w - 10) / longest, _SMALLEST)
        high = size * LINE
    head, foot = 3.0, 18.0 if feet else 3.0
    lines = wrap(text, box.w - 10, size, max(1, int((box.h - head - foot) / high)))
    free = box.h - (2 * head if not feet else head + foot) - len(lines) * high
    if (
        sign
        and lines
        and free / 2 + head < _SIGN
        and text_width(lines[0], size) > box.w - 2 * _SIGN
    ):
        head = _SIGN
        lines = wrap(text, box.w - 10, size, max(1, int((box.h - head - foot) / high)))
        free = box.h - head - foot - len(lines) * high
    y = box.y + head + max(0.0, free / 2)
    return lines_of_text(lines, box.cx, y, size, class_="t", fill=INK)


def _gateway(tag: str, box: Box, state: str) -> str:
    x, y = number(box.cx), number(box.cy)
    found = path(
        f"M{x} {number(box.y)}L{number(box.right)} {y}L{x} {number(box.bottom)}"
        f"L{number(box.x)} {y}Z",
        **paint(state),
    )
    if tag == "inclusiveGateway":
        return found + circle(box.cx, box.cy, 11, stroke_width=2.5, **_INK)
    if tag == "eventBasedGateway":
        found += circle(box.cx, box.cy, 14, **_INK) + circle(box.cx, box.cy, 11.5, **_INK)
        return found + moved(path("M0-8L8-2L5 7H-5L-8-2Z", **_INK), box.cx, box.cy)
    sign = path(_GATEWAYS.get(tag, ""), stroke_width=3, **_INK)
    return found + moved(sign, box.cx, box.cy)


def _annotation(scene: Scene, name: str, box: Box) -> str:
    bracket = path(
        f"M{number(box.x + 10)} {number(box.y)}H{number(box.x)}V{number(box.bottom)}"
        f"H{number(box.x + 10)}",
        **_INK,
    )
    size = scene.size
    rows = max(1, int((box.h - 4) / (size * LINE)))
    lines = wrap(scene.text(name), box.w - 10, size, rows)
    top = box.y + max(2.0, (box.h - len(lines) * size * LINE) / 2)
    return bracket + lines_of_text(lines, box.cx + 3, top, size, class_="t", fill=INK)


def _data(tag: str, box: Box) -> str:
    outline, (x, y), (w, h) = paint(""), (box.x, box.y), (box.w, box.h)
    if tag == "dataStoreReference":
        d = f"M0 6V{number(h - 6)}A{number(w / 2)} 6 0 0 0 {number(w)} {number(h - 6)}V6"
        d += f"A{number(w / 2)} 6 0 0 0 0 6A{number(w / 2)} 6 0 0 0 {number(w)} 6"
        return moved(path(d, **outline), x, y)
    fold = min(12.0, w / 3)
    d = f"M0 0H{number(w - fold)}L{number(w)} {number(fold)}V{number(h)}H0Z"
    return moved(path(d + f"M{number(w - fold)} 0V{number(fold)}H{number(w)}", **outline), x, y)
