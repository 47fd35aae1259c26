"""What a `Step` of the engine means for the rows of its case: items, timers, notices, events.

Shared by every use case that moves a case (start, complete, timers); runs inside their transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from functools import partial

from engine.channels.news import News
from engine.deadlining import Dated, end_with_item, follow_anchors, reckon_case, reckon_items
from engine.errors import ConflictError, StuckError
from engine.exchange import may_move, store_exchange, take_buffered
from engine.four_eyes import bar_items
from engine.notifying import Matter, announce
from engine.spiff import Opened, Step
from engine.store import activations, cases, definitions, incidents, notices, people, work_items
from engine.store.calendars import calendars_of, keep_calendars
from engine.store.lines import kegiatan_of, sop_of
from engine.store.tables import Case, Definition, Unit, WorkItem
from engine.store.transaction import Tx
from engine.telling import tell_watchers, topic_of_case
from workflows.sop import Kegiatan, Sop

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
        definition = cases.definition_of(tx, case)
        topic = partial(topic_of_case, tx, case, definition)
        tell_watchers(tx, case, News("watched_end"), "watched:end", topic, now)


def _store_step(
    tx: Tx, case: Case, definition: Definition, step: Step, ending: incidents.Ending, now: datetime
) -> list[WorkItem]:
    sop = sop_of(definition)
    staying = _withdraw(tx, case, definition, step, now)
    before, case.data = case.data, dict(step.data)
    case.engine_state = step.state
    case.tokens = list(step.tokens)
    activations.keep_trace(tx, case.id, [asdict(one) for one in step.activations], now)
    _keep_incidents(tx, case, sop, step, ending, now)
    if step.finished:
        case.state, case.completed_at = "completed", now
    elif case.suspended_at is None:
        case.state = "incident" if step.incidents else "running"
    cases.replace_timers(tx, case.id, [(t.token, t.node, t.due_at) for t in step.timers])
    store_exchange(tx, case, step, now)
    follow_anchors(tx, case, definition, staying, before, now)
    matters = _open_items(tx, case, definition, step.opened, now)
    items = [matter.item for matter in matters]
    bar_items(tx, case, definition, [*staying, *items], now)
    announce(tx, matters, now)
    reckon_case(tx, case, definition)
    return items


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


def _withdraw(
    tx: Tx, case: Case, definition: Definition, step: Step, now: datetime
) -> list[WorkItem]:
    """End the items that the process took back (a timer interrupted them, or the case ended); the
    other open ones."""
    staying = []
    for item in work_items.open_items_of_case(tx, case.id):
        if item.token in step.closed:
            close_item(tx, case, definition, item, "cancelled", now)
            cases.add_event(tx, now, "item_withdrawn", None, case_id=case.id, work_item_id=item.id)
        else:
            staying.append(item)
    return staying


def close_item(
    tx: Tx, case: Case, definition: Definition, item: WorkItem, state: str, now: datetime
) -> None:
    """End an item's life, and with it its pauses; whatever was still to be sent about it is given
    up."""
    item.state, item.completed_at, item.delegate_id = state, now, None
    end_with_item(tx, case, definition, item, now)
    item.next_notice_at = None
    notices.cancel_pending(tx, item.id, now)


def _open_items(
    tx: Tx, case: Case, definition: Definition, opened: Collection[Opened], now: datetime
) -> list[Matter]:
    """The work items of a step, in a fixed number of statements however many there are."""
    if not opened:
        return []
    keep_calendars(tx)
    homes = _homes(tx, definition, opened)
    kegiatan = [kegiatan_of(sop_of(home), o.node) for home, o in zip(homes, opened, strict=True)]
    units = _units_of_items(tx, case, kegiatan, opened)
    rounds = work_items.count_rounds(tx, case.id)
    calendars = calendars_of(tx, units)
    items, dated, matters = [], [], []
    for one, home, step, unit in zip(opened, homes, kegiatan, units, strict=True):
        where = (home.key, one.node, unit.id)
        rounds[where] = rounds.get(where, 0) + 1
        item = _new_item(case, step, one, unit, rounds[where], now)
        item.sop_key = home.key
        item.definition_id = None if home is definition else home.id
        items.append(item)
        dated.append(Dated(item, sop_of(home), calendars[unit.id], case.data))
        matters.append(Matter(item, unit, sop_of(home), calendars[unit.id]))
    reckon_items(tx, dated, now)
    work_items.add_items(tx, items)
    return matters


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
    """For each item the case's unit, or the one that its multi-instance iteration names; the region
    where its role is one for the whole region."""
    own = people.unit_by_id(tx, case.unit_id)
    codes = [
        str(one.variables.get(step.unit_variable, "")) if step.unit_variable else own.code
        for one, step in zip(opened, kegiatan, strict=True)
    ]
    units = people.units_by_code(tx, codes)
    for one, code in zip(opened, codes, strict=True):
        if code not in units:
            raise ConflictError("unit_unknown", unit=code, node=one.node)
    pairs = zip(codes, kegiatan, strict=True)
    return [people.where_role_is(tx, units[code], step.role) for code, step in pairs]


def _new_item(
    case: Case, kegiatan: Kegiatan, opened: Opened, unit: Unit, number: int, now: datetime
) -> WorkItem:
    """Its deadlines are reckoned for all new items together."""
    return WorkItem(
        case_id=case.id,
        token=opened.token,
        node=opened.node,
        title=kegiatan.name,
        case_unit_id=case.unit_id,
        role=kegiatan.role,
        unit_id=unit.id,
        variables=dict(opened.variables),
        round=number,
        state="ready",
        available_at=now,
        answers={},
        checked=[],
        barred=[],
    )
