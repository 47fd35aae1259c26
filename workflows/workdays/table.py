"""Whole years of a calendar, unrolled: what a day holds is looked up, not searched for.

Days are numbered from 1970-01-01, moments are microseconds from then on the local wall clock:
with whole numbers a sum over ten years costs as much as one over a day.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import date
from itertools import accumulate
from typing import Final

from workflows.workdays.hours import Hours

DAY: Final = 86_400_000_000
MINUTE: Final = 60_000_000
EPOCH: Final = date(1970, 1, 1).toordinal()

Windows = tuple[tuple[int, int], ...]


def day_number(day: date) -> int:
    return day.toordinal() - EPOCH


def date_of(number: int) -> date:
    return date.fromordinal(number + EPOCH)


def unroll(years: range, hours_on: Callable[[date], Hours]) -> list[Windows]:
    """The working hours of every day of these years, in microseconds since midnight."""
    first, end = day_number(date(years.start, 1, 1)), day_number(date(years.stop, 1, 1))
    return [
        tuple(window.micros for window in hours_on(date_of(number))) for number in range(first, end)
    ]


class Table:
    """The days of `years` with the working time and the working days before each.

    Both sums are counted from the start of the table that a calendar made first, so what one
    table says holds in every longer one.
    """

    def __init__(
        self, years: range, days: list[Windows], worked: int = 0, counted: int = 0
    ) -> None:
        self.years = years
        self.days = days
        self.first = day_number(date(years.start, 1, 1))
        self.end = self.first + len(days)
        lengths = (sum(closes - opens for opens, closes in windows) for windows in days)
        self.worked = list(accumulate(lengths, initial=worked))
        self.counts = list(accumulate(map(bool, days), initial=counted))
        self._workdays = [number for number, windows in enumerate(days, self.first) if windows]

    def longer(self, years: range, hours_on: Callable[[date], Hours]) -> "Table":
        """This table and the years around it up to those."""
        before = unroll(range(years.start, self.years.start), hours_on)
        after = unroll(range(self.years.stop, years.stop), hours_on)
        earlier = sum(closes - opens for windows in before for opens, closes in windows)
        counted = sum(1 for windows in before if windows)
        return Table(
            years,
            [*before, *self.days, *after],
            self.worked[0] - earlier,
            self.counts[0] - counted,
        )

    def worked_until(self, at: int) -> int:
        """Working time up to a moment within the table."""
        day, clock = divmod(at, DAY)
        index = day - self.first
        worked = self.worked[index]
        for opens, closes in self.days[index]:
            if clock <= opens:
                break
            worked += (clock if clock < closes else closes) - opens
        return worked

    def ends(self, worked: int) -> int:
        """The first moment by which so much was worked, first sum < worked <= last sum: a closing
        time rather than the opening after it."""
        index = bisect_left(self.worked, worked) - 1
        rest = worked - self.worked[index]
        for opens, closes in self.days[index]:
            if rest <= closes - opens:
                break
            rest -= closes - opens
        return (self.first + index) * DAY + opens + rest

    def starts(self, worked: int) -> int:
        """The last moment before which so much was worked, first sum <= worked < last sum: an
        opening time rather than the closing before it."""
        index = bisect_right(self.worked, worked) - 1
        rest = worked - self.worked[index]
        for opens, closes in self.days[index]:
            if rest < closes - opens:
                break
            rest -= closes - opens
        return (self.first + index) * DAY + opens + rest

    def count_before(self, day: int) -> int:
        """Working days before a day of the table, or before the day after its last."""
        return self.counts[day - self.first]

    def workday(self, count: int) -> int:
        """The working day before which so many are counted, first count <= count < last count."""
        return self._workdays[count - self.counts[0]]
