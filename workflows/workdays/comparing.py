"""How the days off of a document differ from the shipped ones."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from workflows.workdays.calendar import Holiday
from workflows.workdays.documents import read_calendar
from workflows.workdays.indonesia import national_holidays

How = Literal["added", "removed", "renamed", "kind"]


@dataclass(frozen=True)
class HolidayChange:
    """`added`: off here, a day like others in the shipped calendar; `removed`: the other way round;
    `kind`: of another kind (and perhaps name), or a forecast in one of them only."""

    date: date
    how: How
    ours: Holiday | None
    shipped: Holiday | None


def compare_with_shipped(
    document: Mapping[str, Any], years: Collection[int]
) -> tuple[HolidayChange, ...]:
    """The dates of these years on which both differ, earliest first. Raises as read_calendar."""
    ours = _by_date(read_calendar(document).holidays, years)
    shipped = _by_date(national_holidays(), years)
    changes = (
        _change(day, ours.get(day), shipped.get(day)) for day in sorted(ours.keys() | shipped)
    )
    return tuple(change for change in changes if change)


def _by_date(holidays: Collection[Holiday], years: Collection[int]) -> dict[date, Holiday]:
    return {one.date: one for one in holidays if one.date.year in years}


def _change(day: date, ours: Holiday | None, shipped: Holiday | None) -> HolidayChange | None:
    if ours == shipped:
        return None
    how: How = "kind"
    if shipped is None:
        how = "added"
    elif ours is None:
        how = "removed"
    elif (ours.kind, ours.estimated) == (shipped.kind, shipped.estimated):
        how = "renamed"
    return HolidayChange(day, how, ours, shipped)
