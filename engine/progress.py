"""What a `Step` of the engine means for the rows of its case: items, timers, notices, events.

Shared by every use case that moves a case (start, complete, timers); runs inside their transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from engine.channels.texts import About, compose
from engine.errors import ConflictError, StuckError
from engine.exchange import may_move, store_exchange, take_buffered
from engine.spiff import Opened, Step
from engine.store import activations, cases, definitions, incidents, notices, people, work_items
from engine.store.lines import kegiatan_of, sop_of
from engine.store.tables import Case, Definition, Person, Unit, WorkItem
from engine.store.transaction import Tx
from workflows.deadlines import due_at, next_moment, rungs_with_moments
from workflows.sop import Kegiatan, Sop
from workflows.workdays import default_calendar, standard_minutes, to_local

NoticeRow = dict[str, Any]
MESSAGES_AT_ONCE = 50  # taken out of the buffer in one transaction; a tick delivers the rest


def apply_step(
    tx: Tx,
    case: Case,
    definition: Definition,
    step: Step,
    now: datetime,
    *,
    ending: incidents.Ending = incidents.GONE,
) -> list[WorkItem]:
    """Store the step; gives back the work items that it opened. The case row must be locked.

    A message that came too early for what the case waits for now is delivered at once.
    `ending`: what somebody has just done about incidents of the case.
    """
    items = _store_step(tx, case, definition, step, ending, now)
    for _ in range(MESSAGES_AT_ONCE):
        following = take_buffered(tx, case, definition, step, now) if may_move(case) else None
        if following is None:
            break
        step = following
        items += _store_step(tx, case, definition, step, incidents.GONE, now)
    return [item for item in items if item.state in work_items.OPEN]


def log_end(tx: Tx, case: Case, now: datetime) -> None:
    """Note that a step has brought the case to its end, if it has."""
    if case.state == "completed":
        cases.add_event(tx, now, "case_completed", None, case_id=case.id)


def _store_step(
    tx: Tx, case: Case, definition: Definition, step: Step, ending: incidents.Ending, now: datetime
) -> list[WorkItem]:
    sop = sop_of(definition)
    _withdraw(tx, case, step, now)
    case.engine_state = step.state
    case.data = dict(step.data)
    case.tokens = list(step.tokens)
    activations.keep_trace(tx, case.id, [asdict(one) for one in step.activations], now)
    _keep_incidents(tx, case, sop, step, ending, now)
    if step.finished:
        case.state, case.completed_at = "completed", now
    elif case.suspended_at is None:
        case.state = "incident" if step.incidents else "running"
    cases.replace_timers(tx, case.id, [(t.token, t.node, t.due_at) for t in step.timers])
    store_exchange(tx, case, step, now)
    return _open_items(tx, case, definition, step.opened, now)


def _keep_incidents(
    tx: Tx, case: Case, sop: Sop, step: Step, ending: incidents.Ending, now: datetime
) -> None:
    """A step names all incidents that there are; each is told once."""
    tokens = {one.token for one in step.incidents}
    names = activations.names_of(tx, case.id, tokens) if tokens else {}
    found = []
    for one in step.incidents:
        kegiatan = sop.kegiatan_at(one.node)  # of a case that is older than the trace
        name = names.get(one.token) or (kegiatan.name if kegiatan else "")
        found.append(
            {
                "token": one.token,
                "node": one.node,
                "node_name": name,
                "reason": one.reason,
                "fields": one.fields,
            }
        )
    for row in incidents.keep_incidents(tx, case.id, found, ending, now):
        cases.add_event(
            tx,
            now,
            "incident",
            None,
            case_id=case.id,
            node=row.node,
            node_name=row.node_name,
            token=row.token,
            note=row.reason,
            fields=row.fields,
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
    tx: Tx, case: Case, definition: Definition, opened: Collection[Opened], now: datetime
) -> list[WorkItem]:
    """The work items of a step, in a fixed number of statements however many there are."""
    if not opened:
        return []
    homes = _homes(tx, definition, opened)
    kegiatan = [kegiatan_of(sop_of(home), o.node) for home, o in zip(homes, opened, strict=True)]
    units = _units_of_items(tx, case, kegiatan, opened)
    rounds = work_items.count_rounds(tx, case.id)
    items = []
    for one, home, step, unit in zip(opened, homes, kegiatan, units, strict=True):
        where = (home.key, one.node, unit.id)
        rounds[where] = rounds.get(where, 0) + 1
        item = _new_item(case, step, one, unit, rounds[where], now)
        item.definition_id = None if home is definition else home.id
        items.append(item)
    work_items.add_items(tx, items)
    _announce(tx, items, units, [sop_of(home) for home in homes], now)
    return items


def _homes(tx: Tx, definition: Definition, opened: Collection[Opened]) -> list[Definition]:
    """The definition that the node of each item belongs to: the case's, or that of a called
    process."""
    known = {definition.digest: definition}
    for digest in {one.definition for one in opened} - {*known}:
        row = definitions.find_by_digest(tx, digest)
        if row is None:
            raise StuckError("definition_lost", digest=digest)
        known[digest] = row
    return [known[one.definition] for one in opened]


def _units_of_items(
    tx: Tx, case: Case, kegiatan: Collection[Kegiatan], opened: Collection[Opened]
) -> list[Unit]:
    """For each item the case's unit, or the one that its multi-instance iteration names."""
    own = people.units_by_id(tx, [case.unit_id])[case.unit_id]
    codes = [
        str(one.variables.get(step.unit_variable, "")) if step.unit_variable else own.code
        for one, step in zip(opened, kegiatan, strict=True)
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
    tx: Tx,
    items: Collection[WorkItem],
    units: Collection[Unit],
    sops: Collection[Sop],
    now: datetime,
) -> None:
    """Tell whoever may do an item that it is there: in the app, at once."""
    rows: list[NoticeRow] = []
    for role in {item.role for item in items}:
        mine = [one for one in zip(items, units, sops, strict=True) if one[0].role == role]
        day = to_local(mine[0][1].zone, now).date()
        holders = people.holders_by_unit(tx, role, [unit.id for _, unit, _ in mine], day)
        for item, unit, sop in mine:
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
                "rung": kind,
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
