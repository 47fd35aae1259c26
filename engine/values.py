"""What use cases give back: frozen values, never rows. Moments are aware UTC datetimes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.draft_values import DraftLine
from engine.time_values import Ledger, PauseLine
from workflows.forms import Field
from workflows.lint import Finding
from workflows.rights import Capacity
from workflows.sop import Sop
from workflows.workdays import Row


@dataclass(frozen=True)
class PersonLine:
    """A person as lists show one; `roles` are role codes held today, then granted rights."""

    login: str
    name: str
    email: str
    unit: str
    unit_name: str
    jabatan: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class UnitLine:
    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class DefinitionLine:
    """One deployed version; `findings` are the warnings it was deployed with, `effective_on` the
    first day on which cases begin by it."""

    id: int
    key: str
    version: int
    hash: str
    name: str
    deployed_at: datetime
    findings: tuple[Finding, ...]
    effective_on: date


@dataclass(frozen=True)
class DefinitionDetail:
    line: DefinitionLine
    sop: Sop
    xml: str


@dataclass(frozen=True)
class Suspension:
    """Who had a case stand still, since when and why; `by` None: the operator."""

    by: str | None
    at: datetime
    reason: str


@dataclass(frozen=True)
class WorkItemLine:
    """One row of an inbox. `state`: ready, claimed, completed, cancelled; `zone`: IANA name
    of the unit, in which `due_at` is to be read; `suspended`: its case stands still.

    `at_risk`: so much of the time is used up (since `at_risk_at`) that it may become late;
    `paused`: its standard does not run now, so it is neither at risk nor getting late.
    """

    id: int
    case_id: int
    key: str
    sop_name: str
    node: str
    nomor: str
    name: str
    role: str
    role_name: str
    unit: str
    unit_name: str
    zone: str
    round: int
    state: str
    available_at: datetime
    due_at: datetime | None
    overdue: bool
    claimed_by: str | None
    mine: bool
    suspended: Suspension | None
    at_risk_at: datetime | None = None
    at_risk: bool = False
    paused: PauseLine | None = None


@dataclass(frozen=True)
class DocumentLine:
    """`version` counts from 1, each one newer than that with the id `replaces`; `newest`: none
    replaces it; `capacity`: as what its uploader acted, None where nothing says so."""

    id: int
    case_id: int
    work_item_id: int
    step_name: str
    name: str
    media_type: str
    size: int
    sha256: str
    uploaded_by: str
    uploaded_at: datetime
    version: int = 1
    replaces: int | None = None
    newest: bool = True
    capacity: Capacity | None = None


@dataclass(frozen=True)
class ChangeLine:
    """A variable that was corrected; `before` None also where there was none."""

    name: str
    before: object
    after: object


@dataclass(frozen=True)
class DecisionLine:
    """What was chosen where the way of the case depends on it, in the words of the form; `answer`
    is the choice, or whether a box was ticked."""

    label: str
    answer: str | bool


@dataclass(frozen=True)
class EventLine:
    """One happening of a case. `kind` is the event's code, `note` what a person wrote.

    `target`: the step or version that the case was moved to; `changes`: of its data; `fields`: of
    an incident, whose code is the note; `acted_as`: as what the actor did it; `decided`: by
    completing a step.
    """

    at: datetime
    kind: str
    actor: str | None
    step_name: str | None
    note: str
    target: str | None
    changes: tuple[ChangeLine, ...]
    fields: Mapping[str, object]
    acted_as: Capacity | None = None
    decided: tuple[DecisionLine, ...] = ()


@dataclass(frozen=True)
class WorkItemDetail:
    """All that the page of a work item needs.

    `reckoning`: the rows that lead to `line.due_at`, before pauses; `why_not`: error code why this
    reader may not complete or pause it, None when allowed; `arahan`: the note with which it was
    last returned; `ledger`: whose time was used, with all its pauses; `anchor`: the event that its
    date is counted from, as the sheet names it, "" where it is not, and `anchor_on` its date, None
    while that is unknown. `may_prepare`: this reader may fill in the form and keep a draft of it,
    `draft`; of an item that has ended, `draft` is what its author never sent. `acting_as`: as what
    this reader would do it, `doubtful`: UU 30/2014 Ps 14(7) doubts that they may;
    `performed_as`: as what whoever has claimed or completed it did so.
    """

    line: WorkItemLine
    documentation: str
    kelengkapan: tuple[str, ...]
    checked: tuple[int, ...]
    waktu: str
    standard_minutes: int | None
    output: tuple[str, ...]
    fields: tuple[Field, ...]
    answers: Mapping[str, object]
    documents: tuple[DocumentLine, ...]
    history: tuple[EventLine, ...]
    reckoning: tuple[Row, ...]
    arahan: str
    may_claim: bool
    why_not: str | None
    ledger: Ledger
    anchor: str
    anchor_on: date | None
    may_prepare: bool = False
    draft: DraftLine | None = None
    acting_as: Capacity | None = None
    doubtful: bool = False
    performed_as: Capacity | None = None


@dataclass(frozen=True)
class Completion:
    """What completing an item led to: the case's state and the items opened by it."""

    case_id: int
    state: str
    opened: tuple[WorkItemLine, ...]


