"""Pausing the standard of a work item, letting it go on, and whose time it has used."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from engine.acting import capacity_of
from engine.app import App
from engine.deadlining import end_pauses, log_ended, reckon_case
from engine.errors import ConflictError, NotFoundError
from engine.ledgers import ledger_of
from engine.store import cases, notices, pauses, people, work_items
from engine.store.access import OpenedCase, open_item, read_item, refuse_suspended
from engine.store.calendars import calendar_of
from engine.store.lines import sop_of_item
from engine.store.tables import Pause, Unit, WorkItem
from engine.store.transaction import Tx, transaction
from engine.time_values import Ledger, PauseLine
from workflows.errors import InvalidAnswerError
from workflows.reason import check_reason
from workflows.rights import Actor
from workflows.workdays import next_opening, to_local, to_utc

LONGEST = timedelta(days=366)  # that a pause may be told to last; a longer one is a mistake


def pause_work_item(
    app: App,
    actor: Actor,
    item_id: int,
    reason: str,
    now: datetime,
    *,
    awaiting: str | None = None,
    resume_on: date | None = None,
) -> PauseLine:
    """Let the standard of an item stand still until it is resumed.

    It goes on by itself with the opening of `resume_on`, and as soon as somebody of the unit
    `awaiting` (its code) does something in the case. Raises NotFoundError: item_not_found,
    unit_not_found; NotAllowedError: case_not_yours, item_not_yours, item_claimed_by_other;
    ConflictError: work_item_done, work_item_withdrawn, case_suspended, item_paused (by, at);
    InvalidAnswerError: reason_missing, invalid_pause (field, reason own_unit, past, too_far).
    """
    reason = check_reason(reason)
    with transaction(app.sessions) as tx:
        item, opened = _open(tx, app, actor, item_id, now)
        standing = _own(tx, item)
        if standing is not None:
            by = people.person_names(tx, [standing.started_by]).get(standing.started_by)
            at = standing.started_at.isoformat()
            raise ConflictError("item_paused", item=item_id, by=by, at=at)
        unit = _awaited(tx, actor, awaiting) if awaiting else None
        row = Pause(
            work_item_id=item.id,
            kind="unit" if unit else "reason",
            awaited_unit_id=unit.id if unit else None,
            reason=reason,
            started_at=max(now, item.available_at),
            started_by=actor.person_id,
            resume_at=_opening(tx, item, resume_on, now) if resume_on else None,
        )
        pauses.add_pauses(tx, [row])
        item.paused_at, item.next_notice_at = row.started_at, None
        notices.take_back(tx, [item.id])
        reckon_case(tx, opened.case, opened.definition)
        _log(tx, now, "item_paused", actor, opened, item, note=reason)
        return _line(tx, row)


def resume_work_item(app: App, actor: Actor, item_id: int, now: datetime) -> PauseLine:
    """Let the standard of a paused item run again: its deadline is later by the working time that
    the pause took.

    Raises as `pause_work_item` does; ConflictError: item_not_paused.
    """
    with transaction(app.sessions) as tx:
        item, opened = _open(tx, app, actor, item_id, now)
        row = _own(tx, item)
        if row is None:
            raise ConflictError("item_not_paused", item=item_id)
        end_pauses(tx, opened.case, opened.definition, [row], "resumed", now, by=actor.person_id)
        _log(tx, now, "item_resumed", actor, opened, item)
        return _line(tx, row)


def _open(
    tx: Tx, app: App, actor: Actor, item_id: int, now: datetime
) -> tuple[WorkItem, OpenedCase]:
    item, opened = open_item(tx, actor, item_id, "pause", app.today(now))
    refuse_suspended(tx, opened.case)
    return item, opened


def _own(tx: Tx, item: WorkItem) -> Pause | None:
    """The pause that somebody has begun, not that of a suspended case."""
    found = pauses.open_pauses(tx, [item.id])
    return next((row for row in found if row.kind != pauses.SUSPENDED), None)


def _awaited(tx: Tx, actor: Actor, code: str) -> Unit:
    unit = people.find_unit(tx, code)
    if unit is None:
        raise NotFoundError("unit_not_found", unit=code)
    if any(unit.id in position.ancestors for position in actor.positions):
        raise InvalidAnswerError("invalid_pause", field="awaiting", reason="own_unit")
    return unit


def _opening(tx: Tx, item: WorkItem, day: date, now: datetime) -> datetime:
    """When work begins on that day, or on the next working day."""
    unit = people.unit_by_id(tx, item.unit_id)
    today = to_local(unit.zone, now).date()
    if day <= today:
        raise InvalidAnswerError("invalid_pause", field="resume_on", reason="past")
    if day - today > LONGEST:
        raise InvalidAnswerError("invalid_pause", field="resume_on", reason="too_far")
    calendar = calendar_of(tx, unit)
    return next_opening(calendar, to_utc(calendar.zone, datetime.combine(day, time.min)))


def _line(tx: Tx, row: Pause) -> PauseLine:
    rows = pauses.pause_rows(tx, [row.work_item_id])
    return next(pauses.pause_line(one) for one in rows if one[0].id == row.id)


def _log(
    tx: Tx,
    now: datetime,
    kind: str,
    actor: Actor,
    opened: OpenedCase,
    item: WorkItem,
    note: str = "",
) -> None:
    where = {"case_id": opened.case.id, "work_item_id": item.id}
    acted_as = capacity_of(actor, opened.thing(item, item.claimed_by))
    cases.add_event(tx, now, kind, actor.person_id, **where, note=note, acted_as=acted_as)


def due_pause_ids(app: App, now: datetime, limit: int = 500) -> tuple[int, ...]:
    """Pauses whose date has come; each is then `end_pause`'s to handle."""
    with transaction(app.sessions) as tx:
        return tuple(pauses.due_pause_ids(tx, now, limit))


def end_pause(app: App, pause_id: int, now: datetime) -> bool:
    """End a pause whose date has come, as of that date however late this is called; False when
    there is nothing to do (any more). Safe to run twice."""
    with transaction(app.sessions) as tx:
        seen = pauses.find_pause(tx, pause_id)
        item = work_items.find_item(tx, seen.work_item_id) if seen else None
        case = cases.lock_case(tx, item.case_id) if item else None
        row = pauses.find_pause(tx, pause_id)
        if case is None or row is None or row.ended_at is not None:
            return False
        if row.resume_at is None or row.resume_at > now:
            return False
        work_items.find_item(tx, row.work_item_id)  # afresh, now that nobody can change it
        definition = cases.definition_of(tx, case)
        end_pauses(tx, case, definition, [row], "date", now, at=row.resume_at)
        log_ended(tx, case, row, now)
        return True


def postpone(app: App, pause_id: int, until: datetime) -> None:
    """Let a pause that fails to end wait, so that it cannot hold up the others at every tick."""
    with transaction(app.sessions) as tx:
        pauses.postpone_pause(tx, pause_id, until)


def read_ledger(app: App, actor: Actor, item_id: int, now: datetime) -> Ledger:
    """Who used how much of the item's standard, for everyone who may read its case.

    Raises NotFoundError: item_not_found; NotAllowedError: case_not_yours.
    """
    with transaction(app.sessions) as tx:
        item, opened = read_item(tx, actor, item_id)
        unit = people.unit_by_id(tx, item.unit_id)
        sop = sop_of_item(item, opened.definition)
        return ledger_of(tx, item, sop, calendar_of(tx, unit), now)
