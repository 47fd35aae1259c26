"""Messages: kept once for their id, matched with what waits for them, settled once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, true, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from engine.store.cases import OPEN
from engine.store.rehearsal import is_rehearsed
from engine.store.tables import Case, Message, Subscription
from engine.store.transaction import Tx
from workflows.correlation import CASE, correlation, key_texts, named_case

OVER = ("completed", "cancelled")


class Receiver(NamedTuple):
    """A token that waits for a message; its case takes nothing while it is suspended."""

    case_id: int
    token: str
    suspended: bool


def replace_subscriptions(
    tx: Tx, case_id: int, rows: Collection[tuple[str, str, str, str, dict[str, object]]]
) -> None:
    """Make (token, node, kind, name, keys) all that the case waits for."""
    tokens = [token for token, *_ in rows]
    gone = Subscription.token.not_in(tokens)
    tx.execute(delete(Subscription).where(Subscription.case_id == case_id, gone))
    if not rows:
        return
    values = []
    for token, node, kind, name, keys in rows:
        texts = key_texts(keys)
        where = {"case_id": case_id, "token": token, "node": node, "kind": kind, "name": name}
        values.append({**where, "keys": texts, "correlation": correlation(texts)})
    statement = insert(Subscription).values(values)
    new = {name: statement.excluded[name] for name in ("node", "name", "keys", "correlation")}
    tx.execute(statement.on_conflict_do_update(index_elements=["case_id", "token"], set_=new))


def add_message(tx: Tx, keys: dict[str, str], **values: Any) -> Message | None:
    """Store it; None when there is one of that message_id already.

    Waits for a transaction that is storing the same message_id now.
    """
    to_case = named_case(keys)
    others = {name: text for name, text in keys.items() if to_case is None or name != CASE}
    row = {"keys": keys, "correlation": correlation(others), "to_case": to_case, **values}
    statement = insert(Message).values(row).on_conflict_do_nothing(index_elements=["message_id"])
    return tx.scalar(statement.returning(Message))


def find_message(tx: Tx, message_id: str) -> Message | None:
    return tx.scalar(select(Message).where(Message.message_id == message_id))


def find_receivers(tx: Tx, message: Message) -> Sequence[Receiver]:
    """Every token that waits for it, in cases that are not over; at most 20."""
    query = (
        select(Subscription.case_id, Subscription.token, Case.suspended_at.is_not(None))
        .join(Case, Case.id == Subscription.case_id)
        .where(
            Subscription.kind == "message",
            Subscription.name == message.name,
            Case.state.not_in(OVER),
        )
        .order_by(Subscription.case_id, Subscription.token)
        .limit(20)
    )
    if message.to_case is not None:
        query = query.where(Subscription.case_id == message.to_case)
    if message.to_case is None or message.correlation:
        query = query.where(Subscription.correlation == message.correlation)
    return [Receiver(*row) for row in tx.execute(query)]


def waits(tx: Tx, case_id: int, token: str) -> bool:
    """Whether that token of the case still waits."""
    query = select(Subscription.token).where(
        Subscription.case_id == case_id, Subscription.token == token
    )
    return tx.scalar(query) is not None


def _pending(now: datetime) -> ColumnElement[bool]:
    return and_(Message.state == "pending", Message.expires_at > now)


def due_messages(tx: Tx, now: datetime, limit: int) -> Sequence[int]:
    """Ids of pending messages that nobody has looked at, or that something waits for by now."""
    waiting = exists().where(
        Subscription.kind == "message",
        Subscription.name == Message.name,
        Case.id == Subscription.case_id,
        Case.state.in_(OPEN),
        Case.suspended_at.is_(None),
    )
    # Two questions instead of one with "or": each is then answered by an index.
    anyone = waiting.where(Subscription.correlation == Message.correlation)
    named = waiting.where(Subscription.case_id == Message.to_case)
    awaited = or_(
        and_(Message.to_case.is_(None), anyone), and_(Message.to_case.is_not(None), named)
    )
    query = (
        select(Message.id)
        .where(_pending(now), Message.due_at <= now, or_(Message.tries == 0, awaited))
        .order_by(Message.id)
        .limit(limit)
    )
    return tx.scalars(query).all()


def buffered_for(
    tx: Tx, case_id: int, waited: Collection[tuple[str, str]], now: datetime
) -> Sequence[Message]:
    """Pending messages that may be for a case that waits for these (name, correlation), the
    oldest first.

    Locked; one that another transaction is delivering is passed over, and so is one for which no
    receiver has been looked for among all cases. A rehearsed case takes only what it sent itself.
    """
    anyone = and_(
        Message.to_case.is_(None),
        tuple_(Message.name, Message.correlation).in_(sorted(set(waited))),
    )
    query = (
        select(Message)
        .where(_pending(now), Message.tries > 0, or_(anyone, Message.to_case == case_id))
        .where(Message.from_case_id == case_id if is_rehearsed(tx) else true())
        .order_by(Message.id)
        .limit(20)
        .with_for_update(skip_locked=True)
    )
    return tx.scalars(query).all()


def lock_pending(tx: Tx, row_id: int, now: datetime) -> Message | None:
    """None when it is settled, or another transaction is at it."""
    query = select(Message).where(Message.id == row_id, _pending(now))
    return tx.scalar(query.with_for_update(skip_locked=True))


def postpone(tx: Tx, row_id: int, until: datetime, reason: str) -> None:
    """Look for its receiver again only then."""
    still = (Message.id == row_id, Message.state == "pending")
    tx.execute(update(Message).where(*still).values(due_at=until, last_error=reason))


def settle(message: Message, case_id: int, now: datetime, *, started: bool) -> None:
    """It has reached this case, or has started it."""
    message.state, message.case_id, message.started = "delivered", case_id, started
    message.settled_at, message.last_error = now, ""


def list_pending(tx: Tx, now: datetime, limit: int) -> Sequence[Message]:
    """The oldest first."""
    query = select(Message).where(_pending(now), Message.kind == "message")
    return tx.scalars(query.order_by(Message.id).limit(limit)).all()


def expire(tx: Tx, now: datetime) -> int:
    """Give up what nobody has waited for in time; how many."""
    over = (Message.state == "pending", Message.expires_at <= now)
    statement = update(Message).where(*over).values(state="expired", settled_at=now)
    return len(tx.scalars(statement.returning(Message.id)).all())
