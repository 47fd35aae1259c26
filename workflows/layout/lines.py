"""From the way of a link to the points of its line, and to where its name stands beside it."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.layout.axes import TRACK, Axes
from workflows.layout.plan import Box, Edge, Point, Shape
from workflows.layout.routes import Grid, Line, Route, Side, label_channel
from workflows.layout.sizes import flow_label


def draw_route(route: Route, shapes: Mapping[str, Shape], axes: Axes, grid: Grid) -> Edge:
    source, target = route.link.source, route.link.target
    if route.reverse:
        source, target = target, source
    start = port(shapes[source].box, route.leaves)
    end = port(shapes[target].box, route.enters)
    upright = route.leaves in ("top", "bottom")
    points = [start]
    place = _place(route.lines[0], start, end, axes, upright)
    for line in route.lines[1:]:
        upright = not upright
        following = _place(line, start, end, axes, upright)
        points.append((following, place) if upright else (place, following))
        place = following
    points.append(end)
    zone = label_channel(route, grid)
    label = _label(route, points, axes.zone[zone] if zone is not None else 0.0)
    found = _without_repeats(points)
    return Edge(found[::-1] if route.reverse else found, label)


def port(box: Box, side: Side) -> Point:
    if side in ("left", "right"):
        return (box.x if side == "left" else box.right), box.cy
    return box.cx, (box.y if side == "top" else box.bottom)


def _place(line: Line, start: Point, end: Point, axes: Axes, upright: bool) -> float:
    """The x of an upright piece, the y of a level one."""
    if line.segment is None:
        return (start if line.kind == "start" else end)[0 if upright else 1]
    if line.kind == "channel":
        return axes.channel[line.at] + TRACK * line.segment.track
    return axes.strip[line.at] + axes.step[line.at] * line.segment.track


def _label(route: Route, points: list[Point], zone: float) -> Box | None:
    """Above the first level piece after the line has left those that it may share a piece with;
    `zone`: where names begin in the channel beside it."""
    if not route.link.text:
        return None
    wide, high = flow_label(route.link.text)
    if route.leaves != "right":
        (x, y), (to, _) = points[1], points[2]
        return Box(x + 4 if to >= x else x - wide - 4, y - high - 3, wide, high)
    y = points[2][1] if len(points) > 2 else points[0][1]
    return Box(zone, y - high - 3, wide, high)


def _without_repeats(points: list[Point]) -> tuple[Point, ...]:
    found = [points[0]]
    for point in points[1:]:
        if point != found[-1]:
            found.append(point)
    return tuple(found) if len(found) > 1 else (points[0], points[-1])
