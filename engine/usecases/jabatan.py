"""Jabatan: positions in units, what lanes ask of them, and who stands above whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from engine.app import App
from engine.errors import ConflictError
from engine.organisation_values import JabatanDetail, JabatanLine
from engine.organising import (
    MANAGE,
    allows,
    demand,
    find_jabatan,
    find_unit,
    holding_lines,
    jabatan_lines,
    listed,
    refuse_ended,
    refuse_orphans,
)
from engine.store import cases, organisation, people, persons
from engine.store.tables import Jabatan, Unit
from engine.store.transaction import Tx, transaction
from workflows.mandates import Tenure
from workflows.organisation import REGION, check_name, check_role, refuse, runs_into
from workflows.pelaksana import is_regional
from workflows.rights import DEFINITIVE, Actor


def read_jabatan(app: App, actor: Actor, jabatan_id: int, now: datetime) -> JabatanDetail:
    """For everyone; what only somebody who may change it needs is empty for others.

    Raises NotFoundError: jabatan_not_found.
    """
    with transaction(app.sessions) as tx:
        row, unit = find_jabatan(tx, jabatan_id)
        day, may_change = app.today(now), allows(actor, MANAGE, unit)
        rows = organisation.list_jabatan(tx)
        lines = {one.id: one for one in jabatan_lines(tx, rows, day)}
        below = _below(rows, row.id)
        return JabatanDetail(
            line=lines[row.id],
            holdings=holding_lines(tx, day, jabatan_ids=[row.id], all_time=True),
            below=tuple(lines[one.id] for one in rows if one.superior_id == row.id),
            superiors=tuple(
                lines[one.id]
                for one in rows
                if may_change and one.id not in below and one.ended_on is None
            ),
            people=tuple((one.login, one.name) for one in persons.everyone(tx))
            if may_change
            else (),
            may_change=may_change,
        )


def list_jabatan(
    app: App, actor: Actor, now: datetime, *, unit: str = "", mine: bool = False
) -> tuple[JabatanLine, ...]:
    """All that have not ended, or those of a unit; `mine`: only those that the actor manages.

    Raises NotFoundError: unit_not_found.
    """
    with transaction(app.sessions) as tx:
        ids = [find_unit(tx, unit).id] if unit else None
        rows = [one for one in organisation.list_jabatan(tx, ids) if one.ended_on is None]
        if mine:
            units = people.units_by_id(tx, {one.unit_id for one in rows})
            rows = [one for one in rows if allows(actor, MANAGE, units[one.unit_id])]
        return tuple(jabatan_lines(tx, rows, app.today(now)))


def _below(rows: Sequence[Jabatan], jabatan_id: int) -> set[int]:
    """Ids of the jabatan itself and of all below it."""
    above = {one.id: one.superior_id for one in rows}
    return {one for one in above if runs_into(above, one, jabatan_id)}


def create_jabatan(
    app: App,
    actor: Actor,
    unit_code: str,
    name: str,
    role: str,
    superior_id: int | None,
    now: datetime,
    *,
    many: bool = False,
) -> JabatanLine:
    """A position in a unit. A role may only be given by whoever manages the agency as a whole, one
    of which there is one for the whole region by whoever manages the region.

    Raises NotAllowedError: right_missing; NotFoundError: unit_not_found, jabatan_not_found;
    ConflictError: unit_ended, jabatan_name_taken, jabatan_ended (its superior);
    InvalidAnswerError: invalid_organisation.
    """
    name, role = check_name(name), check_role(role)
    with transaction(app.sessions) as tx:
        unit = refuse_ended(find_unit(tx, unit_code))
        demand(actor, unit)
        _demand_role(tx, actor, unit, role)
        _refuse_taken(tx, unit, name)
        superior = _superior(tx, superior_id)
        row = people.put_jabatan(tx, unit, name, role, superior)
        row.many = many
        _log(tx, now, "jabatan_created", actor, row, role=role, many=many, superior=superior_id)
        return _line(tx, row, app.today(now))


def _demand_role(tx: Tx, actor: Actor, unit: Unit, role: str) -> None:
    """Items of all units above come to a role as well: those of its agency, or of the region."""
    if role:
        found = people.units_by_id(tx, unit.ancestors)
        above = [found[one] for one in unit.ancestors]
        agency = next((one for one in above if one.kind != REGION), unit)
        demand(actor, above[0] if is_regional(role) else agency)


def _refuse_taken(tx: Tx, unit: Unit, name: str, own: int | None = None) -> None:
    known = organisation.jabatan_of_name(tx, unit.id, name)
    if known is not None and known.id != own:
        raise ConflictError("jabatan_name_taken", name=name, jabatan=known.id)


def _superior(tx: Tx, superior_id: int | None) -> Jabatan | None:
    if superior_id is None:
        return None
    row, _ = find_jabatan(tx, superior_id)
    if row.ended_on is not None:
        raise ConflictError("jabatan_ended", name=row.name)
    return row


def change_jabatan(
    app: App,
    actor: Actor,
    jabatan_id: int,
    name: str,
    role: str,
    superior_id: int | None,
    now: datetime,
    *,
    many: bool = False,
) -> JabatanLine:
    """Another name, role or superior. Open items follow the role at once.

    Raises NotAllowedError: right_missing; NotFoundError: jabatan_not_found; ConflictError:
    jabatan_name_taken, jabatan_above_itself, jabatan_ended, jabatan_held_by_many,
    items_orphaned; InvalidAnswerError: invalid_organisation.
    """
    name, role = check_name(name), check_role(role)
    with transaction(app.sessions) as tx:
        rows = organisation.lock_jabatan(tx)
        row, unit = find_jabatan(tx, jabatan_id)
        demand(actor, unit)
        if role != row.role:
            _demand_role(tx, actor, unit, role)
        _refuse_taken(tx, unit, name, row.id)
        superior = _superior(tx, superior_id) if superior_id != row.superior_id else None
        if superior is not None and superior.id in _below(rows, row.id):
            raise ConflictError("jabatan_above_itself", name=superior.name)
        if row.many and not many:
            _refuse_several(tx, row, app.today(now))
        before = {"name": row.name, "role": row.role, "superior": row.superior_id, "many": row.many}
        held = organisation.unheld_items(tx, app.today(now)) if role != row.role else None
        row.name, row.role, row.superior_id, row.many = name, role, superior_id, many
        if held is not None:
            refuse_orphans(tx, app.today(now), held)
        _log(tx, now, "jabatan_changed", actor, row, before=before)
        return _line(tx, row, app.today(now))


def _refuse_several(tx: Tx, row: Jabatan, day: date) -> None:
    """Raises ConflictError: jabatan_held_by_many."""
    lines = [one for one in holding_lines(tx, day, jabatan_ids=[row.id]) if one.kind == DEFINITIVE]
    terms = [Tenure(one.person_id, one.kind, one.since, one.until) for one in lines]
    if any(a.overlaps(b) for i, a in enumerate(terms) for b in terms[i + 1 :]):
        names = listed(one.name for one in lines)
        raise ConflictError("jabatan_held_by_many", name=row.name, listed=names)


def end_jabatan(
    app: App, actor: Actor, jabatan_id: int, last_day: date, now: datetime
) -> JabatanLine:
    """The jabatan is no more after that day; those below it keep it in their history.

    Raises NotAllowedError: right_missing; NotFoundError: jabatan_not_found; ConflictError:
    jabatan_ended, jabatan_busy (listed); InvalidAnswerError: invalid_organisation.
    """
    if last_day > app.today(now):
        refuse("berakhir", "in_the_future")
    with transaction(app.sessions) as tx:
        row, unit = find_jabatan(tx, jabatan_id, lock=True)
        demand(actor, unit)
        if row.ended_on is not None:
            raise ConflictError("jabatan_ended", name=row.name)
        rows = organisation.holding_rows(tx, jabatan_ids=[row.id], since=last_day)
        holders = [
            person.name
            for holding, person, *_ in rows
            if holding.until is None or holding.until > last_day
        ]
        if holders:
            raise ConflictError("jabatan_busy", name=row.name, listed=listed(holders))
        row.ended_on = last_day
        _log(tx, now, "jabatan_ended", actor, row, ended_on=last_day.isoformat())
        return _line(tx, row, app.today(now))


def reopen_jabatan(app: App, actor: Actor, jabatan_id: int, now: datetime) -> JabatanLine:
    """Raises NotAllowedError: right_missing; NotFoundError: jabatan_not_found; ConflictError:
    jabatan_not_ended, unit_ended."""
    with transaction(app.sessions) as tx:
        row, unit = find_jabatan(tx, jabatan_id, lock=True)
        demand(actor, unit)
        if row.ended_on is None:
            raise ConflictError("jabatan_not_ended", name=row.name)
        refuse_ended(unit)
        row.ended_on = None
        _log(tx, now, "jabatan_reopened", actor, row)
        return _line(tx, row, app.today(now))


def _line(tx: Tx, row: Jabatan, day: date) -> JabatanLine:
    tx.flush()
    return jabatan_lines(tx, [row], day)[0]


def _log(tx: Tx, now: datetime, kind: str, actor: Actor, row: Jabatan, **data: Any) -> None:
    cases.add_event(
        tx, now, kind, actor.person_id, jabatan=row.id, unit_id=row.unit_id, name=row.name, **data
    )
