"""What the use cases of the studio give back: drafts, versions, and what becomes of SOPs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from workflows.lint import Finding

Forms = Mapping[str, str]


@dataclass(frozen=True)
class Doer:
    """Who did something to a draft or an SOP, and when. `by` is empty for the operator; `mine`: it
    was the reader."""

    by: str
    at: datetime
    mine: bool = False


@dataclass(frozen=True)
class SopDraftLine:
    """A draft in a list. `state`: draft, submitted, approved, published, discarded; `returned`: why
    it was sent back, until it is submitted again."""

    id: int
    key: str
    name: str
    state: str
    revision: int
    base_version: int | None
    changed: Doer
    pen: str = ""
    returned: str = ""


@dataclass(frozen=True)
class PenState:
    """Who draws: `mine`, this very browser tab; `holder`: their name, "" where nobody does;
    `until`: when it is free, unless they show themselves again; `own`: the reader, perhaps in
    another tab."""

    mine: bool = False
    holder: str = ""
    until: datetime | None = None
    own: bool = False


@dataclass(frozen=True)
class PresentLine:
    name: str
    mine: bool


@dataclass(frozen=True)
class PenAnswer:
    """What an act with the pen leads to; `revision`: the newest of the draft."""

    pen: PenState
    present: tuple[PresentLine, ...]
    revision: int
    state: str


@dataclass(frozen=True)
class SopDraftDetail:
    """A draft with all that its pages need.

    `acts`: what the reader may do with it now: edit, rename, discard, submit, take_back, approve,
    return, publish; `why_not`: act -> the code of the error that says why not. `note`: what has
    changed, in its author's words; `returned`: why it was sent back, or what its approver adds;
    `published_version`: what has become of it; `newest_version`: of the SOP, 0 for none.
    """

    line: SopDraftLine
    xml: str
    forms: Forms
    created: Doer
    submitted: Doer | None
    approved: Doer | None
    effective_on: date | None
    note: str
    returned: str
    published_version: int | None
    newest_version: int
    pen: PenState
    present: tuple[PresentLine, ...]
    authors: tuple[str, ...]
    acts: frozenset[str]
    why_not: Mapping[str, str]

    @property
    def editable(self) -> bool:
        return "edit" in self.acts


@dataclass(frozen=True)
class SavedLine:
    """What saving has led to: the revision that is the newest now."""

    revision: int
    saved_at: datetime


@dataclass(frozen=True)
class RevisionLine:
    """`kind`: created, autosave, save, import, restore."""

    number: int
    kind: str
    saved: Doer
    note: str


@dataclass(frozen=True)
class RevisionDetail:
    line: RevisionLine
    xml: str
    forms: Forms


@dataclass(frozen=True)
class IdentityLine:
    """A field of the identity block (nomor, tanggal_revisi, tanggal_efektif, disahkan_oleh) in the
    newest version and in the draft."""

    field: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class RunningLine:
    """How many cases are on their way by a version."""

    version: int
    cases: int


@dataclass(frozen=True)
class PublishPlan:
    """What there is to know before a draft is submitted, approved or published.

    `findings`: of the judge now, errors first; `cautions`: codes of what else asks for a second
    look: number_missing, number_unchanged, revision_date_missing, revision_date_unchanged,
    effective_date_differs, base_moved (somebody has brought out another version since the draft was
    begun), same_content (nothing differs from the newest version), retired (the SOP is, and stays
    so), newest_overtaken (it is still to come, and never will). `identity`: empty for a drawing
    that cannot be read as an SOP; `today`: the first day on which it can take effect.
    """

    draft: SopDraftDetail
    findings: tuple[Finding, ...]
    cautions: tuple[str, ...]
    identity: tuple[IdentityLine, ...]
    running: tuple[RunningLine, ...]
    retired_at: datetime | None
    today: date

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity == "warning")

    @property
    def asks(self) -> bool:
        """Whether publishing wants a word that the warnings have been read."""
        return bool(self.warnings or self.cautions)


@dataclass(frozen=True)
class VersionLine:
    """A version of an SOP. `state`: in_force, coming (not yet), past. `approved`: None where it was
    deployed by the operator; `cases`: how many are on their way by it."""

    version: int
    name: str
    hash: str
    state: str
    published: Doer
    approved: Doer | None
    effective_on: date
    note: str
    findings: tuple[Finding, ...]
    cases: int


@dataclass(frozen=True)
class Retirement:
    retired: Doer
    reason: str


@dataclass(frozen=True)
class SopLine:
    """An SOP as it stands. `version`: the one in force, None while none is; `coming`: the next one
    that takes effect, with its day; `review`: "" in order, soon (within 30 days), due."""

    key: str
    name: str
    version: int | None
    effective_on: date | None
    coming: int | None
    coming_on: date | None
    draft: SopDraftLine | None
    retired: Retirement | None
    review_on: date | None
    review: str
    reviewed: Doer | None
    cases: int


@dataclass(frozen=True)
class SopDetail:
    """An SOP with its versions, the newest first. `callers`: names of SOPs in use that call it, so
    that it cannot be retired; `acts`: what the reader may do: draw, retire, revive, review."""

    line: SopLine
    versions: tuple[VersionLine, ...]
    drafts: tuple[SopDraftLine, ...]
    callers: tuple[str, ...]
    acts: frozenset[str]


@dataclass(frozen=True)
class Standing:
    """How an SOP stands for everybody. `version`: the one in force, None while none is; `coming`:
    the next one that takes effect, with its day."""

    name: str
    version: int | None
    effective_on: date | None
    coming: int | None
    coming_on: date | None
    retired_at: datetime | None
    retired_reason: str
