"""In which row of its band each node stands, so that few links cross and most run straight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 6
_MOST = 400  # links between the same two columns whose crossings are counted
_CROSSING = 3  # how many rows of detour a crossing is worth


@dataclass(frozen=True)
class Ranked:
    """The nodes of a scope with column and band, and the pairs that forward links join."""

    rank: Mapping[str, int]
    band: Mapping[str, int]
    pairs: Sequence[tuple[str, str]]


def find_rows(ranked: Ranked) -> dict[str, int]:
    """Node -> row within its band, from 0 without gaps; no two in the same column and row."""
    before: dict[str, list[str]] = {node: [] for node in ranked.rank}
    after: dict[str, list[str]] = {node: [] for node in ranked.rank}
    for source, target in ranked.pairs:
        before[target].append(source)
        after[source].append(target)
    rows: dict[str, int] = {}
    best: dict[str, int] = {}
    least = float("inf")
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        rows = _sweep(ranked, before if forward else after, rows, forward)
        cost = _cost(ranked, rows)
        if cost < least:
            best, least = rows, cost
    return _closed(ranked, best)


def _sweep(
    ranked: Ranked,
    beside: Mapping[str, Sequence[str]],
    old: Mapping[str, int],
    forward: bool,
) -> dict[str, int]:
    cells: dict[tuple[int, int], list[str]] = {}
    for node, rank in ranked.rank.items():
        cells.setdefault((rank, ranked.band[node]), []).append(node)
    rows: dict[str, int] = {}
    for key in sorted(cells, reverse=not forward):
        wishes = {node: _wish(node, ranked, beside[node], rows, old) for node in cells[key]}
        # Who wishes nothing special keeps the order that the file or the last sweep gave.
        ordered = sorted(cells[key], key=lambda node: (wishes[node], old.get(node, 0)))
        _settle(ordered, wishes, rows)
    return rows


def _wish(
    node: str,
    ranked: Ranked,
    beside: Iterable[str],
    rows: Mapping[str, int],
    old: Mapping[str, int],
) -> float:
    band = ranked.band[node]
    near = [one for one in beside if one in rows]
    same = [rows[one] for one in near if ranked.band[one] == band]
    if same:
        return sorted(same)[(len(same) - 1) // 2]
    if not near:
        return old.get(node, 0)
    above = sum(1 if ranked.band[one] < band else -1 for one in near)
    return 0 if above >= 0 else old.get(node, 0)


def _settle(nodes: Sequence[str], wishes: Mapping[str, float], rows: dict[str, int]) -> None:
    """Rows in the order of the wishes, each as near to its own as those before allow."""
    last = -1
    for node in nodes:
        last = max(last + 1, round(wishes[node]))
        rows[node] = last


def _cost(ranked: Ranked, rows: Mapping[str, int]) -> float:
    places = _places(ranked, rows)
    detours = 0
    gaps: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for source, target in ranked.pairs:
        a, b = places[source], places[target]
        detours += abs(a - b)
        gaps.setdefault((ranked.rank[source], ranked.rank[target]), []).append((a, b))
    return detours + _CROSSING * sum(_crossings(lines[:_MOST]) for lines in gaps.values())


def _crossings(lines: Sequence[tuple[int, int]]) -> int:
    return sum(
        1
        for number, (a, b) in enumerate(lines)
        for c, d in lines[number + 1 :]
        if (a - c) * (b - d) < 0
    )


def _places(ranked: Ranked, rows: Mapping[str, int]) -> dict[str, int]:
    """Node -> row counted over all bands."""
    used: dict[int, int] = {}
    for node, row in rows.items():
        used[ranked.band[node]] = max(used.get(ranked.band[node], 0), row + 1)
    tops, top = {}, 0
    for band in sorted(used):
        tops[band] = top
        top += used[band]
    return {node: tops[ranked.band[node]] + row for node, row in rows.items()}


def _closed(ranked: Ranked, rows: Mapping[str, int]) -> dict[str, int]:
    used = sorted({(ranked.band[node], row) for node, row in rows.items()})
    closed: dict[tuple[int, int], int] = {}
    for before, key in pairwise([(-1, -1), *used]):
        closed[key] = closed[before] + 1 if before[0] == key[0] else 0
    return {node: closed[ranked.band[node], row] for node, row in rows.items()}
