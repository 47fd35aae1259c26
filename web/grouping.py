"""The inbox in the order in which a person plans the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from engine.values import WorkItemLine
from web.language import gettext
from web.moments import local_date

Group = tuple[str, list[WorkItemLine]]


def group_by_urgency(lines: Iterable[WorkItemLine], now: datetime) -> list[Group]:
    """Late, due today (where the reader is), later, without due date, paused; empty groups left
    out."""
    late, today, later, undated, paused = (list[WorkItemLine]() for _ in range(5))
    for line in lines:
        if line.paused:
            paused.append(line)
        elif line.due_at is None:
            undated.append(line)
        elif line.overdue:
            late.append(line)
        elif local_date(line.due_at, line.zone) <= local_date(now, line.zone):
            today.append(line)
        else:
            later.append(line)
    groups = (
        (gettext("Terlambat"), late),
        (gettext("Hari ini"), today),
        (gettext("Berikutnya"), later),
        (gettext("Tanpa tenggat"), undated),
        (gettext("Dijeda"), paused),
    )
    return [(title, items) for title, items in groups if items]