@dataclass(frozen=True)
class OpenStep:
    node: str
    name: str
    role_name: str
    due_at: datetime | None
    overdue: bool
    at_risk: bool = False
    paused: bool = False


@dataclass(frozen=True)
class CaseLine:
    """`state`: running, incident, suspended, completed, cancelled; `rounds`: the highest round
    reached; `tokens`: its active nodes, `open_steps`: those of them that wait for a person;
    `suspended`: set in that state. `due_at`: by the time that its SOP states for the whole, None
    where that states none; `at_risk`, `overdue`: as of a work item."""

    id: int
    key: str
    version: int
    sop_name: str
    unit: str
    unit_name: str
    zone: str
    state: str
    started_by: str | None
    started_at: datetime
    completed_at: datetime | None
    open_steps: tuple[OpenStep, ...]
    tokens: tuple[str, ...]
    rounds: int
    suspended: Suspension | None
    due_at: datetime | None = None
    at_risk_at: datetime | None = None
    at_risk: bool = False
    overdue: bool = False


@dataclass(frozen=True)
class IncidentLine:
    """A node that could not go on. `reason` and `fields`: as `explain_incident` takes them, in
    `engine.incident_sentences`; `resolution`: None while open, else retried, skipped, moved,
    cancelled, gone."""

    id: int
    case_id: int
    sop_name: str
    unit_name: str
    zone: str
    token: str
    node: str
    node_name: str
    reason: str
    fields: Mapping[str, object]
    opened_at: datetime
    resolved_at: datetime | None
    resolution: str | None
    resolved_by: str | None
    note: str


@dataclass(frozen=True)
class CaseDetail:
    """`incidents`: the open ones, the newest first; `jumlah_waktu`: the time that the SOP states
    for the whole, as written there; it runs while a step with a standard is open and not paused,
    now since `running_since`, from when `reckoning` leads to `line.due_at`."""

    line: CaseLine
    tokens: tuple[str, ...]
    data: Mapping[str, object]
    documents: tuple[DocumentLine, ...]
    history: tuple[EventLine, ...]
    incidents: tuple[IncidentLine, ...]
    xml: str
    jumlah_waktu: str
    reckoning: tuple[Row, ...]
    running_since: datetime


@dataclass(frozen=True)
class StepLine:
    """One work item against its mutu baku, in working minutes of the unit's calendar.

    `waiting_minutes`: available until claimed; `working_minutes`: claimed until completed (or
    until now while open); an item completed without being claimed counts wholly as working.
    Pauses count as neither, but as `paused_minutes`. `on_time`: None while open and not yet late,
    or without a standard; `paused`: it is paused now.
    """

    item: int
    node: str
    nomor: str
    name: str
    role: str
    role_name: str
    unit_name: str
    performer: str | None
    round: int
    state: str
    standard_minutes: int | None
    waiting_minutes: int
    working_minutes: int
    on_time: bool | None
    available_at: datetime
    due_at: datetime | None
    claimed_at: datetime | None
    completed_at: datetime | None
    at_risk: bool = False
    paused: bool = False
    paused_minutes: int = 0
    performed_as: Capacity | None = None


NEEDLESS = frozenset({"work_item_done", "superseded", "snoozed", "not_wanted", "account_ended"})


@dataclass(frozen=True)
class NoticeLine:
    """One notice to one person over one channel. `kind`: assigned, reminder, overdue, escalation,
    due_moved, snoozed, or one of `engine.channels.news`; `channel`: in_app, email or another;
    `state`: pending, sent, given_up; `message_id`: of the message that it is part of, the proof of
    its sending. `item`, `case_id`: None of what is about none; then `path` may name its page."""

    id: int
    kind: str
    channel: str
    to: str
    subject: str
    body: str
    item: int | None
    case_id: int | None
    created_at: datetime
    sent_at: datetime | None
    read_at: datetime | None
    state: str
    attempts: int
    last_error: str
    message_id: str | None = None
    path: str = ""

    @property
    def needless(self) -> bool:
        """It was given up because nobody needs it any more, not because it could not be sent."""
        return self.state == "given_up" and self.last_error in NEEDLESS


@dataclass(frozen=True)
class TickResult:
    """How many of each a tick has done."""

    timers: int
    messages: int
    jobs: int
    notices: int
    mails: int
    failed: int


@dataclass(frozen=True)
class Check:
    """One line of `alur doctor`: `ok`, or `detail` says what is wrong and what to do."""

    name: str
    ok: bool
    detail: str
