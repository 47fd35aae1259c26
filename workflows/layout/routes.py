"""The way of each link between the nodes, in columns and strips rather than in coordinates.

Between the columns there are channels for vertical pieces of line, between the rows gutters for
horizontal ones. So a line never runs behind a node: it crosses a column only in a gutter or in a
row whose cells are empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from workflows.layout.scopes import Link

Side = Literal["left", "right", "top", "bottom"]
Kind = Literal["start", "end", "channel", "gutter"]


@dataclass
class Segment:
    """A piece of line in a channel (from strip to strip) or gutter (from place to place, where
    channel n is 2n and column n is 2n+1). `lefts`, `rights`: the strips at which a line comes to
    it from that side."""

    source: str
    target: str
    low: int
    high: int
    lefts: frozenset[int] = frozenset()
    rights: frozenset[int] = frozenset()
    track: int = 0


@dataclass(frozen=True)
class Line:
    """One straight piece: along an end's own port, or in a channel or gutter (`at`)."""

    kind: Kind
    at: int = 0
    segment: Segment | None = None


@dataclass(frozen=True)
class Route:
    link: Link
    leaves: Side
    enters: Side
    lines: tuple[Line, ...]
    reverse: bool = False  # routed from its target


@dataclass(frozen=True)
class Grid:
    """Node -> column and strip; boundary event -> its activity."""

    rank: Mapping[str, int]
    strip: Mapping[str, int]
    anchor: Mapping[str, str]


@dataclass
class Router:
    grid: Grid
    channels: dict[int, list[Segment]] = field(default_factory=dict)
    gutters: dict[int, list[Segment]] = field(default_factory=dict)
    _taken: dict[tuple[int, int], str] = field(default_factory=dict)
    _joined: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        for node, rank in self.grid.rank.items():
            self._taken[rank, self.grid.strip[node]] = f"node {node}"

    def route(self, link: Link) -> Route | None:
        """None for a link between two boundary events, which has no way of its own."""
        anchor = self.grid.anchor
        source, target, reverse = link.source, link.target, False
        if anchor[target] != target:
            source, target, reverse = target, source, True
        if anchor[target] != target:
            return None
        begin, twice = anchor[source], (source, target) in self._joined
        self._joined.add((source, target))
        ahead = self.grid.rank[begin] < self.grid.rank[target]
        if begin != source:
            leaves: Side = "bottom"
            enters, lines = self._from_edge(source, begin, target, ahead)
        elif ahead and not twice:
            leaves = "right"
            enters, lines = "left", self._forward(source, target)
        elif begin == target:
            leaves = "right"
            enters, lines = "top", self._around(source)
        else:
            leaves = "top"
            enters, lines = self._over(source, target)
        return Route(link, leaves, enters, lines, reverse)

    def _forward(self, source: str, target: str) -> tuple[Line, ...]:
        (a, row_a), (b, row_b) = self._cell(source), self._cell(target)
        start, end = Line("start"), Line("end")
        if self._may_run(f"to {target}", a, b, row_b):
            if row_a == row_b:
                return (start,)
            turn = self._channel(a + 1, source, target, row_a, row_b, {row_a}, {row_b})
            return start, turn, end
        if self._may_run(f"from {source}", a, b, row_a):
            turn = self._channel(b, source, target, row_a, row_b, {row_a}, {row_b})
            return start, turn, end
        lane = row_b - 1 if row_b >= row_a else row_b + 1
        if row_a == row_b:
            lane = row_a - 1
        out = self._channel(a + 1, source, target, row_a, lane, {row_a}, {lane})
        along = self._gutter(lane, source, target, 2 * a + 2, 2 * b)
        return (
            start,
            out,
            along,
            self._channel(b, source, target, lane, row_b, {lane}, {row_b}),
            end,
        )

    def _from_edge(
        self, source: str, begin: str, target: str, ahead: bool
    ) -> tuple[Side, tuple[Line, ...]]:
        """From a boundary event: down into the gutter below its activity."""
        (a, row_a), (b, row_b) = self._cell(begin), self._cell(target)
        lane, turn = row_a + 1, b
        if ahead and self._may_run(f"to {target}", a, b, row_b):
            turn = a + 1
        along = self._gutter(lane, source, target, 2 * a + 1, 2 * turn)
        lefts, rights = ({lane}, {row_b}) if ahead else (set[int](), {lane, row_b})
        down = self._channel(turn, source, target, lane, row_b, lefts, rights)
        return "left", (Line("start"), along, down, Line("end"))

    def _over(self, source: str, target: str) -> tuple[Side, tuple[Line, ...]]:
        """Back, or beside a link that joins the same two: up into the gutter above."""
        (a, row_a), (b, row_b) = self._cell(source), self._cell(target)
        lane, ahead = row_a - 1, a < b
        if row_a == row_b and not ahead:
            along = self._gutter(lane, source, target, 2 * b + 1, 2 * a + 1)
            return "top", (Line("start"), along, Line("end"))
        along = self._gutter(lane, source, target, 2 * a + 1, 2 * b)
        lefts, rights = ({lane}, {row_b}) if ahead else (set[int](), {lane, row_b})
        turn = self._channel(b, source, target, lane, row_b, lefts, rights)
        return "left", (Line("start"), along, turn, Line("end"))

    def _around(self, node: str) -> tuple[Line, ...]:
        """From a node to itself."""
        rank, row = self._cell(node)
        lane = row - 1
        up = self._channel(rank + 1, node, node, row, lane, {row, lane}, set())
        along = self._gutter(lane, node, node, 2 * rank + 1, 2 * rank + 2)
        return Line("start"), up, along, Line("end")

    def _cell(self, node: str) -> tuple[int, int]:
        return self.grid.rank[node], self.grid.strip[node]

    def _may_run(self, key: str, a: int, b: int, row: int) -> bool:
        """Whether the cells of a row between two columns are free, or run through by lines that
        may be joined with this one; if so they are taken."""
        cells = [(rank, row) for rank in range(a + 1, b)]
        if any(self._taken.get(cell, key) != key for cell in cells):
            return False
        self._taken |= dict.fromkeys(cells, key)
        return True

    def _channel(
        self,
        at: int,
        source: str,
        target: str,
        one: int,
        other: int,
        lefts: set[int],
        rights: set[int],
    ) -> Line:
        low, high = min(one, other), max(one, other)
        segment = Segment(source, target, low, high, frozenset(lefts), frozenset(rights))
        self.channels.setdefault(at, []).append(segment)
        return Line("channel", at, segment)

    def _gutter(self, at: int, source: str, target: str, one: int, other: int) -> Line:
        segment = Segment(source, target, min(one, other), max(one, other))
        self.gutters.setdefault(at, []).append(segment)
        return Line("gutter", at, segment)


def label_channel(route: Route, grid: Grid) -> int | None:
    """The channel that has to keep room for the name; None where it stands in a gutter."""
    if not route.link.text or route.lines[0].kind != "start" or route.leaves != "right":
        return None
    if len(route.lines) == 1:
        return grid.rank[route.link.source] + 1
    return route.lines[1].at
