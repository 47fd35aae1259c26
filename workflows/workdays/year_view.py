"""A year of a calendar, day by day, for people to look at."""

from dataclasses import dataclass
from datetime import date, timedelta

from workflows.workdays.calendar import Calendar, DayOff, HolidayKind, check_year
from workflows.workdays.table import MINUTE


@dataclass(frozen=True)
class DayView:
    """One date: its working minutes, or why there are none.

    `kind` and `name` are those of the holiday, `period` the name of the special period in force;
    `estimated`: that holiday or period is a forecast.
    """

    date: date
    minutes: int
    off: DayOff | None
    kind: HolidayKind | None
    name: str
    period: str
    estimated: bool


def year_view(calendar: Calendar, year: int) -> tuple[DayView, ...]:
    """Every day of the year in order. Raises InvalidTimeError(outside_calendar)."""
    check_year(year)
    first = date(year, 1, 1)
    length = (date(year, 12, 31) - first).days + 1
    return tuple(_view(calendar, first + timedelta(days=number)) for number in range(length))


def _view(calendar: Calendar, day: date) -> DayView:
    holiday, period = calendar.holiday_on(day), calendar.period_on(day)
    ends = [window.micros for window in calendar.hours_on(day)]
    return DayView(
        date=day,
        minutes=sum(closes - opens for opens, closes in ends) // MINUTE,
        off=calendar.day_off(day),
        kind=holiday.kind if holiday else None,
        name=holiday.name if holiday else "",
        period=period.name if period else "",
        estimated=bool(holiday and holiday.estimated) or bool(period and period.estimated),
    )
