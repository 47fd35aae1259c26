"""Pauses of work items, and the stretches in which the time of a whole case does not run."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, select, update
from sqlalchemy.orm import aliased

from engine.store.tables import Case, Pause, Person, Unit, WorkItem
from engine.store.transaction import Tx
from engine.time_values import PauseLine
from workflows.deadlines import Stretch, gaps, without

SUSPENDED = "suspended"
PauseRow = Row[Pause, Unit, str]


def stretches_of(tx: Tx, item_ids: Collection[int]) -> dict[int, list[Stretch]]:
    """item id -> its pauses; one without any is missing."""
    found: dict[int, list[Stretch]] = {}
    if not item_ids:
        return found
    query = select(Pause.work_item_id, Pause.started_at, Pause.ended_at)
    for item_id, start, end in tx.execute(query.where(Pause.work_item_id.in_(item_ids))):
        found.setdefault(item_id, []).append(Stretch(start, end))
    return found


def idle_of(tx: Tx, cases: Collection[Case]) -> dict[int, tuple[Stretch, ...]]:
    """case id -> when the time that its SOP states for the whole does not run: no step with a
    standard is open, or all that are open are paused, as by a suspension of the case."""
    rows = tx.execute(
        select(WorkItem.case_id, WorkItem.id, WorkItem.available_at, WorkItem.completed_at).where(
            WorkItem.case_id.in_([case.id for case in cases]), WorkItem.due_at.is_not(None)
        )
    ).all()
    stretches = stretches_of(tx, [item_id for _, item_id, _, _ in rows])
    runs: dict[int, list[Stretch]] = {}
    for case_id, item_id, start, end in rows:
        stay = Stretch(start, end)
        runs.setdefault(case_id, []).extend(without(stay, stretches.get(item_id, ())))
    return {case.id: gaps(case.started_at, runs.get(case.id, ())) for case in cases}


def add_pauses(tx: Tx, rows: Collection[Pause]) -> None:
    tx.add_all(rows)
    tx.flush()


def find_pause(tx: Tx, pause_id: int) -> Pause | None:
    """Reads afresh: one seen before the case was locked may have ended since."""
    return tx.get(Pause, pause_id, populate_existing=True)


def open_pauses(tx: Tx, item_ids: Collection[int]) -> Sequence[Pause]:
    """Those that go on, of persons and of suspensions, the oldest first."""
    query = select(Pause).where(Pause.work_item_id.in_(item_ids), Pause.ended_at.is_(None))
    return tx.scalars(query.order_by(Pause.started_at, Pause.id)).all()


def end_pauses(
    tx: Tx, rows: Collection[Pause], at: datetime, ending: str, by: int | None = None
) -> None:
    """No pause ends before it began, whatever the clocks say."""
    for row in rows:
        row.ended_at, row.ending, row.ended_by = max(at, row.started_at), ending, by
    tx.flush()


def pauses_awaiting(tx: Tx, case_id: int, unit_ids: Collection[int]) -> Sequence[Pause]:
    """The open pauses of the case that wait for one of these units."""
    return tx.scalars(
        select(Pause)
        .join(WorkItem, WorkItem.id == Pause.work_item_id)
        .where(
            WorkItem.case_id == case_id,
            Pause.ended_at.is_(None),
            Pause.awaited_unit_id.in_(unit_ids),
        )
        .order_by(Pause.id)
    ).all()


def due_pause_ids(tx: Tx, now: datetime, limit: int) -> Sequence[int]:
    """Ids of open pauses whose date has come."""
    query = select(Pause.id).where(Pause.ended_at.is_(None), Pause.resume_at <= now)
    return tx.scalars(query.order_by(Pause.resume_at, Pause.id).limit(limit)).all()


def postpone_pause(tx: Tx, pause_id: int, until: datetime) -> None:
    going_on = (Pause.id == pause_id, Pause.ended_at.is_(None))
    tx.execute(update(Pause).where(*going_on).values(resume_at=until))


def pause_rows(tx: Tx, item_ids: Collection[int], *, only_open: bool = False) -> Sequence[PauseRow]:
    """(Pause, the awaited unit | None, name of who began it | None), the oldest first."""
    starter = aliased(Person)
    query = (
        select(Pause, Unit, starter.name)
        .outerjoin(Unit, Unit.id == Pause.awaited_unit_id)
        .outerjoin(starter, starter.id == Pause.started_by)
        .where(Pause.work_item_id.in_(item_ids))
        .order_by(Pause.started_at, Pause.id)
    )
    if only_open:
        query = query.where(Pause.ended_at.is_(None))
    return tx.execute(query).all()


def open_pause_lines(tx: Tx, item_ids: Collection[int]) -> dict[int, PauseLine]:
    """item id -> the pause that it is in; that of a person goes before the suspension of its
    case."""
    if not item_ids:
        return {}
    rows = pause_rows(tx, item_ids, only_open=True)
    own_last = sorted(rows, key=lambda row: row[0].kind != SUSPENDED)
    return {row[0].work_item_id: pause_line(row) for row in own_last}


def pause_line(row: PauseRow) -> PauseLine:
    pause, unit, by = row
    return PauseLine(
        id=pause.id,
        item=pause.work_item_id,
        kind=pause.kind,
        awaited=unit.code if unit else "",
        awaited_name=unit.name if unit else "",
        reason=pause.reason,
        by=by,
        started_at=pause.started_at,
        resume_at=pause.resume_at,
        ended_at=pause.ended_at,
        ending=pause.ending,
    )
