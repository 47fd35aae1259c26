"""What a row of the inbox shows of an item, and what the item is to its reader."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Row, Select, any_, bindparam, exists
from sqlalchemy.orm import aliased, load_only

from engine.store.tables import Consultation, Definition, Draft, Person, Unit, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import joined_items

# Of `joined_items`, and: when a draft was saved, asked, delegate.
InboxRow = Row[*tuple[Any, ...]]
IDS = ARRAY(BigInteger)
ME = bindparam("me", type_=BigInteger)
# Half of the columns: those left out cost as much as those that are shown.
SHOWN = (
    load_only(
        WorkItem.case_id,
        WorkItem.node,
        WorkItem.role,
        WorkItem.round,
        WorkItem.state,
        WorkItem.available_at,
        WorkItem.due_at,
        WorkItem.at_risk_at,
        WorkItem.paused_at,
        WorkItem.claimed_by,
        WorkItem.completed_at,
        WorkItem.delegate_id,
        raiseload=True,
    ),
    load_only(Definition.key, Definition.name, Definition.hash),
    load_only(Unit.code, Unit.name, Unit.zone, raiseload=True),
)


def rows_of(tx: Tx, person_id: int, ids: Collection[int]) -> Sequence[InboxRow]:
    """Of the items with these ids, in no order, for that reader."""
    return tx.execute(_with_marks(), {"me": person_id, "ids": list(ids)}).all()


@lru_cache(maxsize=1)
def _with_marks() -> Select[*tuple[Any, ...]]:
    delegate = aliased(Person)
    asked = exists().where(
        Consultation.work_item_id == WorkItem.id,
        Consultation.asked_of == ME,
        Consultation.answered_at.is_(None),
        Consultation.withdrawn_at.is_(None),
    )
    return (
        joined_items()
        .add_columns(Draft.saved_at, asked, delegate.name)
        .outerjoin(Draft, Draft.work_item_id == WorkItem.id)
        .outerjoin(delegate, delegate.id == WorkItem.delegate_id)
        .where(WorkItem.id == any_(bindparam("ids", type_=IDS)))
        .options(*SHOWN)
    )
