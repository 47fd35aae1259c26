"""Reminders and escalations: written when due, each once, whatever happens."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from engine.app import App
from engine.channels.news import News
from engine.notifying import (
    Audience,
    Matter,
    NoticeRow,
    Saying,
    announce,
    hearers,
    left_of,
    meet,
    not_barred,
    notice_rows,
)
from engine.store import cases, handovers, ladders, notices, pauses, people, reminders
from engine.store.calendars import calendars_of
from engine.store.lines import sop_of
from engine.store.people import Holder
from engine.store.snoozes import PUT_OFF, SNOOZED
from engine.store.tables import Person, WorkItem
from engine.store.transaction import Tx, transaction
from engine.telling import tell_watchers, topic_of_item
from workflows.deadlines import DueRung, RungAt, due_rungs, next_moment, rungs_with_moments

LATE = "overdue"  # the kind of rung of which who watches the case hears as well
RETRY = timedelta(days=1)  # when nobody could be told
Snoozes = Mapping[tuple[int, int], Sequence[tuple[datetime, datetime]]]
AT_ONCE = 500  # items that newcomers are told of in one transaction


@dataclass(frozen=True)
class Look:
    """An item whose ladder is looked at; `performers`: whoever has claimed it and still acts in its
    role, with who prepares it for them, else all who act in it."""

    matter: Matter
    rungs: tuple[RungAt, ...]
    performers: Sequence[Person]


@dataclass(frozen=True)
class Told:
    """One rung of one item with whoever hears of it; `late`: how many it stands for."""

    matter: Matter
    due: DueRung
    recipients: Sequence[Person]
    late: int


@dataclass
class Turn:
    """Items looked at together; `holders` and `met` are found once for all of them."""

    tx: Tx
    day: date
    now: datetime
    looks: Sequence[Look] = ()
    holders: dict[tuple[str, int], Sequence[Holder]] = field(default_factory=dict)
    met: dict[tuple[object, ...], Sequence[Person]] = field(default_factory=dict)
    known: Collection[tuple[int | None, str]] = ()


def due_item_ids(app: App, now: datetime, limit: int = 20_000) -> tuple[int, ...]:
    """Items with a rung due; they are then `raise_notices`' to handle, many at a time."""
    with transaction(app.sessions) as tx:
        return tuple(reminders.due_item_ids(tx, now, limit))


def raise_notices(app: App, item_ids: Collection[int], now: datetime) -> int:
    """Write what the ladders of these items have due; how many notices are new. Safe to run twice.

    One transaction for all of them, in a number of statements that does not grow with them; what
    is being moved at this moment is left to the next call. While nobody holds an item's role or
    stands above it, the item is looked at again every day.
    """
    with transaction(app.sessions) as tx:
        turn = _look(Turn(tx, app.today(now), now), item_ids)
        told = [one for look in turn.looks for one in _told(turn, look)]
        return _write(turn, app, told)


def _look(turn: Turn, item_ids: Collection[int]) -> Turn:
    tx, found = turn.tx, []
    for item, definition in reminders.lock_items(tx, item_ids):
        if item.next_notice_at is not None and item.next_notice_at <= turn.now:
            found.append((item, sop_of(definition)))
    ids = [item.id for item, _ in found]
    units = people.units_by_id(tx, {item.unit_id for item, _ in found})
    calendars = calendars_of(tx, units.values())
    standing = ladders.ladders_of(tx, {sop.key for _, sop in found})
    stretches = pauses.stretches_of(tx, ids)
    claimants = reminders.standing_claimants(tx, ids, turn.day)
    turn.known = reminders.known_rungs(tx, ids)
    _find_holders(turn, [item for item, _ in found if item.id not in claimants])
    looks = []
    for item, sop in found:
        start, due, calendar = item.available_at, item.due_at, calendars[item.unit_id]
        ladder, pauses_of_item = standing.of(sop, item.node), stretches.get(item.id, ())
        mine = claimants.get(item.id)
        performers = not_barred(item, mine) if mine else _left(turn, item)
        matter = Matter(item, units[item.unit_id], sop, calendar, performers)
        rungs = rungs_with_moments(calendar, start, due, ladder, pauses_of_item)
        looks.append(Look(matter, rungs, performers))
    turn.looks = looks
    return turn


def _find_holders(turn: Turn, items: Collection[WorkItem]) -> None:
    """Whoever may do these items, one statement a role."""
    for role in {item.role for item in items}:
        wanted = {item.unit_id for item in items if item.role == role}
        by_unit = people.holders_by_unit(turn.tx, role, wanted, turn.day)
        turn.holders |= {(role, unit_id): by_unit.get(unit_id, ()) for unit_id in wanted}


def _left(turn: Turn, item: WorkItem) -> Sequence[Person]:
    return left_of(item, turn.holders[item.role, item.unit_id])


def _told(turn: Turn, look: Look) -> list[Told]:
    """What is due of the item's ladder, and when to look again."""
    item, told = look.matter.item, []
    for due in due_rungs(look.rungs, turn.now):
        late = sum((item.id, rung.key) not in turn.known for rung in due.late)
        told.append(Told(look.matter, due, _recipients(turn, look, due.whom), late))
    unheard = any(not one.recipients for one in told)
    moments = [next_moment(look.rungs, turn.now), turn.now + RETRY if unheard else None]
    item.next_notice_at = min((at for at in moments if at), default=None)
    return told


