"""Leave: planned with a substitute, changed, ended; both ends are told when they come."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from engine.app import App
from engine.channels.news import News
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.handover_values import AbsenceLine, Colleague, LeaveChoices, LeaveOverview
from engine.leaves import (
    absence_line,
    check_leave,
    demand_all,
    jabatan_names,
    tell_begun,
    tell_leave,
    topic_for,
    with_items,
)
from engine.store import absences, cases, people
from engine.store.tables import Absence, Person
from engine.store.transaction import Tx, transaction
from engine.telling import tell
from workflows.leave import Leave, check_period
from workflows.reason import check_reason
from workflows.rights import Actor, Thing, may
from workflows.workdays import to_utc

AT_ONCE = 200  # leaves that are told of in one transaction
SHOWN = timedelta(days=366)  # how long ago a leave may have ended that is still listed


def plan_absence(
    app: App,
    actor: Actor,
    login: str,
    substitute: str,
    since: date,
    until: date,
    reason: str,
    now: datetime,
    jabatan_ids: Collection[int] = (),
) -> AbsenceLine:
    """Note that somebody is on leave on these days (both inclusive) and who stands in, for all of
    their jabatan or those named.

    Raises NotFoundError: person_not_found; NotAllowedError: leave_not_yours; InvalidAnswerError:
    reason_missing; InvalidTimeError: invalid_leave (field, reason); ConflictError: colleague_ended,
    substitute_self, substitute_away, substitute_loop, leave_overlaps.
    """
    reason, today = check_reason(reason), app.today(now)
    with transaction(app.sessions) as tx:
        absences.keep_still(tx)
        person = _person(tx, login)
        _ask(tx, actor, person, today)
        stand_in = _person(tx, substitute)
        check_period(since, until, today)
        scope = frozenset(jabatan_ids)
        leave = Leave(None, person.id, stand_in.id, since, until, scope)
        check_leave(tx, leave, stand_in)
        demand_all(tx, actor, leave, person)
        row = absences.add_absence(tx, _row(leave, reason, actor, now))
        _log(tx, now, "leave_planned", actor, row)
        tell_leave(tx, app, actor, row, "leave_planned", now)
        return _line(tx, row, actor, today)


def change_absence(
    app: App,
    actor: Actor,
    absence_id: int,
    substitute: str,
    since: date,
    until: date,
    reason: str,
    now: datetime,
    jabatan_ids: Collection[int] = (),
) -> AbsenceLine:
    """Give a leave that is not over other days, another substitute or other jabatan. What has been
    until yesterday stays as it was.

    Raises as `plan_absence` does; NotFoundError: leave_not_found; ConflictError: leave_over.
    """
    reason, today = check_reason(reason), app.today(now)
    with transaction(app.sessions) as tx:
        row, person = _open(tx, actor, absence_id, today)
        stand_in = _person(tx, substitute)
        check_period(since, until, today, earliest=row.since)
        leave = Leave(row.id, person.id, stand_in.id, since, until, frozenset(jabatan_ids))
        check_leave(tx, leave, stand_in, begun=row.since if row.since <= today else None)
        demand_all(tx, actor, leave, person)
        scope = frozenset(row.jabatan_ids)
        before = Leave(row.id, person.id, row.substitute_id, row.since, row.until, scope)
        others = (before.substitute, scope) != (stand_in.id, leave.scope)
        if row.since < today and others:
            row.until, fresh = today - timedelta(days=1), replace(leave, id=None, since=today)
            row = absences.add_absence(tx, _row(fresh, reason, actor, now))
        else:
            row.substitute_id, row.jabatan_ids = stand_in.id, sorted(leave.scope)
            row.since, row.until, row.reason = since, until, reason
        tx.flush()
        _log(tx, now, "leave_changed", actor, row)
        what = "leave_changed" if before.substitute == stand_in.id else "leave_planned"
        tell_leave(tx, app, actor, row, what, now, before=before)
        return _line(tx, row, actor, today)


def end_absence(app: App, actor: Actor, absence_id: int, now: datetime) -> AbsenceLine:
    """Cancel a leave that has not begun, or end one early: from today on the person is back.

    Raises NotFoundError: leave_not_found; NotAllowedError: leave_not_yours; ConflictError:
    leave_over.
    """
    today = app.today(now)
    with transaction(app.sessions) as tx:
        row, _ = _open(tx, actor, absence_id, today)
        news = News("leave_cancelled", since=row.since, until=row.until)
        if row.since < today:
            row.until = today - timedelta(days=1)
        else:
            row.cancelled_at, row.cancelled_by = now, actor.person_id
        tx.flush()
        _log(tx, now, "leave_ended", actor, row)
        tell_leave(tx, app, actor, row, "leave_cancelled", now, news=news)
        return _line(tx, row, actor, today)


def list_absences(app: App, actor: Actor, now: datetime) -> LeaveOverview:
    """The actor's leave, that of those they stand in for, and of those below them."""
    today = app.today(now)
    with transaction(app.sessions) as tx:
        me = actor.person_id
        below = {one.jabatan_id for one in actor.positions}
        found = absences.below_jabatan(tx, below, today) if below else ()
        staff = [person for person in found if person.id != me]
        known = {person.id for person in staff} | ({me} if me is not None else set())
        rows = absences.absence_rows(tx, known, today - SHOWN) if known else ()
        names = jabatan_names(tx, [row[0] for row in rows])
        lines = [absence_line(row, names, me, today) for row in rows]
        pairs = list(zip((row[0] for row in rows), lines, strict=True))
        below_ids = {person.id for person in staff}
        return LeaveOverview(
            own=tuple(line for row, line in pairs if row.person_id == me),
            standing_in=tuple(line for row, line in pairs if row.substitute_id == me),
            staff=tuple(Colleague(person.login, person.name) for person in staff),
            staff_leave=tuple(line for row, line in pairs if row.person_id in below_ids),
            all_people=may(actor, "manage_people", Thing()) is None,
        )


