"""Why this date: the reckoning of a due date, day by day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from typing import Final, Literal

from workflows.errors import InvalidTimeError
from workflows.waktu import Waktu
from workflows.workdays.calendar import Calendar, OffReason
from workflows.workdays.counting import count_backward, count_forward
from workflows.workdays.days import add_days, count_days, subtract_days
from workflows.workdays.hours import Window
from workflows.workdays.table import date_of, day_number
from workflows.workdays.zones import local_micros, local_of, to_local

Reason = Literal["before_hours", "after_hours", "break", "start_day", "moved"] | OffReason
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Row:
    """What one date adds to the count, local time.

    `minutes` are working minutes (whole; a broken minute is carried to the next row, so that the
    rows add up), counted in `spans`; `days` is 1 for a counted day. A row that adds nothing has a
    `reason`: day off (weekend, holiday, closed), the start is after_hours or the end before_hours,
    break, start_day (the first day is not counted), or moved (a date on a day off moves here).
    `name` is the holiday or the special period in force.
    """

    date: date
    minutes: int = 0
    days: int = 0
    reason: Reason | None = None
    name: str = ""
    spans: tuple[Window, ...] = ()


def explain(
    calendar: Calendar, start: date, waktu: Waktu, *, backwards: bool = False
) -> tuple[Row, ...]:
    """The rows of `add` (or `subtract`), earliest first; of `add_days` where `start` is a plain
    date. Their minutes and days add up to the waktu (a month to the days it has; half a working
    day to half of `minutes_per_day`). Raises as those functions do."""
    if not isinstance(start, datetime):
        landed = (subtract_days if backwards else add_days)(calendar, start, waktu)
        return _merged(_day_rows(calendar, start, landed, waktu, backwards))
    local = to_local(calendar.zone, start)
    end = _landed(calendar, local, waktu, backwards)
    whole, part = divmod(waktu.hundredths, 100)
    if waktu.unit == "menit" or not whole:
        return _merged(_hour_rows(calendar, *sorted((local, end))))
    if not part:
        return _merged(_day_rows(calendar, local.date(), end.date(), waktu, backwards))
    days = replace(waktu, minimum=None, maximum=Fraction(whole))
    middle = _landed(calendar, local, days, backwards)
    return _merged(
        [
            *_day_rows(calendar, local.date(), middle.date(), waktu, backwards),
            *_hour_rows(calendar, *sorted((middle, end))),
        ]
    )


def explain_between(calendar: Calendar, start: date, end: date) -> tuple[Row, ...]:
    """The rows of working_time_between for two moments, of working_days_between for two dates.

    Raises InvalidTimeError: needs_clock_time for one of each, naive_moment, outside_calendar.
    """
    if isinstance(start, datetime) and isinstance(end, datetime):
        first, last = sorted(to_local(calendar.zone, moment) for moment in (start, end))
        return _merged(_hour_rows(calendar, first, last))
    if isinstance(start, datetime) or isinstance(end, datetime):
        raise InvalidTimeError("needs_clock_time", text=f"{start} {end}", reason="plain_date")
    return _merged(_working_day_row(calendar, day, start) for day in _dates(start, end))


def _landed(calendar: Calendar, local: datetime, waktu: Waktu, backwards: bool) -> datetime:
    count = count_backward if backwards else count_forward
    return local_of(count(calendar, local_micros(local), waktu))


def _day_rows(
    calendar: Calendar, start: date, landed: date, waktu: Waktu, backwards: bool
) -> Iterator[Row]:
    """From the start to the counted date, then on to where a day off has moved it."""
    if waktu.unit == "hari_kerja":
        yield from (_working_day_row(calendar, day, start) for day in _dates(start, landed))
        return
    amount = -int(waktu.maximum) if backwards else int(waktu.maximum)
    counted = date_of(count_days(calendar, day_number(start), waktu.unit, amount))
    for day in _dates(start, counted):
        off = calendar.day_off(day)
        if day == start:
            yield _start_row(calendar, day)
        else:
            yield Row(day, days=1, name=off.name if off else "")
    for day in _dates(counted, landed):
        off = calendar.day_off(day)
        if day != counted:
            yield Row(day, reason=off.reason if off else "moved", name=off.name if off else "")


def _working_day_row(calendar: Calendar, day: date, start: date) -> Row:
    off = calendar.day_off(day)
    if day == start or off:
        return _start_row(calendar, day)
    return Row(day, days=1, name=_period_name(calendar, day))


def _start_row(calendar: Calendar, day: date) -> Row:
    """A date that is not counted: a day off, or else the first day."""
    off = calendar.day_off(day)
    return Row(day, reason=off.reason, name=off.name) if off else Row(day, reason="start_day")


def _hour_rows(calendar: Calendar, first: datetime, last: datetime) -> Iterator[Row]:
    worked = timedelta()
    for day in _dates(first.date(), last.date()):
        off = calendar.day_off(day)
        if off:
            yield Row(day, reason=off.reason, name=off.name)
            continue
        spans = tuple(_spans(calendar, day, first, last))
        before = worked
        for span in spans:
            worked += datetime.combine(day, span.closes) - datetime.combine(day, span.opens)
        yield Row(
            day,
            minutes=_whole_minutes(worked) - _whole_minutes(before),
            reason=None if spans else _idle_reason(calendar, day, first, last),
            name=_period_name(calendar, day),
            spans=spans,
        )


def _spans(calendar: Calendar, day: date, first: datetime, last: datetime) -> Iterator[Window]:
    """The working hours of a date that lie between two moments."""
    for window in calendar.hours_on(day):
        opens = max(first, datetime.combine(day, window.opens))
        closes = min(last, datetime.combine(day, window.closes))
        if opens < closes:
            yield Window(opens.time(), closes.time())


def _idle_reason(calendar: Calendar, day: date, first: datetime, last: datetime) -> Reason:
    hours = calendar.hours_on(day)
    if first >= datetime.combine(day, hours[-1].closes):
        return "after_hours"
    return "before_hours" if last <= datetime.combine(day, hours[0].opens) else "break"


def _merged(rows: Iterable[Row]) -> tuple[Row, ...]:
    """In order of date, one row a date: whole days and hours of the same date become one."""
    by_date = sorted(rows, key=attrgetter("date"))
    return tuple(_joined(list(same)) for _, same in groupby(by_date, key=attrgetter("date")))


def _joined(rows: list[Row]) -> Row:
    minutes, days = sum(row.minutes for row in rows), sum(row.days for row in rows)
    return replace(
        rows[0],
        minutes=minutes,
        days=days,
        reason=None if days or any(row.spans for row in rows) else rows[0].reason,
        spans=tuple(span for row in rows for span in row.spans),
    )


def _period_name(calendar: Calendar, day: date) -> str:
    period = calendar.period_on(day)
    return period.name if period else ""


def _whole_minutes(worked: timedelta) -> int:
    return (worked + _MINUTE / 2) // _MINUTE


def _dates(start: date, end: date) -> Iterator[date]:
    """Both ends and all dates between, earliest first."""
    first, last = sorted((start, end))
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
