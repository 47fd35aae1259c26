"""The due moment of a step with its reckoning, and the moment from which it is at risk."""

from calendar import monthrange
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Final

from workflows.deadlines.stretches import Stretch, paused_time, shift
from workflows.mutu_baku import Jendela, MutuBaku, Relatif, Waktu
from workflows.workdays import (
    Calendar,
    Row,
    add,
    add_days,
    add_working_time,
    explain,
    is_working_day,
    subtract,
    subtract_days,
    to_local,
    to_utc,
    working_time_between,
)

_ONE_WORKING_DAY: Final = Waktu("hari_kerja", None, Fraction(1))


def due_at(
    calendar: Calendar,
    available_at: datetime,
    mutu_baku: MutuBaku,
    *,
    anchor: date | None = None,
    pauses: Collection[Stretch] = (),
) -> datetime | None:
    """The due moment (UTC) of a step that became available then: by its duration, by its date, or
    the earlier of both; None where nothing sets one, as for a date whose `anchor` is unknown.

    A pause moves the end of a duration; a date that is fixed from outside stays where it is.
    Raises InvalidTimeError: naive_moment, outside_calendar.
    """
    fixed = _fixed(calendar, available_at, mutu_baku, anchor)
    waktu = standard_of(mutu_baku)
    if waktu is None:
        return fixed
    start = _start(calendar, available_at, mutu_baku)
    counted = shift(calendar, add(calendar, start, waktu), pauses)
    return counted if fixed is None else min(counted, fixed)


def explain_due(
    calendar: Calendar,
    available_at: datetime,
    mutu_baku: MutuBaku,
    *,
    anchor: date | None = None,
    pauses: Collection[Stretch] = (),
) -> tuple[Row, ...]:
    """The reckoning behind `due_at`, before pauses; empty where nothing is counted, as for the end
    of a month. Raises as `due_at`."""
    due = due_at(calendar, available_at, mutu_baku, anchor=anchor, pauses=pauses)
    fixed = _fixed(calendar, available_at, mutu_baku, anchor)
    waktu, jadwal = standard_of(mutu_baku), mutu_baku.jadwal
    if due is None or (due == fixed and not isinstance(jadwal, Relatif)):
        return ()
    if due == fixed and isinstance(jadwal, Relatif) and anchor is not None:
        before = jadwal.direction == "before"
        origin = _origin(calendar, anchor, jadwal) if _is_fine(jadwal.waktu) else anchor
        return explain(calendar, origin, jadwal.waktu, backwards=before)
    assert waktu is not None
    return explain(calendar, _start(calendar, available_at, mutu_baku), waktu)


def standard_of(mutu_baku: MutuBaku) -> Waktu | None:
    """The duration that a step may take, within its months where it has such."""
    jadwal = mutu_baku.jadwal
    return mutu_baku.waktu or (jadwal.waktu if isinstance(jadwal, Jendela) else None)


def _fixed(
    calendar: Calendar, available_at: datetime, mutu_baku: MutuBaku, anchor: date | None
) -> datetime | None:
    """The due moment that a date from outside sets."""
    jadwal = mutu_baku.jadwal
    if isinstance(jadwal, Jendela):
        return _window(calendar, available_at, jadwal)[1]
    if jadwal is None or anchor is None:
        return None
    return _beside(calendar, anchor, jadwal)


def _start(calendar: Calendar, available_at: datetime, mutu_baku: MutuBaku) -> datetime:
    """From when the duration counts: not before its months begin."""
    if isinstance(mutu_baku.jadwal, Jendela):
        return max(available_at, _window(calendar, available_at, mutu_baku.jadwal)[0])
    return available_at


def _window(
    calendar: Calendar, available_at: datetime, jendela: Jendela
) -> tuple[datetime, datetime]:
    """Start and end of the first such window that is not over yet: the closings of the last working
    days before it and in it."""
    today = to_local(calendar.zone, available_at).date()
    year = today.year if today.month <= jendela.last_month else today.year + 1
    last = date(year, jendela.last_month, monthrange(year, jendela.last_month)[1])
    first_year = year if jendela.first_month <= jendela.last_month else year - 1
    eve = date(first_year, jendela.first_month, 1) - timedelta(days=1)
    return _closing(calendar, eve), _closing(calendar, last)


def _beside(calendar: Calendar, anchor: date, relatif: Relatif) -> datetime:
    """The closing of a day so long before or after the anchor's; minutes and parts of a day are
    counted from the opening of that day, or from its closing."""
    waktu, before = relatif.waktu, relatif.direction == "before"
    if _is_fine(waktu):
        origin = _origin(calendar, anchor, relatif)
        return (subtract if before else add)(calendar, origin, waktu)
    return _closing(calendar, (subtract_days if before else add_days)(calendar, anchor, waktu))


def _is_fine(waktu: Waktu) -> bool:
    """Finer than a day."""
    return waktu.unit == "menit" or waktu.maximum.denominator != 1


def _origin(calendar: Calendar, anchor: date, relatif: Relatif) -> datetime:
    """The first moment of the anchor's day, or the last one."""
    clock = time.min if relatif.direction == "before" else time.max
    return to_utc(calendar.zone, datetime.combine(anchor, clock))


def _closing(calendar: Calendar, day: date) -> datetime:
    """When work ends on that day, or else on the last working day before."""
    if not is_working_day(calendar, day):
        day = subtract_days(calendar, day, _ONE_WORKING_DAY)
    return to_utc(calendar.zone, datetime.combine(day, calendar.hours_on(day)[-1].closes))


def at_risk_at(
    calendar: Calendar,
    available_at: datetime,
    due: datetime | None,
    fraction: Fraction,
    pauses: Collection[Stretch] = (),
) -> datetime | None:
    """When this part of the time to the due moment is used up; None without one."""
    return None if due is None else share_at(calendar, available_at, due, fraction, pauses)


def share_at(
    calendar: Calendar,
    available_at: datetime,
    due: datetime,
    fraction: Fraction,
    pauses: Collection[Stretch] = (),
) -> datetime:
    """When this part of the working time between available and due has passed, pauses not
    counted; the whole is the due moment itself, and more than that lies after it."""
    span = working_time_between(calendar, available_at, due)
    span -= paused_time(calendar, pauses, available_at, due)
    # Without working time in between (a weekend of calendar days) there is no moment before.
    if fraction == 1 or span.total_seconds() <= 0:
        return due
    if fraction > 1:
        more = fraction - 1
        beyond = span * more.numerator / more.denominator
        return add_working_time(calendar, due, beyond).astimezone(UTC)
    part = span * fraction.numerator / fraction.denominator
    moment = add_working_time(calendar, available_at, part).astimezone(UTC)
    return min(shift(calendar, moment, pauses), due)
