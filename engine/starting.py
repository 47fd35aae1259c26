"""Beginning a case: asked for by a person, a message or a signal, by the same rules for all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine import spiff
from engine.errors import ConflictError, NotFoundError
from engine.progress import apply_step, log_end
from engine.store import cases, definitions, people, processes
from engine.store.lines import sop_of
from engine.store.tables import Case, Definition, Message, Unit
from engine.store.transaction import Tx
from engine.surroundings import compiled_of, surroundings
from workflows.sop import Sop


def find_agency(tx: Tx, unit_code: str) -> Unit:
    """The agency that the unit is, or is part of: a case belongs to it.

    Raises NotFoundError: unit_not_found; ConflictError: not_an_agency, unit_ended.
    """
    named = people.find_unit(tx, unit_code)
    if named is None:
        raise NotFoundError("unit_not_found", unit=unit_code)
    unit = people.agency_of(tx, named)
    if unit is None:
        raise ConflictError("not_an_agency", unit=unit_code)
    if unit.ended_on is not None:
        raise ConflictError("unit_ended", unit=unit.name)
    return unit


def definition_to_start(tx: Tx, key: str, day: date) -> Definition:
    """The version by which cases of the SOP begin on that day.

    Raises NotFoundError: definition_not_found; ConflictError: sop_retired (at, reason),
    sop_not_in_force (effective_on).
    """
    process = processes.find_process(tx, key)
    if process is not None and process.retired_at is not None:
        at = process.retired_at.isoformat()
        raise ConflictError("sop_retired", key=key, at=at, why=process.retired_reason)
    row = definitions.find_in_force(tx, key, day)
    if row is not None:
        return row
    coming = definitions.list_versions(tx, key)
    if not coming:
        raise NotFoundError("definition_not_found", key=key)
    first = min(one.effective_on for one in coming)
    raise ConflictError("sop_not_in_force", key=key, day=first.isoformat())


def begin_case(
    tx: Tx,
    definition: Definition,
    unit: Unit,
    data: Mapping[str, object],
    now: datetime,
    day: date,
    *,
    started_by: int | None = None,
    message: Message | None = None,
) -> Case:
    """A new case of the definition for an agency, at the start event of the message if one is
    given. `day`: on it, somebody must hold each of the roles.

    Raises ConflictError: no_holder (role, unit), no_units (kind, unit).
    """
    sop = sop_of(definition)
    initial = _initial_data(tx, sop, unit)
    _refuse_vacancies(tx, sop, unit, initial, day)
    step = spiff.start(
        compiled_of(definition),
        {**data, **initial},
        now,
        surroundings(tx, unit),
        node=_start_node(definition, message) if message else None,
        payload=message.payload if message else {},
    )
    case = cases.add_case(tx, _empty_case(definition, unit, now, started_by))
    cases.add_event(
        tx,
        now,
        "case_started",
        started_by,
        case_id=case.id,
        version=definition.version,
        note=message.name if message else "",
    )
    apply_step(tx, case, definition, step, now)
    log_end(tx, case, now)
    return case


def _empty_case(definition: Definition, unit: Unit, now: datetime, started_by: int | None) -> Case:
    return Case(
        definition_id=definition.id,
        unit_id=unit.id,
        state="running",
        engine_state=b"",
        tokens=[],
        data={},
        started_at=now,
        started_by=started_by,
    )


def _start_node(definition: Definition, message: Message) -> str:
    wanted = (message.kind, message.name)
    return next(
        str(start["node"])
        for start in definition.starts
        if (start["kind"], start["name"]) == wanted
    )


def _initial_data(tx: Tx, sop: Sop, unit: Unit) -> dict[str, list[str]]:
    """The variables that the SOP asks for at its start: codes of the units below, by kind."""
    values: dict[str, list[str]] = {}
    for wanted in sop.data_awal:
        codes = [part.code for part in people.units_below(tx, unit.id, wanted.jenis)]
        if not codes:
            raise ConflictError("no_units", kind=wanted.jenis, unit=unit.code)
        values[wanted.nama] = codes
    return values


def _refuse_vacancies(
    tx: Tx, sop: Sop, unit: Unit, initial: Mapping[str, list[str]], day: date
) -> None:
    """A step that nobody can do would only be noticed when the case gets stuck at it.

    A step that is done in each part of the agency needs a holder in each of them.
    """
    parts = people.units_by_code(tx, {code for codes in initial.values() for code in codes})
    for kegiatan in sop.kegiatan:
        units = list(parts.values()) if kegiatan.unit_variable else [unit]
        units = [people.where_role_is(tx, one, kegiatan.role) for one in units]
        found = people.holders_by_unit(tx, kegiatan.role, [one.id for one in units], day)
        for one in units:
            if one.id not in found:
                raise ConflictError(
                    "no_holder", role=kegiatan.role, role_name=kegiatan.role_name, unit=one.name
                )
