"""Reminders and escalations: written when due, sent once; and what people read of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Literal

from engine.app import App
from engine.channels import ChannelError, Message
from engine.channels.texts import LINK
from engine.errors import NotAllowedError
from engine.progress import notice_rows
from engine.store import cases, notices, people, work_items
from engine.store.exclusive import only_one
from engine.store.lines import kegiatan_of, notice_line, sop_of_item
from engine.store.tables import Notice, Person, WorkItem
from engine.store.transaction import Tx, transaction
from engine.values import NoticeLine
from workflows.deadlines import Rung, due_rungs, next_moment, rungs_with_moments
from workflows.rights import Actor, Thing, may
from workflows.sop import Sop
from workflows.workdays import default_calendar

CHANNELS = ("in_app", "email")
Outcome = Literal["sent", "failed", "unreachable", "skipped"]
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
PATIENCE = timedelta(days=3)  # a mail server may be away over a weekend
RETRY = timedelta(days=1)  # when nobody could be told


def due_item_ids(app: App, now: datetime, limit: int = 500) -> tuple[int, ...]:
    """Items with a rung due; each is then `raise_notices`' to handle."""
    with transaction(app.sessions) as tx:
        return tuple(work_items.items_with_due_notices(tx, now, limit))


def raise_notices(app: App, item_id: int, now: datetime) -> int:
    """Write what the item's ladder has due; how many notices are new. Safe to run twice.

    While nobody holds the role or stands above it, the item is looked at again every day.
    """
    with transaction(app.sessions) as tx:
        found = _lock_open_item(tx, item_id)
        if found is None:
            return 0
        item, sop = found
        unit = people.units_by_id(tx, [item.unit_id])[item.unit_id]
        waktu = kegiatan_of(sop, item.node).mutu_baku.waktu
        ladder = rungs_with_moments(default_calendar(unit.zone), item.available_at, waktu)
        performers = _performers(tx, app, item, now)
        names = ", ".join(person.name for person in performers)
        new, unheard = 0, False
        for rung in due_rungs(ladder, now):
            to = performers
            if rung.whom == "superior":
                above = people.superiors(tx, item.role, item.unit_id, performers, app.today(now))
                to = list(above)
            rows = notice_rows(
                rung.kind, item, unit, sop, to, now, channels=CHANNELS, performer=names
            )
            written = notices.add_notices(tx, rows)
            if written:
                _log(tx, now, rung, item, to)
            new += written
            unheard = unheard or not to
        moments = [next_moment(ladder, now), now + RETRY if unheard else None]
        item.next_notice_at = min((at for at in moments if at), default=None)
        return new


def _lock_open_item(tx: Tx, item_id: int) -> tuple[WorkItem, Sop] | None:
    """The item and its SOP with the case locked; None when it is not open any more, or nothing
    may go on in its case."""
    item = work_items.find_item(tx, item_id)
    case = cases.lock_case(tx, item.case_id) if item else None
    item = work_items.find_item(tx, item_id)
    if item is None or case is None or item.state not in work_items.OPEN:
        return None
    if case.suspended_at is not None:
        return None
    return item, sop_of_item(item, cases.definition_of(tx, case))


def _log(tx: Tx, now: datetime, rung: Rung, item: WorkItem, to: Iterable[Person]) -> None:
    cases.add_event(
        tx,
        now,
        f"{rung.kind}_raised",
        None,
        case_id=item.case_id,
        work_item_id=item.id,
        note=", ".join(person.name for person in to),
    )


def postpone(app: App, item_id: int, until: datetime) -> None:
    """Let a failing item wait, so that it cannot hold up the others at every tick."""
    with transaction(app.sessions) as tx:
        found = _lock_open_item(tx, item_id)
        if found is not None and found[0].next_notice_at is not None:
            found[0].next_notice_at = until


def _performers(tx: Tx, app: App, item: WorkItem, now: datetime) -> list[Person]:
    """Whoever has claimed the item and still holds its role, else all who do."""
    all_holders = people.holders(tx, item.role, item.unit_id, app.today(now))
    claimant = [person for person in all_holders if person.id == item.claimed_by]
    return claimant or list(all_holders)


