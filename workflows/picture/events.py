"""Events: one ring for a start, two in between, a thick one at an end, and what they wait for."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from workflows.bpmn_xml import BPMN, is_true, local_name
from workflows.layout import Box
from workflows.picture.signs import event_sign
from workflows.picture.svg import circle, moved

_DEFINITION = "EventDefinition"


def draw_event(element: etree._Element, tag: str, box: Box, outline: Mapping[str, object]) -> str:
    radius = min(box.w, box.h) / 2
    paint = dict(outline)
    if tag == "endEvent":
        paint["stroke_width"] = 4
    if not _interrupts(element, tag):
        paint["stroke_dasharray"] = "4 3"
    found = circle(box.cx, box.cy, radius, **paint)
    if tag not in ("startEvent", "endEvent"):
        found += circle(box.cx, box.cy, radius - 3, **{**paint, "fill": "none", "stroke_width": 1})
    sign = event_sign(kind_of(element), tag in ("endEvent", "intermediateThrowEvent"))
    return found + (moved(sign, box.cx, box.cy) if sign else "")


def kind_of(element: etree._Element) -> str:
    """What the event waits for or throws; "" for nothing, "multiple" or "parallel" for several."""
    kinds = [
        local_name(one).removesuffix(_DEFINITION)
        for one in element.iterchildren(f"{BPMN}*")
        if local_name(one).endswith(_DEFINITION)
    ]
    if len(kinds) > 1:
        return "parallel" if is_true(element.get("parallelMultiple")) else "multiple"
    return kinds[0] if kinds else ""


def _interrupts(element: etree._Element, tag: str) -> bool:
    key = {"boundaryEvent": "cancelActivity", "startEvent": "isInterrupting"}.get(tag)
    return key is None or element.get(key) not in ("false", "0")
