"""Pauses: stretches in which a standard does not run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.workdays import Calendar, add_working_time, working_time_between


@dataclass(frozen=True)
class Stretch:
    """A pause; `end` None: still open."""

    start: datetime
    end: datetime | None = None


def joined(pauses: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The same time without overlaps, in order; what follows an open one is part of it."""
    found: list[Stretch] = []
    for one in sorted(pauses, key=lambda pause: pause.start):
        last = found[-1] if found else None
        if last is None or (last.end is not None and last.end < one.start):
            found.append(one)
        elif last.end is not None:
            end = None if one.end is None else max(last.end, one.end)
            found[-1] = Stretch(last.start, end)
    return tuple(found)


def gaps(start: datetime, runs: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """What lies between the runs from `start` on, in order; open at the end unless a run is."""
    found: list[Stretch] = []
    since: datetime | None = start
    for run in joined(runs):
        if since is not None and since < run.start:
            found.append(Stretch(since, run.start))
        since = run.end
    return (*found, Stretch(since)) if since is not None else tuple(found)


def without(run: Stretch, pauses: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The parts of a run in which nothing is paused."""
    found = []
    for part in gaps(run.start, pauses):
        ends = [end for end in (run.end, part.end) if end is not None]
        end = min(ends, default=None)
        if end is None or part.start < end:
            found.append(Stretch(part.start, end))
    return tuple(found)


def paused_time(
    calendar: Calendar, pauses: Iterable[Stretch], start: datetime, end: datetime
) -> timedelta:
    """The working time between start and end in which something was paused; overlapping pauses
    count once, and an open one lasts at least until `end`."""
    total = timedelta()
    for pause in joined(pauses):
        first = max(start, pause.start)
        last = end if pause.end is None else min(end, pause.end)
        if first < last:
            total += working_time_between(calendar, first, last)
    return total


def shift(calendar: Calendar, moment: datetime, pauses: Iterable[Stretch]) -> datetime:
    """The moment, later by the working time of each closed pause that begins before it.

    What is paused only after the moment is late already and stays so.
    """
    for pause in joined(pauses):
        if pause.end is not None and pause.start < moment:
            lost = working_time_between(calendar, pause.start, pause.end)
            moment = add_working_time(calendar, moment, lost)
    return moment
