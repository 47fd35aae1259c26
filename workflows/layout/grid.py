"""A scope before it has coordinates: its nodes in columns and strips, its links on their ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workflows.layout.ranks import anchor_of, find_back_links, find_ranks
from workflows.layout.routes import Grid, Route, Router, Segment
from workflows.layout.rows import Ranked, find_rows
from workflows.layout.scopes import Link, Scope


@dataclass(frozen=True)
class Ordered:
    """`strips`: whether it is a row (else a gutter), and its band."""

    grid: Grid
    columns: int
    strips: tuple[tuple[bool, int], ...]
    routes: tuple[Route, ...]
    channels: Mapping[int, Sequence[Segment]]
    gutters: Mapping[int, Sequence[Segment]]


def order_scope(scope: Scope, band: Mapping[str, int], bands: int) -> Ordered:
    anchor = anchor_of(scope.items)
    nodes = [item.id for item in scope.items if item.host is None]
    back = find_back_links(nodes, scope.links, anchor)
    rank = find_ranks(scope.items, scope.links, back, anchor)
    pairs = [
        (anchor[link.source], anchor[link.target])
        for link in scope.links
        if rank[anchor[link.source]] < rank[anchor[link.target]]
    ]
    rows = find_rows(Ranked(rank, {node: band.get(node, 0) for node in nodes}, pairs))
    strips, strip = _strips(rows, band, bands)
    router = Router(Grid(rank, strip, anchor))
    routes = [
        route for link in _nearest(scope.links, rank, anchor) if (route := router.route(link))
    ]
    columns = max(rank.values(), default=0) + 1
    return Ordered(router.grid, columns, strips, tuple(routes), router.channels, router.gutters)


def _nearest(
    links: Sequence[Link], rank: Mapping[str, int], anchor: Mapping[str, str]
) -> list[Link]:
    """Short ways first: they may have the straight rows."""
    return sorted(links, key=lambda one: abs(rank[anchor[one.target]] - rank[anchor[one.source]]))


def _strips(
    rows: Mapping[str, int], band: Mapping[str, int], bands: int
) -> tuple[tuple[tuple[bool, int], ...], dict[str, int]]:
    """Every band begins and ends with a gutter, and has at least one row."""
    count = [1] * bands
    for node, row in rows.items():
        count[band.get(node, 0)] = max(count[band.get(node, 0)], row + 1)
    strips: list[tuple[bool, int]] = []
    first: list[int] = []
    for number in range(bands):
        first.append(len(strips))
        strips += [(False, number), *([(True, number), (False, number)] * count[number])]
    strip = {node: first[band.get(node, 0)] + 1 + 2 * row for node, row in rows.items()}
    return tuple(strips), strip
