"""The pause ledger: whose clock ran when, in working minutes, and which part of the standard."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal

from workflows.deadlines.stretches import Stretch
from workflows.workdays import Calendar, working_time_between

Clock = Literal["waiting", "working", "paused"]
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Stay:
    """Where an item lay from `start` to `end`: waiting for someone of `who`, or worked on by
    them."""

    who: str
    clock: Clock
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Interruption:
    """A pause, and whom it is put down to: the awaited unit, or the reason."""

    who: str
    stretch: Stretch


@dataclass(frozen=True)
class Use:
    """A row of the ledger. `minutes`: working minutes; `share`: which part of the standard they
    are, None without one and for a pause."""

    who: str
    clock: Clock
    start: datetime
    end: datetime
    minutes: int
    share: Fraction | None


def usage(
    calendar: Calendar,
    stays: Collection[Stay],
    interruptions: Collection[Interruption] = (),
    standard_minutes: int | None = None,
) -> tuple[Use, ...]:
    """The stays with the interruptions cut out of them, in order of time; where two overlap, the
    one that began first has that time. An open one lasts as long as the stays do."""
    rows = []
    for piece in _pieces(stays, interruptions):
        minutes = working_time_between(calendar, piece.start, piece.end) // _MINUTE
        counts = piece.clock != "paused" and standard_minutes
        share = Fraction(minutes, standard_minutes) if counts and standard_minutes else None
        rows.append(Use(piece.who, piece.clock, piece.start, piece.end, minutes, share))
    return tuple(rows)


def _pieces(stays: Collection[Stay], interruptions: Collection[Interruption]) -> list[Stay]:
    ordered = sorted(interruptions, key=lambda one: one.stretch.start)
    pieces: list[Stay] = []
    for stay in sorted(stays, key=lambda stay: stay.start):
        for piece in _cut(stay, ordered):
            last = pieces[-1] if pieces else None
            # A pause goes over the moment at which somebody takes the item or gives it back.
            if last and piece.clock == "paused" and _goes_on(last, piece):
                pieces[-1] = replace(last, end=piece.end)
            else:
                pieces.append(piece)
    return pieces


def _goes_on(last: Stay, piece: Stay) -> bool:
    return (last.who, last.clock, last.end) == (piece.who, piece.clock, piece.start)


def _cut(stay: Stay, ordered: Collection[Interruption]) -> Iterator[Stay]:
    at = stay.start
    for one in ordered:
        start, end = max(at, one.stretch.start), min(stay.end, one.stretch.end or stay.end)
        if start >= end:
            continue
        if at < start:
            yield replace(stay, start=at, end=start)
        yield Stay(one.who, "paused", start, end)
        at = end
    if at < stay.end:
        yield replace(stay, start=at)
