"""Counting by date, without a clock: the way decrees and timelines count.

The first day is not counted: one working day after Monday is Tuesday. So sixty working days back
from 30 November 2026 is 7 September 2026, as in the Ministry's budget timetable.

Inside, days are numbers (`table.py`).
"""

from calendar import monthrange
from datetime import date

from workflows.errors import InvalidTimeError
from workflows.waktu import Unit, Waktu
from workflows.workdays.calendar import Calendar, check_year
from workflows.workdays.table import date_of, day_number


def add_days(calendar: Calendar, day: date, waktu: Waktu) -> date:
    """The date `waktu.maximum` later; a calendar date on a day off moves to the next working day.

    Raises InvalidTimeError: needs_clock_time for minutes and parts of a day, outside_calendar.
    """
    target = count_days(calendar, day_number(day), waktu.unit, _whole(waktu))
    return date_of(target if has_hours(calendar, target) else nth_working_day(calendar, target, 1))


def subtract_days(calendar: Calendar, day: date, waktu: Waktu) -> date:
    """The date `waktu.maximum` earlier, on a day off the working day before. Raises as add_days."""
    target = count_days(calendar, day_number(day), waktu.unit, -_whole(waktu))
    return date_of(target if has_hours(calendar, target) else nth_working_day(calendar, target, -1))


def working_days_between(calendar: Calendar, start: date, end: date) -> int:
    """Working days after `start` up to and with `end`; backwards, those from `end` to before
    `start`, negative. So it undoes add_days and subtract_days. Raises outside_calendar."""
    if end < start:
        return -_counted(calendar, day_number(end), day_number(start))
    return _counted(calendar, day_number(start) + 1, day_number(end) + 1)


def is_working_day(calendar: Calendar, day: date) -> bool:
    return bool(calendar.hours_on(day))


def nth_working_day(calendar: Calendar, day: int, number: int) -> int:
    """The n-th working day after `day`, before it when `number` is negative; never `day` itself.

    Raises InvalidTimeError(outside_calendar).
    """
    table = calendar.table_at(day)
    # All that are counted before the one looked for.
    count = table.counts[day + (number > 0) - table.first] + number - (number > 0)
    while count >= table.counts[-1]:
        table = calendar.later(table)
    while count < table.counts[0]:
        table = calendar.earlier(table)
    return table.workday(count)


def count_days(calendar: Calendar, day: int, unit: Unit, amount: int) -> int:
    """The day `amount` units away, working day or not; months end at the last day there is."""
    if unit == "hari_kerja":
        return nth_working_day(calendar, day, amount)
    if unit == "bulan":
        return count_months(day, amount)[0]
    return day + amount * (7 if unit == "minggu" else 1)


def has_hours(calendar: Calendar, day: int) -> bool:
    table = calendar.table_at(day)
    return bool(table.days[day - table.first])


def count_months(day: int, amount: int) -> tuple[int, bool]:
    """The day so many months away, and whether its month was too short for it."""
    start = date_of(day)
    year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
    check_year(year)
    if start.day <= 28:
        return day_number(date(year, month + 1, start.day)), False
    last = monthrange(year, month + 1)[1]
    return day_number(date(year, month + 1, min(start.day, last))), last < start.day


def _counted(calendar: Calendar, first: int, end: int) -> int:
    """The working days from one day to before another."""
    table = calendar.table_over(first, max(end - 1, first))
    return table.count_before(end) - table.count_before(first)


def _whole(waktu: Waktu) -> int:
    if waktu.unit == "menit" or waktu.maximum.denominator != 1:
        raise InvalidTimeError("needs_clock_time", text=str(waktu), reason="plain_date")
    return int(waktu.maximum)
