"""The shipped calendar: the working week of Perpres 21/2023 and the national holidays."""

from datetime import date
from functools import cache
from typing import Final

from holidays import country_holidays

from workflows.workdays.calendar import Calendar, Holiday
from workflows.workdays.hours import Week, read_week
from workflows.workdays.ramadan import ramadan_periods

# Perpres 21/2023 Ps 3-5: Monday to Friday, 37 h 30 min a week, from 07:30, break 60 min and on
# Friday 90. Where the breaks lie is local custom.
DEFAULT_WEEK: Final[Week] = read_week(
    [*["07:30-12:00 13:00-16:00"] * 4, "07:30-11:30 13:00-16:30", "", ""]
)
_YEARS: Final = range(2002, 2101)  # from the first cuti bersama to the end of the package's tables
_ESTIMATE: Final = "(perkiraan)"


@cache
def default_calendar(zone: str = "Asia/Jakarta") -> Calendar:
    """Five days, the hours of Ramadan 2024 to 2030, and the holidays with cuti bersama from the
    `holidays` package.

    A year counts as settled once its cuti bersama is known; later years hold the package's
    forecasts. Raises InvalidTimeError(unknown_zone).
    """
    return Calendar(
        zone,
        DEFAULT_WEEK,
        national_holidays(),
        ramadan_periods(),
        settled_years=settled_years(national_holidays()),
    )


def six_day_week() -> Week:
    """37 h 30 min on six days, a template: the Perpres leaves their hours to the region [INF]."""
    return read_week([*["07:30-12:00 12:30-15:00"] * 4, "07:30-11:30", "07:30-13:00", ""])


def settled_years(holidays: tuple[Holiday, ...]) -> frozenset[int]:
    """Those whose cuti bersama is decreed."""
    return frozenset(
        one.date.year for one in holidays if one.kind == "cuti_bersama" and not one.estimated
    )


@cache
def national_holidays() -> tuple[Holiday, ...]:
    """Libur nasional and cuti bersama by date, names in Indonesian."""
    joint = _named("government")
    public = _named("public")
    # On a date that is both, the public holiday gives the name.
    return tuple(
        Holiday(
            day,
            public.get(day) or joint[day],
            "libur_nasional" if day in public else "cuti_bersama",
            estimated=_ESTIMATE in (public.get(day) or joint[day]),
        )
        for day in sorted(public | joint)
    )


def _named(category: str) -> dict[date, str]:
    # The package's default category leaves cuti bersama out; each is asked for by name.
    found = country_holidays("ID", years=_YEARS, categories=(category,), language="id")
    return dict(found.items())
