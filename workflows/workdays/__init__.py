"""Working time: calendars, counting on them, and the reckoning behind a date.

Moments are aware datetimes, results UTC. Nothing here reads a clock. How a calendar is stored,
edited, imported and compared: `documents`, `holiday_csv`, `comparing`.
"""

from workflows.workdays.calendar import (
    Calendar,
    DayOff,
    Holiday,
    HolidayKind,
    Period,
    is_settled,
)
from workflows.workdays.counting import (
    add,
    add_working_time,
    next_opening,
    standard_minutes,
    subtract,
    working_time_between,
)
from workflows.workdays.days import (
    add_days,
    is_working_day,
    subtract_days,
    working_days_between,
)
from workflows.workdays.explain import Reason, Row, explain, explain_between
from workflows.workdays.hours import (
    Hours,
    Week,
    WeekRule,
    Window,
    read_hours,
    read_week,
    write_hours,
)
from workflows.workdays.indonesia import (
    DEFAULT_WEEK,
    default_calendar,
    national_holidays,
    six_day_week,
)
from workflows.workdays.year_view import DayView, year_view
from workflows.workdays.zones import ZONES, to_local, to_utc, zone_info, zone_label

__all__ = [
    "DEFAULT_WEEK",
    "ZONES",
    "Calendar",
    "DayOff",
    "DayView",
    "Holiday",
    "HolidayKind",
    "Hours",
    "Period",
    "Reason",
    "Row",
    "Week",
    "WeekRule",
    "Window",
    "add",
    "add_days",
    "add_working_time",
    "default_calendar",
    "explain",
    "explain_between",
    "is_settled",
    "is_working_day",
    "national_holidays",
    "next_opening",
    "read_hours",
    "read_week",
    "six_day_week",
    "standard_minutes",
    "subtract",
    "subtract_days",
    "to_local",
    "to_utc",
    "working_days_between",
    "working_time_between",
    "write_hours",
    "year_view",
    "zone_info",
    "zone_label",
]
