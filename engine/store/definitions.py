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


def find_starters(tx: Tx, kind: str, name: str) -> Sequence[Definition]:
    """Definitions whose newest version begins with this message or signal, by key."""
    newest = (
        select(Definition.id, Definition.starts)
        .ext(distinct_on(Definition.key))
        .order_by(Definition.key, Definition.version.desc())
        .subquery()
    )
    wanted = newest.c.starts.contains([{"kind": kind, "name": name}])
    query = select(Definition).join(newest, newest.c.id == Definition.id).where(wanted)
    return tx.scalars(query.order_by(Definition.key)).all()


def find_by_digest(tx: Tx, digest: str) -> Definition | None:
    """The newest of the versions with this very content."""
    query = select(Definition).where(Definition.digest == digest)
    return tx.scalar(query.order_by(Definition.id.desc()).limit(1))


def add_definition(tx: Tx, row: Definition) -> Definition:
    """Store a new version; numbers count up from 1 within the key."""
    last = tx.scalar(select(func.max(Definition.version)).where(Definition.key == row.key))
    row.version = (last or 0) + 1
    tx.add(row)
    tx.flush()
    return row
