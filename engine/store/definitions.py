"""Deployed versions of processes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from engine.store.tables import Definition
from engine.store.transaction import Tx


def lock_key(tx: Tx, key: str) -> None:
    """Let one deployment of a key go at a time, until the transaction ends."""
    tx.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"definition:{key}"))))


def find_definition(tx: Tx, key: str, version: int | None = None) -> Definition | None:
    """That version of the key, or the newest."""
    query = select(Definition).where(Definition.key == key).order_by(Definition.version.desc())
    if version is not None:
        query = query.where(Definition.version == version)
    return tx.scalar(query.limit(1))


def newest_definitions(tx: Tx) -> Sequence[Definition]:
    """The newest version of each key, by name."""
    newest = select(Definition).ext(distinct_on(Definition.key))
    newest = newest.order_by(Definition.key, Definition.version.desc())
    return sorted(tx.scalars(newest), key=lambda row: row.name.lower())


def add_definition(tx: Tx, row: Definition) -> Definition:
    """Store a new version; numbers count up from 1 within the key."""
    last = tx.scalar(select(func.max(Definition.version)).where(Definition.key == row.key))
    row.version = (last or 0) + 1
    tx.add(row)
    tx.flush()
    return row
