"""What the use cases of leave share: whether one fits, who hears of it, as which line it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from engine.app import App
from engine.channels.news import News
from engine.errors import ConflictError, NotAllowedError
from engine.handover_values import AbsenceLine
from engine.store import absences, notices, people
from engine.store.lines import kegiatan_of, sop_of
from engine.store.tables import Absence, Person
from engine.store.transaction import Tx
from engine.telling import Topic, tell, topic_of_unit
from workflows.errors import InvalidTimeError
from workflows.leave import Leave, find_absence, find_loop, find_overlap
from workflows.rights import Actor, Thing, may

LISTED = 15  # open items that a notice names


def check_leave(tx: Tx, leave: Leave, substitute: Person, begun: date | None = None) -> None:
    """Whether it fits beside what is known; `begun`: the first day of one that has begun.

    Raises InvalidTimeError: invalid_leave (field, reason begun, no_jabatan, not_held);
    ConflictError: substitute_self, colleague_ended, substitute_away, substitute_loop,
    leave_overlaps.
    """
    if begun is not None and leave.since != begun:
        raise InvalidTimeError("invalid_leave", field="since", reason="begun")
    held = {row.id for row, _ in absences.jabatan_held(tx, leave.person, leave.since, leave.until)}
    if not held or leave.scope - held:
        reason = "not_held" if held else "no_jabatan"
        raise InvalidTimeError("invalid_leave", field="jabatan", reason=reason)
    if leave.substitute == leave.person:
        raise ConflictError("substitute_self", person=substitute.name)
    if substitute.disabled_at is not None:
        raise ConflictError("colleague_ended", person=substitute.name)
    known = absences.leaves_between(tx, leave.since, leave.until)
    names = people.person_names(tx, {one.person for one in known} | {leave.person})
    if other := find_overlap(leave, known):
        raise _taken("leave_overlaps", other, names)
    if other := find_absence(leave.substitute, leave, known):
        raise _taken("substitute_away", other, names)
    if ring := find_loop(leave, known):
        persons = ", ".join(names.get(one, "?") for one in ring)
        raise ConflictError("substitute_loop", persons=persons)


def demand_all(tx: Tx, actor: Actor, leave: Leave, person: Person) -> None:
    """A substitute gets every jabatan that the leave is for: whoever names one for somebody else
    stands above each of them, or administers its unit. Else somebody appointed to a jabatan of
    their unit would bring them the others.

    Raises NotAllowedError: leave_not_yours.
    """
    if may(actor, "leave", Thing(person=person.id)) is None:
        return
    for jabatan, unit in _handed_on(tx, leave):
        above = absences.above_jabatan(tx, jabatan.id)
        if may(actor, "leave", Thing(unit.id, tuple(unit.ancestors), above=above)):
            raise NotAllowedError("leave_not_yours", person=person.login)


def _handed_on(tx: Tx, leave: Leave) -> Iterator[absences.JabatanRow]:
    """What it is for; one from everything also hands on what the person stands in for."""
    known = absences.leaves_between(tx, leave.since, leave.until)
    todo, seen = [leave], {leave.person}
    while todo:
        one = todo.pop()
        for row in absences.jabatan_held(tx, one.person, leave.since, leave.until):
            if not one.scope or row[0].id in one.scope:
                yield row
        if not one.scope:
            further = [o for o in known if o.substitute == one.person and o.person not in seen]
            seen |= {other.person for other in further}
            todo += further


def _taken(code: str, other: Leave, names: Mapping[int | None, str]) -> ConflictError:
    since, until = other.since.isoformat(), other.until.isoformat()
    return ConflictError(code, person=names.get(other.person), since=since, until=until)


def tell_leave(
    tx: Tx,
    app: App,
    actor: Actor,
    row: Absence,
    what: str,
    now: datetime,
    *,
    before: Leave | None = None,
    news: News | None = None,
) -> None:
    """Tell all whom a leave concerns but the actor: the substitute, the one that it had `before`
    it was changed, the person themselves, and those for whom the person stands in on these days.
    Of one that has begun the substitute hears just that."""
    names = people.person_names(tx, [row.person_id, row.substitute_id])
    away, stand_in = names[row.person_id], names[row.substitute_id]
    scope = jabatan_names(tx, [row])
    base = news or News(what, since=row.since, until=row.until, note=row.reason)
    base = replace(base, other=away, by=actor.name, scope=tuple(scope[i] for i in row.jabatan_ids))
    topic = topic_for(tx, row.person_id, app, now)
    begun = absences.begun_unheard(tx, app.today(now), 1, row.id)
    tell_begun(tx, app, begun, now)
    told = [] if begun else [(row.substitute_id, replace(base, what=what))]
    if before is not None and before.substitute != row.substitute_id:
        former = replace(base, what="leave_handed_on", since=before.since, until=before.until)
        told.append((before.substitute, former))
    if what == "leave_cancelled":
        told.append((row.person_id, replace(base, what="leave_shortened")))
    else:
        told.append((row.person_id, replace(base, what="leave_noted", other=stand_in)))
    if what != "leave_cancelled" and not row.jabatan_ids:
        for other in absences.leaves_between(tx, row.since, row.until):
            if other.substitute == row.person_id:
                relayed = replace(base, what="leave_relayed", other=stand_in)
                told.append((other.person, relayed))
    for person_id, one in told:
        if person_id is not None and person_id != actor.person_id:
            rung = f"{one.what}:{row.id}:{now.isoformat()}"
            tell(tx, one, rung, topic, [person_id], now, app.house_channels)


def tell_begun(tx: Tx, app: App, begun: Iterable[absences.BegunRow], now: datetime) -> int:
    """Tell who stands in from today, with the tasks that are open; how many notices. What was
    written to them of its plan and has not been sent says less, and is forgotten."""
    told = 0
    for row, away, acting in begun:
        for planned in ("leave_planned", "leave_changed"):
            notices.forget_rung(tx, f"{planned}:{row.id}:")
        scope = (*jabatan_names(tx, [row]).values(),)
        news = News("leave_began", until=row.until, other=away.name, scope=scope, note=row.reason)
        news = with_items(tx, news, row, acting.id, app.today(now))
        rung, topic = f"{absences.BEGAN}:{row.id}", topic_for(tx, away.id, app, now)
        told += tell(tx, news, rung, topic, [acting.id], now, app.house_channels)
    return told


def topic_for(tx: Tx, person_id: int, app: App, now: datetime) -> Topic:
    """By the working hours of the person's first unit."""
    day = app.today(now)
    held = absences.jabatan_held(tx, person_id, day, day)
    unit = held[0][1] if held else people.list_units(tx)[0]
    return topic_of_unit(tx, unit)