def read_absence(app: App, actor: Actor, absence_id: int, now: datetime) -> AbsenceLine:
    """One that the actor may change. Raises as `end_absence` does."""
    today = app.today(now)
    with transaction(app.sessions) as tx:
        row, _ = _open(tx, actor, absence_id, today)
        return _line(tx, row, actor, today)


def read_leave_choices(app: App, actor: Actor, login: str, now: datetime) -> LeaveChoices:
    """What there is to choose for a leave of that person.

    Raises NotFoundError: person_not_found; NotAllowedError: leave_not_yours.
    """
    today = app.today(now)
    with transaction(app.sessions) as tx:
        person = _person(tx, login)
        _ask(tx, actor, person, today)
        held = absences.jabatan_held(tx, person.id, today, today)
        everybody: dict[str, Colleague] = {}
        for other, jabatan, unit in people.list_people(tx, today):
            if other.id != person.id and jabatan is not None and unit is not None:
                hint = f"{jabatan.name}, {unit.name}"
                everybody.setdefault(other.login, Colleague(other.login, other.name, hint))
        return LeaveChoices(
            login=person.login,
            name=person.name,
            own=person.id == actor.person_id,
            jabatan=tuple((jabatan.id, f"{jabatan.name}, {unit.name}") for jabatan, unit in held),
            colleagues=tuple(sorted(everybody.values(), key=lambda one: one.name)),
            today=today,
        )


def announce_leave(app: App, now: datetime) -> int:
    """Tell who stands in from today of the tasks that are open, and who is back of those that wait;
    how many notices. Each once for each leave, however often this is called."""
    today = app.today(now)
    with transaction(app.sessions) as tx:
        told = tell_begun(tx, app, absences.begun_unheard(tx, today, AT_ONCE), now)
        for row, back, stood in absences.ended_unheard(tx, today, AT_ONCE):
            ends = (row.since, row.until + timedelta(days=1))
            moments = [to_utc(app.settings.zone, datetime.combine(day, time())) for day in ends]
            count = absences.count_done_for(tx, back.id, *moments)
            news = News(
                "leave_ended", since=row.since, until=row.until, other=stood.name, count=count
            )
            news = with_items(tx, news, row, back.id, today)
            rung, topic = f"{absences.ENDED}:{row.id}", topic_for(tx, back.id, app, now)
            told += tell(tx, news, rung, topic, [back.id], now, app.house_channels)
        return told


def _person(tx: Tx, login: str) -> Person:
    row = people.find_person(tx, login=login)
    if row is None:
        raise NotFoundError("person_not_found", person=login)
    return row


def _ask(tx: Tx, actor: Actor, person: Person, day: date) -> None:
    above = absences.above_person(tx, person.id, day)
    things = [
        Thing(unit.id, tuple(unit.ancestors), person=person.id, above=above)
        for _, unit in absences.jabatan_held(tx, person.id, day, day)
    ]
    for thing in things or [Thing(person=person.id, above=above)]:
        if may(actor, "leave", thing) is None:
            return
    raise NotAllowedError("leave_not_yours", person=person.login)


def _open(tx: Tx, actor: Actor, absence_id: int, today: date) -> tuple[Absence, Person]:
    absences.keep_still(tx)
    row = absences.find_absence(tx, absence_id)
    if row is None:
        raise NotFoundError("leave_not_found", absence=absence_id)
    person = people.find_person(tx, person_id=row.person_id)
    assert person is not None
    _ask(tx, actor, person, today)
    if row.cancelled_at is not None or row.until < today:
        raise ConflictError("leave_over", absence=absence_id)
    return row, person


def _row(leave: Leave, reason: str, actor: Actor, now: datetime) -> Absence:
    return Absence(
        person_id=leave.person,
        substitute_id=leave.substitute,
        since=leave.since,
        until=leave.until,
        jabatan_ids=sorted(leave.scope),
        reason=reason,
        noted_at=now,
        noted_by=actor.person_id,
    )


def _line(tx: Tx, row: Absence, actor: Actor, today: date) -> AbsenceLine:
    names = jabatan_names(tx, [row])
    return absence_line(absences.absence_row(tx, row.id), names, actor.person_id, today)


def _log(tx: Tx, now: datetime, kind: str, actor: Actor, row: Absence) -> None:
    cases.add_event(
        tx,
        now,
        kind,
        actor.person_id,
        absence=row.id,
        person=row.person_id,
        substitute=row.substitute_id,
        since=row.since.isoformat(),
        until=row.until.isoformat(),
        jabatan=list(row.jabatan_ids),
    )
