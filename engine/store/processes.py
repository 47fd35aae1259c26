"""SOPs whatever their version: retired or in use, and when they are to be evaluated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from engine.store.tables import Process
from engine.store.transaction import Tx


def find_process(tx: Tx, key: str) -> Process | None:
    return tx.get(Process, key, populate_existing=True)


def ensure_process(tx: Tx, key: str) -> Process:
    """The row of the SOP, made when there is none; its writer holds `definitions.lock_key`."""
    row = find_process(tx, key)
    if row is None:
        row = Process(key=key, retired_reason="")
        tx.add(row)
        tx.flush()
    return row


def processes_by_key(tx: Tx) -> Mapping[str, Process]:
    return {row.key: row for row in tx.scalars(select(Process))}


def due_keys(tx: Tx, day: date) -> Sequence[str]:
    """SOPs in use that are to be evaluated by that day, of which nobody has been told."""
    query = select(Process.key).where(
        Process.review_on <= day, Process.retired_at.is_(None), Process.review_told_at.is_(None)
    )
    return tx.scalars(query.order_by(Process.key)).all()
