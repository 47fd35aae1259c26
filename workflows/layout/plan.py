"""Where the elements of a diagram stand, as values: what a layout makes, a file's own diagram
says, and a picture is drawn from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `y` grows downwards."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def cx(self) -> float:
        return self.x + self.w / 2

    @property
    def cy(self) -> float:
        return self.y + self.h / 2

    def moved(self, dx: float, dy: float) -> Box:
        return Box(self.x + dx, self.y + dy, self.w, self.h)

    def overlaps(self, other: Box) -> bool:
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )

    def holds(self, other: Box) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def shared(self, other: Box) -> Box:
        """What lies in both; of no width or height where they do not overlap."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(x, y, max(0.0, right - x), max(0.0, bottom - y))

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def grown(self, by: float) -> Box:
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)


@dataclass(frozen=True, slots=True)
class Shape:
    """`label`: where the name stands if it is not inside; `expanded`: a sub-process that shows
    what it holds; `horizontal`: a pool or lane whose name stands at its left side."""

    box: Box
    label: Box | None = None
    expanded: bool = True
    horizontal: bool = True


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from border to border."""

    points: tuple[Point, ...]
    label: Box | None = None


@dataclass(frozen=True)
class Plan:
    """Shapes and edges by the id of the element, what holds others before what it holds."""

    shapes: Mapping[str, Shape] = field(default_factory=dict)
    edges: Mapping[str, Edge] = field(default_factory=dict)

    def moved(self, dx: float, dy: float) -> Plan:
        return Plan(
            {name: _moved_shape(one, dx, dy) for name, one in self.shapes.items()},
            {name: _moved_edge(one, dx, dy) for name, one in self.edges.items()},
        )


def _moved_shape(shape: Shape, dx: float, dy: float) -> Shape:
    label = shape.label and shape.label.moved(dx, dy)
    return replace(shape, box=shape.box.moved(dx, dy), label=label)


def _moved_edge(edge: Edge, dx: float, dy: float) -> Edge:
    points = tuple((x + dx, y + dy) for x, y in edge.points)
    return Edge(points, edge.label and edge.label.moved(dx, dy))
