"""The short way between two boxes, for links that no layout has routed."""

from __future__ import annotations

from workflows.layout.plan import Box, Point


def join_boxes(source: Box, target: Box) -> tuple[Point, ...]:
    """Down or up where one lies below the other, else sideways; with at most two corners."""
    if source.bottom <= target.y or target.bottom <= source.y:
        down = source.bottom <= target.y
        begin, end = (source.bottom, target.y) if down else (source.y, target.bottom)
        x, to = _shared(source, target)
        half = (begin + end) / 2
        return (
            ((x, begin), (to, end)) if x == to else ((x, begin), (x, half), (to, half), (to, end))
        )
    right = source.cx <= target.cx
    begin, end = (source.right, target.x) if right else (source.x, target.right)
    if source.cy == target.cy:
        return (begin, source.cy), (end, target.cy)
    half = (begin + end) / 2
    return (begin, source.cy), (half, source.cy), (half, target.cy), (end, target.cy)


def _shared(source: Box, target: Box) -> tuple[float, float]:
    """The x of both ends: the same where the middle of the narrower lies within the wider."""
    narrow, wide = sorted((source, target), key=lambda box: box.w)
    if wide.x < narrow.cx < wide.right:
        return narrow.cx, narrow.cx
    return source.cx, target.cx
