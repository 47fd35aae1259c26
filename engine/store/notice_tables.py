"""The table of notices: what people are told, over which channel, and whether it has gone out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Table, identity, ref


class Notice(Table):
    """One message to one person over one channel: written once (the unique key), leased while
    it is sent, then settled.

    `rung`: the key of the ladder's rung, or what else made it; `kind`: which words it has.
    `digest_id`: the first of those that are sent together with it. `work_item_id`: None of what is
    about no single item; then `case_id` may name its case, and else `path` the page that tells
    more.
    """

    __tablename__ = "notice"
    id: Mapped[int] = identity()
    work_item_id: Mapped[int | None] = ref("work_item.id", index=False)
    case_id: Mapped[int | None] = ref("case.id", index=False)
    person_id: Mapped[int] = ref("person.id")
    kind: Mapped[str]
    rung: Mapped[str]
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
    digest_id: Mapped[int | None] = mapped_column(BigInteger)
    last_error: Mapped[str] = mapped_column(server_default="")
    path: Mapped[str] = mapped_column(server_default="")
    __table_args__ = (
        UniqueConstraint(
            "work_item_id", "rung", "person_id", "channel", postgresql_nulls_not_distinct=True
        ),
        Index(
            "ix_notice_pending",
            "send_after",
            postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL"),
        ),
    )
