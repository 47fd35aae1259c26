"""A calendar as a document, as it is stored and edited, and the Calendar that it stands for.

A document is a plain JSON object:
 zone      one of ZONES
 weeks     [{from, until, hours}]: usual weeks; the first one holds where no later one does, its
           dates are null; of the later ones a null is an open end
 periods   [{name, from, until, hours, estimated}]: days with hours of their own
 national, joint_leave   whether the shipped libur nasional and cuti bersama count
 holidays  [{date, name, kind, estimated}]: days off of one's own; they override shipped ones
 workdays  [{date, name}]: shipped days off that are worked here
`hours` are seven texts, Monday first: "07:30-12:00 13:00-16:00", "" for none. Dates are ISO.
Only zone and weeks must be there. A document that was readable once stays so, whatever is shipped.
"""

from collections.abc import Mapping
from typing import Any

from workflows.errors import InvalidTimeError
from workflows.workdays.calendar import Calendar, Holiday
from workflows.workdays.indonesia import (
    DEFAULT_WEEK,
    national_holidays,
    settled_years,
    six_day_week,
)
from workflows.workdays.parts import Parts, read_parts, write_parts
from workflows.workdays.ramadan import RAMADAN_SIX_DAYS, RAMADAN_WEEK, ramadan_periods
from workflows.workdays.zones import zone_info

Document = dict[str, Any]


def read_calendar(document: Mapping[str, Any], zone: str | None = None) -> Calendar:
    """The calendar of a document, in another zone if one is given.

    Raises InvalidTimeError: invalid_calendar (field, reason, text), unknown_zone.
    """
    parts = read_parts(document)
    return Calendar(
        zone or parts.zone,
        parts.week,
        _holidays(parts),
        parts.periods,
        _settled(parts),
        parts.weeks,
    )


def default_document(zone: str = "Asia/Jakarta", days: int = 5) -> Document:
    """The shipped calendar with five or six working days.

    Raises InvalidTimeError: unknown_zone, impossible_week.
    """
    zone_info(zone)
    if days not in (5, 6):
        raise InvalidTimeError("impossible_week", text=str(days), reason="five_or_six_days")
    six = days == 6
    week = six_day_week() if six else DEFAULT_WEEK
    periods = ramadan_periods(RAMADAN_SIX_DAYS if six else RAMADAN_WEEK)
    return write_parts(Parts(zone, week, (), periods, True, True, (), ()))


def canonical_document(document: Mapping[str, Any]) -> Document:
    """The same with every field, in order of date: equal for documents that mean the same.

    Raises as read_calendar.
    """
    return write_parts(read_parts(document))


def _holidays(parts: Parts) -> tuple[Holiday, ...]:
    worked = {day for day, _ in parts.workdays}
    own = {one.date for one in parts.holidays}
    shipped = [
        one
        for one in national_holidays()
        if one.date not in worked and one.date not in own and _counts(parts, one)
    ]
    return tuple(sorted((*shipped, *parts.holidays), key=lambda one: one.date))


def _counts(parts: Parts, shipped: Holiday) -> bool:
    return parts.joint_leave if shipped.kind == "cuti_bersama" else parts.national


def _settled(parts: Parts) -> frozenset[int]:
    """Years decreed by what is shipped, as far as it counts here, or by an own cuti bersama."""
    shipped = national_holidays() if parts.national and parts.joint_leave else ()
    return settled_years(shipped) | settled_years(parts.holidays)