def with_items(tx: Tx, news: News, row: Absence, acting_id: int, today: date) -> News:
    """With the open items that wait for the person who is, or was, on leave, and that who acts
    may do."""
    scope = row.jabatan_ids
    found = absences.open_items_of(tx, row.person_id, acting_id, scope, today, LISTED + 1)
    items = tuple(
        (f"{kegiatan_of(sop_of(home), item.node).name}, kasus {item.case_id}", item.due_at)
        for item, home in found[:LISTED]
    )
    return replace(news, items=items, more=max(0, len(found) - LISTED))


def jabatan_names(tx: Tx, rows: Iterable[Absence]) -> dict[int, str]:
    """jabatan id -> its name, of all that these leaves are for."""
    return people.jabatan_names(tx, {one for row in rows for one in row.jabatan_ids})


def absence_line(
    row: absences.AbsenceRow, names: Mapping[int, str], reader: int | None, today: date
) -> AbsenceLine:
    """From a row of `absences.absence_rows`."""
    absence, person, substitute, noted_by = row
    return AbsenceLine(
        id=absence.id,
        login=person.login,
        name=person.name,
        substitute=substitute.name,
        substitute_login=substitute.login,
        since=absence.since,
        until=absence.until,
        scope=tuple(names.get(one, "?") for one in absence.jabatan_ids),
        scope_ids=tuple(absence.jabatan_ids),
        reason=absence.reason,
        state=_state(absence, today),
        noted_by=noted_by,
        mine=absence.person_id == reader,
    )


def _state(absence: Absence, today: date) -> str:
    if absence.cancelled_at is not None:
        return "cancelled"
    if absence.until < today:
        return "over"
    return "running" if absence.since <= today else "planned"
