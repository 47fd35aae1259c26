"""Coordinates: columns and channels from left to right, rows and gutters from top to bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from workflows.layout.grid import Ordered
from workflows.layout.routes import label_channel
from workflows.layout.scopes import Item, Scope
from workflows.layout.sizes import EVENT, Size, flow_label
from workflows.layout.tracks import arrange_channel, arrange_gutter

PAD: Final = 18.0  # between a node and the nearest line beside it
TRACK: Final = 10.0
GUTTER: Final = 24.0
_EMPTY_ROW: Final = 80.0


@dataclass
class Axes:
    """Where columns, channels, rows and gutters lie."""

    column: list[float] = field(default_factory=list)  # middle
    channel: list[float] = field(default_factory=list)  # left side
    zone: list[float] = field(default_factory=list)  # where labels begin in a channel
    strip: list[float] = field(default_factory=list)  # axis of a row, top of a gutter
    step: list[float] = field(default_factory=list)  # from track to track in a gutter
    w: float = 0.0
    h: float = 0.0


def find_axes(
    ordered: Ordered,
    scope: Scope,
    sizes: Mapping[str, Size],
    guests: Mapping[str, Sequence[Item]],
) -> tuple[Axes, tuple[tuple[float, float], ...]]:
    axes = Axes()
    widths = [60.0] * ordered.columns
    above = dict.fromkeys(range(len(ordered.strips)), _EMPTY_ROW / 2)
    below = dict(above)
    for item in scope.items:
        if item.host:
            continue
        size, rank = sizes[item.id], ordered.grid.rank[item.id]
        strip = ordered.grid.strip[item.id]
        widths[rank] = max(widths[rank], size.w, size.label[0])
        hanging = max((_hanging(sizes[g.id]) for g in guests.get(item.id, ())), default=0.0)
        above[strip] = max(above[strip], size.h / 2)
        below[strip] = max(below[strip], size.h / 2 + max(size.label[1] + 4, hanging))
    _set_columns(axes, widths, ordered)
    return axes, _set_strips(axes, ordered, above, below)


def _hanging(size: Size) -> float:
    return max(EVENT / 2, size.label[1] + 4) + 4


def _set_columns(axes: Axes, widths: Sequence[float], ordered: Ordered) -> None:
    zones = [0.0] * (len(widths) + 1)
    for route in ordered.routes:
        at = label_channel(route, ordered.grid)
        if at is not None:
            zones[at] = max(zones[at], flow_label(route.link.text)[0] + 8)
    x = 0.0
    for number, zone in enumerate(zones):
        tracks = arrange_channel(ordered.channels.get(number, ()))
        outer = number in (0, len(widths)) and not tracks
        axes.channel.append(x + PAD)
        axes.zone.append(x + PAD + TRACK * max(0, tracks - 1) + (4 if tracks else 0))
        x += PAD if outer else 2 * PAD + TRACK * max(0, tracks - 1) + zone
        if number < len(widths):
            width = 2 * round(widths[number] / 2 + 0.4)
            axes.column.append(x + width / 2)
            x += width
    axes.w = x


def _set_strips(
    axes: Axes,
    ordered: Ordered,
    above: Mapping[int, float],
    below: Mapping[int, float],
) -> tuple[tuple[float, float], ...]:
    labels = dict.fromkeys(range(len(ordered.strips)), 0.0)
    for route in ordered.routes:
        for line in route.lines:
            if line.kind == "gutter":
                labels[line.at] = max(labels[line.at], flow_label(route.link.text)[1])
    y, tops = 0.0, dict[int, float]()
    ends = dict[int, float]()
    for number, (is_row, band) in enumerate(ordered.strips):
        tops.setdefault(band, y)
        axes.step.append(TRACK + labels[number])
        if is_row:
            axes.strip.append(y + above[number])
            y += above[number] + below[number]
        else:
            tracks = arrange_gutter(ordered.gutters.get(number, ()))
            axes.strip.append(y + GUTTER / 2 + labels[number])
            y += GUTTER + (axes.step[number] * (tracks - 1) + labels[number] if tracks else 0)
        ends[band] = y = float(round(y))
    axes.h = y
    return tuple((tops[band], ends[band] - tops[band]) for band in sorted(tops))
