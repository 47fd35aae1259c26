"""The tables of the studio: what process owners draw, try and publish."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Table, identity, ref


class Process(Table):
    """What is true of an SOP whatever its version. `review_on`: by when it is to be evaluated
    again; `review_told_at`: when its owners were last reminded of that."""

    __tablename__ = "process"
    key: Mapped[str] = mapped_column(primary_key=True)
    retired_at: Mapped[datetime | None]
    retired_by: Mapped[int | None] = ref("person.id", index=False)
    retired_reason: Mapped[str] = mapped_column(server_default="")
    review_on: Mapped[date | None]
    review_told_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[int | None] = ref("person.id", index=False)


class SopDraft(Table):
    """A rancangan: the next version of an SOP while it is being drawn.

    `state`: draft, submitted, approved, published, discarded; at most one of a key is in the first
    three. `base_id`: the version that it was begun from; `revision` counts what was saved. `note`:
    what its author says has changed; `returned`: why it was last sent back, or what its approver
    adds. `pen_*`: who draws now in which browser tab, until when unless they show themselves again.
    """

    __tablename__ = "sop_draft"
    id: Mapped[int] = identity()
    key: Mapped[str]
    name: Mapped[str]
    state: Mapped[str]
    base_id: Mapped[int | None] = ref("definition.id", index=False)
    xml: Mapped[bytes] = mapped_column(LargeBinary)
    forms: Mapped[dict[str, Any]]
    revision: Mapped[int]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = ref("person.id", index=False)
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = ref("person.id", index=False)
    submitted_at: Mapped[datetime | None]
    submitted_by: Mapped[int | None] = ref("person.id", index=False)
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = ref("person.id", index=False)
    effective_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(server_default="")
    returned: Mapped[str] = mapped_column(server_default="")
    definition_id: Mapped[int | None] = ref("definition.id", index=False)
    pen_person: Mapped[int | None] = ref("person.id", index=False)
    pen_tab: Mapped[str] = mapped_column(server_default="")
    pen_until: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "uq_sop_draft_open_key",
            "key",
            unique=True,
            postgresql_where=text("state IN ('draft', 'submitted', 'approved')"),
        ),
    )


class SopRevision(Table):
    """One saved state of a draft, so that nothing drawn is lost. `kind`: created, autosave, save,
    import, restore."""

    __tablename__ = "sop_revision"
    id: Mapped[int] = identity()
    draft_id: Mapped[int] = ref("sop_draft.id", index=False)
    number: Mapped[int]
    kind: Mapped[str]
    xml: Mapped[bytes] = mapped_column(LargeBinary)
    forms: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[int | None] = ref("person.id", index=False)
    note: Mapped[str] = mapped_column(server_default="")
    __table_args__ = (UniqueConstraint("draft_id", "number"),)


class SopPresence(Table):
    """Who has a draft open, one row a browser tab, until they have not been seen for a while."""

    __tablename__ = "sop_presence"
    draft_id: Mapped[int] = mapped_column(ForeignKey("sop_draft.id"), primary_key=True)
    tab: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = ref("person.id", index=False)
    seen_at: Mapped[datetime]


class SopTrial(Table):
    """A try of a draft that somebody is playing: `script` is all that they did, from which the
    state is worked out anew each time. `revision`: of the draft, that is tried."""

    __tablename__ = "sop_trial"
    id: Mapped[int] = identity()
    draft_id: Mapped[int] = ref("sop_draft.id")
    revision: Mapped[int]
    person_id: Mapped[int | None] = ref("person.id", index=False)
    script: Mapped[list[Any]]
    started_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class SopRun(Table):
    """A try that was kept as a regression test of the SOP: `script` as played, `expected` what it
    led to. `ended_at`: since when it does not count any more, with the reason. `checked_hash`: the
    content hash of the drawing that it was last played against, `failure` where it differed then
    (None: nowhere)."""

    __tablename__ = "sop_run"
    id: Mapped[int] = identity()
    key: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    script: Mapped[list[Any]]
    expected: Mapped[list[Any]]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[int | None] = ref("person.id", index=False)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = ref("person.id", index=False)
    ended_reason: Mapped[str] = mapped_column(server_default="")
    checked_hash: Mapped[str] = mapped_column(server_default="")
    checked_at: Mapped[datetime | None]
    failure: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
