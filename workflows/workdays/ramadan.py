"""When Ramadan is in Indonesia, and its working hours.

What the government has decreed (sidang isbat of the Ministry of Religious Affairs) is certain, the
rest is estimated: it begins as in the Umm al-Qura calendar, which the Ministry's sighting follows
or lags by a day, and ends the day before the Idul Fitri of the shipped holidays. A decree comes
only on the evening before; a region enters it in its own calendar, or we here.
"""

from datetime import date
from typing import Final, NamedTuple

from workflows.workdays.calendar import Period
from workflows.workdays.hours import Week, read_week

# Perpres 21/2023 Ps 4-5: 32 h 30 min a week from 08:00, break 30 min and on Friday 60. Where the
# breaks lie is local custom [INF].
RAMADAN_WEEK: Final[Week] = read_week(
    [*["08:00-12:00 12:30-15:00"] * 4, "08:00-11:30 12:30-15:30", "", ""]
)
# The same 32 h 30 min on six days; the Perpres leaves their hours to the region [INF].
RAMADAN_SIX_DAYS: Final[Week] = read_week(
    [*["08:00-12:00 12:30-14:30"] * 4, "08:00-11:30", "08:00-13:00", ""]
)


class Ramadan(NamedTuple):
    hijri: int
    first: date
    last: date
    estimated: bool
    source: str


_DECREED: Final = "sidang isbat"
_ESTIMATE: Final = "Umm al-Qura; hari terakhir: sehari sebelum Idul Fitri di kalender bawaan"
RAMADANS: Final = (
    Ramadan(1445, date(2024, 3, 12), date(2024, 4, 9), False, _DECREED),
    Ramadan(1446, date(2025, 3, 1), date(2025, 3, 30), False, _DECREED),
    Ramadan(1447, date(2026, 2, 19), date(2026, 3, 20), False, _DECREED),
    Ramadan(1448, date(2027, 2, 8), date(2027, 3, 9), True, _ESTIMATE),
    Ramadan(1449, date(2028, 1, 28), date(2028, 2, 26), True, _ESTIMATE),
    Ramadan(1450, date(2029, 1, 16), date(2029, 2, 14), True, _ESTIMATE),
    Ramadan(1451, date(2030, 1, 5), date(2030, 2, 3), True, _ESTIMATE),
    Ramadan(1452, date(2030, 12, 26), date(2031, 1, 24), True, _ESTIMATE),
)


def ramadan_periods(week: Week = RAMADAN_WEEK) -> tuple[Period, ...]:
    """The special periods, 2024 to 2030."""
    return tuple(
        Period(f"Ramadan {one.hijri} H", one.first, one.last, week, one.estimated)
        for one in RAMADANS
    )
