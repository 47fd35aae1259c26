"""The deadlines of work items and of whole cases, as columns of their rows.

Runs inside the transaction of whoever moves the case, pauses an item or changes a calendar.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from engine.store import cases, notices, pauses, work_items
from engine.store.calendars import calendar_of, calendars_of, keep_calendars
from engine.store.ladders import ladders_of
from engine.store.lines import kegiatan_of, sop_of, sop_of_item
from engine.store.people import unit_by_id, units_by_id
from engine.store.tables import Case, Definition, Pause, WorkItem
from engine.store.transaction import Tx
from engine.time_values import PauseLine
from workflows.deadlines import (
    Ladder,
    Stretch,
    at_risk_at,
    due_at,
    explain_due,
    next_look,
    rungs_with_moments,
    shift,
    standard_of,
)
from workflows.errors import InvalidTimeError
from workflows.mutu_baku import MutuBaku, Waktu, parse_waktu
from workflows.rights import Actor
from workflows.sop import Sop
from workflows.workdays import (
    Calendar,
    Row,
    add,
    explain,
    explain_between,
    standard_minutes,
    to_local,
)


@dataclass(frozen=True)
class Dated:
    """A work item with what its deadline is reckoned from; `data`: the variables of its case."""

    item: WorkItem
    sop: Sop
    calendar: Calendar
    data: Mapping[str, object]

    @property
    def mutu_baku(self) -> MutuBaku:
        return kegiatan_of(self.sop, self.item.node).mutu_baku

    @property
    def anchor(self) -> date | None:
        """The date that the deadline is counted from, where its variable holds one."""
        known = {**self.data, **self.item.variables}
        return read_anchor(known.get(self.mutu_baku.acuan), self.calendar.zone)


@dataclass(frozen=True)
class Moments:
    """What is reckoned of an item; the columns of its row."""

    due_at: datetime | None
    at_risk_at: datetime | None
    standard_minutes: int | None
    next_notice_at: datetime | None

    def put_into(self, item: WorkItem) -> None:
        item.due_at, item.at_risk_at = self.due_at, self.at_risk_at
        item.standard_minutes, item.next_notice_at = self.standard_minutes, self.next_notice_at


def read_anchor(value: object, zone: str) -> date | None:
    """The date that a variable holds as ISO text: a date, or a moment, read in that zone."""
    if not isinstance(value, str):
        return None
    try:
        if len(value.strip()) <= 10:
            return date.fromisoformat(value.strip())
        moment = datetime.fromisoformat(value.strip())
        return (to_local(zone, moment) if moment.tzinfo else moment).date()
    except (ValueError, InvalidTimeError):
        return None


def reckon_items(tx: Tx, dated: Collection[Dated], now: datetime) -> None:
    """Set due_at, at_risk_at, standard_minutes and next_notice_at, in a fixed number of
    statements.

    A paused item keeps its moments, and nobody is reminded of it until it goes on.
    """
    ladders = ladders_of(tx, {one.sop.key for one in dated})
    stretches = pauses.stretches_of(tx, [one.item.id for one in dated if one.item.id])
    for one in dated:
        if one.item.paused_at is not None:
            one.item.next_notice_at = None
            continue
        ladder = ladders.of(one.sop, one.item.node)
        reckon(one, ladder, stretches.get(one.item.id, ()), now).put_into(one.item)


def reckon(one: Dated, ladder: Ladder, stretches: Collection[Stretch], now: datetime) -> Moments:
    """The moments of an item that is not paused. Raises InvalidTimeError: outside_calendar."""
    calendar, start = one.calendar, one.item.available_at
    waktu, due = standard_of(one.mutu_baku), _due_at(one, stretches)
    rungs = rungs_with_moments(calendar, start, due, ladder, stretches)
    return Moments(
        due_at=due,
        at_risk_at=at_risk_at(calendar, start, due, ladder.at_risk, stretches),
        standard_minutes=standard_minutes(waktu, calendar) if waktu else None,
        next_notice_at=next_look(rungs, now),
    )


def _due_at(one: Dated, stretches: Collection[Stretch]) -> datetime | None:
    """An anchor of which no date can be reckoned (of the year 1) is as good as none."""
    calendar, start, mutu_baku = one.calendar, one.item.available_at, one.mutu_baku
    try:
        return due_at(calendar, start, mutu_baku, anchor=one.anchor, pauses=stretches)
    except InvalidTimeError:
        if one.anchor is None:
            raise
        return due_at(calendar, start, mutu_baku, pauses=stretches)


def explain_deadline(one: Dated, lines: Collection[PauseLine]) -> tuple[Row, ...]:
    """The reckoning behind the item's due moment, before its pauses; empty where that is not what
    would be reckoned now, as after its case was brought to another version."""
    stretches = [Stretch(line.started_at, line.ended_at) for line in lines]
    calendar, start, mutu_baku = one.calendar, one.item.available_at, one.mutu_baku
    try:
        if _due_at(one, stretches) != one.item.due_at:
            return ()
        return explain_due(calendar, start, mutu_baku, anchor=one.anchor, pauses=stretches)
    except InvalidTimeError:
        return ()


def follow_ladders(tx: Tx, found: Collection[tuple[WorkItem, Sop]], now: datetime) -> None:
    """Other ladders count for these items, which are open and not paused: when they are at risk
    and when their next rung comes; their deadlines stay."""
    ids = [item.id for item, _ in found]
    notices.take_back(tx, ids)
    calendars = calendars_of(tx, [*units_by_id(tx, {item.unit_id for item, _ in found}).values()])
    ladders = ladders_of(tx, {sop.key for _, sop in found})
    stretches = pauses.stretches_of(tx, ids)
    for item, sop in found:
        calendar, ladder = calendars[item.unit_id], ladders.of(sop, item.node)
        moments = item.available_at, item.due_at
        paused = stretches.get(item.id, ())
        rungs = rungs_with_moments(calendar, *moments, ladder, paused)
        item.at_risk_at = at_risk_at(calendar, *moments, ladder.at_risk, paused)
        item.next_notice_at = next_look(rungs, now)


def dated_items(
    tx: Tx, case: Case, definition: Definition, items: Collection[WorkItem]
) -> list[Dated]:
    """Items of one case, each on the calendar of its unit."""
    keep_calendars(tx)
    calendars = calendars_of(tx, [*units_by_id(tx, {item.unit_id for item in items}).values()])
    return [
        Dated(item, sop_of_item(item, definition), calendars[item.unit_id], case.data)
        for item in items
    ]


def follow_anchors(
    tx: Tx,
    case: Case,
    definition: Definition,
    items: Collection[WorkItem],
    before: Mapping[str, object],
    now: datetime,
) -> None:
    """Reckon anew what of these open items is counted from a variable of the case that has
    changed; `before`: what its variables were."""
    moved = [
        item
        for item in items
        if (name := _acuan(item, definition)) and before.get(name) != case.data.get(name)
    ]
    if moved:
        notices.take_back(tx, [item.id for item in moved])
        reckon_items(tx, dated_items(tx, case, definition, moved), now)


def _acuan(item: WorkItem, definition: Definition) -> str:
    kegiatan = sop_of_item(item, definition).kegiatan_at(item.node)
    return kegiatan.mutu_baku.acuan if kegiatan else ""


def case_waktu(sop: Sop) -> Waktu | None:
    """The time that the sheet states for the whole; None where it states none that can be read."""
    return _read_waktu(sop.identitas.jumlah_waktu)


@lru_cache(maxsize=1000)
def _read_waktu(text: str) -> Waktu | None:
    try:
        return parse_waktu(text)
    except InvalidTimeError:
        return None


def reckon_case(tx: Tx, case: Case, definition: Definition) -> None:
    """Set due_at and at_risk_at of the case."""
    sop = sop_of(definition)
    if case_waktu(sop) is None:
        return
    tx.flush()
    keep_calendars(tx)
    unit = unit_by_id(tx, case.unit_id)
    idle, ladder = pauses.idle_of(tx, [case])[case.id], ladders_of(tx, [sop.key]).of(sop, "")
    found = reckon_whole(case, sop, calendar_of(tx, unit), ladder, idle)
    case.due_at, case.at_risk_at = found


def reckon_whole(
    case: Case, sop: Sop, calendar: Calendar, ladder: Ladder, idle: Collection[Stretch]
) -> tuple[datetime | None, datetime | None]:
    """(due_at, at_risk_at) of a case; an unfinished one has none while its time does not run."""
    waktu = case_waktu(sop)
    stands = case.completed_at is None and any(one.end is None for one in idle)
    if waktu is None or stands:
        return None, None
    due = shift(calendar, add(calendar, case.started_at, waktu), idle)
    return due, at_risk_at(calendar, case.started_at, due, ladder.at_risk, idle)


def explain_whole(
    case: Case, sop: Sop, calendar: Calendar, idle: Collection[Stretch]
) -> tuple[datetime, tuple[Row, ...]]:
    """From when the case's time runs without a break up to its due moment, and the reckoning from
    then on."""
    waktu, due = case_waktu(sop), case.due_at
    if waktu is None or due is None:
        return case.started_at, ()
    since = max((one.end for one in idle if one.end is not None and one.end < due), default=None)
    if since is None or since <= case.started_at:
        return case.started_at, explain(calendar, case.started_at, waktu)
    return since, explain_between(calendar, since, due)


def end_pauses(
    tx: Tx,
    case: Case,
    definition: Definition,
    ended: Collection[Pause],
    ending: str,
    now: datetime,
    *,
    by: int | None = None,
    at: datetime | None = None,
) -> None:
    """End these pauses; items that nothing else holds go on, with deadlines reckoned anew.

    `at`: when they have ended, where that was before now.
    """
    if not ended:
        return
    pauses.end_pauses(tx, ended, at or now, ending, by)
    ids = {row.work_item_id for row in ended}
    held = {row.work_item_id for row in pauses.open_pauses(tx, ids)}
    free = work_items.items_by_id(tx, ids - held)
    for item in free:
        item.paused_at = None
    reckon_items(tx, dated_items(tx, case, definition, free), now)
    reckon_case(tx, case, definition)


def end_with_item(
    tx: Tx, case: Case, definition: Definition, item: WorkItem, now: datetime
) -> None:
    """An item that is over is paused no more; its due moment says whether it was in time."""
    if item.paused_at is not None:
        ending = "completed" if item.state == "completed" else "withdrawn"
        open_ones = pauses.open_pauses(tx, [item.id])
        end_pauses(tx, case, definition, open_ones, ending, now)


def note_arrival(tx: Tx, case: Case, definition: Definition, actor: Actor, now: datetime) -> None:
    """The actor has done something in the case: what waits for their unit goes on, and what waits
    for a unit above it. Whoever paused an item does not end that by working on another."""
    units = {unit_id for position in actor.positions for unit_id in position.ancestors}
    found = [
        row
        for row in pauses.pauses_awaiting(tx, case.id, units)
        if row.started_by != actor.person_id
    ]
    end_pauses(tx, case, definition, found, "arrived", now, by=actor.person_id)
    for row in found:
        log_ended(tx, case, row, now, actor.person_id)


def log_ended(tx: Tx, case: Case, row: Pause, now: datetime, by: int | None = None) -> None:
    """Note that a pause has ended by itself; the event says why with `ending`."""
    where = {"case_id": case.id, "work_item_id": row.work_item_id}
    cases.add_event(tx, now, "pause_ended", by, **where, ending=row.ending)


def hold_items(tx: Tx, case: Case, definition: Definition, now: datetime) -> None:
    """The case is suspended: the standard of its open items does not run."""
    items = work_items.open_items_of_case(tx, case.id)
    for item in items:
        item.paused_at, item.next_notice_at = item.paused_at or now, None
    notices.take_back(tx, [item.id for item in items])
    rows = [
        Pause(
            work_item_id=item.id,
            kind=pauses.SUSPENDED,
            reason=case.suspended_reason,
            started_at=now,
            started_by=case.suspended_by,
        )
        for item in items
    ]
    pauses.add_pauses(tx, rows)
    reckon_case(tx, case, definition)


def release_items(
    tx: Tx, case: Case, definition: Definition, now: datetime, by: int | None
) -> None:
    """The case goes on."""
    ids = [item.id for item in work_items.open_items_of_case(tx, case.id)]
    held = [row for row in pauses.open_pauses(tx, ids) if row.kind == pauses.SUSPENDED]
    end_pauses(tx, case, definition, held, "case_resumed", now, by=by)
