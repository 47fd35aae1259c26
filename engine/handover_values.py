"""What the use cases of leave and of working together give back; as those of `engine.values`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflows.rights import Capacity


@dataclass(frozen=True)
class Colleague:
    """Somebody who can be chosen; `hint`: their jabatan, or why one may hesitate."""

    login: str
    name: str
    hint: str = ""


@dataclass(frozen=True)
class Reassignment:
    """`items`: ids of those that the reader may assign; `performers`: to whom at least one of
    these can go."""

    items: frozenset[int]
    performers: tuple[Colleague, ...]


@dataclass(frozen=True)
class AbsenceLine:
    """A leave. `scope`: names of the jabatan it is for, none for all; `state`: planned, running,
    over, cancelled; `mine`: the reader is the one who is away."""

    id: int
    login: str
    name: str
    substitute: str
    substitute_login: str
    since: date
    until: date
    scope: tuple[str, ...]
    scope_ids: tuple[int, ...]
    reason: str
    state: str
    noted_by: str | None
    mine: bool


@dataclass(frozen=True)
class LeaveChoices:
    """What a form for leave offers: `jabatan`: (id, name) of what the person holds; `colleagues`:
    who may stand in; `today`: the first day that can be chosen."""

    login: str
    name: str
    own: bool
    jabatan: tuple[tuple[int, str], ...]
    colleagues: tuple[Colleague, ...]
    today: date


@dataclass(frozen=True)
class LeaveOverview:
    """`own`: leave of the reader, `standing_in`: that of those whom they stand in for, both the
    latest first; `staff`: those below them whose leave they may note."""

    own: tuple[AbsenceLine, ...]
    standing_in: tuple[AbsenceLine, ...]
    staff: tuple[Colleague, ...]
    staff_leave: tuple[AbsenceLine, ...]
    all_people: bool


@dataclass(frozen=True)
class HandoverLine:
    """A line of the lembar disposisi. `kind`: delegated, recalled, handed_back, reassigned,
    returned; `instructions`, `urgency`: codes of `workflows.disposisi`."""

    id: int
    kind: str
    at: datetime
    giver: str | None
    receiver: str | None
    acted_as: Capacity | None
    instructions: tuple[str, ...]
    urgency: str
    note: str


@dataclass(frozen=True)
class ConsultationLine:
    """`state`: open, answered, withdrawn; `may_answer`, `may_withdraw`: the reader may."""

    id: int
    item: int
    asker: str
    asked: str
    question: str
    asked_at: datetime
    answer: str
    answered_at: datetime | None
    withdrawn_at: datetime | None
    may_answer: bool = False
    may_withdraw: bool = False

    @property
    def state(self) -> str:
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "open" if self.answered_at is None else "answered"


@dataclass(frozen=True)
class CommentLine:
    """`item`: the work item it is about, None for the case as a whole; `step_name`: its name."""

    id: int
    item: int | None
    step_name: str
    author: str
    login: str
    acted_as: Capacity | None
    at: datetime
    body: str


@dataclass(frozen=True)
class ItemPeople:
    """Who has to do with an item, and what the reader may do about that.

    `acts`: of delegate, recall, hand_back, return, reassign, ask, comment; `delegate`: who prepares
    it now; `returned`: why it was last given back, while nobody has taken it since; `disposition`:
    with which words it was handed to the delegate or assigned. `colleagues`: who may read
    the case, so be handed it, asked or mentioned; `performers`: to whom it can be assigned.
    """

    item: int
    case_id: int
    acts: frozenset[str]
    delegate: str | None
    delegate_away: bool
    handovers: tuple[HandoverLine, ...]
    disposition: HandoverLine | None
    returned: HandoverLine | None
    consultations: tuple[ConsultationLine, ...]
    comments: tuple[CommentLine, ...]
    watching: bool
    colleagues: tuple[Colleague, ...]
    performers: tuple[Colleague, ...]


@dataclass(frozen=True)
class CasePeople:
    """The comments of a case and its items, whether the reader watches it and may add one, whom
    they may mention."""

    case_id: int
    comments: tuple[CommentLine, ...]
    watching: bool
    may_comment: bool
    readers: tuple[Colleague, ...]
