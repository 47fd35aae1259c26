"""Working calendars: which one counts for a unit, and its versions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select, update

from engine.store.tables import CalendarVersion, Unit
from engine.store.transaction import Tx
from workflows.workdays import Calendar, default_calendar
from workflows.workdays.documents import read_calendar

_calendars: dict[tuple[int, str], Calendar] = {}  # by version and zone: versions never change


def calendar_of(tx: Tx, unit: Unit) -> Calendar:
    """The calendar that counts for the unit: its own, else that of the nearest unit above it that
    has one, else the shipped one."""
    return calendars_of(tx, [unit])[unit.id]


def calendars_of(tx: Tx, units: Collection[Unit]) -> dict[int, Calendar]:
    """unit id -> `calendar_of`, in one statement."""
    versions = _newest(tx, {above for unit in units for above in unit.ancestors})
    found = {}
    for unit in units:
        near = next((versions[one] for one in reversed(unit.ancestors) if one in versions), None)
        found[unit.id] = _calendar(near, unit.zone) if near else default_calendar(unit.zone)
    return found


def versions_of(tx: Tx, unit_id: int) -> Sequence[CalendarVersion]:
    """The versions of the unit's own calendar, the newest first."""
    query = select(CalendarVersion).where(CalendarVersion.unit_id == unit_id)
    return tx.scalars(query.order_by(CalendarVersion.number.desc())).all()


def units_with_calendars(tx: Tx) -> Sequence[int]:
    return tx.scalars(select(CalendarVersion.unit_id).distinct()).all()


def add_version(tx: Tx, row: CalendarVersion) -> CalendarVersion:
    """The version, and its zone for all units that it covers."""
    tx.add(row)
    tx.flush()
    covered = [unit.id for unit in units_covered(tx, row.unit_id)]
    tx.execute(update(Unit).where(Unit.id.in_(covered)).values(zone=row.document["zone"]))
    return row


def units_covered(tx: Tx, unit_id: int) -> Sequence[Unit]:
    """The unit and those below it for which no nearer calendar counts."""
    below = tx.scalars(select(Unit).where(Unit.ancestors.contains([unit_id]))).all()
    others = {*units_with_calendars(tx)} - {unit_id}
    return [
        unit
        for unit in below
        if not others.intersection(unit.ancestors[unit.ancestors.index(unit_id) + 1 :])
    ]


def _newest(tx: Tx, unit_ids: Collection[int]) -> dict[int, CalendarVersion]:
    rank = func.row_number().over(
        partition_by=CalendarVersion.unit_id, order_by=CalendarVersion.number.desc()
    )
    ranked = (
        select(CalendarVersion.id, rank.label("rank"))
        .where(CalendarVersion.unit_id.in_(unit_ids))
        .subquery()
    )
    rows = tx.scalars(
        select(CalendarVersion)
        .join(ranked, ranked.c.id == CalendarVersion.id)
        .where(ranked.c.rank == 1)
    )
    return {row.unit_id: row for row in rows}


def _calendar(version: CalendarVersion, zone: str) -> Calendar:
    calendar = _calendars.get((version.id, zone))
    if calendar is None:
        calendar = _calendars[version.id, zone] = read_calendar(version.document, zone)
    return calendar
