"""When an item is due, when it is reminded of, and who hears when it is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Final, Literal

from workflows.mutu_baku import Waktu
from workflows.workdays import Calendar, add, add_working_time, working_time_between

Kind = Literal["reminder", "overdue", "escalation"]
Whom = Literal["performer", "superior"]


@dataclass(frozen=True)
class Rung:
    """One step of a reminder ladder, at a fraction of the standard time. Within a ladder a kind
    occurs once, so (item, kind) names a notice."""

    kind: Kind
    fraction: Fraction
    whom: Whom


DEFAULT_LADDER: Final = (
    Rung("reminder", Fraction(3, 4), "performer"),
    Rung("overdue", Fraction(1), "performer"),
    Rung("escalation", Fraction(1), "superior"),
)

RungAt = tuple[Rung, datetime]


def due_at(calendar: Calendar, available_at: datetime, waktu: Waktu | None) -> datetime | None:
    """The due moment (UTC) of an item that became available then; None without a waktu.

    Raises InvalidTimeError: naive_moment, outside_calendar.
    """
    return None if waktu is None else add(calendar, available_at, waktu)


def rungs_with_moments(
    calendar: Calendar,
    available_at: datetime,
    waktu: Waktu | None,
    ladder: Sequence[Rung] = DEFAULT_LADDER,
) -> tuple[RungAt, ...]:
    """Each rung with its moment (UTC), in order of time; empty without a waktu.

    A fraction is one of the working time between available and due, whatever unit the waktu has;
    the whole is the due moment itself. Raises as due_at.
    """
    due = due_at(calendar, available_at, waktu)
    if due is None:
        return ()
    span = working_time_between(calendar, available_at, due)

    def moment(rung: Rung) -> datetime:
        # Without working time in between (a weekend of calendar days) there is no moment before.
        if rung.fraction == 1 or not span:
            return due
        part = span * rung.fraction.numerator / rung.fraction.denominator
        return add_working_time(calendar, available_at, part).astimezone(UTC)

    return tuple(sorted(((rung, moment(rung)) for rung in ladder), key=lambda pair: pair[1]))


def next_moment(rungs: Sequence[RungAt], after: datetime) -> datetime | None:
    """The earliest moment of a rung that is not due yet; None when all are.

    With due_rungs no moment is missed: what that one leaves out, this one names.
    """
    return min((at for rung, at in rungs if not _is_due(rung, at, after)), default=None)


def due_rungs(rungs: Sequence[RungAt], now: datetime) -> tuple[Rung, ...]:
    """The rungs to be sent at `now`: for each addressee only the latest.

    So a late start collapses: once an item is overdue its reminder is not sent any more. The
    answer stays the same until the next moment; the caller sends each (item, kind) once.
    """
    latest = {
        rung.whom: rung for rung, moment in sorted(rungs, key=_moment) if _is_due(rung, moment, now)
    }
    return tuple(latest.values())


def _is_due(rung: Rung, moment: datetime, now: datetime) -> bool:
    """An item is late after its due moment, not at it; a reminder is sent at its own."""
    return moment < now if rung.fraction >= 1 else moment <= now


def _moment(pair: RungAt) -> datetime:
    return pair[1]