def _recipients(turn: Turn, look: Look, whom: str) -> Sequence[Person]:
    item = look.matter.item
    if whom == "performer":
        return look.performers
    if whom == "role":
        if (item.role, item.unit_id) not in turn.holders:
            _find_holders(turn, [item])
        return _left(turn, item)
    if whom != "superior":
        return _met(turn, (whom,), item, whom, ())
    above = _met(turn, (whom, item.role, item.unit_id), item, whom, ())
    known = frozenset(person.id for person in look.performers)
    if any(person.id in known for person in above):  # then somebody further up hears
        key = (whom, item.role, item.unit_id, known)
        return _met(turn, key, item, whom, look.performers)
    return above


def _met(
    turn: Turn, key: tuple[object, ...], item: WorkItem, whom: str, performers: Sequence[Person]
) -> Sequence[Person]:
    if key not in turn.met:
        turn.met[key] = hearers(turn.tx, whom, item, performers, turn.day)
    return turn.met[key]


def _write(turn: Turn, app: App, told: Sequence[Told]) -> int:
    """The rows, what they make needless, and an event for each rung that is new."""
    known = {person.id for one in told for person in (*one.recipients, *one.matter.performers)}
    items = [one.matter.item for one in told]
    audience = meet(turn.tx, known, turn.day, app.house_channels, items)
    ids = [one.matter.item.id for one in told]
    asleep = reminders.snoozes_of(turn.tx, ids)
    rows = [row for one in told for row in _rows(audience, one, asleep, turn.now)]
    new = notices.add_new(turn.tx, rows)
    raised = {(item_id, rung) for item_id, rung in new}
    fresh = [one for one in told if (one.matter.item.id, one.due.rung.key) in raised]
    needless = {
        (one.matter.item.id, person.id, rung.key)
        for one in fresh
        for rung in one.due.late
        if (one.matter.item.id, rung.key) in turn.known
        for person in one.recipients
    }
    reminders.supersede(turn.tx, needless, turn.now)
    for one in fresh:
        _log(turn, one)
    return len(new) + _tell_watchers(turn, [one for one in fresh if one.due.rung.kind == LATE])


def _tell_watchers(turn: Turn, late: Sequence[Told]) -> int:
    """Whoever watches a case hears once of each item of it that is late."""
    cases_of = {one.matter.item.case_id for one in late}
    watched = handovers.watchers(turn.tx, cases_of) if cases_of else {}
    told = 0
    for one in late:
        item = one.matter.item
        if item.case_id in watched and (case := cases.find_case(turn.tx, item.case_id)):
            news, definition = News("watched_late"), cases.definition_of(turn.tx, case)
            topic = partial(topic_of_item, turn.tx, item, definition)
            told += tell_watchers(turn.tx, case, news, f"late:{item.id}", topic, turn.now)
    return told


def _rows(audience: Audience, one: Told, asleep: Snoozes, now: datetime) -> list[NoticeRow]:
    """Who did not want to be reminded when the rung came gets it as given up: it counts as
    raised, and the notice at the end of the snooze takes its place."""
    rung, item_id = one.due.rung, one.matter.item.id
    saying = Saying(
        kind=rung.kind,
        rung=rung.key,
        channels=rung.channels,
        own=(rung.subject, rung.body),
        any_hour=rung.any_hour,
        late=one.late,
    )
    rows = notice_rows(audience, saying, one.matter, one.recipients, now)
    for row in rows if rung.kind in PUT_OFF else ():
        for start, until in asleep.get((item_id, row["person_id"]), ()):
            if now < until or start <= one.due.at < until:
                row |= {"sent_at": None, "given_up_at": now, "last_error": SNOOZED}
    return rows


def _log(turn: Turn, one: Told) -> None:
    names = ", ".join(person.name for person in one.recipients)
    item, kind = one.matter.item, f"{one.due.rung.kind}_raised"
    where = {"case_id": item.case_id, "work_item_id": item.id}
    cases.add_event(turn.tx, turn.now, kind, None, **where, note=names)


def postpone(app: App, item_id: int, until: datetime) -> None:
    """Let a failing item wait, so that it cannot hold up the others at every tick."""
    with transaction(app.sessions) as tx:
        for item, _ in reminders.lock_items(tx, [item_id]):
            if item.next_notice_at is not None:
                item.next_notice_at = until


def tell_newcomers(app: App, now: datetime) -> int:
    """Tell whoever has come to a jabatan of the open items that wait there; how many notices."""
    with transaction(app.sessions) as tx:
        for channel in app.house_channels:
            reminders.copy_assigned(tx, channel, now)
        ids = reminders.newcomer_item_ids(tx, app.today(now), AT_ONCE)
        return announce(tx, _matters(tx, ids), now) if ids else 0


def _matters(tx: Tx, item_ids: Collection[int]) -> list[Matter]:
    found = reminders.lock_items(tx, item_ids)
    units = people.units_by_id(tx, {item.unit_id for item, _ in found})
    calendars = calendars_of(tx, units.values())
    return [
        Matter(item, units[item.unit_id], sop_of(definition), calendars[item.unit_id])
        for item, definition in found
    ]


def end_snoozes(app: App, now: datetime) -> int:
    """Remind those whose wish not to be reminded is over; how many notices."""
    with transaction(app.sessions) as tx:
        ended = reminders.ended_snoozes(tx, now, AT_ONCE)
        matters = {m.item.id: m for m in _matters(tx, {snooze.work_item_id for snooze, _ in ended})}
        known = {person.id for _, person in ended}
        items = [matter.item for matter in matters.values()]
        audience = meet(tx, known, app.today(now), app.house_channels, items)
        rows: list[NoticeRow] = []
        for snooze, person in ended:
            if matter := matters.get(snooze.work_item_id):
                saying = Saying(SNOOZED, f"{SNOOZED}:{snooze.id}", reason=snooze.reason)
                rows += notice_rows(audience, saying, matter, [person], now)
        return notices.add_notices(tx, rows)
