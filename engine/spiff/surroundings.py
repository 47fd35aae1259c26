"""What a move is given besides the case: the calendar of its unit, and the other definitions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from engine.spiff.compiled import Compiled
from workflows.workdays import Calendar


class Definitions(Protocol):
    """Where called processes come from."""

    def newest(self, key: str) -> Compiled | None:
        """The newest version of a process, None where there is none of that key."""

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
