"""Working calendars of units: looking at them, and changing them with all that hangs on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from engine.app import App
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.rescheduling import Occasion, Plan, carry_out, make_plan
from engine.store import calendars, cases, deadlines, people
from engine.store.tables import CalendarVersion, Unit
from engine.store.transaction import Tx, transaction
from engine.time_values import (
    CalendarChange,
    CalendarDetail,
    CalendarLine,
    CalendarVersionLine,
)
from workflows.reason import check_reason
from workflows.rights import Actor, Thing, may
from workflows.workdays import default_calendar, documents

Document = Mapping[str, Any]
SHIPPED = ""


def list_calendars(app: App, actor: Actor, now: datetime) -> tuple[CalendarLine, ...]:
    """A line for every unit, each after those above it.

    Raises NotAllowedError: right_missing.
    """
    _refuse_others(actor)
    with transaction(app.sessions) as tx:
        units = sorted(people.list_units(tx), key=lambda unit: unit.ancestors)
        versions = calendars.standing_versions(tx)
        names = people.person_names(tx, [row.created_by for row in versions.values()])
        by_id = {unit.id: unit.name for unit in units}
        covers = _covers(units, versions)
        return tuple(
            _line(unit, calendars.nearest(versions, unit.ancestors), covers[unit.id], names, by_id)
            for unit in units
        )


def _covers(units: Collection[Unit], versions: Collection[int]) -> dict[int, int]:
    """unit id -> for how many units its own calendar counts, or would."""
    counts = dict.fromkeys((unit.id for unit in units), 0)
    for unit in units:
        for above in reversed(unit.ancestors):
            counts[above] += 1
            if above in versions:
                break
    return counts


def _line(
    unit: Unit,
    standing: CalendarVersion | None,
    covers: int,
    names: Mapping[int | None, str],
    units: Mapping[int, str],
) -> CalendarLine:
    """`standing`: the version that counts for the unit, of its own or from above."""
    own = standing if standing and standing.unit_id == unit.id else None
    return CalendarLine(
        unit=unit.code,
        unit_name=unit.name,
        zone=unit.zone,
        number=own.number if own else 0,
        note=own.note if own else "",
        created_at=own.created_at if own else None,
        created_by=names.get(own.created_by) if own else None,
        covers=covers,
        inherited=units[standing.unit_id] if standing and not own else SHIPPED,
    )


def read_calendar(app: App, actor: Actor, unit_code: str, now: datetime) -> CalendarDetail:
    """The calendar that counts for a unit.

    Raises NotAllowedError: right_missing; NotFoundError: unit_not_found.
    """
    _refuse_others(actor)
    with transaction(app.sessions) as tx:
        unit = _find(tx, unit_code)
        versions = calendars.versions_of(tx, unit.id)
        standing = calendars.nearest_version(tx, unit)
        names = people.person_names(tx, [row.created_by for row in versions])
        above = people.units_by_id(tx, unit.ancestors)
        units = {one.id: one.name for one in above.values()}
        covers = len(calendars.units_covered(tx, unit.id))
        return CalendarDetail(
            line=_line(unit, standing, covers, names, units),
            document=_document(unit, standing),
            versions=tuple(
                CalendarVersionLine(
                    row.number,
                    row.note,
                    row.created_at,
                    names.get(row.created_by),
                    removed=not row.document,
                )
                for row in versions
            ),
        )


def _document(unit: Unit, standing: CalendarVersion | None) -> dict[str, Any]:
    if standing is None:
        return documents.default_document(unit.zone)
    return {**standing.document, "zone": unit.zone}


def preview_change(
    app: App, actor: Actor, unit_code: str, document: Document, now: datetime
) -> CalendarChange:
    """What `change_calendar` would do; nothing is stored.

    Raises NotAllowedError: right_missing; NotFoundError: unit_not_found; InvalidTimeError:
    invalid_calendar, unknown_zone, outside_calendar.
    """
    _refuse_others(actor)
    document = documents.canonical_document(document)
    with transaction(app.sessions) as tx:
        unit = _find(tx, unit_code)
        standing = calendars.nearest_version(tx, unit)
        number = _number(unit, standing)
        if document == _document(unit, standing):
            return _unchanged(unit, number)
        ids, calendar = _ids(tx, unit), documents.read_calendar(document)
        plan = make_plan(tx, dict.fromkeys(ids, calendar), now)
        return _change(unit, number, plan, len(ids))


def change_calendar(
    app: App,
    actor: Actor,
    unit_code: str,
    document: Document,
    note: str,
    now: datetime,
    *,
    expected: int,
) -> CalendarChange:
    """Give a unit, and those below it that have none of their own, this calendar; every open
    deadline on it is reckoned anew and whoever is concerned is told.

    `expected`: the number of the version that the document was made from. One that means the
    same as what counts now changes nothing. BPMN timers that are armed keep their moment. Raises
    as `preview_change` does; ConflictError: calendar_changed (number, by, at);
    InvalidAnswerError: reason_missing.
    """
    _refuse_others(actor)
    note, document = check_reason(note), documents.canonical_document(document)
    with transaction(app.sessions) as tx:
        unit, standing = _lock(tx, unit_code, expected)
        if document == _document(unit, standing):
            return _unchanged(unit, expected)
        ids, calendar = _ids(tx, unit), documents.read_calendar(document)
        plan = make_plan(tx, dict.fromkeys(ids, calendar), now)
        row = _version(tx, actor, unit, document, note, now)
        change = _change(unit, row.number, plan, len(ids))
        _store(tx, app, unit, row, plan, calendar.zone)
        return change


def use_shipped(
    app: App, actor: Actor, unit_code: str, note: str, now: datetime, *, expected: int
) -> CalendarChange:
    """Take a unit's own calendar away: that of the nearest unit above it counts again, or the
    shipped one.

    Raises as `change_calendar` does; ConflictError: calendar_not_own.
    """
    _refuse_others(actor)
    note = check_reason(note)
    with transaction(app.sessions) as tx:
        unit, _ = _lock(tx, unit_code, expected)
        if not expected:
            raise ConflictError("calendar_not_own", unit=unit_code)
        covered = calendars.units_covered(tx, unit.id)
        above = calendars.nearest_version(tx, unit, above=True)
        document = above.document if above else None
        found = {
            one.id: documents.read_calendar(document) if document else default_calendar(one.zone)
            for one in covered
        }
        plan = make_plan(tx, found, now)
        row = _version(tx, actor, unit, calendars.NONE, note, now)
        change = _change(unit, 0, plan, len(found))
        _store(tx, app, unit, row, plan, document["zone"] if document else None)
        return change


def _refuse_others(actor: Actor) -> None:
    if reason := may(actor, "set_time", Thing()):
        raise NotAllowedError(reason, verb="set_time")


def _find(tx: Tx, code: str) -> Unit:
    unit = people.find_unit(tx, code)
    if unit is None:
        raise NotFoundError("unit_not_found", unit=code)
    return unit


def _lock(tx: Tx, code: str, expected: int) -> tuple[Unit, CalendarVersion | None]:
    """The unit and the version that counts for it, which nobody else can change now, with every
    case that has a deadline on it.

    Cases go before calendars, as for everybody who moves one; what was opened while we waited for
    the calendars is locked after them.
    """
    unit = _find(tx, code)
    deadlines.lock_cases(tx, _ids(tx, unit))
    calendars.lock_calendars(tx)
    deadlines.lock_cases(tx, _ids(tx, unit))
    tx.refresh(unit)
    standing = calendars.nearest_version(tx, unit)
    if _number(unit, standing) != expected:
        newest = calendars.versions_of(tx, unit.id)[0]
        by = people.person_names(tx, [newest.created_by]).get(newest.created_by, "Operator")
        at = newest.created_at.isoformat()
        raise ConflictError("calendar_changed", unit=code, number=newest.number, by=by, at=at)
    return unit, standing


def _number(unit: Unit, standing: CalendarVersion | None) -> int:
    return standing.number if standing and standing.unit_id == unit.id else 0


def _ids(tx: Tx, unit: Unit) -> list[int]:
    return [one.id for one in calendars.units_covered(tx, unit.id)]


def _version(
    tx: Tx, actor: Actor, unit: Unit, document: Document, note: str, now: datetime
) -> CalendarVersion:
    before = calendars.versions_of(tx, unit.id)
    return CalendarVersion(
        unit_id=unit.id,
        number=before[0].number + 1 if before else 1,
        document=dict(document),
        note=note,
        created_at=now,
        created_by=actor.person_id,
    )


def _store(
    tx: Tx, app: App, unit: Unit, row: CalendarVersion, plan: Plan, zone: str | None
) -> None:
    calendars.add_version(tx, row, zone)
    moved = sum(one.moves for one in plan.items)
    cases.add_event(
        tx,
        row.created_at,
        "calendar_changed",
        row.created_by,
        unit=unit.code,
        number=row.number,
        note=row.note,
        moved=moved,
    )
    why = Occasion(
        rung=f"due_moved:{row.id}",
        note=row.note,
        actor_id=row.created_by,
        house=app.house_channels,
        day=app.today(row.created_at),
        now=row.created_at,
    )
    carry_out(tx, plan, why)


def _change(unit: Unit, number: int, plan: Plan, units: int) -> CalendarChange:
    return CalendarChange(
        unit=unit.code,
        number=number,
        changed=True,
        units=units,
        open_items=len(plan.items),
        open_cases=len(plan.cases),
        paused=plan.paused,
        moved=plan.moved_items(),
        moved_cases=plan.moved_cases(),
    )


def _unchanged(unit: Unit, number: int) -> CalendarChange:
    return CalendarChange(unit.code, number, False, 0, 0, 0, 0, (), ())
