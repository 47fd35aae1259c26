"""How many due dates a second, near and far, on one calendar of the shipped kind."""

import gc
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random
from time import process_time

from workflows.mutu_baku import Unit, Waktu
from workflows.workdays import Calendar, add, default_calendar, explain, subtract
from workflows.workdays import working_time_between as between

FIRST, YEARS = 2025, 10
# Amounts from a day, or as little as there is, to ten years; 1.000.000 minutes are the most that a
# standard can have: nine years.
DISTANCES: dict[Unit, tuple[str, ...]] = {
    "menit": ("60", "450", "9000", "108000", "1000000"),
    "hari_kerja": ("0.5", "1", "20", "240", "2400"),
    "hari": ("1", "30", "365", "3650"),
    "minggu": ("1", "4", "52", "521"),
    "bulan": ("1", "12", "60", "120"),
}


@dataclass(frozen=True)
class Rate:
    """Calls a second, the best of all rounds."""

    unit: Unit
    waktu: Waktu
    add: float
    subtract: float


@dataclass(frozen=True)
class Outcome:
    """`first`: seconds for the first count over ten years on a calendar that nobody has used yet;
    `between`: calls a second over ten years; `explain`: over a month."""

    rates: tuple[Rate, ...]
    first: float
    between: float
    explain: float


def wakta() -> list[Waktu]:
    return [
        Waktu(unit, None, Fraction(amount))
        for unit, amounts in DISTANCES.items()
        for amount in amounts
    ]


def moments(count: int, seed: int) -> list[datetime]:
    """Any second of the ten years, working time or not."""
    random = Random(seed)
    first = datetime(FIRST, 1, 1, tzinfo=UTC)
    seconds = YEARS * 365 * 86_400
    return [first + timedelta(seconds=random.randrange(seconds)) for _ in range(count)]


def measure(count: int, rounds: int, seed: int) -> Outcome:
    """All distances take turns within a round, so that a busy machine slows them alike."""
    calendar = default_calendar()
    starts, lengths = moments(count, seed), wakta()
    first = _first_use()
    best: dict[tuple[int, str], float] = {}
    pairs = list(zip(starts, reversed(starts), strict=True))
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for number, waktu in enumerate(lengths):
                _keep(best, (number, "add"), lambda w=waktu: _count(add, calendar, starts, w))
                _keep(best, (number, "sub"), lambda w=waktu: _count(subtract, calendar, starts, w))
            _keep(best, (0, "between"), lambda: [between(calendar, *pair) for pair in pairs])
            _keep(best, (0, "explain"), lambda: _count(explain, calendar, starts[:50], _month()))
    finally:
        gc.enable()
    rates = tuple(
        Rate(waktu.unit, waktu, count / best[number, "add"], count / best[number, "sub"])
        for number, waktu in enumerate(lengths)
    )
    return Outcome(rates, first, count / best[0, "between"], min(count, 50) / best[0, "explain"])


def _first_use() -> float:
    fresh = replace(default_calendar())
    begun = process_time()
    add(fresh, datetime(FIRST, 1, 6, 3, tzinfo=UTC), Waktu("hari_kerja", None, Fraction(2400)))
    return process_time() - begun


def _count(
    call: Callable[[Calendar, datetime, Waktu], object],
    calendar: Calendar,
    starts: list[datetime],
    waktu: Waktu,
) -> None:
    for start in starts:
        call(calendar, start, waktu)


def _month() -> Waktu:
    return Waktu("hari_kerja", None, Fraction(20))


def _keep(
    best: dict[tuple[int, str], float], key: tuple[int, str], run: Callable[[], object]
) -> None:
    begun = process_time()
    run()
    spent = process_time() - begun
    best[key] = min(spent, best.get(key, spent))
