"""Signals: who waited for one when it was sent, and how each of them came to have it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from engine.store.messages import OVER
from engine.store.tables import Case, Delivery, Message, Subscription
from engine.store.transaction import Tx


def fan_out(tx: Tx, signal: Message, now: datetime) -> Sequence[int]:
    """A delivery to every case that waits for the signal now, except the one that threw it.

    Takes no lock on any case. Gives back their ids.
    """
    waiting = (
        select(
            literal(signal.id),
            Subscription.case_id,
            func.jsonb_agg(Subscription.token),
            literal("pending"),
            literal(now, Delivery.due_at.type),
        )
        .join(Case, Case.id == Subscription.case_id)
        .where(
            Subscription.kind == "signal",
            Subscription.name == signal.name,
            Case.state.not_in(OVER),
            Case.id.is_distinct_from(signal.from_case_id),
        )
        .group_by(Subscription.case_id)
        .order_by(Subscription.case_id)
    )
    columns = ["message_id", "case_id", "tokens", "state", "due_at"]
    statement = insert(Delivery).from_select(columns, waiting).returning(Delivery.case_id)
    return sorted(case_id for case_id in tx.scalars(statement) if case_id is not None)


def add_start(tx: Tx, signal: Message, key: str, now: datetime) -> None:
    """A delivery to the newest version of an SOP, which it will start."""
    values = {"message_id": signal.id, "definition_key": key, "tokens": [], "due_at": now}
    tx.execute(insert(Delivery).values(state="pending", **values).on_conflict_do_nothing())


def due_deliveries(tx: Tx, now: datetime, limit: int) -> Sequence[int]:
    """Ids of those to be handled now; a suspended case gets its own when it goes on."""
    query = (
        select(Delivery.id)
        .outerjoin(Case, Case.id == Delivery.case_id)
        .where(Delivery.state == "pending", Delivery.due_at <= now, Case.suspended_at.is_(None))
        .order_by(Delivery.id)
        .limit(limit)
    )
    return tx.scalars(query).all()


def lock_delivery(tx: Tx, delivery_id: int) -> tuple[Delivery, Message] | None:
    """The delivery and its signal; None when it is settled or another transaction is at it."""
    query = (
        select(Delivery, Message)
        .join(Message, Message.id == Delivery.message_id)
        .where(Delivery.id == delivery_id, Delivery.state == "pending")
        .with_for_update(of=Delivery, skip_locked=True)
    )
    row = tx.execute(query).first()
    return None if row is None else (row[0], row[1])


def still_waiting(tx: Tx, delivery: Delivery) -> Sequence[str]:
    """Those of its tokens that wait still."""
    query = select(Subscription.token).where(
        Subscription.case_id == delivery.case_id, Subscription.token.in_(delivery.tokens)
    )
    return tx.scalars(query.order_by(Subscription.token)).all()


def postpone(tx: Tx, delivery_id: int, until: datetime) -> None:
    still = (Delivery.id == delivery_id, Delivery.state == "pending")
    tx.execute(update(Delivery).where(*still).values(due_at=until))


def drop(tx: Tx, delivery_id: int, now: datetime, reason: str) -> None:
    """Nothing can come of it."""
    still = (Delivery.id == delivery_id, Delivery.state == "pending")
    values = {"state": "dropped", "settled_at": now, "last_error": reason}
    tx.execute(update(Delivery).where(*still).values(values))


def reached(tx: Tx, signal: Message) -> Sequence[int]:
    """The cases that the signal was sent to, or that it has started."""
    query = select(Delivery.case_id).where(Delivery.message_id == signal.id)
    return sorted(case_id for case_id in tx.scalars(query) if case_id is not None)
