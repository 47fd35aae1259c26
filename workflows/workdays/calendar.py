"""A working calendar: which hours of which days count."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal

from workflows.errors import InvalidTimeError
from workflows.workdays.hours import Hours, Week, check_week
from workflows.workdays.table import YearTable
from workflows.workdays.zones import zone_info

FIRST_YEAR: Final = 1970  # the zones' offsets are fixed from 1964 on
LAST_YEAR: Final = 2200

OffReason = Literal["weekend", "holiday", "closed"]


@dataclass(frozen=True)
class Holiday:
    """A day off by decree. `estimated`: its date is a forecast, not yet decreed."""

    date: date
    name: str
    kind: Literal["libur_nasional", "cuti_bersama", "libur_lokal"] = "libur_nasional"
    estimated: bool = False


@dataclass(frozen=True)
class Period:
    """Days with a week of their own, such as Ramadan; `first` and `last` belong to it."""

    name: str
    first: date
    last: date
    week: Week
    estimated: bool = False

    def __post_init__(self) -> None:
        check_week(self.week)
        if self.last < self.first:
            raise InvalidTimeError("impossible_period", text=self.name, reason="ends_before_start")


@dataclass(frozen=True)
class DayOff:
    """Why nobody works on a date. `closed`: a special period takes a usual working day away."""

    reason: OffReason
    name: str = ""


@dataclass(frozen=True)
class Calendar:
    """Working hours in one zone. Of two holidays on one date the later in the tuple counts, so
    that a decree can be appended.

    `settled_years` are the years whose holidays and cuti bersama have been decreed.
    Raises InvalidTimeError: unknown_zone, impossible_week, overlapping_hours, no_working_hours,
    overlapping_periods.
    """

    zone: str
    week: Week
    holidays: tuple[Holiday, ...] = ()
    periods: tuple[Period, ...] = ()
    settled_years: frozenset[int] = frozenset()
    _tables: dict[int, YearTable] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        zone_info(self.zone)
        check_week(self.week)
        if not any(self.week):
            raise InvalidTimeError("no_working_hours", text=self.zone, reason="empty_week")
        for earlier, later in pairwise(sorted(self.periods, key=lambda period: period.first)):
            if later.first <= earlier.last:
                raise InvalidTimeError(
                    "overlapping_periods", text=f"{earlier.name}; {later.name}", reason="overlap"
                )

    @cached_property
    def _holidays_by_date(self) -> dict[date, Holiday]:
        return {holiday.date: holiday for holiday in self.holidays}

    def holiday_on(self, day: date) -> Holiday | None:
        return self._holidays_by_date.get(day)

    def period_on(self, day: date) -> Period | None:
        for period in self.periods:
            if period.first <= day <= period.last:
                return period
        return None

    def hours_on(self, day: date) -> Hours:
        """The windows of a date; empty on a day off."""
        return () if self.holiday_on(day) else self._usual_hours(day)

    def day_off(self, day: date) -> DayOff | None:
        """None for a working day. A holiday on a weekend is a weekend, with its name."""
        holiday = self.holiday_on(day)
        name = holiday.name if holiday else ""
        if not self.week[day.weekday()] and not self._usual_hours(day):
            return DayOff("weekend", name)
        if holiday:
            return DayOff("holiday", name)
        period = self.period_on(day)
        if period and not self._usual_hours(day):
            return DayOff("closed", period.name)
        return None

    def year(self, year: int) -> YearTable:
        """The unrolled year, built when first asked for.

        Raises InvalidTimeError(outside_calendar) beyond FIRST_YEAR and LAST_YEAR.
        """
        table = self._tables.get(year)
        if table is None:
            if not FIRST_YEAR <= year <= LAST_YEAR:
                raise InvalidTimeError(
                    "outside_calendar", text=str(year), reason=f"{FIRST_YEAR}-{LAST_YEAR}"
                )
            # Two threads may build the same year; both tables are equal and one stays.
            table = self._tables[year] = YearTable(year, self.hours_on)
        return table

    def _usual_hours(self, day: date) -> Hours:
        period = self.period_on(day)
        return (period.week if period else self.week)[day.weekday()]


def is_settled(calendar: Calendar, year: int) -> bool:
    """Whether the holidays of a year are decreed; if not, faces say "belum ditetapkan"."""
    return year in calendar.settled_years
