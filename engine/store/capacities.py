"""As what people act who act in a jabatan without being appointed to it for good."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import CTE, Integer, any_, literal, select, tuple_
from sqlalchemy.orm import aliased

from engine.store.seats import seats_on
from engine.store.tables import Jabatan, Person, Unit
from engine.store.transaction import Tx
from workflows.rights import DEFINITIVE, KINDS, Capacity

HIGHEST = 12  # levels above a role: a circle of superiors must not go on for ever
Titles = dict[tuple[int, str, int], Capacity]


def titles_of(
    tx: Tx, person_ids: Collection[int], role_units: Collection[tuple[str, int]], day: date
) -> Titles:
    """(person id, role, unit id) -> as what that person acts in the role there, or stands above
    it; who does so by an appointment of their own is left out."""
    if not person_ids or not role_units:
        return {}
    absent, seats, line = aliased(Person), seats_on(day), _line_above(role_units)
    rows = tx.execute(
        select(
            seats.c.person_id,
            line.c.role,
            line.c.unit_id,
            line.c.level,
            seats.c.kind,
            Jabatan.name,
            Unit.name,
            absent.name,
        )
        .join(line, line.c.jabatan_id == seats.c.jabatan_id)
        .join(Jabatan, Jabatan.id == line.c.jabatan_id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .outerjoin(absent, absent.id == seats.c.for_id)
        .where(seats.c.person_id.in_(person_ids))
    )
    ranked = sorted(rows, key=lambda row: (row[3], KINDS.index(row[4])))
    nearest: Titles = {}
    for person_id, role, unit_id, _, kind, jabatan, unit_name, for_name in ranked:
        capacity = Capacity(kind, jabatan, unit_name, for_name or "")
        nearest.setdefault((person_id, role, unit_id), capacity)
    return {key: one for key, one in nearest.items() if one.kind != DEFINITIVE}


def _line_above(role_units: Collection[tuple[str, int]]) -> CTE:
    """role, unit_id, jabatan_id, level: the jabatan with that role there, at level 0, and those
    above them."""
    asked, above = aliased(Unit), aliased(Jabatan)
    first = (
        select(
            Jabatan.role.label("role"),
            asked.id.label("unit_id"),
            Jabatan.id.label("jabatan_id"),
            Jabatan.superior_id.label("above_id"),
            literal(0, Integer).label("level"),
        )
        .join(Unit, Unit.id == Jabatan.unit_id)
        .join(asked, asked.id == any_(Unit.ancestors))
        .where(tuple_(Jabatan.role, asked.id).in_(sorted(role_units)))
    )
    line = first.cte("line", recursive=True)
    return line.union(
        select(line.c.role, line.c.unit_id, above.id, above.superior_id, line.c.level + 1)
        .join(above, above.id == line.c.above_id)
        .where(line.c.level < HIGHEST)
    )
