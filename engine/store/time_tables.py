"""The tables of time: calendars of units, reminder ladders, pauses, and what people prefer."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Table, identity, ref


class CalendarVersion(Table):
    """The working calendar of a unit and of those below it that have none of their own.

    Rows are never changed: the highest `number` counts. `document`: see
    `workflows.workdays.documents`; `note`: the decree or reason that the change rests on.
    """

    __tablename__ = "calendar_version"
    id: Mapped[int] = identity()
    unit_id: Mapped[int] = ref("unit.id", index=False)
    number: Mapped[int]
    document: Mapped[dict[str, Any]]
    note: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[int | None] = ref("person.id", index=False)
    __table_args__ = (UniqueConstraint("unit_id", "number"),)


class Ladder(Table):
    """A reminder ladder: of one step, of an SOP (`node` ""), or of the house (`key` "" too).

    `document`: see `workflows.deadlines.ladder_document`.
    """

    __tablename__ = "ladder"
    id: Mapped[int] = identity()
    key: Mapped[str]
    node: Mapped[str]
    document: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = ref("person.id", index=False)
    __table_args__ = (UniqueConstraint("key", "node"),)


class Pause(Table):
    """A stretch in which an item's standard does not run.

    `kind`: unit (waiting for `awaited_unit_id`), reason, suspended (its case stands still).
    `resume_at`: when it ends by itself; `ending`: resumed, date, arrived, completed, withdrawn,
    case_resumed.
    """

    __tablename__ = "pause"
    id: Mapped[int] = identity()
    work_item_id: Mapped[int] = ref("work_item.id")
    kind: Mapped[str]
    awaited_unit_id: Mapped[int | None] = ref("unit.id", index=False)
    reason: Mapped[str]
    started_at: Mapped[datetime]
    started_by: Mapped[int | None] = ref("person.id", index=False)
    resume_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = ref("person.id", index=False)
    ending: Mapped[str | None]
    __table_args__ = (
        Index(
            "uq_pause_open",
            "work_item_id",
            text("(kind = 'suspended')"),
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_pause_resume_at", "resume_at", postgresql_where=text("ended_at IS NULL")),
    )


class Snooze(Table):
    """A person's wish not to be reminded of an item before `until`."""

    __tablename__ = "snooze"
    id: Mapped[int] = identity()
    work_item_id: Mapped[int] = ref("work_item.id")
    person_id: Mapped[int] = ref("person.id", index=False)
    until: Mapped[datetime]
    reason: Mapped[str]
    created_at: Mapped[datetime]


class Preference(Table):
    """How a person wants to hear; without a row, as the house does.

    `zone`: in which moments are shown, None: that of their unit. `channels`: kind of notice ->
    names of channels; a kind that is not named goes as usual. `addresses`: channel -> address.
    `quiet_from`, `quiet_until`: local times between which nothing is sent. `feed_sha256`: of the
    secret in the address of their calendar feed.
    """

    __tablename__ = "preference"
    person_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("person.id"), primary_key=True)
    zone: Mapped[str | None]
    channels: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    addresses: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    feed_sha256: Mapped[str | None] = mapped_column(unique=True)
