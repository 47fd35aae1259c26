"""Work items and the documents attached to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    any_,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import aliased, defer
from sqlalchemy.orm.interfaces import ORMOption

from engine.store.seats import seats_on
from engine.store.tables import (
    Case,
    Consultation,
    Definition,
    Document,
    Jabatan,
    Person,
    Unit,
    WorkItem,
)
from engine.store.transaction import Tx
from workflows.rights import Actor

OPEN = ("ready", "claimed")
# By which definition the node of an item is read: that of a called process, or its case's.
READ_BY = Definition.id == func.coalesce(WorkItem.definition_id, Case.definition_id)
ItemRow = Row[WorkItem, Definition, Unit, str, datetime | None, str, str]
DocumentRow = Row[Document, WorkItem, str]


def find_item(tx: Tx, item_id: int) -> WorkItem | None:
    """Reads afresh: an item seen before the case was locked may have changed since."""
    return tx.get(WorkItem, item_id, populate_existing=True)


def find_items(tx: Tx, item_ids: Collection[int]) -> Sequence[WorkItem]:
    """By id; those that do not exist are left out."""
    return tx.scalars(select(WorkItem).where(WorkItem.id.in_(item_ids)).order_by(WorkItem.id)).all()


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


def items_by_id(tx: Tx, item_ids: Collection[int]) -> Sequence[WorkItem]:
    """In order of their ids."""
    query = select(WorkItem).where(WorkItem.id.in_(item_ids)).order_by(WorkItem.id)
    return tx.scalars(query).all()


def without_content() -> tuple[ORMOption, ...]:
    """Lists need a definition's key and hash; its content is read once per process."""
    return defer(Definition.xml), defer(Definition.forms), defer(Definition.findings)


def joined_items() -> Select[WorkItem, Definition, Unit, str, datetime | None, str, str]:
    """WorkItem with what every line of a list needs, in one statement."""
    suspender = aliased(Person)
    return (
        select(
            WorkItem,
            Definition,
            Unit,
            Person.name,
            Case.suspended_at,
            Case.suspended_reason,
            suspender.name,
        )
        .join(Case, Case.id == WorkItem.case_id)
        .join(Definition, READ_BY)
        .join(Unit, Unit.id == WorkItem.unit_id)
        .outerjoin(Person, Person.id == WorkItem.claimed_by)
        .outerjoin(suspender, suspender.id == Case.suspended_by)
        .options(*without_content(), defer(WorkItem.answers))
    )


def item_rows(tx: Tx, item_ids: Collection[int]) -> Sequence[ItemRow]:
    """(WorkItem, Definition, Unit, claimant's name | None, and of a suspended case: since when,
    why, by whom) of these items, by id."""
    return tx.execute(joined_items().where(WorkItem.id.in_(item_ids)).order_by(WorkItem.id)).all()


def claim_stands(day: date) -> ColumnElement[bool]:
    """Whether the claimant still acts in the item's role; else the claim has lapsed."""
    where, seats = aliased(Unit), seats_on(day)
    held = exists().where(
        seats.c.person_id == WorkItem.claimed_by,
        Jabatan.id == seats.c.jabatan_id,
        Jabatan.role == WorkItem.role,
        where.id == Jabatan.unit_id,
        WorkItem.unit_id == any_(where.ancestors),
    )
    return held.correlate(WorkItem)  # also where the query around it reads seats of its own


def standing_claimant(tx: Tx, item: WorkItem, day: date) -> int | None:
    """The person who has claimed the item, unless they hold its role no more."""
    query = select(WorkItem.claimed_by).where(WorkItem.id == item.id, claim_stands(day))
    return tx.scalar(query)


def is_involved(tx: Tx, actor: Actor, case_id: int) -> bool:
    """Whether an item of the case is or was the actor's, or they are asked about one."""
    mine = or_(
        tuple_(WorkItem.role, WorkItem.unit_id).in_(sorted(actor.role_units)),
        WorkItem.completed_by == actor.person_id,
        WorkItem.delegate_id == actor.person_id,
        exists().where(
            Consultation.work_item_id == WorkItem.id,
            Consultation.asked_of == actor.person_id,
            Consultation.withdrawn_at.is_(None),
        ),
    )
    return tx.scalar(select(exists().where(WorkItem.case_id == case_id, mine))) or False


def count_rounds(tx: Tx, case_id: int) -> dict[tuple[str, str, int], int]:
    """(key of the SOP, node, unit id) -> how often that step has been opened in the case for that
    unit; a called SOP may have nodes of the same name."""
    rows = tx.execute(
        select(Definition.key, WorkItem.node, WorkItem.unit_id, func.count())
        .join(Case, Case.id == WorkItem.case_id)
        .join(Definition, READ_BY)
        .where(WorkItem.case_id == case_id)
        .group_by(Definition.key, WorkItem.node, WorkItem.unit_id)
    )
    return {(key, node, unit_id): count for key, node, unit_id, count in rows}


def add_items(tx: Tx, rows: Collection[WorkItem]) -> None:
    """Store new items; their ids follow their order."""
    tx.add_all(rows)
    tx.flush()


def pin_finished(tx: Tx, case_id: int, definition_id: int) -> None:
    """Let what is over in a case be read by this version for ever, whichever it goes on with."""
    over = (WorkItem.case_id == case_id, WorkItem.state.not_in(OPEN))
    own = WorkItem.definition_id.is_(None)
    tx.execute(update(WorkItem).where(*over, own).values(definition_id=definition_id))


def document_ids(tx: Tx, case_id: int) -> set[int]:
    return set(tx.scalars(select(Document.id).where(Document.case_id == case_id)))


def documents_of_case(tx: Tx, case_id: int) -> Sequence[DocumentRow]:
    """(Document, its item, uploader's name | None), the oldest first."""
    return tx.execute(
        select(Document, WorkItem, Person.name)
        .join(WorkItem, WorkItem.id == Document.work_item_id)
        .outerjoin(Person, Person.id == Document.uploaded_by)
        .where(Document.case_id == case_id)
        .order_by(Document.id)
    ).all()
