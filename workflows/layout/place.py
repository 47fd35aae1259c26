"""Coordinates for one scope: columns and channels from left to right, strips from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workflows.layout.axes import Axes, find_axes
from workflows.layout.grid import Ordered, order_scope
from workflows.layout.lines import draw_route
from workflows.layout.plan import Box, Edge, Plan, Shape
from workflows.layout.scopes import Item, Scope
from workflows.layout.sizes import EVENT, Size, size_of, slot_of

_INSIDE: Final = (20.0, 36.0)  # room at the sides and above in an expanded sub-process


@dataclass(frozen=True)
class Placed:
    """A scope from (0, 0) on. `bands`: top and height of each."""

    plan: Plan
    w: float
    h: float
    bands: tuple[tuple[float, float], ...]


def place_scope(scope: Scope, band: Mapping[str, int], bands: int) -> Placed:
    """Lay a scope out with everything inside it; `band`: node -> band, 0 where it is not named."""
    inner = {one.id: place_scope(one.inner, {}, 1) for one in scope.items if one.inner}
    guests: dict[str, list[Item]] = {}
    for item in scope.items:
        if item.host:
            guests.setdefault(item.host, []).append(item)
    sizes = {
        item.id: size_of(item, _room(inner.get(item.id)), guests.get(item.id, ()))
        for item in scope.items
    }
    ordered = order_scope(scope, band, bands)
    axes, spans = find_axes(ordered, scope, sizes, guests)
    shapes: dict[str, Shape] = {}
    edges: dict[str, Edge] = {}
    for item in scope.items:
        if item.host is None:
            _put(item, ordered, axes, sizes, shapes)
            _fill(item, inner.get(item.id), shapes, edges)
    for host, events in guests.items():
        _attach(shapes[host].box, events, sizes, shapes)
    edges |= {r.link.id: draw_route(r, shapes, axes, ordered.grid) for r in ordered.routes}
    return Placed(Plan(shapes, edges), axes.w, axes.h, spans)


def _room(inner: Placed | None) -> tuple[float, float] | None:
    if inner is None:
        return None
    side, above = _INSIDE
    return inner.w + 2 * side, inner.h + above + side / 2


def _put(
    item: Item,
    ordered: Ordered,
    axes: Axes,
    sizes: Mapping[str, Size],
    shapes: dict[str, Shape],
) -> None:
    size = sizes[item.id]
    cx = axes.column[ordered.grid.rank[item.id]]
    cy = axes.strip[ordered.grid.strip[item.id]]
    box = Box(cx - size.w / 2, cy - size.h / 2, size.w, size.h)
    wide, high = size.label
    label = Box(cx - wide / 2, box.bottom + 4, wide, high) if wide else None
    shapes[item.id] = Shape(box, label, expanded=item.inner is not None)


def _fill(
    item: Item, inner: Placed | None, shapes: dict[str, Shape], edges: dict[str, Edge]
) -> None:
    if inner is None:
        return
    box, (_, above) = shapes[item.id].box, _INSIDE
    moved = inner.plan.moved(box.x + (box.w - inner.w) / 2, box.y + above)
    shapes.update(moved.shapes)
    edges.update(moved.edges)


def _attach(
    host: Box, events: Sequence[Item], sizes: Mapping[str, Size], shapes: dict[str, Shape]
) -> None:
    x = host.x + 10
    for event in events:
        box = Box(x, host.bottom - EVENT / 2, EVENT, EVENT)
        wide, high = sizes[event.id].label
        label = Box(box.right + 3, host.bottom + 4, wide, high) if wide else None
        shapes[event.id] = Shape(box, label)
        x += slot_of(event)
