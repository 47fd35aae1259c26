"""Keys of the REST interface; what is handed out is known here by its SHA-256 only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from engine.store.tables import ApiKey
from engine.store.transaction import Tx


def add_key(tx: Tx, name: str, sha256: str, topics: Sequence[str], now: datetime) -> ApiKey | None:
    """Store it; None when there is, or was, a key of that name."""
    values = {"name": name, "sha256": sha256, "topics": list(topics), "created_at": now}
    statement = insert(ApiKey).values(values).on_conflict_do_nothing(index_elements=["name"])
    return tx.scalar(statement.returning(ApiKey))


def find_key(tx: Tx, *, name: str | None = None, sha256: str | None = None) -> ApiKey | None:
    """By name or by hash, revoked or not."""
    wanted = ApiKey.name == name if sha256 is None else ApiKey.sha256 == sha256
    return tx.scalar(select(ApiKey).where(wanted))


def list_keys(tx: Tx) -> Sequence[ApiKey]:
    return tx.scalars(select(ApiKey).order_by(ApiKey.name)).all()
