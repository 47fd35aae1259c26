"""Items that went from hand to hand, questions about them, comments, and who watches a case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from engine.store.tables import Comment, Consultation, Handover, Person, Watch
from engine.store.transaction import Tx

DELEGATED, RECALLED, HANDED_BACK = "delegated", "recalled", "handed_back"
REASSIGNED, RETURNED = "reassigned", "returned"
HandoverRow = Row[Handover, str | None, str | None]
ConsultationRow = Row[Consultation, str, str]
CommentRow = Row[Comment, Person]


def add_handover(tx: Tx, row: Handover) -> Handover:
    tx.add(row)
    tx.flush()
    return row


def handover_rows(tx: Tx, item_id: int) -> Sequence[HandoverRow]:
    """(Handover, name of the giver, name of the receiver), in order."""
    giver, receiver = aliased(Person), aliased(Person)
    return tx.execute(
        select(Handover, giver.name, receiver.name)
        .outerjoin(giver, giver.id == Handover.from_id)
        .outerjoin(receiver, receiver.id == Handover.to_id)
        .where(Handover.work_item_id == item_id)
        .order_by(Handover.id)
    ).all()


def last_handover(tx: Tx, item_id: int, kinds: Collection[str]) -> Handover | None:
    """The latest of these kinds."""
    query = select(Handover).where(Handover.work_item_id == item_id, Handover.kind.in_(kinds))
    return tx.scalar(query.order_by(Handover.id.desc()).limit(1))


def prepared_by(tx: Tx, item_ids: Collection[int]) -> dict[int, list[int]]:
    """item id -> ids of all to whom it was delegated: they had it in hand, also where it was taken
    back from them with what they had filled in."""
    if not item_ids:
        return {}
    rows = tx.execute(
        select(Handover.work_item_id, Handover.to_id).where(
            Handover.work_item_id.in_(item_ids), Handover.kind == DELEGATED
        )
    )
    found: dict[int, list[int]] = {}
    for item_id, person_id in rows:
        if person_id is not None:
            found.setdefault(item_id, []).append(person_id)
    return found


def add_consultation(tx: Tx, row: Consultation) -> Consultation:
    tx.add(row)
    tx.flush()
    return row


def find_consultation(tx: Tx, consultation_id: int) -> Consultation | None:
    """Reads afresh: it may have been answered since."""
    return tx.get(Consultation, consultation_id, populate_existing=True)


def consultation_rows(tx: Tx, item_id: int) -> Sequence[ConsultationRow]:
    """(Consultation, name of who asks, name of who is asked), in order."""
    asker, asked = aliased(Person), aliased(Person)
    return tx.execute(
        select(Consultation, asker.name, asked.name)
        .join(asker, asker.id == Consultation.asked_by)
        .join(asked, asked.id == Consultation.asked_of)
        .where(Consultation.work_item_id == item_id)
        .order_by(Consultation.id)
    ).all()


def add_comment(tx: Tx, row: Comment) -> Comment:
    tx.add(row)
    tx.flush()
    return row


def comment_rows(tx: Tx, case_id: int) -> Sequence[CommentRow]:
    """(Comment, its author) of a case and all its items, in order."""
    return tx.execute(
        select(Comment, Person)
        .join(Person, Person.id == Comment.author_id)
        .where(Comment.case_id == case_id)
        .order_by(Comment.id)
    ).all()


def put_watch(tx: Tx, person_id: int, case_id: int, now: datetime) -> bool:
    """False when they watch it already."""
    statement = insert(Watch).values(person_id=person_id, case_id=case_id, since=now)
    found = tx.scalars(statement.on_conflict_do_nothing().returning(Watch.person_id))
    return bool(found.all())


def remove_watch(tx: Tx, person_id: int, case_id: int) -> bool:
    """False when they do not watch it."""
    statement = delete(Watch).where(Watch.person_id == person_id, Watch.case_id == case_id)
    return bool(tx.scalars(statement.returning(Watch.person_id)).all())


def watches(tx: Tx, person_id: int, case_id: int) -> bool:
    """Whether that person watches the case."""
    query = select(Watch.person_id).where(Watch.person_id == person_id, Watch.case_id == case_id)
    return tx.scalar(query) is not None


def watchers(tx: Tx, case_ids: Collection[int]) -> dict[int, list[int]]:
    """case id -> ids of who watches it; cases that nobody watches are left out."""
    rows = tx.execute(select(Watch.case_id, Watch.person_id).where(Watch.case_id.in_(case_ids)))
    found: dict[int, list[int]] = {}
    for case_id, person_id in rows:
        found.setdefault(case_id, []).append(person_id)
    return found
