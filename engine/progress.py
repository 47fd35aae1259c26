"""What a `Step` of the engine means for the rows of its case: items, timers, notices, events.

Shared by every use case that moves a case (start, complete, timers); runs inside their transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from engine.channels.texts import About, compose
from engine.errors import ConflictError
from engine.spiff import Opened, Step
from engine.store import cases, notices, people, work_items
from engine.store.lines import kegiatan_of, sop_of
from engine.store.tables import Case, Definition, Person, Unit, WorkItem
from engine.store.transaction import Tx
from workflows.deadlines import due_at, next_moment, rungs_with_moments
from workflows.sop import Kegiatan, Sop
from workflows.workdays import default_calendar, standard_minutes, to_local

NoticeRow = dict[str, Any]


def apply_step(
    tx: Tx, case: Case, definition: Definition, step: Step, now: datetime
) -> list[WorkItem]:
    """Store the step; gives back the work items that it opened. The case row must be locked."""
    sop = sop_of(definition)
    _withdraw(tx, case, step, now)
    case.engine_state = step.state
    case.data = dict(step.data)
    case.tokens = list(step.tokens)
    if step.finished:
        case.state, case.completed_at = "completed", now
    else:
        _tell_incidents(tx, case, step, now)
        case.state = "incident" if step.incidents else "running"
    cases.replace_timers(tx, case.id, [(t.token, t.node, t.due_at) for t in step.timers])
    return _open_items(tx, case, sop, step.opened, now)


def _tell_incidents(tx: Tx, case: Case, step: Step, now: datetime) -> None:
    """A step names all incidents that there are; each is told once."""
    told = cases.incident_tokens(tx, case.id) if step.incidents else set()
    for incident in step.incidents:
        if incident.token not in told:
            cases.add_event(
                tx,
                now,
                "incident",
                None,
                case_id=case.id,
                node=incident.node,
                token=incident.token,
                note=incident.reason,
            )


def _withdraw(tx: Tx, case: Case, step: Step, now: datetime) -> None:
    """Items that the process took back (a timer interrupted them, or the case ended)."""
    for item in work_items.open_items_of_case(tx, case.id):
        if item.token in step.closed:
            close_item(tx, item, "cancelled", now)
            cases.add_event(tx, now, "item_withdrawn", None, case_id=case.id, work_item_id=item.id)


def close_item(tx: Tx, item: WorkItem, state: str, now: datetime) -> None:
    """End an item's life; whatever was still to be sent about it is given up."""
    item.state, item.completed_at, item.next_notice_at = state, now, None
    notices.cancel_pending(tx, item.id, now)


def _open_items(
    tx: Tx, case: Case, sop: Sop, opened: Collection[Opened], now: datetime
) -> list[WorkItem]:
    """The work items of a step, in a fixed number of statements however many there are."""
    if not opened:
        return []
    units = _units_of_items(tx, case, sop, opened)
    rounds = work_items.count_rounds(tx, case.id)
    items = []
    for one, unit in zip(opened, units, strict=True):
        rounds[one.node, unit.id] = rounds.get((one.node, unit.id), 0) + 1
        kegiatan = kegiatan_of(sop, one.node)
        items.append(_new_item(case, kegiatan, one, unit, rounds[one.node, unit.id], now))
    work_items.add_items(tx, items)
    _announce(tx, items, units, sop, now)
    return items


def _units_of_items(tx: Tx, case: Case, sop: Sop, opened: Collection[Opened]) -> list[Unit]:
    """For each item the case's unit, or the one that its multi-instance iteration names."""
    own = people.units_by_id(tx, [case.unit_id])[case.unit_id]
    variables = [kegiatan_of(sop, one.node).unit_variable for one in opened]
    codes = [
        str(one.variables.get(variable, "")) if variable else own.code
        for one, variable in zip(opened, variables, strict=True)
    ]
    units = people.units_by_code(tx, codes)
    for one, code in zip(opened, codes, strict=True):
        if code not in units:
            raise ConflictError("unit_unknown", unit=code, node=one.node)
    return [units[code] for code in codes]


def _new_item(
    case: Case, kegiatan: Kegiatan, opened: Opened, unit: Unit, number: int, now: datetime
) -> WorkItem:
    waktu = kegiatan.mutu_baku.waktu
    calendar = default_calendar(unit.zone)
    return WorkItem(
        case_id=case.id,
        token=opened.token,
        node=opened.node,
        role=kegiatan.role,
        unit_id=unit.id,
        variables=dict(opened.variables),
        round=number,
        state="ready",
        available_at=now,
        due_at=due_at(calendar, now, waktu),
        standard_minutes=standard_minutes(waktu) if waktu else None,
        next_notice_at=next_moment(rungs_with_moments(calendar, now, waktu), now),
        answers={},
        checked=[],
    )


def _announce(
    tx: Tx, items: Collection[WorkItem], units: Collection[Unit], sop: Sop, now: datetime
) -> None:
    """Tell whoever may do an item that it is there: in the app, at once."""
    rows: list[NoticeRow] = []
    for role in {item.role for item in items}:
        mine = [(i, u) for i, u in zip(items, units, strict=True) if i.role == role]
        day = to_local(mine[0][1].zone, now).date()
        holders = people.holders_by_unit(tx, role, [unit.id for _, unit in mine], day)
        for item, unit in mine:
            to = holders.get(unit.id, ())
            rows += notice_rows("assigned", item, unit, sop, to, now, channels=("in_app",))
    notices.add_notices(tx, rows)


def notice_rows(
    kind: str,
    item: WorkItem,
    unit: Unit,
    sop: Sop,
    recipients: Iterable[Person],
    now: datetime,
    *,
    channels: Iterable[str],
    performer: str = "",
) -> list[NoticeRow]:
    """One notice per recipient and channel, for `notices.add_notices`."""
    about = About(
        step=kegiatan_of(sop, item.node).name,
        sop=sop.name,
        unit=unit.name,
        case_id=item.case_id,
        round=item.round,
        due_at=item.due_at,
        zone=unit.zone,
        performer=performer,
    )
    rows: list[NoticeRow] = []
    for person in recipients:
        subject, body = compose(kind, person.locale, person.name, about)
        rows += [
            {
                "work_item_id": item.id,
                "person_id": person.id,
                "kind": kind,
                "channel": channel,
                "subject": subject,
                "body": body,
                "created_at": now,
                "send_after": now,
                "sent_at": now if channel == "in_app" else None,
            }
            for channel in channels
        ]
    return rows
