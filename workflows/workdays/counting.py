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
- Part of a working day is that part of the calendar's `minutes_per_day` (450 in the shipped one),
  counted after the whole days.

Inside, moments and durations are whole microseconds (`table.py`).
"""

from datetime import datetime, timedelta
from math import ceil

from workflows.waktu import Unit, Waktu
from workflows.workdays.calendar import Calendar
from workflows.workdays.days import count_days, count_months, has_hours, nth_working_day
from workflows.workdays.table import DAY, MINUTE, Windows
from workflows.workdays.zones import micros_of, moment_of

_HUNDREDTH = MINUTE // 100
_MICROSECOND = timedelta(microseconds=1)


def add(calendar: Calendar, moment: datetime, waktu: Waktu) -> datetime:
    """The moment (UTC) by which `waktu.maximum` has passed since `moment`; always a working moment.

    Raises InvalidTimeError: naive_moment, outside_calendar.
    """
    zone = calendar.zone
    return moment_of(zone, count_forward(calendar, micros_of(zone, moment), waktu))


def subtract(calendar: Calendar, moment: datetime, waktu: Waktu) -> datetime:
    """The latest moment (UTC) to start for being done at `moment`. Raises as `add`."""
    zone = calendar.zone
    return moment_of(zone, count_backward(calendar, micros_of(zone, moment), waktu))


def add_working_time(calendar: Calendar, moment: datetime, duration: timedelta) -> datetime:
    """`add` for a positive working time; zero or less gives the moment itself."""
    if duration <= timedelta():
        return moment
    at = micros_of(calendar.zone, moment)
    return moment_of(calendar.zone, _finish(calendar, at, duration // _MICROSECOND))


def working_time_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Working time from start to end, negative when end is earlier. Raises as `add`."""
    if end < start:
        return -working_time_between(calendar, end, start)
    first, last = micros_of(calendar.zone, start), micros_of(calendar.zone, end)
    table = calendar.table_over(first // DAY, last // DAY)
    return timedelta(microseconds=table.worked_until(last) - table.worked_until(first))


def next_opening(calendar: Calendar, moment: datetime) -> datetime:
    """The moment (UTC) itself within working hours, else the next opening; closing time is out."""
    at = micros_of(calendar.zone, moment)
    table = calendar.table_at(at // DAY)
    worked = table.worked_until(at)
    while worked == table.worked[-1]:
        table = calendar.later(table)
    return moment_of(calendar.zone, max(at, table.starts(worked)))


def standard_minutes(waktu: Waktu, calendar: Calendar) -> int | None:
    """Working minutes of the standard, a hari kerja as the calendar's `minutes_per_day`; None for
    calendar units."""
    if waktu.unit == "menit":
        return ceil(waktu.maximum)
    if waktu.unit == "hari_kerja":
        return ceil(waktu.maximum * calendar.minutes_per_day)
    return None


def count_forward(calendar: Calendar, at: int, waktu: Waktu) -> int:
    if waktu.unit == "menit":
        return _finish(calendar, at, waktu.hundredths * _HUNDREDTH)
    whole, part = divmod(waktu.hundredths, 100)
    if whole:
        at = _settle_forward(calendar, *_landing(calendar, at, waktu.unit, whole))
    return _finish(calendar, at, part * calendar.minutes_per_day * _HUNDREDTH) if part else at


def count_backward(calendar: Calendar, at: int, waktu: Waktu) -> int:
    if waktu.unit == "menit":
        return _begin(calendar, at, waktu.hundredths * _HUNDREDTH)
    whole, part = divmod(waktu.hundredths, 100)
    if whole:
        at = _settle_backward(calendar, *_landing(calendar, at, waktu.unit, -whole))
    return _begin(calendar, at, part * calendar.minutes_per_day * _HUNDREDTH) if part else at


def _finish(calendar: Calendar, at: int, duration: int) -> int:
    """When a positive working time that starts at a moment is over."""
    table = calendar.table_at(at // DAY)
    worked = table.worked_until(at) + duration
    while worked > table.worked[-1]:
        table = calendar.later(table)
    return table.ends(worked)


def _begin(calendar: Calendar, at: int, duration: int) -> int:
    """When a positive working time that ends at a moment starts."""
    table = calendar.table_at(at // DAY)
    worked = table.worked_until(at) - duration
    while worked < table.worked[0]:
        table = calendar.earlier(table)
    return table.starts(worked)


def _landing(calendar: Calendar, at: int, unit: Unit, amount: int) -> tuple[int, int]:
    """The counted day and the clock time wished for on it, DAY for its end."""
    start, clock = divmod(at, DAY)
    if unit == "hari_kerja":
        if not has_hours(calendar, start):
            clock = DAY if amount > 0 else 0
        return nth_working_day(calendar, start, amount), clock
    if unit == "bulan":
        day, cut_short = count_months(start, amount)
        # 31 January plus a month stands for all of 28 February, or later starts would end earlier.
        return day, DAY if cut_short else clock
    return count_days(calendar, start, unit, amount), clock


def _settle_forward(calendar: Calendar, day: int, clock: int) -> int:
    windows = _windows(calendar, day)
    if not windows:
        day = nth_working_day(calendar, day, 1)
        return day * DAY + _windows(calendar, day)[0][0]
    held = windows[0][0]
    for opens, closes in windows:
        if clock < opens:
            break
        held = clock if clock < closes else closes
    return day * DAY + held


def _settle_backward(calendar: Calendar, day: int, clock: int) -> int:
    windows = _windows(calendar, day)
    if not windows:
        day = nth_working_day(calendar, day, -1)
        return day * DAY + _windows(calendar, day)[-1][1]
    for opens, closes in windows:
        if closes >= clock:
            return day * DAY + max(clock, opens)
    return day * DAY + windows[-1][1]


def _windows(calendar: Calendar, day: int) -> Windows:
    table = calendar.table_at(day)
    return table.days[day - table.first]
