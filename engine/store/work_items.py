"""Work items and the documents attached to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import defer

from engine.store.tables import Case, Definition, Document, Person, Unit, WorkItem
from engine.store.transaction import Tx

OPEN = ("ready", "claimed")
ItemRow = Row[WorkItem, Definition, Unit, str]
DocumentRow = Row[Document, str, str]


def find_item(tx: Tx, item_id: int) -> WorkItem | None:
    """Reads afresh: an item seen before the case was locked may have changed since."""
    return tx.get(WorkItem, item_id, populate_existing=True)


def open_items_of_case(tx: Tx, case_id: int) -> Sequence[WorkItem]:
    return tx.scalars(
        select(WorkItem)
        .where(WorkItem.case_id == case_id, WorkItem.state.in_(OPEN))
        .order_by(WorkItem.id)
    ).all()


def items_of_case(tx: Tx, case_id: int) -> Sequence[WorkItem]:
    """All work items of a case in the order in which they became available."""
    return tx.scalars(
        select(WorkItem).where(WorkItem.case_id == case_id).order_by(WorkItem.id)
    ).all()


def items_of_cases(tx: Tx, case_ids: Collection[int]) -> Sequence[WorkItem]:
    """The open items of several cases in one statement."""
    return tx.scalars(
        select(WorkItem)
        .where(WorkItem.case_id.in_(case_ids), WorkItem.state.in_(OPEN))
        .order_by(WorkItem.id)
    ).all()


def _joined() -> Select[WorkItem, Definition, Unit, str]:
    """WorkItem with what every line of a list needs, in one statement."""
    return (
        select(WorkItem, Definition, Unit, Person.name)
        .join(Case, Case.id == WorkItem.case_id)
        .join(Definition, Definition.id == Case.definition_id)
        .join(Unit, Unit.id == WorkItem.unit_id)
        .outerjoin(Person, Person.id == WorkItem.claimed_by)
        .options(defer(Definition.forms), defer(WorkItem.answers))
    )


def item_rows(tx: Tx, item_ids: Collection[int]) -> Sequence[ItemRow]:
    """(WorkItem, Definition, Unit, claimant's name | None) of these items, by id."""
    return tx.execute(_joined().where(WorkItem.id.in_(item_ids)).order_by(WorkItem.id)).all()


def inbox_rows(
    tx: Tx, person_id: int, role_units: Collection[tuple[str, int]]
) -> Sequence[ItemRow]:
    """What a person may work on now: claimed by them, or unclaimed and of one of the
    (role, unit id) pairs; the earliest due first, what has no due moment last."""
    theirs = and_(WorkItem.state == "claimed", WorkItem.claimed_by == person_id)
    offered = and_(
        WorkItem.state == "ready", tuple_(WorkItem.role, WorkItem.unit_id).in_(sorted(role_units))
    )
    query = _joined().where(or_(theirs, offered), WorkItem.state.in_(OPEN))
    return tx.execute(
        query.order_by(WorkItem.due_at.nulls_last(), WorkItem.available_at, WorkItem.id).limit(500)
    ).all()


def done_rows(tx: Tx, person_id: int) -> Sequence[ItemRow]:
    """What the person has completed, the latest first."""
    query = _joined().where(WorkItem.completed_by == person_id)
    return tx.execute(query.order_by(WorkItem.completed_at.desc()).limit(200)).all()


def count_rounds(tx: Tx, case_id: int, node: str, unit_id: int) -> int:
    """How often this node has been opened in the case for that unit."""
    query = select(func.count()).where(
        WorkItem.case_id == case_id, WorkItem.node == node, WorkItem.unit_id == unit_id
    )
    return tx.scalar(query) or 0


def add_item(tx: Tx, row: WorkItem) -> WorkItem:
    tx.add(row)
    tx.flush()
    return row


def items_with_due_notices(tx: Tx, now: datetime, limit: int) -> Sequence[int]:
    """Ids of open items whose ladder must be looked at."""
    query = (
        select(WorkItem.id)
        .where(WorkItem.next_notice_at <= now, WorkItem.state.in_(OPEN))
        .order_by(WorkItem.next_notice_at)
        .limit(limit)
    )
    return tx.scalars(query).all()


def add_document(tx: Tx, row: Document) -> Document:
    tx.add(row)
    tx.flush()
    return row


def find_document(tx: Tx, document_id: int) -> Document | None:
    return tx.get(Document, document_id)


def documents_of_case(tx: Tx, case_id: int) -> Sequence[DocumentRow]:
    """(Document, node of its item, uploader's name | None), the oldest first."""
    return tx.execute(
        select(Document, WorkItem.node, Person.name)
        .join(WorkItem, WorkItem.id == Document.work_item_id)
        .outerjoin(Person, Person.id == Document.uploaded_by)
        .where(Document.case_id == case_id)
        .order_by(Document.id)
    ).all()
