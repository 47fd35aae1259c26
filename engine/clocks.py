"""The two clocks of a work item: waiting until it is taken, working after that."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.store.tables import WorkItem
from workflows.deadlines import Stretch, paused_time
from workflows.workdays import Calendar, working_time_between


@dataclass(frozen=True)
class Clocks:
    """In working time; `paused` is in neither of the others."""

    waiting: timedelta
    working: timedelta
    paused: timedelta


def clocks_of(
    item: WorkItem, calendar: Calendar, stretches: Collection[Stretch], now: datetime
) -> Clocks:
    """What passed until the item was taken, what after that, and what of both was paused."""
    taken = item.claimed_at or (item.available_at if item.completed_at else now)
    taken = max(taken, item.available_at)
    until = max(item.completed_at or now, taken)
    before = paused_time(calendar, stretches, item.available_at, taken)
    after = paused_time(calendar, stretches, taken, until)
    return Clocks(
        working_time_between(calendar, item.available_at, taken) - before,
        working_time_between(calendar, taken, until) - after,
        before + after,
    )
