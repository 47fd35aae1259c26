"""The tables of working together on an item: handing over, asking, commenting, drafts, filters."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Table, identity, ref


class Handover(Table):
    """An item went from one person to another, with what was said: a line of its lembar disposisi.

    `kind`: delegated, recalled, handed_back, reassigned, returned. `instructions`: codes of what
    the receiver is asked to do; `urgency`: biasa, segera, sangat_segera; `acted_as`: a
    `workflows.rights.Capacity` of the giver.
    """

    __tablename__ = "handover"
    id: Mapped[int] = identity()
    work_item_id: Mapped[int] = ref("work_item.id")
    kind: Mapped[str]
    at: Mapped[datetime]
    from_id: Mapped[int | None] = ref("person.id", index=False)
    to_id: Mapped[int | None] = ref("person.id", index=False)
    acted_as: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    instructions: Mapped[list[Any]] = mapped_column(server_default=text("'[]'::jsonb"))
    urgency: Mapped[str] = mapped_column(server_default="biasa")
    note: Mapped[str]


class Consultation(Table):
    """A colleague is asked about an item without getting it; `answer` "" until they have said."""

    __tablename__ = "consultation"
    id: Mapped[int] = identity()
    work_item_id: Mapped[int] = ref("work_item.id")
    asked_by: Mapped[int] = ref("person.id", index=False)
    asked_of: Mapped[int] = ref("person.id", index=False)
    question: Mapped[str]
    asked_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(server_default="")
    answered_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_consultation_asked_of", "asked_of", "answered_at"),)


class Watch(Table):
    """Who wants to hear of a case that they have no part in."""

    __tablename__ = "watch"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True, index=True)
    since: Mapped[datetime]


class Comment(Table):
    """What somebody said about a case, or (`work_item_id`) about one of its items. `mentions`: ids
    of the people named in it. Rows are never changed."""

    __tablename__ = "comment"
    id: Mapped[int] = identity()
    case_id: Mapped[int] = ref("case.id")
    work_item_id: Mapped[int | None] = ref("work_item.id", index=False)
    author_id: Mapped[int] = ref("person.id", index=False)
    acted_as: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    at: Mapped[datetime]
    body: Mapped[str]
    mentions: Mapped[list[int]] = mapped_column(server_default=text("'{}'::bigint[]"))


class Draft(Table):
    """What has been typed into the form of an item and not been sent. `revision` counts its
    changes, so that two devices do not overwrite each other."""

    __tablename__ = "draft"
    work_item_id: Mapped[int] = mapped_column(ForeignKey("work_item.id"), primary_key=True)
    answers: Mapped[dict[str, Any]]
    checked: Mapped[list[Any]]
    revision: Mapped[int]
    saved_at: Mapped[datetime]
    saved_by: Mapped[int] = ref("person.id", index=False)


class SavedFilter(Table):
    """A way of looking at the inbox; `unit_id`: those in that unit and below see it too."""

    __tablename__ = "saved_filter"
    id: Mapped[int] = identity()
    owner_id: Mapped[int] = ref("person.id", index=False)
    name: Mapped[str]
    query: Mapped[dict[str, Any]]
    unit_id: Mapped[int | None] = ref("unit.id")
    created_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("owner_id", "name"),)


class DefaultFilter(Table):
    """The filter with which a person's inbox opens; their own, or one that is shared with them."""

    __tablename__ = "default_filter"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    filter_id: Mapped[int] = mapped_column(
        ForeignKey("saved_filter.id", ondelete="CASCADE"), index=True
    )


class StepTitle(Table):
    """A name that steps of deployed SOPs have, once: searches look here, and not at every item."""

    __tablename__ = "step_title"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
