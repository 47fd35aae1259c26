"""What a move is given besides the case: the calendar of its unit, and the other definitions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from engine.spiff.compiled import Compiled
from workflows.workdays import Calendar


class Definitions(Protocol):
    """Where called processes come from."""

    def in_force(self, key: str, day: date) -> Compiled | None:
        """The version of a process that counts on that day, None where there is none."""

    def pinned(self, digest: str) -> Compiled:
        """The version that a call began with."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Naive dates and times are read in the calendar's zone."""

    calendar: Calendar
    definitions: Definitions

    @property
    def zone(self) -> tzinfo:
        return ZoneInfo(self.calendar.zone)

    def called(self, key: str, now: datetime) -> Compiled | None:
        """The version of a process that a call takes which begins now."""
        return self.definitions.in_force(key, now.astimezone(self.zone).date())
