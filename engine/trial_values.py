"""What trials and recorded runs give back: frozen values, as those of `engine.values`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.values import EventLine, IncidentLine, WorkItemDetail, WorkItemLine
from workflows.errors import SopError
from workflows.trials import Act, Difference, Outcome


@dataclass(frozen=True)
class TrialLine:
    """A trial in a list. `revision`: of the draft, that is tried; `stale`: there is a newer one."""

    id: int
    draft_id: int
    revision: int
    stale: bool
    acts: int
    started_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class TrialDetail:
    """A trial with what it plays: the drawing of its revision, and the script."""

    line: TrialLine
    key: str
    name: str
    newest: int
    xml: bytes
    forms: Mapping[str, str]
    script: tuple[Act, ...]


@dataclass(frozen=True)
class ActLine:
    """An act that was played. `at`: what the clock showed after it; `name`: of its step; `by`: who
    played it, `stand_in`: somebody who is not there in truth."""

    number: int
    act: Act
    at: datetime
    name: str
    by: str
    stand_in: bool
    outcome: Outcome


@dataclass(frozen=True)
class OpenStep:
    """A step that waits for its role. `by`: who would do it; `spot`: what names it on the page."""

    line: WorkItemLine
    unit: str
    nth: int
    by: str
    stand_in: bool

    @property
    def spot(self) -> str:
        return f"{self.line.node}/{self.unit}/{self.nth}"


@dataclass(frozen=True)
class WaitingSpot:
    """Where the case waits for no person. `waits_for`: message, signal, job, timer; `name`: of the
    message, signal or service; `request`: what the service is given."""

    node: str
    node_name: str
    nth: int
    waits_for: str
    name: str
    request: Mapping[str, object]
    due_at: datetime | None


@dataclass(frozen=True)
class ToldLine:
    """What somebody would hear. `channels`: in_app, email or others; `at`: when it fell due,
    `sent_at`: when it would leave the house, in working hours."""

    at: datetime
    sent_at: datetime
    kind: str
    channels: tuple[str, ...]
    to: str
    subject: str
    body: str


@dataclass(frozen=True)
class Scene:
    """How a trial stands after its last act.

    `chosen`: the open step whose form is shown, `players`: login and name of those who may do it,
    in the order in which they would be asked. `stopped`: why the rest of the script could not be
    played, at the act after the last of `acts`. `zone`: IANA name, in which moments are read.
    """

    unit: str
    unit_name: str
    zone: str
    now: datetime
    state: str
    acts: tuple[ActLine, ...]
    open: tuple[OpenStep, ...]
    chosen: WorkItemDetail | None
    chosen_spot: str
    players: tuple[tuple[str, str], ...]
    waits: tuple[WaitingSpot, ...]
    told: tuple[ToldLine, ...]
    history: tuple[EventLine, ...]
    incidents: tuple[IncidentLine, ...]
    active: frozenset[str]
    done: frozenset[str]
    data: Mapping[str, object]
    next_happening: datetime | None
    next_due: datetime | None
    next_working_day: datetime
    stopped: SopError | None = None


@dataclass(frozen=True)
class RunLine:
    """A recorded run. `result`: passed, failed, or "" where it has not been played against this
    very drawing; `difference`: where it came out otherwise."""

    id: int
    name: str
    acts: int
    recorded_at: datetime
    recorded_by: str
    result: str
    checked_at: datetime | None
    failure: Mapping[str, object] | None
    ended_at: datetime | None
    ended_by: str
    ended_reason: str


@dataclass(frozen=True)
class RunContent:
    """What a recorded run plays, and what it has to come to."""

    id: int
    name: str
    script: tuple[Act, ...]
    expected: tuple[Outcome, ...]


@dataclass(frozen=True)
class RunResult:
    """`difference`: None where it came out as before."""

    id: int
    name: str
    difference: Difference | None
    step: str = ""
