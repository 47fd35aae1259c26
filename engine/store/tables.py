"""All tables. Statements live in the sibling modules; the schema's history in migrations/."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """An aware datetime, UTC in Python; a naive one is refused before it reaches the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy reads it as a class attribute
        str: Text,
        datetime: Moment,
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
        list[int]: ARRAY(BigInteger),
    }


def _id() -> Mapped[int]:
    return mapped_column(BigInteger, Identity(), primary_key=True)


def _ref(column: str, index: bool = True) -> Any:
    return mapped_column(BigInteger, ForeignKey(column), index=index)


class Unit(Table):
    """A pemda, PD, or a part of one. `ancestors`: ids from the root down to itself."""

    __tablename__ = "unit"
    id: Mapped[int] = _id()
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    zone: Mapped[str]
    parent_id: Mapped[int | None] = _ref("unit.id")
    ancestors: Mapped[list[int]]
    __table_args__ = (Index("ix_unit_ancestors", "ancestors", postgresql_using="gin"),)


class Person(Table):
    __tablename__ = "person"
    id: Mapped[int] = _id()
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    email: Mapped[str]
    locale: Mapped[str] = mapped_column(server_default="id")
    password_hash: Mapped[str]
    grants: Mapped[list[Any]] = mapped_column(server_default=text("'[]'::jsonb"))
    demo: Mapped[bool] = mapped_column(server_default=text("false"))


class Jabatan(Table):
    """A position in a unit; `role` is what lanes ask for; `superior_id` whom it reports to."""

    __tablename__ = "jabatan"
    id: Mapped[int] = _id()
    name: Mapped[str]
    role: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[int] = _ref("unit.id")
    superior_id: Mapped[int | None] = _ref("jabatan.id")
    __table_args__ = (UniqueConstraint("unit_id", "name"),)


class Holding(Table):
    """Who holds a jabatan, with dates (both inclusive); rows are ended, never deleted."""

    __tablename__ = "holding"
    id: Mapped[int] = _id()
    jabatan_id: Mapped[int] = _ref("jabatan.id")
    person_id: Mapped[int] = _ref("person.id")
    since: Mapped[date]
    until: Mapped[date | None]
    __table_args__ = (UniqueConstraint("jabatan_id", "person_id", "since"),)


class Definition(Table):
    """An immutable version of a process: XML, forms and findings as they were deployed."""

    __tablename__ = "definition"
    id: Mapped[int] = _id()
    key: Mapped[str]
    version: Mapped[int]
    hash: Mapped[str]
    name: Mapped[str]
    xml: Mapped[bytes] = mapped_column(LargeBinary)
    forms: Mapped[dict[str, Any]]
    findings: Mapped[list[Any]]
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[int | None] = _ref("person.id", index=False)
    __table_args__ = (UniqueConstraint("key", "version"),)


class Case(Table):
    """One running SOP. `engine_state` is opaque here: only `engine.spiff` reads it."""

    __tablename__ = "case"
    id: Mapped[int] = _id()
    definition_id: Mapped[int] = _ref("definition.id")
    unit_id: Mapped[int] = _ref("unit.id")
    state: Mapped[str]
    engine_state: Mapped[bytes] = mapped_column(LargeBinary)
    tokens: Mapped[list[Any]]
    data: Mapped[dict[str, Any]]
    started_at: Mapped[datetime]
    started_by: Mapped[int | None] = _ref("person.id", index=False)
    completed_at: Mapped[datetime | None]


class WorkItem(Table):
    """A person's to-do. `unit_id` is where its role is resolved; `next_notice_at` when its
    reminder ladder must be looked at again (None: nothing more to send)."""

    __tablename__ = "work_item"
    id: Mapped[int] = _id()
    case_id: Mapped[int] = _ref("case.id")
    token: Mapped[str]
    node: Mapped[str]
    role: Mapped[str]
    unit_id: Mapped[int] = _ref("unit.id")
    variables: Mapped[dict[str, Any]]
    round: Mapped[int]
    state: Mapped[str]
    available_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    standard_minutes: Mapped[int | None]
    next_notice_at: Mapped[datetime | None]
    claimed_at: Mapped[datetime | None]
    claimed_by: Mapped[int | None] = _ref("person.id", index=False)
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[int | None] = _ref("person.id")
    answers: Mapped[dict[str, Any]]
    checked: Mapped[list[Any]]
    __table_args__ = (
        UniqueConstraint("case_id", "token"),
        Index(
            "ix_work_item_open_role",
            "role",
            "unit_id",
            postgresql_where=text("state IN ('ready', 'claimed')"),
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
    """A file of a case; its bytes lie in the data folder under `sha256`."""

    __tablename__ = "document"
    id: Mapped[int] = _id()
    case_id: Mapped[int] = _ref("case.id")
    work_item_id: Mapped[int] = _ref("work_item.id")
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[int | None] = _ref("person.id", index=False)


class Event(Table):
    """Append-only: who did what and when. One row per use case that changed something."""

    __tablename__ = "event"
    id: Mapped[int] = _id()
    at: Mapped[datetime]
    kind: Mapped[str]
    actor_id: Mapped[int | None] = _ref("person.id", index=False)
    case_id: Mapped[int | None] = _ref("case.id")
    work_item_id: Mapped[int | None] = _ref("work_item.id", index=False)
    data: Mapped[dict[str, Any]]


class Notice(Table):
    """One message to one person over one channel: written once (the unique key), leased while
    it is sent, then settled."""

    __tablename__ = "notice"
    id: Mapped[int] = _id()
    work_item_id: Mapped[int] = _ref("work_item.id", index=False)
    person_id: Mapped[int] = _ref("person.id")
    kind: Mapped[str]
    channel: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime]
    send_after: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]
    message_id: Mapped[str | None]
    last_error: Mapped[str] = mapped_column(server_default="")
    __table_args__ = (
        UniqueConstraint("work_item_id", "kind", "person_id", "channel"),
        Index(
            "ix_notice_pending",
            "send_after",
            postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL"),
        ),
    )
