"""Working time: calendars, counting on them, and the reckoning behind a date.

Moments are aware datetimes, results UTC. Nothing here reads a clock.
"""

from workflows.workdays.calendar import Calendar, DayOff, Holiday, Period, is_settled
from workflows.workdays.counting import (
    MINUTES_PER_WORKING_DAY,
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
from workflows.workdays.hours import Hours, Week, Window, read_hours
from workflows.workdays.indonesia import DEFAULT_WEEK, default_calendar, national_holidays
from workflows.workdays.zones import ZONES, to_local, to_utc, zone_info, zone_label

__all__ = [
    "DEFAULT_WEEK",
    "MINUTES_PER_WORKING_DAY",
    "ZONES",
    "Calendar",
    "DayOff",
    "Holiday",
    "Hours",
    "Period",
    "Reason",
    "Row",
    "Week",
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
    "standard_minutes",
    "subtract",
    "subtract_days",
    "to_local",
    "to_utc",
    "working_days_between",
    "working_time_between",
    "zone_info",
    "zone_label",
]
