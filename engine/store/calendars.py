"""Working calendars: which one counts for a unit, and its versions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import distinct_on

from engine.store.exclusive import NAMES
from engine.store.tables import CalendarVersion, Unit
from engine.store.transaction import Tx
from workflows.workdays import Calendar, default_calendar
from workflows.workdays.documents import read_calendar

# By version and zone, with the document: a version never changes, another database has others.
_calendars: dict[tuple[int, str], tuple[dict[str, Any], Calendar]] = {}
_KEY = (NAMES, func.hashtext("calendars"))
NONE: dict[str, Any] = {}  # the document of a version that takes the unit's own calendar away


def calendar_of(tx: Tx, unit: Unit) -> Calendar:
    """The calendar that counts for the unit: its own, else that of the nearest unit above it that
    has one, else the shipped one."""
    return calendars_of(tx, [unit])[unit.id]


def calendars_of(tx: Tx, units: Collection[Unit]) -> dict[int, Calendar]:
    """unit id -> `calendar_of`, in one statement."""
    versions = standing_versions(tx, {above for unit in units for above in unit.ancestors})
    found = {}
    for unit in units:
        near = nearest(versions, unit.ancestors)
        found[unit.id] = _calendar(near, unit.zone) if near else default_calendar(unit.zone)
    return found


def nearest_version(tx: Tx, unit: Unit, *, above: bool = False) -> CalendarVersion | None:
    """The version that counts for the unit, or would without one of its own; None: the shipped
    calendar does."""
    ids = unit.ancestors[:-1] if above else unit.ancestors
    return nearest(standing_versions(tx, ids), ids)


def nearest(
    versions: Mapping[int, CalendarVersion], unit_ids: Sequence[int]
) -> CalendarVersion | None:
    """That of the last of these units, the nearest one, which has any."""
    return next((versions[one] for one in reversed(unit_ids) if one in versions), None)


def versions_of(tx: Tx, unit_id: int) -> Sequence[CalendarVersion]:
    """The versions of the unit's own calendar, the newest first."""
    query = select(CalendarVersion).where(CalendarVersion.unit_id == unit_id)
    return tx.scalars(query.order_by(CalendarVersion.number.desc())).all()


def standing_versions(
    tx: Tx, unit_ids: Collection[int] | None = None
) -> dict[int, CalendarVersion]:
    """unit id -> its newest version, unless that takes its own calendar away; None: of all."""
    query = select(CalendarVersion).ext(distinct_on(CalendarVersion.unit_id))
    query = query.order_by(CalendarVersion.unit_id, CalendarVersion.number.desc())
    if unit_ids is not None:
        query = query.where(CalendarVersion.unit_id.in_(unit_ids))
    return {row.unit_id: row for row in tx.scalars(query) if row.document}


def lock_calendars(tx: Tx) -> None:
    """From now on no calendar counts but those that this transaction sees; another one that
    changes them, or reckons with them, waits until it ends."""
    tx.execute(select(func.pg_advisory_xact_lock(*_KEY)))


def keep_calendars(tx: Tx) -> None:
    """Let no calendar change before this transaction has stored what it reckons with them."""
    tx.execute(select(func.pg_advisory_xact_lock_shared(*_KEY)))


def add_version(tx: Tx, row: CalendarVersion, zone: str | None) -> CalendarVersion:
    """The version; `zone`: becomes that of all units that the calendar covers."""
    tx.add(row)
    tx.flush()
    if zone:
        covered = [unit.id for unit in units_covered(tx, row.unit_id)]
        tx.execute(update(Unit).where(Unit.id.in_(covered)).values(zone=zone))
    return row


def units_covered(tx: Tx, unit_id: int) -> Sequence[Unit]:
    """The unit and those below it for which no nearer calendar counts."""
    below = tx.scalars(select(Unit).where(Unit.ancestors.contains([unit_id]))).all()
    others = {*standing_versions(tx)} - {unit_id}
    return [
        unit
        for unit in below
        if not others.intersection(unit.ancestors[unit.ancestors.index(unit_id) + 1 :])
    ]


def _calendar(version: CalendarVersion, zone: str) -> Calendar:
    known = _calendars.get((version.id, zone))
    if known is None or known[0] != version.document:
        known = version.document, read_calendar(version.document, zone)
        _calendars[version.id, zone] = known
    return known[1]
