"""Reminder ladders: which one counts for a step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.postgresql import insert

from engine.store.tables import Ladder as LadderRow
from engine.store.tables import Person
from engine.store.transaction import Tx
from workflows.deadlines import DEFAULT_LADDER, Ladder, read_ladder
from workflows.sop import Sop


@dataclass(frozen=True)
class Standing:
    """The ladder that counts. `source`: step, sop, house: somebody has set it; drawn_step,
    drawn_sop: the SOP is drawn with it; shipped."""

    source: str
    ladder: Ladder


@dataclass(frozen=True)
class Ladders:
    """What has been set, by key of the SOP and node."""

    set: Mapping[tuple[str, str], Ladder]

    def of(self, sop: Sop, node: str) -> Ladder:
        return self.standing(sop, node).ladder

    def standing(self, sop: Sop | None, node: str) -> Standing:
        """Of a step of this version of the SOP, of its whole (`node` ""), or of the house. The
        nearest counts; what is set outranks what is drawn in the same place."""
        key = sop.key if sop else ""
        step = sop.kegiatan_at(node) if sop and node else None
        candidates = (
            ("step", self.set.get((key, node)) if node else None),
            ("drawn_step", step.tangga if step else None),
            ("sop", self.set.get((key, "")) if key else None),
            ("drawn_sop", sop.tangga if sop else None),
            ("house", self.set.get(("", ""))),
            ("shipped", DEFAULT_LADDER),
        )
        return next(Standing(source, ladder) for source, ladder in candidates if ladder is not None)


def ladders_of(tx: Tx, keys: Collection[str]) -> Ladders:
    """All that is set for these SOPs and for the house, in one statement."""
    rows = tx.scalars(select(LadderRow).where(LadderRow.key.in_({*keys, ""})))
    return Ladders({(row.key, row.node): read_ladder(row.document) for row in rows})


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
