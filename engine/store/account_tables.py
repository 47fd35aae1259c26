"""The tables of accounts: sessions, failed log-ins, mails with secrets, log-in elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Table, identity, ref


class LoginSession(Table):
    """A browser that is logged in; of what its cookie carries only the SHA-256 is kept.

    `method`: password, password+totp, oidc; `ending`: left, revoked, password_changed, disabled,
    expired.
    """

    __tablename__ = "login_session"
    id: Mapped[int] = identity()
    sha256: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = ref("person.id")
    method: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    address: Mapped[str]
    agent: Mapped[str]
    ended_at: Mapped[datetime | None]
    ending: Mapped[str] = mapped_column(server_default="")


class LoginFailure(Table):
    """A try that failed: what is counted against guessing. `login` as typed, in lower case.

    `kind`: password, factor, reset. `forgiven`: the right one came later, so it counts no more
    against the login, though still against the address.
    """

    __tablename__ = "login_failure"
    id: Mapped[int] = identity()
    kind: Mapped[str]
    login: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
    forgiven: Mapped[bool] = mapped_column(server_default=text("false"))
    __table_args__ = (
        Index("ix_login_failure_login_at", "login", "at"),
        Index("ix_login_failure_address_at", "address", "at"),
        Index("ix_login_failure_at", "at"),
    )


class AccountMail(Table):
    """A mail about one person's account. `kind`: reset, invite, whose link's secret is made when
    it is sent, and only the hash is kept; password_changed, factor_changed, which have none."""

    __tablename__ = "account_mail"
    id: Mapped[int] = identity()
    person_id: Mapped[int] = ref("person.id")
    kind: Mapped[str]
    created_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    send_after: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(server_default="")
    sha256: Mapped[str | None] = mapped_column(unique=True)
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    __table_args__ = (
        Index(
            "ix_account_mail_pending",
            "send_after",
            postgresql_where=text("sent_at IS NULL AND given_up_at IS NULL"),
        ),
    )


class LoginIdentity(Table):
    """Who a person is at an OpenID Connect provider."""

    __tablename__ = "login_identity"
    id: Mapped[int] = identity()
    issuer: Mapped[str]
    subject: Mapped[str]
    person_id: Mapped[int] = ref("person.id")
    email: Mapped[str]
    linked_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("issuer", "subject"),)


class AccessToken(Table):
    """With what a person's own programs use the REST interface; only its SHA-256 is kept."""

    __tablename__ = "access_token"
    id: Mapped[int] = identity()
    person_id: Mapped[int] = ref("person.id")
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class ApiReply(Table):
    """What was answered to a request with an Idempotency-Key, for the one who repeats it.
    `sha256`: of the request; `status` None while it is being worked on."""

    __tablename__ = "api_reply"
    id: Mapped[int] = identity()
    person_id: Mapped[int] = ref("person.id", index=False)
    key: Mapped[str]
    sha256: Mapped[str]
    at: Mapped[datetime]
    status: Mapped[int | None]
    body: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    __table_args__ = (UniqueConstraint("person_id", "key"), Index("ix_api_reply_at", "at"))
