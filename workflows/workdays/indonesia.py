"""The shipped calendar: the working week of Perpres 21/2023 and the national holidays."""

from datetime import date
from functools import cache
from typing import Final

from holidays import country_holidays

from workflows.workdays.calendar import Calendar, Holiday
from workflows.workdays.hours import Week, read_hours

# Perpres 21/2023 Ps 3-5: Monday to Friday, 37 h 30 min a week, from 07:30, break 60 min and on
# Friday 90. Where the breaks lie is local custom.
_MONDAY_TO_THURSDAY: Final = read_hours("07:30-12:00 13:00-16:00")
_FRIDAY: Final = read_hours("07:30-11:30 13:00-16:30")
DEFAULT_WEEK: Final[Week] = (
    _MONDAY_TO_THURSDAY,
    _MONDAY_TO_THURSDAY,
    _MONDAY_TO_THURSDAY,
    _MONDAY_TO_THURSDAY,
    _FRIDAY,
    (),
    (),
)
_YEARS: Final = range(2002, 2101)  # from the first cuti bersama to the end of the package's tables
_ESTIMATE: Final = "(perkiraan)"


@cache
def default_calendar(zone: str = "Asia/Jakarta") -> Calendar:
    """Five days, no Ramadan hours, holidays with cuti bersama from the `holidays` package.

    A year counts as settled once its cuti bersama is known; later years hold the package's
    forecasts. Raises InvalidTimeError(unknown_zone).
    """
    holidays = national_holidays()
    settled = frozenset(one.date.year for one in holidays if one.kind == "cuti_bersama")
    return Calendar(zone, DEFAULT_WEEK, holidays, settled_years=settled)


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
