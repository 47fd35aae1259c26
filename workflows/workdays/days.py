"""Counting by date, without a clock: the way decrees and timelines count.

The first day is not counted: one working day after Monday is Tuesday. So sixty working days back
from 30 November 2026 is 7 September 2026, as in the Ministry's budget timetable.
"""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from typing import NoReturn

from dateutil.relativedelta import relativedelta

from workflows.errors import InvalidTimeError
from workflows.mutu_baku import Unit, Waktu
from workflows.workdays.calendar import FIRST_YEAR, LAST_YEAR, Calendar


def add_days(calendar: Calendar, day: date, waktu: Waktu) -> date:
    """The date `waktu.maximum` later; a calendar date on a day off moves to the next working day.

    Raises InvalidTimeError: needs_clock_time for minutes and parts of a day, outside_calendar.
    """
    target = count_days(calendar, day, waktu.unit, _whole(waktu))
    return target if calendar.hours_on(target) else nth_working_day(calendar, target, 1)


def subtract_days(calendar: Calendar, day: date, waktu: Waktu) -> date:
    """The date `waktu.maximum` earlier, on a day off the working day before. Raises as add_days."""
    target = count_days(calendar, day, waktu.unit, -_whole(waktu))
    return target if calendar.hours_on(target) else nth_working_day(calendar, target, -1)


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; backwards, those from `end` to before
    `start`, negative. So it undoes add_days and subtract_days. Raises outside_calendar."""
    if end < start:
        calendar.year(end.year)  # refuses the first of all days, which has none before it
        one = timedelta(days=1)
        return -working_days_between(calendar, end - one, start - one)
    count = bisect_right(calendar.year(end.year).days, end)
    count -= bisect_right(calendar.year(start.year).days, start)
    return count + sum(len(calendar.year(year).days) for year in range(start.year, end.year))


def is_working_day(calendar: Calendar, day: date) -> bool:
    return bool(calendar.hours_on(day))


def nth_working_day(calendar: Calendar, day: date, number: int) -> date:
    """The n-th working day after `day`, before it when `number` is negative; never `day` itself.

    Raises InvalidTimeError(outside_calendar).
    """
    year = day.year
    days = calendar.year(year).days
    if number > 0:
        index = bisect_right(days, day) + number - 1
    else:
        index = bisect_left(days, day) + number
    while index >= len(days):
        index -= len(days)
        year += 1
        days = calendar.year(year).days
    while index < 0:
        year -= 1
        days = calendar.year(year).days
        index += len(days)
    return days[index]


def count_days(calendar: Calendar, day: date, unit: Unit, amount: int) -> date:
    """The date `amount` units away, working day or not; months end at the last day there is."""
    if unit == "hari_kerja":
        return nth_working_day(calendar, day, amount)
    try:
        if unit == "bulan":
            target = day + relativedelta(months=amount)
        else:
            target = day + timedelta(days=amount * (7 if unit == "minggu" else 1))
    except (OverflowError, ValueError):
        _refuse_year(f"{day} {amount:+} {unit}")
    if not FIRST_YEAR <= target.year <= LAST_YEAR:
        _refuse_year(target.year)
    return target


def _whole(waktu: Waktu) -> int:
    if waktu.unit == "menit" or waktu.maximum.denominator != 1:
        raise InvalidTimeError("needs_clock_time", text=str(waktu), reason="plain_date")
    return int(waktu.maximum)


def _refuse_year(year: int | str) -> NoReturn:
    raise InvalidTimeError("outside_calendar", text=str(year), reason=f"{FIRST_YEAR}-{LAST_YEAR}")
