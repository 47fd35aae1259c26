"""What the use cases of time give back: pauses, ledgers, calendars and what changing one moves.

Frozen values, as those of `engine.values`; moments are aware UTC datetimes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from workflows.deadlines import Use


@dataclass(frozen=True)
class PauseLine:
    """A stretch in which an item's standard does not run.

    `kind`: unit (waits for `awaited`), reason, suspended (its case stands still); `awaited`: code
    of the unit, "" where it waits for none; `by` None: the operator; `resume_at`: when it ends by
    itself, `ended_at` None while it is open; `ending`: resumed, date, arrived, completed,
    withdrawn, case_resumed.
    """

    id: int
    item: int
    kind: str
    awaited: str
    awaited_name: str
    reason: str
    by: str | None
    started_at: datetime
    resume_at: datetime | None
    ended_at: datetime | None
    ending: str | None


@dataclass(frozen=True)
class Ledger:
    """Who used how much of an item's standard, in working minutes of the unit's calendar.

    `rows`: in each, `who` is a person, the role that had not taken the item, the unit waited for,
    or the reason.
    `used`: waiting and working together; `share`: of the standard, None without one; `until`: up
    to when it counts (the end of the item, or the moment of the call).
    """

    item: int
    zone: str
    rows: tuple[Use, ...]
    pauses: tuple[PauseLine, ...]
    standard_minutes: int | None
    waiting: int
    working: int
    paused: int
    used: int
    share: Fraction | None
    until: datetime


@dataclass(frozen=True)
class CalendarLine:
    """The calendar of a unit. `number`: the version of its own, 0 where it has none and
    `inherited` names the unit whose calendar counts, "" for the shipped one; `note`: the decree
    or reason that the version rests on; `covers`: for how many units it counts, or would."""

    unit: str
    unit_name: str
    zone: str
    number: int
    note: str
    created_at: datetime | None
    created_by: str | None
    covers: int
    inherited: str = ""


@dataclass(frozen=True)
class CalendarVersionLine:
    """A version of a unit's own calendar; `removed`: it took that away again."""

    number: int
    note: str
    created_at: datetime
    created_by: str | None
    removed: bool


@dataclass(frozen=True)
class CalendarDetail:
    """The calendar that counts for a unit, as a document (see `workflows.workdays.documents`).

    `versions`: those of the unit's own calendar, the newest first.
    """

    line: CalendarLine
    document: Mapping[str, Any]
    versions: tuple[CalendarVersionLine, ...]


@dataclass(frozen=True)
class MovedItem:
    """An open work item whose due moment a change of calendar moves; `zone`: that after it."""

    item: int
    case_id: int
    sop_name: str
    step_name: str
    unit_name: str
    before: datetime | None
    after: datetime | None
    zone: str


@dataclass(frozen=True)
class MovedCase:
    """An unfinished case whose due moment is moved, by the time that its SOP states for all."""

    case_id: int
    sop_name: str
    unit_name: str
    before: datetime | None
    after: datetime | None
    zone: str


@dataclass(frozen=True)
class CalendarChange:
    """What a change of calendar does, or would do. `units`: for how many it counts; `open_items`,
    `open_cases`: how many were reckoned anew; `paused`: how many of these items are paused and are
    reckoned when they go on; `number`: the version that counts afterwards."""

    unit: str
    number: int
    changed: bool
    units: int
    open_items: int
    open_cases: int
    paused: int
    moved: tuple[MovedItem, ...]
    moved_cases: tuple[MovedCase, ...]
