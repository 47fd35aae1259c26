"""Functions of dates, which are ISO texts: "2026-01-05", or with a time behind them.

None reads the clock: the same variables always give the same value.
"""

import calendar
import re
from datetime import date, datetime, timedelta

from workflows.expressions.kinds import text, whole

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}[0-9:.+\-]{0,22}Z?)?")


def _day(value: object) -> date:
    written = text(value)
    if not _ISO.fullmatch(written):
        raise ValueError("a date such as 2026-01-05 is wanted")
    return datetime.fromisoformat(written).date()


def make_date(first: object, month: object = None, day: object = None) -> str:
    """Of a text, or of year, month and day."""
    if month is None and day is None:
        return _day(first).isoformat()
    return date(whole(first), whole(month), whole(day)).isoformat()


def year(value: object) -> int:
    return _day(value).year


def month(value: object) -> int:
    return _day(value).month


def day(value: object) -> int:
    return _day(value).day


def weekday(value: object) -> int:
    """1 is Monday, 7 is Sunday."""
    return _day(value).isoweekday()


def add_days(value: object, count: object) -> str:
    moved = _day(value) + timedelta(days=whole(count))
    return moved.isoformat() + text(value)[10:]


def add_months(value: object, count: object) -> str:
    """The same day of another month, or its last one where it is shorter."""
    begin = _day(value)
    years, index = divmod(begin.month - 1 + whole(count), 12)
    year, month = begin.year + years, index + 1
    if not 1 <= year <= 9999:
        raise ValueError("no such year")
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(begin.day, last)).isoformat() + text(value)[10:]


def days_between(begin: object, end: object) -> int:
    return (_day(end) - _day(begin)).days
