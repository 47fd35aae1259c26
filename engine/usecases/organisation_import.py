"""Units and jabatan from and to a CSV file: looked through row by row, then all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from engine.app import App
from engine.errors import ConflictError, NotAllowedError
from engine.organisation_values import ImportPlan
from engine.organising import MANAGE, allows, refuse_orphans, unit_nodes
from engine.store import cases, organisation, people
from engine.store.tables import Jabatan, Unit
from engine.store.transaction import Tx, transaction
from workflows.organisation_csv import JABATAN, UNIT, OrgRow, read_rows, write_rows
from workflows.organisation_plan import NOBODY, PlanLine, Standing, in_order, plan_import
from workflows.rights import Actor


def export_organisation(app: App, actor: Actor, now: datetime) -> str:
    """All units and jabatan as `import_organisation` reads them; the organisation is no secret, so
    all may ask. What has ended is in it, too."""
    with transaction(app.sessions) as tx:
        return write_rows(_standing_rows(tx))


def _standing_rows(tx: Tx) -> list[OrgRow]:
    units = {one.id: one for one in people.list_units(tx)}
    jabatan = {one.id: one for one in organisation.list_jabatan(tx)}
    rows = [
        OrgRow(
            0,
            UNIT,
            node.code,
            node.name,
            kind=node.kind,
            parent=node.parent,
            zone=node.zone,
            ended_on=node.ended_on,
        )
        for node in unit_nodes(units.values())
    ]
    order = {row.unit: number for number, row in enumerate(rows)}
    rows += sorted(
        (_jabatan_row(one, units, jabatan) for one in jabatan.values()),
        key=lambda row: order[row.unit],
    )
    return rows


def _jabatan_row(one: Jabatan, units: dict[int, Unit], jabatan: dict[int, Jabatan]) -> OrgRow:
    above = jabatan.get(one.superior_id or 0)
    superior = (units[above.unit_id].code, above.name) if above else NOBODY
    return OrgRow(
        0,
        JABATAN,
        units[one.unit_id].code,
        one.name,
        role=one.role,
        superior=superior,
        many=one.many,
        ended_on=one.ended_on,
    )


def demand_import(app: App, actor: Actor) -> None:
    """Raises NotAllowedError: right_missing, for whoever manages no unit."""
    with transaction(app.sessions) as tx:
        _reach(tx, actor)


def preview_import(app: App, actor: Actor, text: str, now: datetime) -> ImportPlan:
    """What the file would change, row by row; nothing is changed.

    Raises NotAllowedError: right_missing; InvalidAnswerError: invalid_organisation_csv.
    """
    rows = read_rows(text)
    with transaction(app.sessions) as tx:
        return _plan(tx, actor, rows, app.today(now))


def _plan(tx: Tx, actor: Actor, rows: Sequence[OrgRow], day: date) -> ImportPlan:
    reach = _reach(tx, actor)
    standing = Standing({row.key: row for row in _standing_rows(tx)}, _busy(tx, day), reach, day)
    lines = plan_import(rows, standing)
    said = repr([(line.row, line.act, line.changes) for line in lines])
    return ImportPlan(lines, hashlib.sha256(said.encode()).hexdigest())


def _reach(tx: Tx, actor: Actor) -> frozenset[str] | None:
    """Codes of the units that the actor manages; None for all.

    Raises NotAllowedError: right_missing, when there are none.
    """
    if allows(actor, MANAGE, None):
        return None
    found = frozenset(one.code for one in people.list_units(tx) if allows(actor, MANAGE, one))
    if not found:
        raise NotAllowedError("right_missing", verb=MANAGE)
    return found


def _busy(tx: Tx, day: date) -> frozenset[tuple[str, str]]:
    """What cannot end on that day: units with open cases, open items or holders; held jabatan."""
    units = {one.id: one.code for one in people.list_units(tx)}
    held = organisation.holder_count(tx, day)
    jabatan = [one for one in organisation.list_jabatan(tx) if held.get(one.id)]
    working = {*organisation.open_cases(tx), *organisation.open_items(tx)}
    working |= {one.unit_id for one in jabatan}
    found = {(units[one.unit_id], one.name) for one in jabatan}
    return frozenset(found | {(units[unit_id], "") for unit_id in working})


def import_organisation(
    app: App, actor: Actor, text: str, now: datetime, *, expected: str | None = None
) -> ImportPlan:
    """Do all that the file asks for, in one transaction, or nothing. `expected`: the digest of the
    plan that was looked through, None: whichever.

    Raises NotAllowedError: right_missing; InvalidAnswerError: invalid_organisation_csv;
    ConflictError: import_has_errors (num), organisation_changed, items_orphaned.
    """
    demand_import(app, actor)
    rows = read_rows(text)
    with transaction(app.sessions) as tx:
        organisation.lock_units(tx)
        organisation.lock_jabatan(tx)
        day = app.today(now)
        plan = _plan(tx, actor, rows, day)
        if expected is not None and plan.digest != expected:
            raise ConflictError("organisation_changed")
        if wrong := plan.counts["error"]:
            raise ConflictError("import_has_errors", num=wrong)
        held = organisation.unheld_items(tx, day)
        for line in in_order(plan.lines):
            _apply(tx, line.row, app.settings.zone)
            tx.flush()
        refuse_orphans(tx, day, held)
        cases.add_event(tx, now, "organisation_imported", actor.person_id, **_log(plan.lines))
        return plan


def _log(lines: Sequence[PlanLine]) -> dict[str, Any]:
    acts = ("add", "change", "end")
    return {act: ["/".join(one.row.key) for one in lines if one.act == act] for act in acts}


def _apply(tx: Tx, row: OrgRow, default_zone: str) -> None:
    unit = people.find_unit(tx, row.unit)
    if row.what == UNIT:
        above = people.find_unit(tx, row.parent) if row.parent else None
        zone = row.zone or (above.zone if above else default_zone)
        if unit is None:
            unit = people.put_unit(tx, row.unit, row.name, row.kind, zone, above)
        if unit.parent_id != (above.id if above else None):
            organisation.put_below(people.list_units(tx), unit, above)
        unit.name, unit.kind, unit.zone = row.name, row.kind, zone
        unit.ended_on = row.ended_on
        return
    assert unit is not None  # the plan has seen it
    above_unit = people.find_unit(tx, (row.superior or NOBODY)[0])
    superior = (
        organisation.jabatan_of_name(tx, above_unit.id, (row.superior or NOBODY)[1])
        if above_unit
        else None
    )
    jabatan = people.put_jabatan(tx, unit, row.name, row.role or "", superior)
    jabatan.role, jabatan.many = row.role or "", bool(row.many)
    jabatan.superior_id = superior.id if superior else None
    jabatan.ended_on = row.ended_on
