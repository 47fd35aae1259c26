"""The trace of a case: which token came to which node when, and how it left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from engine.store.tables import Activation
from engine.store.transaction import Tx

ACTIVE = "active"
VisitRow = Row[str, str, str, str]


def keep_trace(tx: Tx, case_id: int, passed: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Append what a move entered and settle what it left; as many statements for one as for many.

    `passed`: token, node, name, kind, definition, state and is_new of each, in order.
    """
    entered = [one for one in passed if one["is_new"]]
    for state in ("completed", "withdrawn"):
        left = [one["token"] for one in passed if one["state"] == state and not one["is_new"]]
        settle(tx, case_id, left, state, now)
    if not entered:
        return
    last = tx.scalar(select(func.max(Activation.seq)).where(Activation.case_id == case_id)) or 0
    kept = ("token", "node", "name", "kind", "definition", "state")
    rows = [
        {
            **{name: one[name] for name in kept},
            "case_id": case_id,
            "seq": seq,
            "entered_at": now,
            "left_at": None if one["state"] == ACTIVE else now,
        }
        for seq, one in enumerate(entered, last + 1)
    ]
    tx.execute(insert(Activation), rows)


def settle(
    tx: Tx, case_id: int, tokens: Collection[str], state: str, now: datetime, *, again: bool = False
) -> None:
    """Note how active tokens left; with `again` also those that have left already."""
    if not tokens:
        return
    statement = update(Activation).where(
        Activation.case_id == case_id, Activation.token.in_(tokens)
    )
    if not again:
        statement = statement.where(Activation.state == ACTIVE)
    tx.execute(statement.values(state=state, left_at=now))


def rename(tx: Tx, case_id: int, nodes: Mapping[str, tuple[str, str]], old: str, new: str) -> None:
    """Let the active tokens of one definition stand at nodes of another: `nodes`: node -> (node,
    name) there."""
    rows = tx.scalars(
        select(Activation).where(
            Activation.case_id == case_id,
            Activation.state == ACTIVE,
            Activation.definition == old,
        )
    )
    for row in rows:
        row.node, row.name = nodes.get(row.node, (row.node, row.name))
        row.definition = new


def list_activations(tx: Tx, case_id: int) -> Sequence[Activation]:
    """In the order in which the tokens came."""
    return tx.scalars(
        select(Activation).where(Activation.case_id == case_id).order_by(Activation.seq)
    ).all()


def names_of(tx: Tx, case_id: int, tokens: Collection[str]) -> dict[str, str]:
    """token -> name of its node, as far as the trace knows it."""
    rows = tx.execute(
        select(Activation.token, Activation.name).where(
            Activation.case_id == case_id, Activation.token.in_(tokens)
        )
    )
    return {token: name for token, name in rows}


def visited(tx: Tx, case_id: int) -> Sequence[VisitRow]:
    """(node, name, kind, definition) of every node that a token has left, in the order of the
    first visit."""
    query = (
        select(Activation.node, Activation.name, Activation.kind, Activation.definition)
        .where(Activation.case_id == case_id, Activation.state.in_(("completed", "skipped")))
        .group_by(Activation.node, Activation.name, Activation.kind, Activation.definition)
        .order_by(func.min(Activation.seq))
    )
    return tx.execute(query).all()
