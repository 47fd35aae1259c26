"""Drafts: one for each open work item that somebody has begun to fill in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from engine.store.tables import Draft, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import OPEN


def find_draft(tx: Tx, item_id: int) -> Draft | None:
    return tx.get(Draft, item_id, populate_existing=True)


def add_draft(tx: Tx, row: Draft) -> Draft:
    tx.add(row)
    tx.flush()
    return row


def delete_draft(tx: Tx, item_id: int) -> None:
    tx.execute(delete(Draft).where(Draft.work_item_id == item_id))


def delete_ended(tx: Tx, before: datetime) -> int:
    """Those of items that ended before that moment; how many."""
    ended = (
        select(WorkItem.id)
        .join(Draft, Draft.work_item_id == WorkItem.id)
        .where(WorkItem.state.not_in(OPEN), WorkItem.completed_at < before)
    )
    gone = tx.execute(
        delete(Draft).where(Draft.work_item_id.in_(ended)).returning(Draft.work_item_id)
    )
    return len(gone.all())
