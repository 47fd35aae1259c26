"""Deployed versions of processes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import defer

from engine.errors import NotFoundError
from engine.store.tables import Definition, Process
from engine.store.transaction import Tx

# What is drawn is read where it is asked for; `lines.sop_of` asks once per process and content.
UNREAD: Final = (defer(Definition.xml), defer(Definition.forms))


def lock_key(tx: Tx, key: str) -> None:
    """Let one deployment of a key go at a time, until the transaction ends."""
    tx.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"definition:{key}"))))


def find_definition(tx: Tx, key: str, version: int | None = None) -> Definition | None:
    """That version of the key, or the newest."""
    query = select(Definition).where(Definition.key == key).order_by(Definition.version.desc())
    if version is not None:
        query = query.where(Definition.version == version)
    return tx.scalar(query.limit(1))


def get_definition(tx: Tx, key: str, version: int | None = None) -> Definition:
    """That version of the key, or the newest.

    Raises NotFoundError: definition_not_found; version_not_found (newest).
    """
    row = find_definition(tx, key, version)
    if row is not None:
        return row
    newest = find_definition(tx, key)
    if newest is None:
        raise NotFoundError("definition_not_found", key=key, version=version)
    raise NotFoundError("version_not_found", key=key, version=version, newest=newest.version)


def find_in_force(tx: Tx, key: str, day: date) -> Definition | None:
    """The version by which cases begin on that day, of an SOP that may be retired."""
    query = select(Definition).where(Definition.key == key, Definition.effective_on <= day)
    return tx.scalar(query.order_by(Definition.version.desc()).limit(1))


def list_versions(tx: Tx, key: str) -> Sequence[Definition]:
    """All versions of the key, the newest first."""
    query = select(Definition).where(Definition.key == key).options(*UNREAD)
    return tx.scalars(query.order_by(Definition.version.desc())).all()


def newest_definitions(tx: Tx) -> Sequence[Definition]:
    """The newest version of each key, by name."""
    newest = select(Definition).ext(distinct_on(Definition.key)).options(*UNREAD)
    newest = newest.order_by(Definition.key, Definition.version.desc())
    return sorted(tx.scalars(newest), key=lambda row: row.name.lower())


def list_startable(tx: Tx, day: date) -> Sequence[Definition]:
    """Of each SOP that is not retired the version that counts on that day, by key."""
    counting = (
        select(Definition)
        .ext(distinct_on(Definition.key))
        .options(*UNREAD)
        .outerjoin(Process, Process.key == Definition.key)
        .where(Definition.effective_on <= day, Process.retired_at.is_(None))
        .order_by(Definition.key, Definition.version.desc())
    )
    return tx.scalars(counting).all()


def list_in_force(tx: Tx, day: date) -> Sequence[Definition]:
    """Of each key the version that counts on that day, by name; also of retired SOPs."""
    counting = select(Definition).ext(distinct_on(Definition.key))
    counting = counting.where(Definition.effective_on <= day)
    counting = counting.order_by(Definition.key, Definition.version.desc())
    return sorted(tx.scalars(counting), key=lambda row: row.name.lower())


def find_starters(tx: Tx, kind: str, name: str, day: date) -> Sequence[Definition]:
    """Definitions whose version of that day begins with this message or signal, by key; none that
    is retired."""
    counting = (
        select(Definition.id, Definition.starts)
        .ext(distinct_on(Definition.key))
        .outerjoin(Process, Process.key == Definition.key)
        .where(Definition.effective_on <= day, Process.retired_at.is_(None))
        .order_by(Definition.key, Definition.version.desc())
        .subquery()
    )
    wanted = counting.c.starts.contains([{"kind": kind, "name": name}])
    query = select(Definition).join(counting, counting.c.id == Definition.id).where(wanted)
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
