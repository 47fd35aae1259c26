"""Dates, times and moments: ISO 8601 as case data hold them, compared as what they mean."""

import re
from datetime import date, datetime, time
from typing import Final

Moment = date | time
"""Also a datetime, which is a date to Python."""

_DATE: Final = r"\d{4}-\d\d-\d\d"
_TIME: Final = r"\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?"
_DATE_ONLY: Final = re.compile(_DATE)
_TIME_ONLY: Final = re.compile(_TIME)
_BOTH: Final = re.compile(f"{_DATE}T{_TIME}")


def read_date(text: str) -> date:
    """Raises ValueError, as all of these do; Python alone would accept many more forms."""
    _check(_DATE_ONLY, text)
    return date.fromisoformat(text)


def read_time(text: str) -> time:
    _check(_TIME_ONLY, text)
    return time.fromisoformat(text)


def read_date_time(text: str) -> datetime:
    _check(_BOTH, text)
    return datetime.fromisoformat(text)


def read_any(text: str) -> Moment:
    """What `@"…"` means in FEEL: the form says the kind."""
    if _DATE_ONLY.fullmatch(text):
        return read_date(text)
    return read_date_time(text) if "T" in text else read_time(text)


def read_like(example: Moment, text: str) -> Moment:
    """The text as a moment of the same kind as `example`."""
    if isinstance(example, datetime):
        return read_date_time(text)
    return read_date(text) if isinstance(example, date) else read_time(text)


def _check(form: re.Pattern[str], text: str) -> None:
    if not form.fullmatch(text):
        raise ValueError(f"not ISO 8601: {text[:40]!r}")