def pending_mail_ids(app: App, now: datetime, limit: int = 500) -> tuple[int, ...]:
    """E-mails to send now; each is then `send_mail`'s to handle."""
    with transaction(app.sessions) as tx:
        return tuple(notices.pending_mails(tx, now, limit))


@contextmanager
def mail_round(app: App, *, wait: bool) -> Iterator[bool]:
    """One round of mails at a time, so that a mail server that hangs holds up one process only."""
    with only_one(app.database, "mail_round", wait=wait) as alone:
        yield alone


def send_mail(app: App, notice_id: int, now: datetime, spent: timedelta = timedelta()) -> Outcome:
    """Lease the notice, send it without a lock held, settle.

    `spent`: how long the round of `now` has lasted; the lease counts from there.

    Two transactions on purpose: no row stays locked while a mail server thinks. A sender that
    dies in between leaves the lease to run out; its next try carries the same Message-ID.
    """
    with transaction(app.sessions) as tx:
        notice = notices.lease_notice(tx, notice_id, now + spent)
        if notice is None:
            return "skipped"
        message = _message(tx, app, notice)
        attempt, age = notice.attempts, now - notice.created_at
    try:
        app.email.send(message)
    except ChannelError as error:
        give_up = error.permanent or age > PATIENCE
        pause = min(FIRST_PAUSE * 2 ** min(attempt - 1, 10), LONGEST_PAUSE)  # 10: far past it
        again_at = None if give_up else now + pause
        with transaction(app.sessions) as tx:
            notices.settle_failed(tx, notice_id, attempt, error.reason, again_at=again_at, now=now)
        return "unreachable" if error.unreachable else "failed"
    with transaction(app.sessions) as tx:
        notices.settle_sent(tx, notice_id, attempt, now, message.message_id)
    return "sent"


def _message(tx: Tx, app: App, notice: Notice) -> Message:
    person = people.find_person(tx, person_id=notice.person_id)
    item = work_items.find_item(tx, notice.work_item_id)
    assert person is not None and item is not None
    domain = app.settings.mail_from.rpartition("@")[2].strip("> ") or "localhost"
    return Message(
        message_id=f"notice-{notice.id}@{domain}",
        thread=f"case-{item.case_id}@{domain}",
        to_name=person.name,
        to_address=person.email,
        subject=notice.subject,
        body=notice.body,
        link=f"{app.url}/tugas/{item.id}",
        link_text=LINK.get(person.locale, LINK["id"]),
        at=notice.created_at,
    )


def list_notices(app: App, actor: Actor, limit: int = 100) -> tuple[NoticeLine, ...]:
    """The actor's own in-app notices, the newest first."""
    if actor.person_id is None:
        return ()
    with transaction(app.sessions) as tx:
        rows = notices.list_notices(tx, "in_app", actor.person_id, limit)
        return tuple(notice_line(row) for row in rows)


def count_unread(app: App, actor: Actor) -> int:
    if actor.person_id is None:
        return 0
    with transaction(app.sessions) as tx:
        return notices.count_unread(tx, actor.person_id)


def mark_read(app: App, actor: Actor, notice_id: int | None, now: datetime) -> int:
    """Mark one of the actor's notices, or all with None; how many were unread."""
    if actor.person_id is None:
        return 0
    with transaction(app.sessions) as tx:
        return notices.mark_read(tx, actor.person_id, notice_id, now)


def list_mails(app: App, actor: Actor, limit: int = 200) -> tuple[NoticeLine, ...]:
    """Every e-mail with its state, the newest first. Raises NotAllowedError: right_missing."""
    if reason := may(actor, "read_mails", Thing()):
        raise NotAllowedError(reason, verb="read_mails")
    with transaction(app.sessions) as tx:
        return tuple(notice_line(row) for row in notices.list_notices(tx, "email", None, limit))
