"""What a document says, read field by field and written back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, get_args

from workflows.errors import InvalidTimeError
from workflows.workdays.calendar import Holiday, HolidayKind, Period
from workflows.workdays.hours import Week, WeekRule, check_usual_week, write_hours
from workflows.workdays.reading import (
    read_date,
    read_flag,
    read_hours_of_week,
    read_name,
    read_open_date,
    read_record,
    read_rows,
    refuse,
)
from workflows.workdays.zones import ZONES

_KINDS: Final[tuple[HolidayKind, ...]] = get_args(HolidayKind)
_LONGEST_PERIOD: Final = 366  # days


@dataclass(frozen=True)
class Parts:
    """What a document says. `week` is the first of its weeks."""

    zone: str
    week: Week
    weeks: tuple[WeekRule, ...]
    periods: tuple[Period, ...]
    national: bool
    joint_leave: bool
    holidays: tuple[Holiday, ...]
    workdays: tuple[tuple[date, str], ...]


def read_parts(document: Mapping[str, Any]) -> Parts:
    """Raises InvalidTimeError(invalid_calendar)."""
    read_record(
        document,
        "",
        ("zone", "weeks"),
        ("periods", "national", "joint_leave", "holidays", "workdays"),
    )
    if document["zone"] not in ZONES:
        refuse("zone", "unknown_zone", document["zone"])
    week, rules = _weeks(document)
    holidays, workdays = _own_holidays(document), _workdays(document)
    _refuse_twice(
        {
            **{f"holidays[{number}]": one.date for number, one in enumerate(holidays)},
            **{f"workdays[{number}]": day for number, (day, _) in enumerate(workdays)},
        }
    )
    return Parts(
        document["zone"],
        week,
        tuple(sorted(rules, key=lambda rule: rule.start)),
        tuple(sorted(_periods(document), key=lambda period: period.first)),
        read_flag(document, "national", "national", True),
        read_flag(document, "joint_leave", "joint_leave", True),
        tuple(sorted(holidays, key=lambda one: one.date)),
        tuple(sorted(workdays)),
    )


def _weeks(document: Mapping[str, Any]) -> tuple[Week, list[WeekRule]]:
    rows = read_rows(document, "weeks")
    if not rows:
        refuse("weeks", "required")
    rules = [_week(field, row) for field, row in rows]
    base, *later = rules
    for name, value in (("from", base.first), ("until", base.last)):
        if value is not None:
            refuse(f"weeks[0].{name}", "first_week_dated", value)
    _refuse_overlap([(f"weeks[{n}]", one.start, one.end) for n, one in enumerate(later, 1)])
    return base.week, later


def _week(field: str, row: object) -> WeekRule:
    record = read_record(row, field, ("from", "until", "hours"))
    week = read_hours_of_week(record, field)
    try:
        check_usual_week(week)
    except InvalidTimeError as error:
        refuse(f"{field}.hours", error.code)
    first, last = (read_open_date(record, name, field) for name in ("from", "until"))
    _refuse_reversed(field, first or date.min, last or date.max)
    return WeekRule(first, last, week)


def _periods(document: Mapping[str, Any]) -> list[Period]:
    found, spans = [], []
    for field, row in read_rows(document, "periods"):
        record = read_record(row, field, ("name", "from", "until", "hours"), ("estimated",))
        first, last = (read_date(record, name, field) for name in ("from", "until"))
        _refuse_reversed(field, first, last)
        if (last - first).days >= _LONGEST_PERIOD:
            refuse(f"{field}.until", "period_too_long", last)
        estimated = read_flag(record, "estimated", f"{field}.estimated", False)
        week = read_hours_of_week(record, field)
        found.append(Period(read_name(record, field), first, last, week, estimated))
        spans.append((field, first, last))
    _refuse_overlap(spans)
    return found


def _own_holidays(document: Mapping[str, Any]) -> list[Holiday]:
    found = []
    for field, row in read_rows(document, "holidays"):
        record = read_record(row, field, ("date", "name"), ("kind", "estimated"))
        kind = record.get("kind", "libur_lokal")
        if kind not in _KINDS:
            refuse(f"{field}.kind", "unknown_kind", kind)
        estimated = read_flag(record, "estimated", f"{field}.estimated", False)
        day = read_date(record, "date", field)
        found.append(Holiday(day, read_name(record, field), kind, estimated))
    return found


def _workdays(document: Mapping[str, Any]) -> list[tuple[date, str]]:
    found = []
    for field, row in read_rows(document, "workdays"):
        record = read_record(row, field, ("date", "name"))
        found.append((read_date(record, "date", field), read_name(record, field)))
    return found


def write_parts(parts: Parts) -> dict[str, Any]:
    base = WeekRule(None, None, parts.week)
    return {
        "zone": parts.zone,
        "weeks": [
            {"from": _iso(one.first), "until": _iso(one.last), "hours": _texts(one.week)}
            for one in (base, *parts.weeks)
        ],
        "periods": [
            {
                "name": one.name,
                "from": _iso(one.first),
                "until": _iso(one.last),
                "hours": _texts(one.week),
                "estimated": one.estimated,
            }
            for one in parts.periods
        ],
        "national": parts.national,
        "joint_leave": parts.joint_leave,
        "holidays": [
            {
                "date": _iso(one.date),
                "name": one.name,
                "kind": one.kind,
                "estimated": one.estimated,
            }
            for one in parts.holidays
        ],
        "workdays": [{"date": _iso(day), "name": name} for day, name in parts.workdays],
    }


def _texts(week: Week) -> list[str]:
    return [write_hours(hours) for hours in week]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _refuse_reversed(field: str, first: date, last: date) -> None:
    if last < first:
        refuse(f"{field}.until", "ends_before_start", last)


def _refuse_overlap(spans: list[tuple[str, date, date]]) -> None:
    for earlier, later in pairwise(sorted(spans, key=lambda span: span[1])):
        if later[1] <= earlier[2]:
            refuse(f"{later[0]}.from", "overlap", later[1])


def _refuse_twice(days: Mapping[str, date]) -> None:
    seen: set[date] = set()
    for field, day in days.items():
        if day in seen:
            refuse(f"{field}.date", "twice", day)
        seen.add(day)
