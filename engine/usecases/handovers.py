"""A work item goes from hand to hand: prepared by a colleague, assigned by a superior, returned."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime

from engine.app import App
from engine.channels.news import News
from engine.errors import ConflictError, NotAllowedError
from engine.handing import (
    capacity_on,
    find_colleague,
    hand,
    look_again,
    refuse_barred,
    refuse_outsider,
    speaks_as,
    superior_capacity,
    tell_of,
)
from engine.handover_values import HandoverLine
from engine.notifying import not_barred
from engine.people_lines import handover_line
from engine.store import cases, handovers, people, reminders
from engine.store.access import OpenedCase, open_item
from engine.store.handovers import DELEGATED, HANDED_BACK, REASSIGNED, RECALLED, RETURNED
from engine.store.tables import Handover, Person, WorkItem
from engine.store.transaction import Tx, transaction
from workflows.disposisi import check_disposition
from workflows.reason import MAX_LENGTH, check_reason
from workflows.remark import check_remark
from workflows.rights import Actor


def delegate_item(
    app: App,
    actor: Actor,
    item_id: int,
    to: str,
    now: datetime,
    *,
    instructions: Collection[str] = (),
    urgency: str = "biasa",
    note: str = "",
) -> HandoverLine:
    """Hand an item to a colleague who may read the case, to prepare it; it stays with the actor,
    who takes it with that and alone may complete it, once it is back.

    Raises as `work_items.claim_work_item` does; NotFoundError: person_not_found; NotAllowedError:
    colleague_outside, colleague_barred; ConflictError: colleague_self, colleague_ended,
    colleague_away; InvalidAnswerError: invalid_handover, invalid_text.
    """
    asked = tuple(check_disposition(instructions, urgency))
    note, day = _note(note), app.today(now)
    with transaction(app.sessions) as tx:
        item, opened = open_item(tx, actor, item_id, "delegate", day)
        person = find_colleague(tx, actor, to, day)
        refuse_outsider(tx, opened, person, day)
        refuse_barred(item, person)
        capacity = capacity_on(actor, opened, item)
        if item.claimed_by != actor.person_id:
            item.state, item.claimed_by, item.claimed_at = "claimed", actor.person_id, now
            where = {"case_id": item.case_id, "work_item_id": item.id}
            acted_as = asdict(capacity) if capacity else None
            cases.add_event(tx, now, "item_claimed", actor.person_id, **where, acted_as=acted_as)
        item.delegate_id = person.id
        row = hand(
            tx, item, actor, DELEGATED, person.id, now,
            capacity=capacity, note=note, instructions=asked, urgency=urgency,
        )  # fmt: skip
        look_again(tx, item, now)
        news = News("delegated", note=note, acted_as=capacity, instructions=asked, urgency=urgency)
        tell_of(tx, app, actor, opened, item, news, _rung(row), [person.id], now)
        return _line(tx, row)


def recall_item(
    app: App, actor: Actor, item_id: int, now: datetime, note: str = ""
) -> HandoverLine:
    """Take an item back from whoever prepares it, whether they are there or not; its draft stays.

    Raises as `work_items.claim_work_item` does; NotAllowedError: item_not_delegated.
    """
    note = _note(note)
    with transaction(app.sessions) as tx:
        item, opened = open_item(tx, actor, item_id, "recall", app.today(now))
        return _end(tx, app, actor, opened, item, RECALLED, item.delegate_id, note, now)


def hand_back_item(
    app: App, actor: Actor, item_id: int, now: datetime, note: str = ""
) -> HandoverLine:
    """Give an item back that one has prepared, to whoever handed it over.

    Raises NotAllowedError: item_not_delegated, item_not_delegated_to_you; as
    `work_items.claim_work_item` does otherwise; InvalidAnswerError: invalid_text.
    """
    note = _note(note)
    with transaction(app.sessions) as tx:
        item, opened = open_item(tx, actor, item_id, "hand_back", app.today(now))
        return _end(tx, app, actor, opened, item, HANDED_BACK, item.claimed_by, note, now)


def _end(
    tx: Tx,
    app: App,
    actor: Actor,
    opened: OpenedCase,
    item: WorkItem,
    kind: str,
    to: int | None,
    note: str,
    now: datetime,
) -> HandoverLine:
    item.delegate_id = None
    tx.flush()
    capacity = speaks_as(tx, actor, opened, item, app.today(now))
    row = hand(tx, item, actor, kind, to, now, capacity=capacity, note=note)
    told = [] if to is None else [to]
    if kind == HANDED_BACK:  # whoever it waits for now, if its owner is away
        found = reminders.standing_claimants(tx, [item.id], app.today(now))
        waits_for = not_barred(item, found.get(item.id, ()))
        told = [person.id for person in waits_for] or told
    news = News(kind, note=note, acted_as=capacity)
    tell_of(tx, app, actor, opened, item, news, _rung(row), told, now)
    look_again(tx, item, now)
    return _line(tx, row)


def reassign_item(
    app: App, actor: Actor, item_id: int, to: str, reason: str, now: datetime
) -> HandoverLine:
    """Assign an item to somebody who acts in its role, whoever has it now.

    Raises as `delegate_item` does; NotAllowedError: not_superior, not_a_performer; ConflictError:
    already_with; InvalidAnswerError: reason_missing.
    """
    reason, day = check_reason(reason), app.today(now)
    with transaction(app.sessions) as tx:
        item, opened = open_item(tx, actor, item_id, "reassign", day)
        person = people.find_person(tx, login=to)
        if person is None or person.id != actor.person_id:
            person = find_colleague(tx, actor, to, day)
        holders = people.holders(tx, item.role, item.unit_id, day)
        if person.id not in {one.id for one in holders}:
            raise NotAllowedError("not_a_performer", person=person.name)
        if person.id not in {one.id for one in people.performers(tx, item, day)}:
            raise NotAllowedError("colleague_barred", person=person.name)
        if item.claimed_by == person.id and item.delegate_id is None:
            raise ConflictError("already_with", person=person.name)
        before = {one for one in (item.claimed_by, item.delegate_id) if one is not None}
        item.state, item.claimed_by, item.claimed_at = "claimed", person.id, now
        item.delegate_id = None
        above = people.jabatan_above(tx, item.role, item.unit_id)
        capacity = superior_capacity(actor, above)
        row = hand(tx, item, actor, REASSIGNED, person.id, now, capacity=capacity, note=reason)
        look_again(tx, item, now)
        news = News("reassigned", note=reason, acted_as=capacity)
        tell_of(tx, app, actor, opened, item, news, _rung(row), [person.id], now)
        taken = News("taken", note=reason, acted_as=capacity, other=person.name)
        others = sorted(before - {person.id})
        tell_of(tx, app, actor, opened, item, taken, f"taken:{row.id}", others, now)
        return _line(tx, row)


def return_item(app: App, actor: Actor, item_id: int, reason: str, now: datetime) -> HandoverLine:
    """Give a claimed item back: to whoever assigned it, where they act in its role, else to all who
    do. Whoever assigned it hears why, else those it waits for now, else their superiors.

    Raises as `work_items.release_work_item` does; InvalidAnswerError: reason_missing.
    """
    reason, day = check_reason(reason), app.today(now)
    with transaction(app.sessions) as tx:
        item, opened = open_item(tx, actor, item_id, "release", day)
        capacity = capacity_on(actor, opened, item)
        given = handovers.last_handover(tx, item.id, (REASSIGNED, RETURNED))
        giver = given.from_id if given is not None and given.to_id == item.claimed_by else None
        performers = people.performers(tx, item, day)
        takes = giver in {one.id for one in performers}
        item.state = "claimed" if takes else "ready"
        item.claimed_by, item.claimed_at = (giver, now) if takes else (None, None)
        row = hand(tx, item, actor, RETURNED, giver, now, capacity=capacity, note=reason)
        look_again(tx, item, now)
        told = [giver] if giver is not None else _others(tx, actor, item, performers, day)
        news = News("returned", note=reason, acted_as=capacity)
        tell_of(tx, app, actor, opened, item, news, _rung(row), told, now)
        return _line(tx, row)


def _others(
    tx: Tx, actor: Actor, item: WorkItem, performers: Collection[Person], day: date
) -> list[int]:
    """Who else may do the item, else whoever stands above its role."""
    free = [one.id for one in performers if one.id != actor.person_id]
    if free:
        return free
    above = people.superiors(tx, item.role, item.unit_id, performers, day)
    return [one.id for one in above]


def _note(text: str) -> str:
    return check_remark(text, "note", limit=MAX_LENGTH, required=False)


def _rung(row: Handover) -> str:
    return f"handover:{row.id}"


def _line(tx: Tx, row: Handover) -> HandoverLine:
    rows = handovers.handover_rows(tx, row.work_item_id)
    return next(handover_line(one) for one in rows if one[0].id == row.id)
