"""One year of a calendar, unrolled for binary search."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date, datetime, timedelta

from workflows.workdays.hours import Hours

_ZERO = timedelta()
_DAY = timedelta(days=1)


class YearTable:
    """Every window of one year with the working time before it; local, naive datetimes.

    `days` are the working days in order, `total` the working time of the year.
    """

    def __init__(self, year: int, hours_on: Callable[[date], Hours]) -> None:
        self.days: list[date] = []
        self.total = _ZERO
        self._opens: list[datetime] = []
        self._lengths: list[timedelta] = []
        self._worked: list[timedelta] = []
        day = date(year, 1, 1)
        while day.year == year:
            self._append(day, hours_on(day))
            day += _DAY

    def _append(self, day: date, hours: Hours) -> None:
        if hours:
            self.days.append(day)
        for window in hours:
            opens = datetime.combine(day, window.opens)
            length = datetime.combine(day, window.closes) - opens
            self._opens.append(opens)
            self._lengths.append(length)
            self._worked.append(self.total)
            self.total += length

    def worked_until(self, local: datetime) -> timedelta:
        """Working time from New Year to this moment of the year."""
        index = bisect_right(self._opens, local) - 1
        if index < 0:
            return _ZERO
        return self._worked[index] + min(local - self._opens[index], self._lengths[index])

    def ends(self, worked: timedelta) -> datetime:
        """The first moment by which so much was worked, 0 < worked <= total: a closing time
        rather than the opening after it."""
        index = bisect_left(self._worked, worked) - 1
        return self._opens[index] + (worked - self._worked[index])

    def starts(self, worked: timedelta) -> datetime:
        """The last moment before which so much was worked, 0 <= worked < total: an opening time
        rather than the closing before it."""
        index = bisect_right(self._worked, worked) - 1
        return self._opens[index] + (worked - self._worked[index])
