"""Reckoning the open deadlines of units anew: first as a plan, then as rows, events and notices.

Runs inside one transaction, in a number of statements that does not grow with the deadlines.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.deadlining import Dated, Moments, reckon, reckon_whole
from engine.notifying import Matter, Saying, left_of, meet, not_barred, notice_rows
from engine.store import cases, deadlines, notices, pauses, people
from engine.store.ladders import ladders_of
from engine.store.lines import kegiatan_of, sop_of
from engine.store.reminders import standing_claimants
from engine.store.tables import Case, Person, Unit, WorkItem
from engine.store.transaction import Tx
from engine.time_values import MovedCase, MovedItem
from workflows.deadlines import Stretch
from workflows.sop import Sop
from workflows.workdays import Calendar

Calendars = Mapping[int, Calendar]


@dataclass(frozen=True)
class ItemPlan:
    item: WorkItem
    unit: Unit
    sop: Sop
    calendar: Calendar
    moments: Moments

    @property
    def moves(self) -> bool:
        return self.moments.due_at != self.item.due_at


@dataclass(frozen=True)
class CasePlan:
    case: Case
    unit: Unit
    sop: Sop
    calendar: Calendar
    due_at: datetime | None
    at_risk_at: datetime | None

    @property
    def moves(self) -> bool:
        return self.due_at != self.case.due_at


@dataclass(frozen=True)
class Plan:
    """What a calendar for each of some units would lead to; `paused`: how many items and cases
    are reckoned only when they go on."""

    items: tuple[ItemPlan, ...]
    cases: tuple[CasePlan, ...]
    paused: int

    def moved_items(self) -> tuple[MovedItem, ...]:
        return tuple(
            MovedItem(
                item=one.item.id,
                case_id=one.item.case_id,
                sop_name=one.sop.name,
                step_name=kegiatan_of(one.sop, one.item.node).name,
                unit_name=one.unit.name,
                before=one.item.due_at,
                after=one.moments.due_at,
                zone=one.calendar.zone,
            )
            for one in self.items
            if one.moves
        )

    def moved_cases(self) -> tuple[MovedCase, ...]:
        return tuple(
            MovedCase(
                case_id=one.case.id,
                sop_name=one.sop.name,
                unit_name=one.unit.name,
                before=one.case.due_at,
                after=one.due_at,
                zone=one.calendar.zone,
            )
            for one in self.cases
            if one.moves
        )


def make_plan(tx: Tx, calendars: Calendars, now: datetime) -> Plan:
    """`calendars`: by unit id, those that are to count. Whoever carries it out locks the cases
    first. Raises InvalidTimeError: outside_calendar."""
    item_rows = deadlines.open_items(tx, calendars)
    case_rows = deadlines.unfinished_cases(tx, calendars)
    running = [row for row in item_rows if row[0].paused_at is None]
    going = [row for row in case_rows if row[0].suspended_at is None]
    paused = len(item_rows) - len(running) + len(case_rows) - len(going)
    items = _item_plans(tx, running, calendars, now)
    return Plan(tuple(items), tuple(_case_plans(tx, going, calendars)), paused)


def _item_plans(
    tx: Tx, rows: Sequence[deadlines.OpenItemRow], calendars: Calendars, now: datetime
) -> list[ItemPlan]:
    ladders = ladders_of(tx, {definition.key for _, _, definition, _ in rows})
    stretches = pauses.stretches_of(tx, [item.id for item, _, _, _ in rows])
    plans = []
    for item, case, definition, unit in rows:
        sop, calendar = sop_of(definition), calendars[unit.id]
        ladder = ladders.of(sop, item.node)
        own: Sequence[Stretch] = stretches.get(item.id, ())
        moments = reckon(Dated(item, sop, calendar, case.data), ladder, own, now)
        plans.append(ItemPlan(item, unit, sop, calendar, moments))
    return plans


def _case_plans(
    tx: Tx, rows: Sequence[deadlines.OpenCaseRow], calendars: Calendars
) -> list[CasePlan]:
    ladders = ladders_of(tx, {definition.key for _, definition, _ in rows})
    idle = pauses.idle_of(tx, [case for case, _, _ in rows])
    plans = []
    for case, definition, unit in rows:
        sop, calendar = sop_of(definition), calendars[unit.id]
        due, risk = reckon_whole(case, sop, calendar, ladders.of(sop, ""), idle[case.id])
        plans.append(CasePlan(case, unit, sop, calendar, due, risk))
    return plans


@dataclass(frozen=True)
class Occasion:
    """Why deadlines move. `rung`: makes notices of it different from those of another occasion;
    `note`: read by those concerned; `house`: channels that all notices go over; `day`: on which
    jabatan count."""

    rung: str
    note: str
    actor_id: int | None
    house: tuple[str, ...]
    day: date
    now: datetime


def carry_out(tx: Tx, plan: Plan, why: Occasion) -> None:
    """Store the plan, note it in each case that it moves something in, and tell the people
    concerned: the claimant of an item, else all who may do it."""
    moved = [(one, one.item.due_at) for one in plan.items if one.moves]
    _log(tx, plan, why)
    for one in plan.items:
        one.moments.put_into(one.item)
    for whole in plan.cases:
        whole.case.due_at, whole.case.at_risk_at = whole.due_at, whole.at_risk_at
    tx.flush()
    notices.take_back(tx, [one.item.id for one, _ in moved])
    _tell(tx, moved, why)


def _log(tx: Tx, plan: Plan, why: Occasion) -> None:
    found: dict[int, list[MovedItem]] = {}
    for item in plan.moved_items():
        found.setdefault(item.case_id, []).append(item)
    whole = {one.case_id: one for one in plan.moved_cases()}
    for case_id in sorted({*found, *whole}):
        items = found.get(case_id, [])
        cases.add_event(
            tx,
            why.now,
            "due_moved",
            why.actor_id,
            case_id=case_id,
            work_item_id=items[0].item if len(items) == 1 else None,
            note=why.note,
            items=[{"item": one.item, **_change(one)} for one in items],
            due=_change(whole[case_id]) if case_id in whole else None,
        )


def _change(one: MovedItem | MovedCase) -> dict[str, str | None]:
    return {
        "before": one.before.isoformat() if one.before else None,
        "after": one.after.isoformat() if one.after else None,
    }


def _tell(tx: Tx, moved: Sequence[tuple[ItemPlan, datetime | None]], why: Occasion) -> None:
    claimants = standing_claimants(tx, [one.item.id for one, _ in moved], why.day)
    told = [
        (one, before, not_barred(one.item, claimants.get(one.item.id, to)))
        for one, before, to in _holders(tx, moved, why.day)
    ]
    known = {person.id for _, _, to in told for person in to}
    audience = meet(tx, known, why.day, why.house, [one.item for one, _, _ in told])
    rows = []
    for one, before, to in told:
        saying = Saying("due_moved", why.rung, before=before, reason=why.note)
        matter = Matter(one.item, one.unit, one.sop, one.calendar)
        rows += notice_rows(audience, saying, matter, to, why.now)
    notices.add_notices(tx, rows)


def _holders(
    tx: Tx, moved: Collection[tuple[ItemPlan, datetime | None]], day: date
) -> list[tuple[ItemPlan, datetime | None, Sequence[Person]]]:
    """Each with all who may do it, one statement a role."""
    found: list[tuple[ItemPlan, datetime | None, Sequence[Person]]] = []
    for role in sorted({one.item.role for one, _ in moved}):
        mine = [(one, before) for one, before in moved if one.item.role == role]
        holders = people.holders_by_unit(tx, role, {one.unit.id for one, _ in mine}, day)
        found += [
            (one, before, left_of(one.item, holders.get(one.unit.id, ()))) for one, before in mine
        ]
    return found
