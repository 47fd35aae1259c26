"""Starting cases and looking at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from engine import spiff
from engine.app import App
from engine.clocks import Clocks, clocks_of
from engine.deadlining import explain_whole
from engine.errors import ConflictError, NotAllowedError
from engine.progress import apply_step, log_end
from engine.starting import begin_case, definition_to_start, find_agency
from engine.store import cases, definitions, incidents, pauses, people, work_items
from engine.store.access import OpenedCase, open_case, refuse_suspended
from engine.store.calendars import calendar_of, calendars_of
from engine.store.incidents import Ending
from engine.store.lines import (
    capacity_from,
    case_line,
    document_lines,
    event_lines,
    incident_line,
    is_at_risk,
    is_overdue,
    kegiatan_of,
    sop_of,
    sop_of_item,
)
from engine.store.tables import Unit, WorkItem
from engine.store.transaction import Tx, transaction
from engine.surroundings import compiled_of, surroundings
from engine.values import CaseDetail, CaseLine, StepLine, UnitLine
from workflows.case_data import check_case_data, compare_case_data
from workflows.rights import Actor, Thing, may
from workflows.sop import Sop

MINUTE = timedelta(minutes=1)


def list_start_units(app: App, actor: Actor, key: str, now: datetime) -> tuple[UnitLine, ...]:
    """The agencies for which the actor may start this SOP; none while nobody can.

    Raises NotFoundError: definition_not_found.
    """
    with transaction(app.sessions) as tx:
        try:
            sop = sop_of(definition_to_start(tx, key, app.today(now)))
        except ConflictError:
            return ()
        units = people.agencies(tx, None)
        return tuple(
            UnitLine(unit.code, unit.name, unit.kind)
            for unit in units
            if may(actor, "start", _start_thing(unit, sop)) is None
        )


def may_start_any(app: App, actor: Actor, now: datetime) -> bool:
    """Whether there is an SOP in force that the actor may start for some agency."""
    with transaction(app.sessions) as tx:
        units = people.agencies(tx, None)
        sops = [sop_of(row) for row in definitions.list_startable(tx, app.today(now))]
        return any(
            may(actor, "start", _start_thing(unit, sop)) is None for sop in sops for unit in units
        )


def start_case(
    app: App, actor: Actor, key: str, unit_code: str, data: Mapping[str, object], now: datetime
) -> CaseDetail:
    """Start the version of an SOP that is in force for an agency; a part of one stands for the
    whole.

    Raises NotFoundError: definition_not_found, unit_not_found; NotAllowedError:
    start_not_allowed; ConflictError: sop_retired, sop_not_in_force, not_an_agency, no_holder
    (role, unit), no_units (kind, unit); InvalidAnswerError: invalid_payload.
    """
    data = check_case_data(data)
    with transaction(app.sessions) as tx:
        definition = definition_to_start(tx, key, app.today(now))
        unit = find_agency(tx, unit_code)
        if reason := may(actor, "start", _start_thing(unit, sop_of(definition))):
            raise NotAllowedError(reason, key=key, unit=unit.code)
        by = actor.person_id
        case = begin_case(tx, definition, unit, data, now, app.today(now), started_by=by)
        return _detail(tx, OpenedCase(case, definition, unit), now)


def _start_thing(unit: Unit, sop: Sop) -> Thing:
    roles = {kegiatan.role for kegiatan in sop.kegiatan}
    return Thing(case_unit=unit.id, case_ancestors=tuple(unit.ancestors), roles=roles)


def retry_case(
    app: App,
    actor: Actor,
    case_id: int,
    data: Mapping[str, object],
    now: datetime,
    *,
    token: str | None = None,
) -> CaseDetail:
    """Let a case go on where it stopped with an incident; `data` replaces variables first.

    `token`: only the incident of that token (default: all). Raises NotFoundError: case_not_found;
    NotAllowedError: right_missing; ConflictError: no_incident, case_suspended;
    InvalidAnswerError: invalid_payload.
    """
    data = check_case_data(data)
    with transaction(app.sessions) as tx:
        opened = open_case(tx, actor, case_id, lock=True)
        if reason := may(actor, "repair", opened.thing()):
            raise NotAllowedError(reason, verb="repair")
        case, definition = opened.case, opened.definition
        refuse_suspended(tx, case)
        standing = incidents.open_incidents(tx, case_id)
        if not standing or (token is not None and token not in standing):
            raise ConflictError("no_incident", case=case_id)
        compiled, around = compiled_of(definition), surroundings(tx, opened.unit)
        data_now = {**case.data, **data}
        step = spiff.retry(compiled, case.engine_state, data_now, now, around, token=token)
        changes = compare_case_data(case.data, data)
        cases.add_event(tx, now, "case_retried", actor.person_id, case_id=case_id, changes=changes)
        ending = Ending("retried", actor.person_id, token=token)
        apply_step(tx, case, definition, step, now, ending=ending)
        log_end(tx, case, now)
        return _detail(tx, opened, now)


def list_cases(
    app: App, actor: Actor, now: datetime, state: str | None = None
) -> tuple[CaseLine, ...]:
    """The cases that the actor may read, newest first, at most 500."""
    below = None if actor.grants else actor.units | actor.units_overseen
    above = actor.units_above
    with transaction(app.sessions) as tx:
        rows = cases.list_cases(tx, state=state, below=below, exactly=above)
        ids = [case.id for case, _, _ in rows]
        known = {who for case, _, _ in rows for who in (case.started_by, case.suspended_by)}
        names = people.person_names(tx, known)
        rounds = cases.highest_rounds(tx, ids)
        items: dict[int, list[WorkItem]] = {}
        for item in work_items.items_of_cases(tx, ids):
            items.setdefault(item.case_id, []).append(item)
        return tuple(
            case_line(
                case,
                definition,
                unit,
                names=names,
                items=items.get(case.id, ()),
                rounds=rounds.get(case.id, 0),
                now=now,
            )
            for case, definition, unit in rows
        )


def read_case(app: App, actor: Actor, case_id: int, now: datetime) -> CaseDetail:
    """Raises NotFoundError: case_not_found; NotAllowedError: case_not_yours."""
    with transaction(app.sessions) as tx:
        return _detail(tx, open_case(tx, actor, case_id), now)


def _detail(tx: Tx, opened: OpenedCase, now: datetime) -> CaseDetail:
    case, definition = opened.case, opened.definition
    idle, sop = pauses.idle_of(tx, [case])[case.id], sop_of(definition)
    since, reckoning = explain_whole(case, sop, calendar_of(tx, opened.unit), idle)
    line = case_line(
        case,
        definition,
        opened.unit,
        names=people.person_names(tx, [case.started_by, case.suspended_by]),
        items=work_items.open_items_of_case(tx, case.id),
        rounds=cases.highest_rounds(tx, [case.id]).get(case.id, 0),
        now=now,
    )
    return CaseDetail(
        line=line,
        tokens=tuple(case.tokens),
        data=case.data,
        documents=document_lines(work_items.documents_of_case(tx, case.id), definition),
        history=event_lines(cases.list_events(tx, case.id), definition),
        incidents=tuple(
            incident_line(row)
            for row in incidents.list_incidents(tx, case.id)
            if row[0].resolved_at is None
        ),
        xml=definition.xml.decode("utf-8"),
        jumlah_waktu=sop.identitas.jumlah_waktu,
        reckoning=reckoning,
        running_since=since,
    )


def list_steps(app: App, actor: Actor, case_id: int, now: datetime) -> tuple[StepLine, ...]:
    """Each work item of the case against its mutu baku, in order.

    Raises NotFoundError: case_not_found; NotAllowedError: case_not_yours.
    """
    with transaction(app.sessions) as tx:
        opened = open_case(tx, actor, case_id)
        items = work_items.items_of_case(tx, case_id)
        people_ids = [item.completed_by or item.claimed_by for item in items]
        names = people.person_names(tx, people_ids)
        units = people.units_by_id(tx, {item.unit_id for item in items})
        calendars = calendars_of(tx, [*units.values()])
        stretches = pauses.stretches_of(tx, [item.id for item in items])
        said = cases.claimed_as(tx, case_id)
        return tuple(
            _step_line(
                item,
                sop_of_item(item, opened.definition),
                units[item.unit_id],
                names,
                clocks_of(item, calendars[item.unit_id], stretches.get(item.id, ()), now),
                now,
                said.get((item.id, item.claimed_by or 0)),
            )
            for item in items
            if item.state != "cancelled"
        )


def _step_line(
    item: WorkItem,
    sop: Sop,
    unit: Unit,
    names: Mapping[int | None, str],
    clocks: Clocks,
    now: datetime,
    claimed_as: Mapping[str, Any] | None,
) -> StepLine:
    kegiatan = kegiatan_of(sop, item.node)
    return StepLine(
        item=item.id,
        node=item.node,
        nomor=kegiatan.nomor,
        name=kegiatan.name,
        role=item.role,
        role_name=kegiatan.role_name,
        unit_name=unit.name,
        performer=names.get(item.completed_by or item.claimed_by),
        round=item.round,
        state=item.state,
        standard_minutes=item.standard_minutes,
        waiting_minutes=clocks.waiting // MINUTE,
        working_minutes=clocks.working // MINUTE,
        on_time=_on_time(item, now),
        available_at=item.available_at,
        due_at=item.due_at,
        claimed_at=item.claimed_at,
        completed_at=item.completed_at,
        at_risk=is_at_risk(item, now),
        paused=item.paused_at is not None,
        paused_minutes=clocks.paused // MINUTE,
        performed_as=capacity_from(item.completed_as if item.completed_by else claimed_as),
    )


def _on_time(item: WorkItem, now: datetime) -> bool | None:
    """Known once the item is completed, or as soon as it is late."""
    if item.due_at is None:
        return None
    if item.completed_at is not None:
        return item.completed_at <= item.due_at
    return False if is_overdue(item, now) else None
