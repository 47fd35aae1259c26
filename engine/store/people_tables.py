"""The tables of people: units, jabatan, their holders, rights, leave."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Table, identity, ref


class Unit(Table):
    """A pemda, PD, or a part of one. `ancestors`: ids from the root down to itself; `ended_on`: its
    last day, None while it exists."""

    __tablename__ = "unit"
    id: Mapped[int] = identity()
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    zone: Mapped[str]
    parent_id: Mapped[int | None] = ref("unit.id")
    ancestors: Mapped[list[int]]
    ended_on: Mapped[date | None]
    __table_args__ = (Index("ix_unit_ancestors", "ancestors", postgresql_using="gin"),)


class Person(Table):
    """Whoever has an account. Nobody is deleted: `disabled_at` ends the account.

    `password_hash` is "" for who logs in elsewhere only; `totp_secret` is sealed by
    `engine.passwords`, `totp_step` the last one used; `recovery`: hashes of codes not used yet.
    """

    __tablename__ = "person"
    id: Mapped[int] = identity()
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    nip: Mapped[str] = mapped_column(server_default="")
    email: Mapped[str]
    locale: Mapped[str] = mapped_column(server_default="id")
    password_hash: Mapped[str]
    password_at: Mapped[datetime | None]
    must_change: Mapped[bool] = mapped_column(server_default=text("false"))
    totp_secret: Mapped[str] = mapped_column(server_default="")
    totp_since: Mapped[datetime | None]
    totp_step: Mapped[int | None] = mapped_column(BigInteger)
    recovery: Mapped[list[Any]] = mapped_column(server_default=text("'[]'::jsonb"))
    disabled_at: Mapped[datetime | None]
    demo: Mapped[bool] = mapped_column(server_default=text("false"))


class PersonGrant(Table):
    """A right beyond what jabatan give, everywhere or (`unit_id`) in a unit and below it."""

    __tablename__ = "person_grant"
    id: Mapped[int] = identity()
    person_id: Mapped[int] = ref("person.id")
    name: Mapped[str]
    unit_id: Mapped[int | None] = ref("unit.id", index=False)
    granted_at: Mapped[datetime | None]
    granted_by: Mapped[int | None] = ref("person.id", index=False)
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = ref("person.id", index=False)
    __table_args__ = (
        Index(
            "ix_person_grant_in_force",
            "name",
            "person_id",
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )


class Jabatan(Table):
    """A position in a unit; `role` is what lanes ask for, "" where none does; `superior_id` whom it
    reports to; `many`: several people hold it at once, as staff or the members of a team."""

    __tablename__ = "jabatan"
    id: Mapped[int] = identity()
    name: Mapped[str]
    role: Mapped[str] = mapped_column(index=True)
    unit_id: Mapped[int] = ref("unit.id")
    superior_id: Mapped[int | None] = ref("jabatan.id")
    many: Mapped[bool] = mapped_column(server_default=text("false"))
    ended_on: Mapped[date | None]
    __table_args__ = (UniqueConstraint("unit_id", "name"),)


class Holding(Table):
    """Who holds a jabatan, with dates (both inclusive); rows are ended, and only deleted before
    they begin.

    `kind`: definitif, plt, plh (`workflows.rights.KINDS`), the latter two with the letter that
    says so.
    """

    __tablename__ = "holding"
    id: Mapped[int] = identity()
    jabatan_id: Mapped[int] = ref("jabatan.id")
    person_id: Mapped[int] = ref("person.id")
    since: Mapped[date]
    until: Mapped[date | None]
    kind: Mapped[str] = mapped_column(server_default="definitif")
    letter: Mapped[str] = mapped_column(server_default="")
    letter_on: Mapped[date | None]
    noted_at: Mapped[datetime | None]
    noted_by: Mapped[int | None] = ref("person.id", index=False)
    __table_args__ = (UniqueConstraint("jabatan_id", "person_id", "since"),)


class Absence(Table):
    """Leave: from `since` to `until` (inclusive) `substitute_id` stands in, for the jabatan named
    in `jabatan_ids` (none named: for all). Ended early: `until` is brought
    forward, or `cancelled_at` set where it had not begun."""

    __tablename__ = "absence"
    id: Mapped[int] = identity()
    person_id: Mapped[int] = ref("person.id")
    substitute_id: Mapped[int] = ref("person.id")
    since: Mapped[date]
    until: Mapped[date]
    jabatan_ids: Mapped[list[int]] = mapped_column(server_default=text("'{}'::bigint[]"))
    reason: Mapped[str]
    noted_at: Mapped[datetime]
    noted_by: Mapped[int | None] = ref("person.id", index=False)
    cancelled_at: Mapped[datetime | None]
    cancelled_by: Mapped[int | None] = ref("person.id", index=False)
    __table_args__ = (
        Index("ix_absence_in_force", "until", postgresql_where=text("cancelled_at IS NULL")),
    )
