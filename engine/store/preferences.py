"""How people want to hear, and in which zone they read moments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from engine.store.holdings import held_on
from engine.store.tables import Holding, Jabatan, Person, Preference, Unit
from engine.store.transaction import Tx

MARK = 16  # letters of the hash of a feed's secret


def preferences_of(tx: Tx, person_ids: Collection[int]) -> dict[int, Preference]:
    """person id -> their row; who has never chosen anything is left out."""
    query = select(Preference).where(Preference.person_id.in_(person_ids))
    return {row.person_id: row for row in tx.scalars(query)}


def put_preference(tx: Tx, person_id: int, **values: object) -> None:
    """Change these columns of the person's row, made when there is none."""
    statement = insert(Preference).values(person_id=person_id, **values)
    tx.execute(statement.on_conflict_do_update(index_elements=["person_id"], set_=values))


def feed_mark(row: Preference | None) -> str:
    """What tells that person's calendar feeds apart and opens none; "" without one."""
    return (row.feed_sha256 or "")[:MARK] if row is not None else ""


def put_feed(tx: Tx, person_id: int, sha256: str, replacing: str) -> bool:
    """Keep the hash of a new calendar feed in place of the one with that mark; False, and nothing
    changes, where the person has another one."""
    statement = insert(Preference).values(person_id=person_id, feed_sha256=sha256)
    kept = func.left(func.coalesce(Preference.feed_sha256, ""), MARK)
    made = statement.on_conflict_do_update(
        index_elements=["person_id"],
        set_={"feed_sha256": sha256},
        where=kept.in_(("", replacing)),
    )
    return tx.scalar(made.returning(Preference.person_id)) is not None


def feed_owner(tx: Tx, sha256: str) -> Person | None:
    """Whose calendar feed has the secret with that hash; an account that has ended has none."""
    query = select(Person).join(Preference, Preference.person_id == Person.id)
    return tx.scalar(query.where(Preference.feed_sha256 == sha256, Person.disabled_at.is_(None)))


def zones_of(
    tx: Tx, person_ids: Collection[int], wishes: Mapping[int, Preference], day: date
) -> dict[int, str]:
    """person id -> the zone they read moments in: what they chose (`wishes`: their rows), else that
    of the unit of their first jabatan on that day; who has neither is left out."""
    rows = tx.execute(
        select(Holding.person_id, Unit.zone)
        .join(Jabatan, Jabatan.id == Holding.jabatan_id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .where(Holding.person_id.in_(person_ids), held_on(day))
        .order_by(Jabatan.id.desc())
    )
    zones = {person_id: zone for person_id, zone in rows}
    return zones | {one: row.zone for one, row in wishes.items() if row.zone}
