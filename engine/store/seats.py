"""Who acts in which jabatan on a day: its holders, and whoever stands in for one on leave."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    and_,
    any_,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from engine.store.holdings import held_on
from engine.store.tables import Absence, Holding, Person
from workflows.rights import SUBSTITUTE


def absent_on(day: date) -> ColumnElement[bool]:
    """The condition that an Absence is in force on that day (both ends inclusive)."""
    return and_(Absence.cancelled_at.is_(None), Absence.since <= day, Absence.until >= day)


@lru_cache(maxsize=4)  # making the statement takes longer than running it
def seats_on(day: date) -> CTE:
    """person_id, jabatan_id, kind (`workflows.rights.KINDS`), for_id (whom a substitute stands in
    for), until, and away: the person is on leave from it, and somebody stands in.

    Whoever is on leave may still act; only nobody is told first. A substitute who goes on leave
    from everything is stood in for as well, along the whole chain; accounts that have ended act in
    nothing.
    """
    covers = covers_on(day)
    away = exists().where(
        covers.c.absent_id == Holding.person_id, _in_scope(covers, Holding.jabatan_id)
    )
    own = (
        select(
            Holding.person_id,
            Holding.jabatan_id,
            Holding.kind,
            cast(null(), BigInteger).label("for_id"),
            Holding.until,
            away.label("away"),
        )
        .join(Person, Person.id == Holding.person_id)
        .where(held_on(day), Person.disabled_at.is_(None))
    )
    stood_in = (
        select(
            covers.c.acting_id,
            Holding.jabatan_id,
            literal(SUBSTITUTE),
            covers.c.absent_id,
            covers.c.until,
            literal(False),
        )
        .join(Holding, Holding.person_id == covers.c.absent_id)
        .join(Person, Person.id == covers.c.absent_id)
        .where(held_on(day), _in_scope(covers, Holding.jabatan_id), Person.disabled_at.is_(None))
    )
    return union_all(own, stood_in).cte("seats")


def covers_on(day: date) -> CTE:
    """absence_id, absent_id, acting_id, scope (jabatan ids, none: all), until: who stands in for
    whom at the end of each chain. Only those who are there: neither away from everything
    themselves nor without an account; where nobody is, the absent one is not stood in for."""
    first = select(
        Absence.id.label("absence_id"),
        Absence.person_id.label("absent_id"),
        Absence.substitute_id.label("acting_id"),
        Absence.jabatan_ids.label("scope"),
        Absence.until,
        func.array_append(
            func.array_append(cast(literal("{}"), Absence.jabatan_ids.type), Absence.person_id),
            Absence.substitute_id,
        ).label("passed"),
    ).where(absent_on(day))
    chain = first.cte("chain", recursive=True)
    further = aliased(Absence)
    chain = chain.union_all(
        select(
            chain.c.absence_id,
            chain.c.absent_id,
            further.substitute_id,
            chain.c.scope,
            func.least(chain.c.until, further.until),
            func.array_append(chain.c.passed, further.substitute_id),
        )
        .join(further, further.person_id == chain.c.acting_id)
        .where(
            further.cancelled_at.is_(None),
            further.since <= day,
            further.until >= day,
            func.cardinality(further.jabatan_ids) == 0,
            further.substitute_id != func.all(chain.c.passed),
        )
    )
    columns = ("absence_id", "absent_id", "acting_id", "scope", "until")
    return (
        select(*(chain.c[name] for name in columns))
        .join(Person, Person.id == chain.c.acting_id)
        .where(~_gone(chain, day), Person.disabled_at.is_(None))
        .cte("covers")
    )


def _gone(chain: CTE, day: date) -> ColumnElement[bool]:
    """Whether the one at the end of the chain is away from everything."""
    gone = aliased(Absence)
    return exists().where(
        gone.person_id == chain.c.acting_id,
        gone.cancelled_at.is_(None),
        gone.since <= day,
        gone.until >= day,
        func.cardinality(gone.jabatan_ids) == 0,
    )


def _in_scope(covers: CTE, jabatan_id: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    return or_(func.cardinality(covers.c.scope) == 0, jabatan_id == any_(covers.c.scope))
