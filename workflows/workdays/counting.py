"""Counting on a calendar: moments plus and minus a standard time, working time between moments.

The rules, everywhere:
- Ends are closings, starts are openings. What ends with the working day ends at its closing time
  (16:00), not at the next opening (07:30); counted backwards it starts at the opening.
- Working minutes run in working hours only. Time outside them adds nothing.
- Days, weeks and months find a date first (`days.py`). Its clock time is that of the start, held
  within that date's hours; a start on a day off stands for the end of the working day before
  (backwards: for the start of the one after). So "1 hari kerja" from Monday 10:00 is Tuesday
  10:00, from Monday 17:00 Tuesday 16:00, from Saturday Monday 16:00.
- A calendar date on a day off moves to the next opening (backwards: to the closing before).
- Part of a working day is that part of 450 minutes, counted after the whole days.
"""

from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Final

from workflows.mutu_baku import Waktu
from workflows.workdays.calendar import Calendar
from workflows.workdays.days import count_days, nth_working_day
from workflows.workdays.zones import to_local, to_utc

MINUTES_PER_WORKING_DAY: Final = 450  # Perpres 21/2023 Ps 4: 37 h 30 min in five days
_ZERO: Final = timedelta()


def add(calendar: Calendar, moment: datetime, waktu: Waktu) -> datetime:
    """The moment (UTC) by which `waktu.maximum` has passed since `moment`; always a working moment.

    Raises InvalidTimeError: naive_moment, outside_calendar.
    """
    return to_utc(calendar.zone, add_local(calendar, to_local(calendar.zone, moment), waktu))


def subtract(calendar: Calendar, moment: datetime, waktu: Waktu) -> datetime:
    """The latest moment (UTC) to start for being done at `moment`. Raises as `add`."""
    return to_utc(calendar.zone, subtract_local(calendar, to_local(calendar.zone, moment), waktu))


def add_working_time(calendar: Calendar, moment: datetime, duration: timedelta) -> datetime:
    """`add` for a positive working time; zero or less gives the moment itself."""
    if duration <= _ZERO:
        return moment
    local = to_local(calendar.zone, moment)
    return to_utc(calendar.zone, finish(calendar, local, duration))


def working_time_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Working time from start to end, negative when end is earlier. Raises as `add`."""
    if end < start:
        return -working_time_between(calendar, end, start)
    first, last = to_local(calendar.zone, start), to_local(calendar.zone, end)
    worked = calendar.year(last.year).worked_until(last)
    worked -= calendar.year(first.year).worked_until(first)
    return sum((calendar.year(year).total for year in range(first.year, last.year)), worked)


def next_opening(calendar: Calendar, moment: datetime) -> datetime:
    """The moment (UTC) itself within working hours, else the next opening; closing time is out."""
    local = to_local(calendar.zone, moment)
    year, table = local.year, calendar.year(local.year)
    worked = table.worked_until(local)
    while worked == table.total:
        year, worked = year + 1, _ZERO
        table = calendar.year(year)
    return to_utc(calendar.zone, max(local, table.starts(worked)))


def standard_minutes(waktu: Waktu) -> int | None:
    """Working minutes of the standard, a hari kerja as 450; None for calendar units."""
    if waktu.unit == "menit":
        return ceil(waktu.maximum)
    return ceil(waktu.maximum * MINUTES_PER_WORKING_DAY) if waktu.unit == "hari_kerja" else None


def add_local(calendar: Calendar, local: datetime, waktu: Waktu) -> datetime:
    if waktu.working_time is not None:
        return finish(calendar, local, waktu.working_time)
    whole, part = split_days(waktu)
    if whole:
        day, clock = _landing(calendar, local, waktu, whole)
        local = _settle_forward(calendar, day, clock)
    return finish(calendar, local, part) if part else local


def subtract_local(calendar: Calendar, local: datetime, waktu: Waktu) -> datetime:
    if waktu.working_time is not None:
        return begin(calendar, local, waktu.working_time)
    whole, part = split_days(waktu)
    if whole:
        day, clock = _landing(calendar, local, waktu, -whole)
        local = _settle_backward(calendar, day, clock)
    return begin(calendar, local, part) if part else local


def finish(calendar: Calendar, local: datetime, duration: timedelta) -> datetime:
    """When a positive working time that starts at a local moment is over."""
    year, table = local.year, calendar.year(local.year)
    worked = table.worked_until(local) + duration
    while worked > table.total:
        worked -= table.total
        year += 1
        table = calendar.year(year)
    return table.ends(worked)


def begin(calendar: Calendar, local: datetime, duration: timedelta) -> datetime:
    """When a positive working time that ends at a local moment starts."""
    year, table = local.year, calendar.year(local.year)
    worked = table.worked_until(local) - duration
    while worked < _ZERO:
        year -= 1
        table = calendar.year(year)
        worked += table.total
    return table.starts(worked)


def split_days(waktu: Waktu) -> tuple[int, timedelta]:
    """Whole units, and the rest of a working day as working time."""
    if waktu.maximum.denominator == 1:
        return waktu.maximum.numerator, _ZERO
    whole = int(waktu.maximum)
    rest = (waktu.maximum - whole) * MINUTES_PER_WORKING_DAY
    return whole, timedelta(milliseconds=int(rest * 60_000))


def _landing(calendar: Calendar, local: datetime, waktu: Waktu, amount: int) -> tuple[date, time]:
    """The counted date and the clock time wished for on it."""
    start = local.date()
    day = count_days(calendar, start, waktu.unit, amount)
    if waktu.unit == "hari_kerja" and not calendar.hours_on(start):
        return day, time.max if amount > 0 else time.min
    # 31 January plus a month stands for all of 28 February, or later starts would end earlier.
    cut_short = waktu.unit == "bulan" and day.day != start.day
    return day, time.max if cut_short else local.time()


def _settle_forward(calendar: Calendar, day: date, clock: time) -> datetime:
    hours = calendar.hours_on(day)
    if not hours:
        day = nth_working_day(calendar, day, 1)
        return datetime.combine(day, calendar.hours_on(day)[0].opens)
    begun = [window for window in hours if window.opens <= clock]
    held = min(clock, begun[-1].closes) if begun else hours[0].opens
    return datetime.combine(day, held)


def _settle_backward(calendar: Calendar, day: date, clock: time) -> datetime:
    hours = calendar.hours_on(day)
    if not hours:
        day = nth_working_day(calendar, day, -1)
        return datetime.combine(day, calendar.hours_on(day)[-1].closes)
    ahead = [window for window in hours if window.closes >= clock]
    held = max(clock, ahead[0].opens) if ahead else hours[-1].closes
    return datetime.combine(day, held)
