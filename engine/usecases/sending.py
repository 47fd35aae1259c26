"""Notices leave the house: leased, sent without a lock held, settled; each message once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from engine.app import App
from engine.channels import Channel, ChannelError, Entry, Message, Offer, Recipient
from engine.channels.news import words_in
from engine.channels.texts import LINK, LINK_ALL, LINK_ELSE, called_as, compose_digest
from engine.channels.unsubscribe import unsubscribe_token
from engine.channels.wording import in_language
from engine.store import outbox
from engine.store.exclusive import only_one
from engine.store.lines import kegiatan_of, sop_of
from engine.store.outbox import Leased, Link, Parcel
from engine.store.preferences import preferences_of, zones_of
from engine.store.tables import Preference
from engine.store.transaction import Tx, transaction

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
PATIENCE = timedelta(days=3)  # a mail server may be away over a weekend
TRIES = 77  # as many fit into it; what waited for a long holiday to end has them as well
NO_ADDRESS = "no_address"
PEOPLE_A_LOOK = 1000
PEOPLE_AT_ONCE = 25  # whose messages are leased together


@dataclass
class Round:
    """One round over a channel at the moment `now`, for so many seconds.

    `answers`: others know from this one, the first, that the channel takes messages; what it
    `held` ends with it. `over`: its time is up, or the channel does not answer (`away`).
    """

    app: App
    offer: Offer
    channel: Channel
    now: datetime
    link: Link
    held: ExitStack
    place: int
    began: float
    seconds: float
    answers: bool = False
    sent: int = 0
    failed: int = 0
    over: bool = False
    away: bool = False

    @property
    def tried(self) -> int:
        return self.sent + self.failed

    @property
    def spent(self) -> timedelta:
        """Leases count from when they are really taken."""
        return timedelta(seconds=time.monotonic() - self.began)


@dataclass(frozen=True)
class Sent:
    """What a round did, in messages; `more`: its time was up before all had been tried."""

    sent: int = 0
    failed: int = 0
    more: bool = False


def send_over(app: App, name: str, now: datetime, seconds: float, *, wait: bool = False) -> Sent:
    """One round over a channel that is open, for so long at most.

    A second round may run beside the first only while that one knows that the channel answers, so
    that a server that hangs holds up one process; any other does nothing, or waits its turn with
    `wait`. A round ends when the channel does not answer; then everything that is due over it
    waits for FIRST_PAUSE.
    """
    offer, channel = next(one for one in app.offers if one.name == name), app.channels[name]
    with ExitStack() as held:
        place = _take_place(app, name, held, wait=wait)
        if place is None:
            return Sent()
        link = held.enter_context(outbox.open_link(app.database))
        current = Round(app, offer, channel, now, link, held, place, time.monotonic(), seconds)
        try:
            _go_on(current)
        finally:
            channel.close()
        if current.away:
            with transaction(app.sessions) as tx:
                outbox.put_off(tx, name, now, now + FIRST_PAUSE)
        more = current.over and not current.away
        return Sent(current.sent, current.failed, more)


def give_up_closed(app: App, now: datetime) -> None:
    """What waits for a channel that the settings do not ask for any more is given up in time."""
    with transaction(app.sessions) as tx:
        outbox.give_up_closed(tx, [*app.channels], now - PATIENCE, now)


def _take_place(app: App, name: str, held: ExitStack, *, wait: bool) -> int | None:
    """0: the first; 1: the second; None: there is none."""

    def take(what: str, *, wait: bool = False) -> bool:
        return held.enter_context(only_one(app.database, what, wait=wait))

    if take(f"notices over {name}", wait=wait):
        return 0
    if take(f"{name} answers"):  # then nobody says so
        return None
    return 1 if take(f"second over {name}") else None


def _go_on(current: Round) -> None:
    """Until nothing is due any more; what others have, or what failed, is left to the next
    round."""
    tried = -1
    while not current.over and current.tried > tried:
        tried = current.tried
        with transaction(current.app.sessions) as tx:
            people = list(outbox.due_people(tx, current.offer.name, current.now, PEOPLE_A_LOOK))
        if current.place:
            people.reverse()  # the first begins at the other end
        for start in range(0, len(people), PEOPLE_AT_ONCE):
            _send_all(current, _lease(current, people[start : start + PEOPLE_AT_ONCE]))
            if current.over:
                return


def _lease(current: Round, people: Sequence[int]) -> list[tuple[Parcel, Message]]:
    """The messages of these people; what can reach nobody is given up on the way."""
    app, ready, domain = current.app, [], current.app.settings.mail_domain
    until = current.now + current.spent + outbox.LEASE
    with transaction(app.sessions) as tx:
        found = outbox.lease(tx, current.offer.name, people, current.now, until, domain)
        ids = {parcel.person.id for parcel in found}
        wishes = preferences_of(tx, ids)
        zones = zones_of(tx, ids, wishes, app.today(current.now))
        for parcel in found:
            wish = wishes.get(parcel.person.id)
            address, kept = _address(current.offer, parcel, wish), parcel
            if current.offer.personal:
                kept = _wanted(tx, current, parcel, wish, address)
            if kept.told:
                zone = zones.get(parcel.person.id, app.settings.zone)
                ready.append((kept, _message(current, kept, address or "", zone)))
    return ready


def _address(offer: Offer, parcel: Parcel, wish: Preference | None) -> str | None:
    person = parcel.person
    known = Recipient(person.login, person.name, person.email, wish.addresses if wish else {})
    return offer.address(known)


def _wanted(
    tx: Tx, current: Round, parcel: Parcel, wish: Preference | None, address: str | None
) -> Parcel:
    """Without what the person has stopped since it was written, or cannot be reached with."""
    chosen, name = wish.channels if wish else {}, current.offer.name
    unwanted = {one for one in parcel.told if name not in chosen.get(one.notice.kind, [name])}
    lost = set(parcel.told) - unwanted if address is None else set()
    for told, reason in ((unwanted, outbox.UNWANTED), (lost, NO_ADDRESS)):
        outbox.settle_failed(tx, told, reason, again_at=None, now=current.now)
    gone = unwanted | lost
    return replace(parcel, told=tuple(one for one in parcel.told if one not in gone))


def _send_all(current: Round, parcels: Sequence[tuple[Parcel, Message]]) -> None:
    """Stops when the round is over, and gives back the rest."""
    for number, (parcel, message) in enumerate(parcels):
        if current.spent.total_seconds() > current.seconds:
            current.over = True
        if current.over:
            with transaction(current.app.sessions) as tx:
                outbox.release(tx, [one for rest, _ in parcels[number:] for one in rest.told])
            return
        _send(current, parcel, message)


def _send(current: Round, parcel: Parcel, message: Message) -> None:
    """No row is locked while a server thinks. A sender that dies before it has noted the message
    leaves the lease to run out; the next try carries the same Message-ID."""
    try:
        current.channel.send(message)
    except ChannelError as error:
        _settle_failed(current, parcel, error)
    else:
        outbox.settle_sent(current.link, parcel, current.now)
        current.sent += 1
        if not current.place and not current.answers:
            told = only_one(current.app.database, f"{current.offer.name} answers", wait=False)
            current.answers = current.held.enter_context(told)


def _settle_failed(current: Round, parcel: Parcel, error: ChannelError) -> None:
    """What is old is given up; the rest waits for the longest pause that one of it has earned."""
    now = current.now
    tries = min(max(one.attempt for one in parcel.told) - 1, 10)  # 10: far past LONGEST_PAUSE
    again_at = now + min(FIRST_PAUSE * 2**tries, LONGEST_PAUSE)
    stale = {one for one in parcel.told if error.permanent or _is_old(one, now)}
    with transaction(current.app.sessions) as tx:
        for told, at in ((stale, None), (set(parcel.told) - stale, again_at)):
            outbox.settle_failed(tx, told, error.reason, again_at=at, now=now)
    current.failed += 1
    current.over = current.away = error.unreachable


def _is_old(told: Leased, now: datetime) -> bool:
    return told.attempt >= TRIES and now - told.notice.created_at > PATIENCE


def _message(current: Round, parcel: Parcel, address: str, zone: str) -> Message:
    app, domain = current.app, current.app.settings.mail_domain
    person, first = parcel.person, parcel.told[0]
    entries = tuple(_entry(app, one, person.name) for one in parcel.told)
    subject, body, link = first.notice.subject, first.notice.body, entries[0].link
    link_text, several = LINK if first.item else LINK_ELSE, len(entries) > 1
    if several:
        subject, body = compose_digest(person.locale, person.name, [e.kind for e in entries])
        link, link_text = app.url, LINK_ALL
    cases = {entry.case_id for entry in entries}
    thread = f"case-{first.case_id}@{domain}"
    if len(cases) > 1 or first.case_id is None:
        thread = f"digest-{parcel.message_id}"
    return Message(
        message_id=parcel.message_id,
        thread=thread,
        to_name=person.name,
        to_login=person.login,
        to_address=address,
        locale=person.locale,
        zone=zone,
        subject=subject,
        body=body,
        link=link,
        link_text=in_language(link_text, person.locale),
        at=max(one.notice.created_at for one in parcel.told),
        entries=entries,
        sent_at=current.now,
        unsubscribe=_stop_address(current, parcel),
    )


def _stop_address(current: Round, parcel: Parcel) -> str | None:
    """Where the recipient stops this channel, which they can where it is theirs to choose."""
    if not current.offer.personal:
        return None
    secret = current.app.settings.secret()
    token = unsubscribe_token(secret, parcel.person.id, current.offer.name)
    return f"{current.app.url}/berhenti/{token}"


def _entry(app: App, told: Leased, name: str) -> Entry:
    """The due moment goes along with what the recipient, of that name, is to do."""
    item, step, notice = told.item, "", told.notice
    if item is not None and told.definition is not None:
        step = kegiatan_of(sop_of(told.definition), item.node).name
    return Entry(
        kind=notice.kind,
        item_id=item.id if item else None,
        case_id=told.case_id,
        subject=notice.subject,
        body=notice.body,
        link=f"{app.url}{_path(told)}",
        due_at=item.due_at if item and notice.kind not in outbox.LASTING else None,
        available_at=item.available_at if item else None,
        step=step,
        said=words_in(notice.kind, notice.body),
        called_as=called_as(name, notice.body),
    )


def _path(told: Leased) -> str:
    if told.item is not None:
        return f"/tugas/{told.item.id}"
    if told.case_id is not None:
        return f"/kasus/{told.case_id}"
    return told.notice.path or "/saya/cuti"
