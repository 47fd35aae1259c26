"""Reminder ladders: which one counts for a step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.postgresql import insert

from engine.store.tables import Ladder as LadderRow
from engine.store.tables import Person
from engine.store.transaction import Tx
from workflows.deadlines import DEFAULT_LADDER, Ladder, read_ladder


def ladder_of(tx: Tx, key: str, node: str) -> Ladder:
    """The ladder of the step, else of the SOP, else of the house, else the shipped one."""
    return ladders_of(tx, [(key, node)])[key, node]


def ladders_of(tx: Tx, steps: Collection[tuple[str, str]]) -> dict[tuple[str, str], Ladder]:
    """(key of the SOP, node) -> `ladder_of`, in one statement."""
    keys = {key for key, _ in steps} | {""}
    rows = tx.scalars(select(LadderRow).where(LadderRow.key.in_(keys)))
    stored = {(row.key, row.node): row.document for row in rows}
    found = {}
    for key, node in steps:
        wanted = ((key, node), (key, ""), ("", ""))
        document = next((stored[one] for one in wanted if one in stored), None)
        found[key, node] = read_ladder(document) if document else DEFAULT_LADDER
    return found


def find_ladder(tx: Tx, key: str, node: str) -> LadderRow | None:
    """The one that somebody has set for exactly this."""
    return tx.scalar(select(LadderRow).where(LadderRow.key == key, LadderRow.node == node))


def list_ladders(tx: Tx) -> Sequence[Row[LadderRow, str]]:
    """(Ladder, name of who changed it | None): the house's, then by SOP and step."""
    query = select(LadderRow, Person.name).outerjoin(Person, Person.id == LadderRow.changed_by)
    return tx.execute(query.order_by(LadderRow.key, LadderRow.node)).all()


def put_ladder(
    tx: Tx, key: str, node: str, document: Mapping[str, Any], now: datetime, by: int | None
) -> None:
    """Set it, in place of the one that is there."""
    values = {"document": document, "changed_at": now, "changed_by": by}
    statement = insert(LadderRow).values(key=key, node=node, **values)
    tx.execute(statement.on_conflict_do_update(index_elements=["key", "node"], set_=values))


def remove_ladder(tx: Tx, key: str, node: str) -> bool:
    """False when there is none."""
    gone = delete(LadderRow).where(LadderRow.key == key, LadderRow.node == node)
    return bool(tx.scalars(gone.returning(LadderRow.id)).all())
