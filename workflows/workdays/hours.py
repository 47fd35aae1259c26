"""Working hours of a day and of a week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from itertools import pairwise

from workflows.errors import InvalidTimeError


@dataclass(frozen=True, order=True)
class Window:
    """A stretch of one day, local time, without its end; a break is the gap between two.

    Raises InvalidTimeError(impossible_hours) when it does not end after it starts.
    """

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise InvalidTimeError("impossible_hours", text=str(self), reason="ends_before_start")

    @cached_property
    def micros(self) -> tuple[int, int]:
        """Both ends in microseconds since midnight."""
        return _micros(self.opens), _micros(self.closes)

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


Hours = tuple[Window, ...]
"""The windows of one day in order; empty on a day off."""

Week = tuple[Hours, ...]
"""Seven days, Monday first; `check_week` says whether it is one."""


@dataclass(frozen=True)
class WeekRule:
    """A usual week that holds from `first` to `last`, both within; None: without that end.

    Raises InvalidTimeError: impossible_week, overlapping_hours, no_working_hours,
    impossible_period.
    """

    first: date | None
    last: date | None
    week: Week

    def __post_init__(self) -> None:
        check_usual_week(self.week)
        if self.end < self.start:
            raise InvalidTimeError(
                "impossible_period", text=str(self.first), reason="ends_before_start"
            )

    @property
    def start(self) -> date:
        return self.first or date.min

    @property
    def end(self) -> date:
        return self.last or date.max


def read_hours(text: str) -> Hours:
    """ "07:30-12:00 13:00-16:00" as windows; an empty text is a day off.

    Raises InvalidTimeError(impossible_hours).
    """
    try:
        edges = [[time.fromisoformat(edge) for edge in part.split("-")] for part in text.split()]
        return tuple(Window(opens, closes) for opens, closes in edges)
    except (ValueError, TypeError):  # an edge with an offset does not compare
        raise InvalidTimeError("impossible_hours", text=text, reason="unreadable") from None


def write_hours(hours: Hours) -> str:
    """What `read_hours` reads."""
    return " ".join(str(window) for window in hours)


def read_week(texts: Sequence[str]) -> Week:
    """Raises InvalidTimeError: impossible_hours, impossible_week, overlapping_hours."""
    week = tuple(read_hours(text) for text in texts)
    check_week(week)
    return week


def check_hours(hours: Hours) -> None:
    """Raises InvalidTimeError(overlapping_hours)."""
    for earlier, later in pairwise(hours):
        if later.opens < earlier.closes:
            raise InvalidTimeError(
                "overlapping_hours", text=f"{earlier} {later}", reason="not_in_order"
            )


def check_week(week: Week) -> None:
    """Raises InvalidTimeError: impossible_week, overlapping_hours."""
    if len(week) != 7:
        raise InvalidTimeError("impossible_week", text=str(len(week)), reason="not_seven_days")
    for hours in week:
        check_hours(hours)


def check_usual_week(week: Week) -> None:
    """As check_week; besides raises no_working_hours."""
    check_week(week)
    if not any(week):
        raise InvalidTimeError("no_working_hours", text="", reason="empty_week")


def minutes_per_day(week: Week) -> int:
    """The working minutes of a week over its working days, whole and at least one."""
    ends = [window.micros for hours in week for window in hours]
    minutes = sum(closes - opens for opens, closes in ends) / 60_000_000
    return max(1, round(minutes / sum(1 for hours in week if hours)))


def _micros(clock: time) -> int:
    seconds = (clock.hour * 60 + clock.minute) * 60 + clock.second
    return seconds * 1_000_000 + clock.microsecond
