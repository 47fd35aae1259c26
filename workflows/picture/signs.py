"""The small signs of BPMN: in the corner of a task, inside an event, at the foot of an activity.

Each is drawn around (0, 0); those of events reach 9 in each direction, the others 7.
"""

from collections.abc import Mapping
from typing import Final

from workflows.picture.look import ADDED, CHANGED, GROUND, INK, REMOVED
from workflows.picture.svg import circle, path

_LINE: Final = {"class_": "i", "fill": "none", "stroke": INK}
_SOLID: Final = {"class_": "k", "fill": INK}

_ENVELOPE: Final = "M-8-5.5H8V5.5H-8ZL0 1L8-5.5"
_TASKS: Final[Mapping[str, str]] = {
    "userTask": "M-6.5 6.5V4C-6.5 1-4-.5-2 .2A3.6 3.6 0 1 1 2 .2C4-.5 6.5 1 6.5 4V6.5Z",
    "manualTask": "M-7 5V-1L-2-6L-1-5L-3-2H6A1.2 1.2 0 0 1 6 .3H1H6.5A1.2 1.2 0 0 1 6.5 2.6H1"
    "H5.5A1.2 1.2 0 0 1 5.5 5ZM6 .3M1 .3",
    "serviceTask": "M-1.4-7H1.4L1.8-5L3.6-4.2L5.3-5.3L7-3.4L5.6-1.6L5.9 0L7 1.8L5.3 3.9L3.4 3.3"
    "L1.8 4.6L1.4 6.8H-1.4L-1.8 4.6L-3.4 3.3L-5.3 3.9L-7 1.8L-5.9 0L-5.6-1.6L-7-3.4L-5.3-5.3"
    "L-3.6-4.2L-1.8-5ZM2.2 0A2.2 2.2 0 1 0-2.2 0A2.2 2.2 0 1 0 2.2 0",
    "scriptTask": "M-3-6.5H6.5C2-3 7 2 3 6.5H-6.5C-2 3-7-2-3-6.5ZM-2-3.5H3M-2.5 0H3.5M-1 3.3H4",
    "businessRuleTask": "M-7-6H7V6H-7ZM-7-2.5H7M-7 1.8H7M-3-2.5V6",
    "receiveTask": _ENVELOPE,
}
_EVENTS: Final[Mapping[str, str]] = {
    "message": _ENVELOPE,
    "signal": "M0-8L8 6H-8Z",
    "error": "M-7 7L-3-7L2.5 1L7-7L3.5 7L-2-1Z",
    "escalation": "M0-8L6 7L0 1L-6 7Z",
    "link": "M-8-3.5H2V-7.5L9 0L2 7.5V3.5H-8Z",
    "compensate": "M0-6L-8 0L0 6ZM8-6L0 0L8 6Z",
    "cancel": "M-7-5L-5-7L0-2L5-7L7-5L2 0L7 5L5 7L0 2L-5 7L-7 5L-2 0Z",
    "multiple": "M0-8L8-2L5 7H-5L-8-2Z",
    "parallel": "M-2.5-8H2.5V-2.5H8V2.5H2.5V8H-2.5V2.5H-8V-2.5H-2.5Z",
}
_CLOCK: Final = "M0-5.5V0L4 2.5M0-8.5V-6.8M0 6.8V8.5M-8.5 0H-6.8M6.8 0H8.5"
_SHEET: Final = "M-6-8H6V8H-6ZM-4-5H4M-4-1.7H4M-4 1.7H4M-4 5H4"
_FEET: Final[Mapping[str, str]] = {
    "parallel": "M-4-6V6M0-6V6M4-6V6",
    "sequential": "M-6-4H6M-6 0H6M-6 4H6",
    "loop": "M-2.5 5.5A6 6 0 1 1 2.5 5.5M-6 5.5H-2.2V1.8",
    "compensation": "M0-5L-6 0L0 5ZM6-5L0 0L6 5Z",
    "adhoc": "M-6 1.5C-4-4 1 4 6-1.5",
    "collapsed": "M-6-6H6V6H-6ZM0-4V4M-4 0H4",
}
TICK: Final = "M-4 0L-1 3.5L5-4"
# State -> class and colour of the disc, and what is drawn on it.
_STATES: Final[Mapping[str, tuple[str, str, str]]] = {
    "done": ("k", INK, TICK),
    "added": ("y", ADDED[1], "M-4 0H4M0-4V4"),
    "removed": ("z", REMOVED[1], "M-4 0H4"),
    "changed": ("v", CHANGED[1], "M0-4L4 3H-4Z"),
}


def task_sign(tag: str) -> str:
    """ "" for a task of no special kind."""
    if tag == "sendTask":
        return _filled_envelope()
    return path(_TASKS[tag], **_LINE) if tag in _TASKS else ""


def event_sign(kind: str, throws: bool) -> str:
    """`kind`: the definition without "EventDefinition"; what throws is filled."""
    if kind == "terminate":
        return circle(0, 0, 9.5, **_SOLID)
    if kind == "timer":
        return circle(0, 0, 9, **_LINE) + path(_CLOCK, **_LINE)
    if kind == "conditional":
        return path(_SHEET, **_LINE)
    if kind == "message" and throws:
        return _filled_envelope()
    return path(_EVENTS[kind], **(_SOLID if throws else _LINE)) if kind in _EVENTS else ""


def foot_sign(kind: str) -> str:
    width = 2 if kind in ("parallel", "sequential") else None
    return path(_FEET[kind], stroke_width=width, **_LINE)


def state_sign(state: str) -> str:
    """What stands at the corner of a node in that state; "" for one that its outline tells."""
    if state not in _STATES:
        return ""
    letter, colour, d = _STATES[state]
    disc = circle(0, 0, 8, class_=letter, fill=colour)
    return disc + path(d, class_="h", fill="none", stroke=GROUND, stroke_width=2)


def _filled_envelope() -> str:
    return path("M-8-5.5H8V5.5H-8Z", **_SOLID) + path(
        "M-8-5L0 1L8-5", class_="h", fill="none", stroke=GROUND
    )
