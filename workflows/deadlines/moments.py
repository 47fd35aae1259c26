"""When each rung of a ladder comes for one item, and which are due."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from workflows.deadlines.due import share_at
from workflows.deadlines.ladder import DayBefore, Ladder, Offset, Rung, Share
from workflows.deadlines.stretches import Stretch
from workflows.mutu_baku import Waktu
from workflows.workdays import Calendar, add, subtract, subtract_days, to_local, to_utc


@dataclass(frozen=True)
class RungAt:
    rung: Rung
    at: datetime


@dataclass(frozen=True)
class DueRung:
    """The latest rung that is due for one addressee of `Rung.whom`; `late`: the earlier ones, for
    which it stands where they have not been sent in time."""

    rung: Rung
    whom: str
    at: datetime
    late: tuple[Rung, ...]


def rungs_with_moments(
    calendar: Calendar,
    available_at: datetime,
    due: datetime | None,
    ladder: Ladder,
    pauses: Collection[Stretch] = (),
) -> tuple[RungAt, ...]:
    """Each rung with its moment (UTC), in order of time; empty without a due moment.

    What would come before the item itself (H-3 of a step of one hour) is left out.
    Raises InvalidTimeError: naive_moment, outside_calendar.
    """
    if due is None:
        return ()
    found = [
        RungAt(rung, _moment(calendar, available_at, due, rung, pauses)) for rung in ladder.rungs
    ]
    kept = (one for one in found if one.at >= min(available_at, due))
    return tuple(sorted(kept, key=lambda one: one.at))


def _moment(
    calendar: Calendar,
    available_at: datetime,
    due: datetime,
    rung: Rung,
    pauses: Collection[Stretch],
) -> datetime:
    match rung.at:
        case Share(fraction):
            return share_at(calendar, available_at, due, fraction, pauses)
        case Offset("before", waktu):
            return subtract(calendar, due, waktu)
        case Offset(_, waktu):
            return add(calendar, due, waktu)
        case DayBefore(days, unit, clock):
            day = to_local(calendar.zone, due).date()
            if days:
                day = subtract_days(calendar, day, Waktu(unit, None, Fraction(days)))
            return to_utc(calendar.zone, datetime.combine(day, clock))


def next_moment(rungs: Iterable[RungAt], now: datetime) -> datetime | None:
    """The earliest moment of a rung that is not due yet; None when all are.

    With due_rungs no moment is missed: what that one leaves out, this one names.
    """
    return min((one.at for one in rungs if not _is_due(one, now)), default=None)


def next_look(rungs: Sequence[RungAt], now: datetime) -> datetime | None:
    """When an item's ladder must be looked at: at once where a rung is due already, and whoever
    has heard of it hears no more; else at the next moment."""
    return now if due_rungs(rungs, now) else next_moment(rungs, now)


def due_rungs(rungs: Sequence[RungAt], now: datetime) -> tuple[DueRung, ...]:
    """The rungs to be sent at `now`: for each addressee only the latest.

    So a late start collapses: once an item is overdue its reminder is not sent any more. The
    answer stays the same until the next moment; the caller sends each (item, rung) once.
    """
    heard: dict[str, list[RungAt]] = {}
    for one in sorted(rungs, key=lambda one: one.at):
        if _is_due(one, now):
            for whom in one.rung.whom:
                heard.setdefault(whom, []).append(one)
    return tuple(
        DueRung(found[-1].rung, whom, found[-1].at, tuple(one.rung for one in found[:-1]))
        for whom, found in heard.items()
    )


def _is_due(one: RungAt, now: datetime) -> bool:
    """An item is late after its due moment, not at it; a reminder is sent at its own."""
    return one.at <= now if one.rung.kind == "reminder" else one.at < now
