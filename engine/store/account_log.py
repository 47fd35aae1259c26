"""Reading the events that belong to no case."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, Row, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from engine.store.tables import Event, Person
from engine.store.transaction import Tx

LogRow = Row[Event, str | None, str | None, str | None, str | None]


def rows_without_case(
    tx: Tx, person_id: int | None, before: int | None, most: int
) -> Sequence[LogRow]:
    """(event, name and login of who did it, name and login of whom it is about), newest first."""
    other = aliased(Person)
    named = Event.data["person"]
    about = case((func.jsonb_typeof(named) == "number", cast(named, BigInteger)))
    query = (
        select(Event, Person.name, Person.login, other.name, other.login)
        .outerjoin(Person, Person.id == Event.actor_id)
        .outerjoin(other, other.id == about)
        .where(Event.case_id.is_(None))
    )
    if person_id is not None:
        query = query.where(
            or_(Event.actor_id == person_id, Event.data.contains({"person": person_id}))
        )
    if before is not None:
        query = query.where(Event.id < before)
    return tx.execute(query.order_by(Event.id.desc()).limit(most)).all()
