"""The tables of what happened inside a case: the trace of its tokens, and its incidents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Table, identity, ref


class Activation(Table):
    """One token's stay at a node: together the trace of a case, in the order of `seq`.

    `definition`: digest of the definition that the node belongs to; `state`: active, completed,
    withdrawn, skipped.
    """

    __tablename__ = "activation"
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    token: Mapped[str]
    node: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    definition: Mapped[str]
    state: Mapped[str]
    entered_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    __table_args__ = (UniqueConstraint("case_id", "token"),)


class Incident(Table):
    """A token that could not go on, until it could again: `resolution` says how (retried, skipped,
    moved, cancelled, gone), `note` what the person wrote who saw to it."""

    __tablename__ = "incident"
    id: Mapped[int] = identity()
    case_id: Mapped[int] = ref("case.id")
    token: Mapped[str]
    node: Mapped[str]
    node_name: Mapped[str]
    reason: Mapped[str]
    fields: Mapped[dict[str, Any]]
    opened_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolution: Mapped[str | None]
    resolved_by: Mapped[int | None] = ref("person.id", index=False)
    note: Mapped[str] = mapped_column(server_default="")
    __table_args__ = (
        Index(
            "uq_incident_open",
            "case_id",
            "token",
            unique=True,
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )
