"""The inbox in the order in which a person plans the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.values import WorkItemLine
from web.language import gettext

Group = tuple[str, list[WorkItemLine]]


def group_by_urgency(lines: Iterable[WorkItemLine], now: datetime) -> list[Group]:
    """Late, due today (where the unit is), later, without due date; empty groups left out."""
    late, today, later, undated = (list[WorkItemLine]() for _ in range(4))
    for line in lines:
        if line.due_at is None:
            undated.append(line)
        elif line.overdue:
            late.append(line)
        elif _date(line.due_at, line.zone) <= _date(now, line.zone):
            today.append(line)
        else:
            later.append(line)
    groups = (
        (gettext("Terlambat"), late),
        (gettext("Hari ini"), today),
        (gettext("Berikutnya"), later),
        (gettext("Tanpa tenggat"), undated),
    )
    return [(title, items) for title, items in groups if items]


def _date(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
