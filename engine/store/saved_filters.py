"""Saved ways of looking at the inbox: one's own, and those shared with one's unit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Row, Select, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from engine.store.tables import DefaultFilter, Person, SavedFilter, Unit
from engine.store.transaction import Tx
from workflows.rights import Actor

FilterRow = Row[SavedFilter, str, str | None, str | None, int | None]


def filters_for(tx: Tx, actor: Actor) -> Sequence[FilterRow]:
    """(SavedFilter, owner's name, unit's code and name | None, set where it is the default) of the
    actor's own and those shared with a unit that they stand in or below; by name."""
    given = {"me": actor.person_id, "units": sorted(actor.units_above)}
    return tx.execute(_visible(), given).all()


@lru_cache(maxsize=1)  # every page of the inbox asks for it
def _visible() -> Select[SavedFilter, str, str, str, int]:
    me = bindparam("me", type_=BigInteger)
    units = bindparam("units", expanding=True, type_=BigInteger)
    return (
        select(SavedFilter, Person.name, Unit.code, Unit.name, DefaultFilter.person_id)
        .join(Person, Person.id == SavedFilter.owner_id)
        .outerjoin(Unit, Unit.id == SavedFilter.unit_id)
        .outerjoin(
            DefaultFilter,
            (DefaultFilter.filter_id == SavedFilter.id) & (DefaultFilter.person_id == me),
        )
        .where(or_(SavedFilter.owner_id == me, SavedFilter.unit_id.in_(units)))
        .order_by(SavedFilter.owner_id != me, SavedFilter.name, SavedFilter.id)
    )


def own_filter(tx: Tx, person_id: int, filter_id: int) -> SavedFilter | None:
    query = select(SavedFilter).where(
        SavedFilter.id == filter_id, SavedFilter.owner_id == person_id
    )
    return tx.scalar(query.with_for_update())


def count_own(tx: Tx, person_id: int) -> int:
    query = select(func.count()).where(SavedFilter.owner_id == person_id)
    return tx.scalar(query) or 0


def put_filter(tx: Tx, values: dict[str, Any]) -> int:
    """Insert it, or change the owner's one of that name; its id."""
    changed = {name: values[name] for name in ("query", "unit_id")}
    statement = insert(SavedFilter).values(**values)
    statement = statement.on_conflict_do_update(index_elements=["owner_id", "name"], set_=changed)
    return tx.scalars(statement.returning(SavedFilter.id)).one()


def name_is_taken(tx: Tx, person_id: int, name: str, besides: int) -> bool:
    query = select(SavedFilter.id).where(
        SavedFilter.owner_id == person_id, SavedFilter.name == name, SavedFilter.id != besides
    )
    return tx.scalar(query) is not None


def rename(tx: Tx, filter_id: int, name: str) -> None:
    tx.execute(update(SavedFilter).where(SavedFilter.id == filter_id).values(name=name))


def remove(tx: Tx, filter_id: int) -> None:
    """Whoever opens their inbox with it finds it as it comes."""
    tx.execute(delete(SavedFilter).where(SavedFilter.id == filter_id))


def put_default(tx: Tx, person_id: int, filter_id: int | None) -> None:
    """With which filter the person's inbox opens; None: with none."""
    if filter_id is None:
        tx.execute(delete(DefaultFilter).where(DefaultFilter.person_id == person_id))
        return
    statement = insert(DefaultFilter).values(person_id=person_id, filter_id=filter_id)
    tx.execute(
        statement.on_conflict_do_update(index_elements=["person_id"], set_={"filter_id": filter_id})
    )
