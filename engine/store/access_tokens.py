"""Tokens of people's own programs, and the answers kept for requests that are repeated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from engine.store.tables import AccessToken, ApiReply, Person
from engine.store.transaction import Tx


def add_token(
    tx: Tx, person_id: int, name: str, sha256: str, now: datetime, expires_at: datetime
) -> AccessToken:
    row = AccessToken(
        person_id=person_id, name=name, sha256=sha256, created_at=now, expires_at=expires_at
    )
    tx.add(row)
    tx.flush()
    return row


def tokens_of(tx: Tx, person_id: int) -> Sequence[AccessToken]:
    """The newest first; those that were revoked are left out."""
    query = select(AccessToken).where(
        AccessToken.person_id == person_id, AccessToken.revoked_at.is_(None)
    )
    return tx.scalars(query.order_by(AccessToken.id.desc())).all()


def revoke_token(tx: Tx, person_id: int, token_id: int, now: datetime) -> str | None:
    """Its name; None when the person has no such token."""
    return tx.scalar(
        update(AccessToken)
        .where(AccessToken.id == token_id, AccessToken.person_id == person_id)
        .where(AccessToken.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(AccessToken.name)
    )


def revoke_all(tx: Tx, person_id: int, now: datetime) -> None:
    """None of the person's tokens opens anything any more."""
    mine = (AccessToken.person_id == person_id, AccessToken.revoked_at.is_(None))
    tx.execute(update(AccessToken).where(*mine).values(revoked_at=now))


def find_token(tx: Tx, sha256: str, now: datetime) -> Row[AccessToken, Person] | None:
    """One in force, with its person, whose account is so too."""
    return tx.execute(
        select(AccessToken, Person)
        .join(Person, Person.id == AccessToken.person_id)
        .where(
            AccessToken.sha256 == sha256,
            AccessToken.revoked_at.is_(None),
            AccessToken.expires_at > now,
            Person.disabled_at.is_(None),
        )
    ).one_or_none()


def claim_reply(tx: Tx, person_id: int, key: str, sha256: str, now: datetime) -> ApiReply | None:
    """None when the key is new, and now kept; else what is known of it."""
    values = {"person_id": person_id, "key": key, "sha256": sha256, "at": now}
    made = insert(ApiReply).values(values).on_conflict_do_nothing().returning(ApiReply.id)
    if tx.scalar(made) is not None:
        return None
    wanted = (ApiReply.person_id == person_id, ApiReply.key == key)
    return tx.scalars(select(ApiReply).where(*wanted)).one()


def settle_reply(tx: Tx, person_id: int, key: str, status: int, body: dict[str, Any]) -> None:
    wanted = (ApiReply.person_id == person_id, ApiReply.key == key)
    tx.execute(update(ApiReply).where(*wanted).values(status=status, body=body))


def forget_reply(tx: Tx, person_id: int, key: str) -> None:
    """Nothing has come of it, so it may be tried anew."""
    tx.execute(delete(ApiReply).where(ApiReply.person_id == person_id, ApiReply.key == key))
