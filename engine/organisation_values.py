"""What the use cases of units, jabatan, holders, people and rights give back: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflows.organisation_plan import PlanLine


@dataclass(frozen=True)
class HoldingLine:
    """Who holds a jabatan. `state`: past, now, future; `standing_in`: names of those who act for
    them while they are on leave; `may_change`: this reader may correct or end it."""

    id: int
    person_id: int
    login: str
    name: str
    jabatan_id: int
    jabatan: str
    unit: str
    unit_name: str
    kind: str
    since: date
    until: date | None
    letter: str
    letter_on: date | None
    state: str
    noted_at: datetime | None = None
    noted_by: str | None = None
    standing_in: tuple[str, ...] = ()


@dataclass(frozen=True)
class JabatanLine:
    """`asked_for`: a deployed SOP asks for its role; vacant ones of these are marked."""

    id: int
    name: str
    role: str
    unit: str
    unit_name: str
    superior_id: int | None
    superior: str
    superior_unit: str
    many: bool
    ended_on: date | None
    holders: tuple[HoldingLine, ...]
    asked_for: bool

    @property
    def vacant(self) -> bool:
        return self.ended_on is None and not self.holders


@dataclass(frozen=True)
class UnitNode:
    """A unit as the tree shows it; `depth` 0 is the top."""

    id: int
    code: str
    name: str
    kind: str
    zone: str
    parent: str
    depth: int
    ended_on: date | None
    jabatan: tuple[JabatanLine, ...] = ()
    may_change: bool = False


@dataclass(frozen=True)
class UnitDetail:
    """`parts`: the units right below; `path`: those above, the top first; `parents`: below which
    it may be moved; `may_import`: this reader may bring in files."""

    node: UnitNode
    path: tuple[UnitNode, ...]
    parts: tuple[UnitNode, ...]
    ended_jabatan: tuple[JabatanLine, ...]
    parents: tuple[UnitNode, ...]


@dataclass(frozen=True)
class JabatanDetail:
    """`holdings`: all of them, the latest first; `superiors`: (id, words) of jabatan that may stand
    above it; `people`: (login, name) of those who may be appointed."""

    line: JabatanLine
    holdings: tuple[HoldingLine, ...]
    below: tuple[JabatanLine, ...]
    superiors: tuple[JabatanLine, ...]
    people: tuple[tuple[str, str], ...]
    may_change: bool


@dataclass(frozen=True)
class HoldingChange:
    """`warnings`: codes of `workflows.mandates.WARNINGS`; `orphaned`: how many open items nobody
    may do any more."""

    line: HoldingLine
    warnings: tuple[str, ...] = ()
    orphaned: int = 0


@dataclass(frozen=True)
class GrantLine:
    """A right of a person, everywhere (`unit` "") or in a unit and below it."""

    id: int
    login: str
    person: str
    name: str
    unit: str
    unit_name: str
    granted_at: datetime | None
    granted_by: str | None
    revoked_at: datetime | None
    revoked_by: str | None
    may_revoke: bool = False


@dataclass(frozen=True)
class LeaveLine:
    """`cancelled`: it did not take place."""

    since: date
    until: date
    substitute: str
    reason: str
    cancelled: bool


@dataclass(frozen=True)
class PersonRow:
    """A person in the list of people; `grants` and `email` empty for readers whom they are not
    meant for. `has_password`: they can log in here."""

    id: int
    login: str
    name: str
    email: str
    holdings: tuple[HoldingLine, ...]
    grants: tuple[GrantLine, ...]
    disabled_at: datetime | None
    has_password: bool


@dataclass(frozen=True)
class PeoplePage:
    """`more`: there are further people after these; `private`: the reader sees rights."""

    rows: tuple[PersonRow, ...]
    total: int
    page: int
    more: bool
    private: bool
    may_add: bool


@dataclass(frozen=True)
class PersonDetail:
    """`private`: the reader may see address, rights and leave; `factor`: so may they that a second
    factor is on; `units`: for which this reader may give rights; `everywhere`: and also
    everywhere."""

    row: PersonRow
    nip: str
    locale: str
    past_holdings: tuple[HoldingLine, ...]
    past_grants: tuple[GrantLine, ...]
    leave: tuple[LeaveLine, ...]
    private: bool
    factor: bool
    may_change: bool
    units: tuple[UnitNode, ...]
    everywhere: bool


@dataclass(frozen=True)
class ImportPlan:
    """What a file would change; `digest` stands for the plan, so that nobody applies another one
    than they have seen."""

    lines: tuple[PlanLine, ...]
    digest: str

    @property
    def counts(self) -> dict[str, int]:
        acts = ("add", "change", "end", "same", "error")
        return {act: sum(line.act == act for line in self.lines) for act in acts}
