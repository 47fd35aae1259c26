"""How large each kind of node is drawn, and how much room its name takes beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from workflows.layout.measure import block
from workflows.layout.scopes import DATA_TAGS, Item
from workflows.vocabulary import EVENT_TAGS, GATEWAY_TAGS

FONT: Final = 12.0
SMALL: Final = 11.0  # names that stand beside something
EVENT: Final = 36.0
_TASK: Final = (130.0, 80.0)
_WIDE: Final = 170.0
_BESIDE: Final = 110.0  # where the name of an event or gateway is broken
_AT_EDGE: Final = 66.0  # and that of a boundary event
ON_FLOW: Final = 96.0
_SLOT: Final = 8.0


@dataclass(frozen=True)
class Size:
    """`label`: width and height of a name beside the shape, (0, 0) where it stands inside."""

    w: float
    h: float
    label: tuple[float, float] = (0.0, 0.0)


def size_of(item: Item, inner: tuple[float, float] | None, guests: Sequence[Item]) -> Size:
    """`inner`: what an expanded sub-process holds; `guests`: the boundary events on its edge."""
    if item.tag in EVENT_TAGS:
        return Size(EVENT, EVENT, _label(item.text, _AT_EDGE if item.host else _BESIDE))
    if item.tag in GATEWAY_TAGS:
        return Size(50.0, 50.0, _label(item.text, _BESIDE))
    if item.tag in DATA_TAGS:
        width = 36.0 if item.tag == "dataObjectReference" else 50.0
        return Size(width, 50.0, _label(item.text, _BESIDE))
    if item.tag == "textAnnotation":
        wide, high = block(item.text, 140.0, FONT)
        return Size(_even(max(wide, 60.0) + 16), _even(high + 12))
    wide, high = inner or _task(item.text, EVENT / 2 if guests else 0.0)
    edge = sum(slot_of(guest) for guest in guests) + 20.0
    return Size(_even(max(wide, edge)), _even(high))


def slot_of(guest: Item) -> float:
    """How much of its activity's edge a boundary event takes, with its name."""
    wide = _label(guest.text, _AT_EDGE)[0]
    return EVENT + (wide + 3.0 if wide else 0.0) + _SLOT


def flow_label(text: str) -> tuple[float, float]:
    return _label(text, ON_FLOW)


def _label(text: str, width: float) -> tuple[float, float]:
    return block(text, width, SMALL) if text else (0.0, 0.0)


def _task(text: str, edge: float) -> tuple[float, float]:
    """`edge`: what boundary events cover of it."""
    width = _TASK[0] if block(text, _TASK[0] - 12, FONT)[1] <= _TASK[1] - 22 else _WIDE
    return width, max(_TASK[1], block(text, width - 12, FONT)[1] + 24 + 2 * edge)


def _even(number: float) -> float:
    return float(2 * round((number + 1) // 2))
