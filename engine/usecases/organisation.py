"""Units: the tree of an agency, as it is and as administrators change it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from engine.app import App
from engine.errors import ConflictError
from engine.organisation_values import UnitDetail, UnitNode
from engine.organising import (
    demand,
    find_unit,
    jabatan_lines,
    listed,
    refuse_ended,
    refuse_orphans,
    unit_nodes,
)
from engine.store import cases, organisation, people
from engine.store.tables import Unit
from engine.store.transaction import Tx, transaction
from workflows.organisation import check_name, check_unit_code, check_unit_kind, check_zone, refuse
from workflows.rights import Actor


def list_organisation(
    app: App, actor: Actor, now: datetime, *, ended: bool = False
) -> tuple[UnitNode, ...]:
    """Every unit with its jabatan and who holds them today, from the top down; colleagues know
    each other, so all may ask. `ended`: also what has ended."""
    with transaction(app.sessions) as tx:
        rows = [one for one in organisation.list_jabatan(tx) if ended or one.ended_on is None]
        units = [one for one in people.list_units(tx) if ended or one.ended_on is None]
        return tuple(unit_nodes(units, jabatan_lines(tx, rows, app.today(now)), actor))


def read_unit(app: App, actor: Actor, code: str, now: datetime) -> UnitDetail:
    """For everyone. Raises NotFoundError: unit_not_found."""
    with transaction(app.sessions) as tx:
        return _detail(tx, actor, find_unit(tx, code), app.today(now))


def _detail(tx: Tx, actor: Actor, unit: Unit, day: date) -> UnitDetail:
    lines = jabatan_lines(tx, organisation.list_jabatan(tx, [unit.id]), day)
    here = [line for line in lines if line.ended_on is None]
    units = people.list_units(tx)
    nodes = {node.id: node for node in unit_nodes(units, here, actor)}
    below = {one.id for one in units if unit.id in one.ancestors}
    may_change = nodes[unit.id].may_change
    return UnitDetail(
        node=nodes[unit.id],
        path=tuple(nodes[one] for one in unit.ancestors[:-1]),
        parts=tuple(node for node in nodes.values() if node.parent == unit.code),
        ended_jabatan=tuple(line for line in lines if line.ended_on is not None),
        parents=tuple(
            node
            for node in nodes.values()
            if may_change and node.may_change and node.id not in below and node.ended_on is None
        ),
    )


def create_unit(
    app: App,
    actor: Actor,
    code: str,
    name: str,
    kind: str,
    parent: str,
    zone: str,
    now: datetime,
) -> UnitNode:
    """A unit below another, or (`parent` "") a top; `zone` "": that of the unit above.

    Raises NotAllowedError: right_missing; NotFoundError: unit_not_found; ConflictError:
    unit_code_taken, unit_ended; InvalidAnswerError: invalid_organisation.
    """
    code, name, kind = check_unit_code(code), check_name(name), check_unit_kind(kind)
    with transaction(app.sessions) as tx:
        organisation.lock_units(tx)
        above = find_unit(tx, parent) if parent else None
        demand(actor, above)
        if above is not None:
            refuse_ended(above)
        if (known := people.find_unit(tx, code)) is not None:
            raise ConflictError("unit_code_taken", unit=code, name=known.name)
        zone = check_zone(zone or (above.zone if above else app.settings.zone))
        unit = people.put_unit(tx, code, name, kind, zone, above)
        _log(tx, now, "unit_created", actor, unit, unit_kind=kind, parent=parent)
        return _node(tx, actor, unit)


def _node(tx: Tx, actor: Actor, unit: Unit) -> UnitNode:
    tx.flush()
    return next(one for one in unit_nodes(people.list_units(tx), (), actor) if one.id == unit.id)


def change_unit(
    app: App, actor: Actor, code: str, name: str, kind: str, zone: str, now: datetime
) -> UnitNode:
    """Another name, kind or zone. Deadlines that are set already keep their moments.

    Raises NotAllowedError: right_missing; NotFoundError: unit_not_found; InvalidAnswerError:
    invalid_organisation.
    """
    name, kind, zone = check_name(name), check_unit_kind(kind), check_zone(zone)
    with transaction(app.sessions) as tx:
        unit = find_unit(tx, code)
        demand(actor, unit)
        before = {"name": unit.name, "kind": unit.kind, "zone": unit.zone}
        unit.name, unit.kind, unit.zone = name, kind, zone
        _log(tx, now, "unit_changed", actor, unit, before=before)
        return _node(tx, actor, unit)


def move_unit(app: App, actor: Actor, code: str, parent: str, now: datetime) -> UnitNode:
    """Put the unit, with all below it, below another one or (`parent` "") at the top.

    Cases stay with the agency that has started them. Raises NotAllowedError: right_missing, also
    for the unit above; NotFoundError: unit_not_found; ConflictError: unit_in_itself, unit_ended,
    items_orphaned: open items would have nobody, as their roles are looked for where the unit no
    longer is.
    """
    with transaction(app.sessions) as tx:
        units = organisation.lock_units(tx)
        unit = find_unit(tx, code)
        demand(actor, unit)
        above = find_unit(tx, parent) if parent else None
        demand(actor, above)
        if above is not None:
            refuse_ended(above)
            if unit.id in above.ancestors:
                raise ConflictError("unit_in_itself", unit=unit.name, parent=above.name)
        held = organisation.unheld_items(tx, app.today(now))
        before = people.unit_by_id(tx, unit.parent_id).code if unit.parent_id else ""
        organisation.put_below(units, unit, above)
        refuse_orphans(tx, app.today(now), held)
        _log(tx, now, "unit_moved", actor, unit, before=before, after=parent)
        return _node(tx, actor, unit)


def end_unit(app: App, actor: Actor, code: str, last_day: date, now: datetime) -> UnitNode:
    """The unit is no more after that day; its history stays.

    Raises NotAllowedError: right_missing; NotFoundError: unit_not_found; ConflictError:
    unit_ended, unit_has_parts, unit_busy (cases, items, holders); InvalidAnswerError:
    invalid_organisation.
    """
    if last_day > app.today(now):
        refuse("berakhir", "in_the_future")
    with transaction(app.sessions) as tx:
        organisation.lock_units(tx)
        unit = refuse_ended(find_unit(tx, code))
        demand(actor, unit)
        parts = [
            one.name
            for one in people.list_units(tx)
            if one.parent_id == unit.id and one.ended_on is None
        ]
        if parts:
            raise ConflictError("unit_has_parts", unit=unit.name, listed=listed(parts))
        _refuse_busy(tx, unit, last_day)
        unit.ended_on = last_day
        _log(tx, now, "unit_ended", actor, unit, ended_on=last_day.isoformat())
        return _node(tx, actor, unit)


def _refuse_busy(tx: Tx, unit: Unit, last_day: date) -> None:
    held = organisation.holder_count(tx, last_day)
    jabatan = organisation.list_jabatan(tx, [unit.id])
    counts = {
        "cases": organisation.open_cases(tx).get(unit.id, 0),
        "items": organisation.open_items(tx).get(unit.id, 0),
        "holders": sum(held.get(one.id, 0) for one in jabatan),
    }
    if any(counts.values()):
        raise ConflictError("unit_busy", unit=unit.name, **counts)


def reopen_unit(app: App, actor: Actor, code: str, now: datetime) -> UnitNode:
    """It was ended by mistake, or is there again.

    Raises NotAllowedError: right_missing; NotFoundError: unit_not_found; ConflictError:
    unit_not_ended, parent_ended.
    """
    with transaction(app.sessions) as tx:
        organisation.lock_units(tx)
        unit = find_unit(tx, code)
        demand(actor, unit)
        if unit.ended_on is None:
            raise ConflictError("unit_not_ended", unit=unit.name)
        above = people.unit_by_id(tx, unit.parent_id) if unit.parent_id else None
        if above is not None and above.ended_on is not None:
            raise ConflictError("parent_ended", unit=above.name)
        unit.ended_on = None
        _log(tx, now, "unit_reopened", actor, unit)
        return _node(tx, actor, unit)


def _log(tx: Tx, now: datetime, kind: str, actor: Actor, unit: Unit, **data: Any) -> None:
    cases.add_event(
        tx, now, kind, actor.person_id, unit=unit.code, unit_id=unit.id, name=unit.name, **data
    )
