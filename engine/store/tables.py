"""All tables; those of a case's trace come from their own file. Statements live in the sibling
modules; the schema's history in migrations/."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.store.account_tables import AccessToken as AccessToken
from engine.store.account_tables import AccountMail as AccountMail
from engine.store.account_tables import ApiReply as ApiReply
from engine.store.account_tables import LoginFailure as LoginFailure
from engine.store.account_tables import LoginIdentity as LoginIdentity
from engine.store.account_tables import LoginSession as LoginSession
from engine.store.columns import Table as Table
from engine.store.columns import identity, ref
from engine.store.notice_tables import Notice as Notice
from engine.store.people_tables import Absence as Absence
from engine.store.people_tables import Holding as Holding
from engine.store.people_tables import Jabatan as Jabatan
from engine.store.people_tables import Person as Person
from engine.store.people_tables import PersonGrant as PersonGrant
from engine.store.people_tables import Unit as Unit
from engine.store.studio_tables import Process as Process
from engine.store.studio_tables import SopDraft as SopDraft
from engine.store.studio_tables import SopPresence as SopPresence
from engine.store.studio_tables import SopRevision as SopRevision
from engine.store.studio_tables import SopRun as SopRun
from engine.store.studio_tables import SopTrial as SopTrial
from engine.store.time_tables import CalendarVersion as CalendarVersion
from engine.store.time_tables import Ladder as Ladder
from engine.store.time_tables import Pause as Pause
from engine.store.time_tables import Preference as Preference
from engine.store.time_tables import Snooze as Snooze
from engine.store.trace_tables import Activation as Activation
from engine.store.trace_tables import Incident as Incident
from engine.store.work_tables import Comment as Comment
from engine.store.work_tables import Consultation as Consultation
from engine.store.work_tables import DefaultFilter as DefaultFilter
from engine.store.work_tables import Draft as Draft
from engine.store.work_tables import Handover as Handover
from engine.store.work_tables import SavedFilter as SavedFilter
from engine.store.work_tables import StepTitle as StepTitle
from engine.store.work_tables import Watch as Watch


class Definition(Table):
    """An immutable version of a process: XML, forms and findings as they were deployed.

    `forms`: file name -> text, decision tables (*.dmn) among them. `digest`: what `engine.spiff`
    knows the content by. `starts`: its message and signal start events, [{kind, name, node}].
    `effective_on`: the first day on which cases may begin by it; `note`: what has changed;
    `approved_*` are empty where it was deployed without a draft.
    """

    __tablename__ = "definition"
    id: Mapped[int] = identity()
    key: Mapped[str]
    version: Mapped[int]
    hash: Mapped[str]
    name: Mapped[str]
    xml: Mapped[bytes] = mapped_column(LargeBinary)
    forms: Mapped[dict[str, Any]]
    findings: Mapped[list[Any]]
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[int | None] = ref("person.id", index=False)
    digest: Mapped[str] = mapped_column(index=True)
    starts: Mapped[list[Any]] = mapped_column(server_default=text("'[]'::jsonb"))
    effective_on: Mapped[date]
    note: Mapped[str] = mapped_column(server_default="")
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[int | None] = ref("person.id", index=False)
    __table_args__ = (UniqueConstraint("key", "version"),)


class Case(Table):
    """One running SOP. `engine_state` is opaque here: only `engine.spiff` reads it.

    `suspended_at`, `_by`, `_reason`: set while an administrator has it stand still. `due_at`,
    `at_risk_at`: by the time that the SOP's sheet states for the whole.
    """

    __tablename__ = "case"
    id: Mapped[int] = identity()
    definition_id: Mapped[int] = ref("definition.id")
    unit_id: Mapped[int] = ref("unit.id")
    state: Mapped[str]
    engine_state: Mapped[bytes] = mapped_column(LargeBinary)
    tokens: Mapped[list[Any]]
    data: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    started_by: Mapped[int | None] = ref("person.id", index=False)
    completed_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    at_risk_at: Mapped[datetime | None]
    suspended_at: Mapped[datetime | None]
    suspended_by: Mapped[int | None] = ref("person.id", index=False)
    suspended_reason: Mapped[str] = mapped_column(server_default="")
    __table_args__ = (
        Index("ix_case_suspended", "id", postgresql_where=text("suspended_at IS NOT NULL")),
    )


class WorkItem(Table):
    """A person's to-do. `unit_id` is where its role is resolved; `next_notice_at` when its
    reminder ladder must be looked at again (None: nothing more to send); `definition_id`: by which
    its node is read where that is not the case's own, as for a step of a called process;
    `title`, `sop_key`, `case_unit_id`: name of the step, key of its SOP and unit of its case, for
    lists; `paused_at`: since when its standard does not run (None: it runs); `barred`: ids of
    whoever has done, or stood behind, a step that this one must differ from; `delegate_id`: to
    whom the claimant has handed the work; `completed_for`, `completed_as`: whom the completer stood
    in for, and their `workflows.rights.Capacity`."""

    __tablename__ = "work_item"
    id: Mapped[int] = identity()
    case_id: Mapped[int] = ref("case.id")
    token: Mapped[str]
    node: Mapped[str]
    title: Mapped[str] = mapped_column(server_default="")
    sop_key: Mapped[str] = mapped_column(server_default="")
    case_unit_id: Mapped[int] = ref("unit.id", index=False)
    role: Mapped[str]
    unit_id: Mapped[int] = ref("unit.id")
    variables: Mapped[dict[str, Any]]
    round: Mapped[int]
    state: Mapped[str]
    available_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    at_risk_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    standard_minutes: Mapped[int | None]
    next_notice_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    claimed_by: Mapped[int | None] = ref("person.id", index=False)
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[int | None] = ref("person.id", index=False)
    completed_for: Mapped[int | None] = ref("person.id", index=False)
    completed_as: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    answers: Mapped[dict[str, Any]]
    checked: Mapped[list[Any]]
    barred: Mapped[list[int]] = mapped_column(server_default=text("'{}'::bigint[]"))
    delegate_id: Mapped[int | None] = ref("person.id", index=False)
    definition_id: Mapped[int | None] = ref("definition.id", index=False)
    definition: Mapped[Definition | None] = relationship(viewonly=True)
    __table_args__ = (
        UniqueConstraint("case_id", "token"),
        Index(
            "ix_work_item_open_role",
            "role",
            "unit_id",
            "due_at",
            "id",
            postgresql_where=text("state IN ('ready', 'claimed')"),
            postgresql_include=["at_risk_at", "paused_at", "claimed_by", "delegate_id", "barred"],
        ),
        Index(
            "ix_work_item_open_unit",
            "case_unit_id",
            "due_at",
            "id",
            postgresql_where=text("state IN ('ready', 'claimed')"),
            postgresql_include=["at_risk_at", "paused_at", "unit_id", "claimed_by", "case_id"],
        ),
        Index(
            "ix_work_item_open_claimed_by",
            "claimed_by",
            "due_at",
            "id",
            postgresql_where=text("state IN ('ready', 'claimed') AND claimed_by IS NOT NULL"),
            postgresql_include=["at_risk_at", "paused_at", "role", "unit_id", "barred"],
        ),
        Index(
            "ix_work_item_completed_by",
            "completed_by",
            "completed_at",
            "id",
            postgresql_where=text("completed_by IS NOT NULL"),
            postgresql_include=["case_id", "case_unit_id"],
        ),
        Index(
            "ix_work_item_elsewhere",
            "unit_id",
            "role",
            "case_unit_id",
            postgresql_where=text("unit_id <> case_unit_id"),
            postgresql_include=["case_id"],
        ),
        Index(
            "ix_work_item_open_due",
            "due_at",
            "id",
            postgresql_where=text("state IN ('ready', 'claimed')"),
            postgresql_include=["at_risk_at", "paused_at", "unit_id", "claimed_by", "case_id"],
        ),
        Index(
            "ix_work_item_delegate_id",
            "delegate_id",
            postgresql_where=text("delegate_id IS NOT NULL"),
        ),
        Index(
            "ix_work_item_next_notice_at",
            "next_notice_at",
            postgresql_where=text("next_notice_at IS NOT NULL"),
        ),
    )


class Timer(Table):
    """An armed BPMN timer of a case, with its due moment."""

    __tablename__ = "timer"
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    token: Mapped[str] = mapped_column(primary_key=True)
    node: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(index=True)


class Document(Table):
    """A file of a case; its bytes lie under `sha256` where the settings say. `replaces_id`: the one
    that it is a newer version of; `uploaded_as`: a `workflows.rights.Capacity`."""

    __tablename__ = "document"
    id: Mapped[int] = identity()
    case_id: Mapped[int] = ref("case.id")
    work_item_id: Mapped[int] = ref("work_item.id")
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(server_default=text("1"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), unique=True)
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[int | None] = ref("person.id", index=False)
    uploaded_as: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class Event(Table):
    """Append-only: who did what and when. One row per use case that changed something."""

    __tablename__ = "event"
    id: Mapped[int] = identity()
    at: Mapped[datetime]
    kind: Mapped[str]
    actor_id: Mapped[int | None] = ref("person.id", index=False)
    case_id: Mapped[int | None] = ref("case.id")
    work_item_id: Mapped[int | None] = ref("work_item.id", index=False)
    data: Mapped[dict[str, Any]]
    __table_args__ = (
        Index("ix_event_without_case", "id", postgresql_where=text("case_id IS NULL")),
    )


class Subscription(Table):
    """A token that waits for a message or signal. `correlation` stands for `keys`; see
    `workflows.correlation`."""

    __tablename__ = "subscription"
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    token: Mapped[str] = mapped_column(primary_key=True)
    node: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    keys: Mapped[dict[str, Any]]
    correlation: Mapped[str]
    __table_args__ = (Index("ix_subscription_match", "kind", "name", "correlation"),)


class Message(Table):
    """A message or signal, sent once for its `message_id`.

    `state`: pending, delivered, expired. `case_id`: the one that got it, or that it started;
    `tries`: how often a receiver has been looked for; `due_at`: when one may be looked for again.
    """

    __tablename__ = "message"
    id: Mapped[int] = identity()
    message_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str]
    keys: Mapped[dict[str, Any]]
    correlation: Mapped[str]
    # No foreign key: it would wait for whoever is moving that case.
    to_case: Mapped[int | None] = mapped_column(BigInteger)
    payload: Mapped[dict[str, Any]]
    unit_id: Mapped[int | None] = ref("unit.id", index=False)
    from_case_id: Mapped[int | None] = ref("case.id", index=False)
    sent_by: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[str]
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    due_at: Mapped[datetime]
    case_id: Mapped[int | None] = ref("case.id")
    started: Mapped[bool] = mapped_column(server_default=text("false"))
    settled_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(server_default="")
    __table_args__ = (
        Index(
            "ix_message_pending",
            "name",
            "correlation",
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_message_to_case", "to_case", postgresql_where=text("state = 'pending'")),
        Index("ix_message_due_at", "due_at", postgresql_where=text("state = 'pending'")),
    )


class Delivery(Table):
    """A signal on its way to one case, or to one SOP that it starts.

    `tokens`: those that waited for it when it was sent. `state`: pending, delivered, dropped
    (nothing waits for it any more).
    """

    __tablename__ = "delivery"
    id: Mapped[int] = identity()
    message_id: Mapped[int] = ref("message.id", index=False)
    # No foreign key: a signal thrown by a case would wait for whoever is moving the other ones.
    case_id: Mapped[int | None] = mapped_column(BigInteger)
    definition_key: Mapped[str | None]
    tokens: Mapped[list[Any]]
    state: Mapped[str]
    due_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(server_default="")
    __table_args__ = (
        UniqueConstraint("message_id", "case_id"),
        UniqueConstraint("message_id", "definition_key"),
        Index("ix_delivery_due_at", "due_at", postgresql_where=text("state = 'pending'")),
    )


class Job(Table):
    """Work that a program does for a case.

    `state`: ready, locked (until `locked_until`, by `locked_by`), reported (done, but its case is
    suspended: `outcome` waits), done, incident, cancelled. `attempts` counts its leases, and so
    tells an old one from the present one.
    """

    __tablename__ = "job"
    id: Mapped[int] = identity()
    case_id: Mapped[int] = ref("case.id", index=False)
    token: Mapped[str]
    node: Mapped[str]
    definition: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    request: Mapped[dict[str, Any]]
    state: Mapped[str]
    retries_left: Mapped[int]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    due_at: Mapped[datetime]
    locked_until: Mapped[datetime | None]
    locked_by: Mapped[str] = mapped_column(server_default="")
    outcome: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    last_error: Mapped[str] = mapped_column(server_default="")
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("case_id", "token"),
        Index(
            "ix_job_fetch",
            "kind",
            "name",
            "due_at",
            postgresql_where=text("state IN ('ready', 'locked', 'reported')"),
        ),
    )


class ApiKey(Table):
    """A program that may use the REST interface; of its key only the SHA-256 is kept."""

    __tablename__ = "api_key"
    id: Mapped[int] = identity()
    name: Mapped[str] = mapped_column(unique=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    topics: Mapped[list[Any]]
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
