"""What a `Step` of the engine means for the rows of its case: items, timers, notices, events.

Shared by every use case that moves a case (start, complete, timers); runs inside their transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

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
        if step.incidents and case.state != "incident":
            _tell_incidents(tx, case, step, now)
        case.state = "incident" if step.incidents else "running"
    cases.replace_timers(tx, case.id, [(t.token, t.node, t.due_at) for t in step.timers])
    return [_open_item(tx, case, sop, opened, now) for opened in step.opened]


def _tell_incidents(tx: Tx, case: Case, step: Step, now: datetime) -> None:
    """A step names all incidents that there are; they are told when the case first has one."""
    for incident in step.incidents:
        cases.add_event(
            tx, now, "incident", None, case_id=case.id, node=incident.node, note=incident.reason
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


def _open_item(tx: Tx, case: Case, sop: Sop, opened: Opened, now: datetime) -> WorkItem:
    kegiatan = kegiatan_of(sop, opened.node)
    unit = _unit_of_item(tx, case, kegiatan, opened)
    waktu = kegiatan.mutu_baku.waktu
    calendar = default_calendar(unit.zone)
    due = due_at(calendar, now, waktu)
    ladder = rungs_with_moments(calendar, now, waktu)
    item = work_items.add_item(
        tx,
        WorkItem(
            case_id=case.id,
            token=opened.token,
            node=opened.node,
            role=kegiatan.role,
            unit_id=unit.id,
            variables=dict(opened.variables),
            round=work_items.count_rounds(tx, case.id, opened.node, unit.id) + 1,
            state="ready",
            available_at=now,
            due_at=due,
            standard_minutes=standard_minutes(waktu) if waktu else None,
            next_notice_at=next_moment(ladder, now),
            answers={},
            checked=[],
        ),
    )
    candidates = people.holders(tx, item.role, unit.id, to_local(calendar.zone, now).date())
    write_notices(tx, "assigned", item, unit, sop, candidates, now, channels=("in_app",))
    return item


def _unit_of_item(tx: Tx, case: Case, kegiatan: Kegiatan, opened: Opened) -> Unit:
    """The case's unit, or the one that a multi-instance step names for this iteration."""
    if kegiatan.unit_variable:
        code = str(opened.variables.get(kegiatan.unit_variable, ""))
        unit = people.find_unit(tx, code)
        if unit is None:
            raise ConflictError("unit_unknown", unit=code, node=opened.node)
        return unit
    return people.units_by_id(tx, [case.unit_id])[case.unit_id]


def write_notices(
    tx: Tx,
    kind: str,
    item: WorkItem,
    unit: Unit,
    sop: Sop,
    recipients: Iterable[Person],
    now: datetime,
    *,
    channels: Iterable[str],
    performer: str = "",
) -> int:
    """One notice per recipient and channel, unless it exists; gives back how many are new."""
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
    rows = []
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
    return notices.add_notices(tx, rows)
