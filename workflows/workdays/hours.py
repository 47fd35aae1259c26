"""Working hours of a day and of a week."""

from dataclasses import dataclass
from datetime import time
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

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


Hours = tuple[Window, ...]
"""The windows of one day in order; empty on a day off."""

Week = tuple[Hours, ...]
"""Seven days, Monday first; `check_week` says whether it is one."""


def read_hours(text: str) -> Hours:
    """ "07:30-12:00 13:00-16:00" as windows; an empty text is a day off.

    Raises InvalidTimeError(impossible_hours).
    """
    try:
        edges = [[time.fromisoformat(edge) for edge in part.split("-")] for part in text.split()]
        return tuple(Window(opens, closes) for opens, closes in edges)
    except ValueError:
        raise InvalidTimeError("impossible_hours", text=text, reason="unreadable") from None


def check_week(week: Week) -> None:
    """Raises InvalidTimeError: impossible_week, overlapping_hours."""
    if len(week) != 7:
        raise InvalidTimeError("impossible_week", text=str(len(week)), reason="not_seven_days")
    for hours in week:
        for earlier, later in pairwise(hours):
            if later.opens < earlier.closes:
                raise InvalidTimeError(
                    "overlapping_hours", text=f"{earlier} {later}", reason="not_in_order"
                )
