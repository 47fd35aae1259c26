"""Laps of the contestants, interleaved, as medians."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from tests.bench.engine.contestants import Bare, Contestant, Ours, StalledError, Stock, turned_clock
from tests.bench.engine.models import NEAR, Model

Samples = dict[str, list[float]]


@dataclass
class Point:
    """Medians (microseconds) and sizes (bytes) after that many laps; None: not reached."""

    lap: int
    ours: float
    bare: float | None
    stock: float | None
    ours_size: int
    stock_size: int | None


@dataclass
class Outcome:
    """`growth`, `size_growth`: Alur at the far lap against itself at the near one. `stalled`: the
    lap that SpiffWorkflow did not complete."""

    model: Model
    points: list[Point] = field(default_factory=list)
    growth: float | None = None
    size_growth: float | None = None
    stalled: int | None = None


def measure(model: Model) -> Outcome:
    with turned_clock():
        return _measure(model)


def _measure(model: Model) -> Outcome:
    outcome = Outcome(model)
    warm_up = replace(model, points=model.points[:1], to_the_end=False)
    _run(warm_up, outcome, {})
    gathered: dict[int, Samples] = {}
    for _ in range(model.runs):
        outcome.points.clear()
        _run(model, outcome, gathered)
    for point in outcome.points:
        samples = gathered[point.lap]
        point.ours = median(samples["Ours"])
        point.bare = median(samples["Bare"]) if "Bare" in samples else None
        point.stock = median(samples["Stock"]) if "Stock" in samples else None
    if model.far:
        _compare_far(model, outcome)
    return outcome


def _run(model: Model, outcome: Outcome, gathered: dict[int, Samples]) -> None:
    ours, bare = Ours(model), Bare(model)
    lap = 0
    for point in model.points:
        for _ in range(lap, point):
            ours.lap()
            bare.lap()
        stock = Stock(model, bare)
        outcome.points.append(Point(point, 0, None, None, ours.size, stock.size))
        samples = gathered.setdefault(point, {})
        _interleave([ours, bare, stock], model, samples)
        lap = point + model.blocks * model.laps
    if model.to_the_end:
        outcome.stalled = _drive_to_the_end(bare, lap, model.far)


def _interleave(contestants: list[Contestant], model: Model, samples: Samples) -> None:
    for block in range(model.blocks):
        with _without_collector():
            for contestant in _rotated(contestants, block):
                samples.setdefault(type(contestant).__name__, []).extend(_laps(contestant, model))


def _laps(contestant: Contestant, model: Model) -> list[float]:
    """The first one pays for what the one before has pushed out of the caches: not counted."""
    return [contestant.lap() for _ in range(model.laps)][1:]


def _drive_to_the_end(bare: Bare, lap: int, far: int) -> int | None:
    for number in range(lap + 1, far + 1):
        try:
            bare.lap()
        except (StalledError, RecursionError):
            return number
    return None


def _compare_far(model: Model, outcome: Outcome) -> None:
    ours = Ours(model)
    for _ in range(NEAR):
        ours.lap()
    near = ours.copy()
    for _ in range(NEAR, model.far):
        ours.lap()
    outcome.size_growth = ours.size / near.size
    spent: tuple[list[float], list[float]] = ([], [])
    for block in range(model.pairs):
        with _without_collector():
            pair = [(near.copy(), spent[0]), (ours.copy(), spent[1])]
            for case, found in _rotated(pair, block):
                found += _laps(case, model)
    outcome.growth = median(spent[1]) / median(spent[0])
    outcome.points.append(Point(model.far, median(spent[1]), None, None, ours.size, None))


def _rotated(contestants: list[Any], by: int) -> list[Any]:
    """Each begins as often as the others."""
    cut = by % len(contestants)
    return contestants[cut:] + contestants[:cut]


@contextmanager
def _without_collector() -> Iterator[None]:
    """Nobody pays for the rubbish of another: it is swept between the blocks."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
