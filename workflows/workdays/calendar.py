"""A working calendar: which hours of which days count."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal, NoReturn

from workflows.errors import InvalidTimeError
from workflows.workdays.hours import (
    Hours,
    Week,
    WeekRule,
    check_usual_week,
    check_week,
    minutes_per_day,
)
from workflows.workdays.table import Table, date_of, day_number, unroll
from workflows.workdays.zones import zone_info

FIRST_YEAR: Final = 1970  # the zones' offsets are fixed from 1964 on
LAST_YEAR: Final = 2200

OffReason = Literal["weekend", "holiday", "closed"]
HolidayKind = Literal["libur_nasional", "cuti_bersama", "libur_lokal"]


@dataclass(frozen=True)
class Holiday:
    """A day off by decree. `estimated`: its date is a forecast, not yet decreed."""

    date: date
    name: str
    kind: HolidayKind = "libur_nasional"
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

    `week` is the usual week where no rule of `weeks` covers the date. `settled_years` are the
    years whose holidays and cuti bersama have been decreed.
    Raises InvalidTimeError: unknown_zone, impossible_week, overlapping_hours, no_working_hours,
    overlapping_weeks, overlapping_periods.
    """

    zone: str
    week: Week
    holidays: tuple[Holiday, ...] = ()
    periods: tuple[Period, ...] = ()
    settled_years: frozenset[int] = frozenset()
    weeks: tuple[WeekRule, ...] = ()
    _tables: list[Table] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        zone_info(self.zone)
        check_usual_week(self.week)
        rules = sorted((rule.start, rule.end, str(rule.first)) for rule in self.weeks)
        _refuse_overlap("overlapping_weeks", rules)
        periods = sorted((period.first, period.last, period.name) for period in self.periods)
        _refuse_overlap("overlapping_periods", periods)

    @cached_property
    def minutes_per_day(self) -> int:
        """What a working day of `week` has on average: as long is a part of a working day taken
        of. One figure for all dates, or a later start could end earlier."""
        return minutes_per_day(self.week)

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

    def week_on(self, day: date) -> Week:
        """The usual week that holds on a date; a special period may take its place."""
        for rule in self.weeks:
            if rule.start <= day <= rule.end:
                return rule.week
        return self.week

    def hours_on(self, day: date) -> Hours:
        """The windows of a date; empty on a day off."""
        return () if day in self._holidays_by_date else self._usual_hours(day)

    def day_off(self, day: date) -> DayOff | None:
        """None for a working day. A holiday on a weekend is a weekend, with its name."""
        holiday = self.holiday_on(day)
        name = holiday.name if holiday else ""
        if not self.week_on(day)[day.weekday()] and not self._usual_hours(day):
            return DayOff("weekend", name)
        if holiday:
            return DayOff("holiday", name)
        period = self.period_on(day)
        if period and not self._usual_hours(day):
            return DayOff("closed", period.name)
        return None

    def table_at(self, day: int) -> Table:
        """A table with the day of that number, made when first asked for.

        Raises InvalidTimeError(outside_calendar) beyond FIRST_YEAR and LAST_YEAR.
        """
        if self._tables:
            table = self._tables[0]
            return table if table.first <= day < table.end else self._covering(table, day)
        year = _year_of(day)
        years = range(year, min(year + 2, LAST_YEAR + 1))
        return self._keep(Table(years, unroll(years, self.hours_on)))

    def table_over(self, first: int, last: int) -> Table:
        """One table with both days. Raises as table_at."""
        return self._covering(self.table_at(first), last)

    def later(self, table: Table) -> Table:
        """A table of twice as many years, the new ones after it. Raises as table_at."""
        if table.years.stop > LAST_YEAR:
            refuse_outside(LAST_YEAR + 1)
        stop = min(table.years.stop + len(table.years), LAST_YEAR + 1)
        return self._keep(table.longer(range(table.years.start, stop), self.hours_on))

    def earlier(self, table: Table) -> Table:
        """As `later`, the new years before it."""
        if table.years.start <= FIRST_YEAR:
            refuse_outside(FIRST_YEAR - 1)
        start = max(table.years.start - len(table.years), FIRST_YEAR)
        return self._keep(table.longer(range(start, table.years.stop), self.hours_on))

    def _covering(self, table: Table, day: int) -> Table:
        if table.first <= day < table.end:
            return table
        year = _year_of(day)
        years = range(min(year, table.years.start), max(year + 1, table.years.stop))
        return self._keep(table.longer(years, self.hours_on))

    def _keep(self, table: Table) -> Table:
        # Two threads may make tables at once: each is right by itself, and either may stay.
        self._tables[:] = [table]
        return table

    def _usual_hours(self, day: date) -> Hours:
        period = self.period_on(day)
        return (period.week if period else self.week_on(day))[day.weekday()]


def is_settled(calendar: Calendar, year: int) -> bool:
    """Whether the holidays of a year are decreed; if not, faces say "belum ditetapkan"."""
    return year in calendar.settled_years


def check_year(year: int) -> None:
    """Raises InvalidTimeError(outside_calendar) beyond FIRST_YEAR and LAST_YEAR."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        refuse_outside(year)


def refuse_outside(year: int | str) -> NoReturn:
    raise InvalidTimeError("outside_calendar", text=str(year), reason=f"{FIRST_YEAR}-{LAST_YEAR}")


def _refuse_overlap(code: str, spans: Sequence[tuple[date, date, str]]) -> None:
    """Raises InvalidTimeError with that code where one of these, in order, begins before the one
    before it has ended."""
    for earlier, later in pairwise(spans):
        if later[0] <= earlier[1]:
            raise InvalidTimeError(code, text=f"{earlier[2]}; {later[2]}", reason="overlap")


def _year_of(day: int) -> int:
    year = date_of(min(max(day, day_number(date.min)), day_number(date.max))).year
    check_year(year)
    return year
