"""Notices on their way out: leased together with what goes to the same person, then settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Row,
    and_,
    cast,
    func,
    inspect,
    select,
    update,
)
from sqlalchemy.orm import defer

from engine.store.tables import Case, Definition, Notice, Person, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import OPEN, READ_BY, without_content

LEASE = timedelta(minutes=5)  # far longer than a round takes to come to its last message
DIGEST_LIMIT = 100  # notices in one message
DONE = "work_item_done"
CLOSED = "channel_closed"
UNWANTED = "not_wanted"
ENDED = "account_ended"
NOTICE: Any = inspect(Notice).local_table  # one statement without a trip through the mapper
Link = Connection
# Kinds that are worth reading although their item has been done meanwhile.
LASTING = ("answered", "mentioned", "watched", "leave")
OF_CASE = Case.id == func.coalesce(Notice.case_id, WorkItem.case_id)
LeasedRow = Row[Notice, WorkItem | None, Definition | None, Person]


@dataclass(frozen=True)
class Leased:
    """A leased notice with its work item, if it is about one, whose step `definition` holds;
    `case_id`: of the item, or the one that it is about as a whole; `attempt` tells this lease from
    later ones."""

    notice: Notice
    item: WorkItem | None
    definition: Definition | None
    attempt: int

    @property
    def case_id(self) -> int | None:
        return self.item.case_id if self.item else self.notice.case_id


@dataclass(frozen=True)
class Parcel:
    """What goes to one person as one message; `message_id` stays the same however often it is
    tried. `again`: it has been tried, or at least made up, before."""

    person: Person
    message_id: str
    told: tuple[Leased, ...]
    again: bool


def due_people(tx: Tx, channel: str, now: datetime, limit: int) -> Sequence[int]:
    """Ids of people with something to be sent now that nobody is sending, the longest wait
    first; nothing about a suspended case."""
    query = (
        select(Notice.person_id)
        .outerjoin(WorkItem, WorkItem.id == Notice.work_item_id)
        .outerjoin(Case, OF_CASE)
        .where(Notice.channel == channel, _free(now), Case.suspended_at.is_(None))
        .group_by(Notice.person_id)
        .order_by(func.min(Notice.send_after), Notice.person_id)
        .limit(limit)
    )
    return tx.scalars(query).all()


def lease(
    tx: Tx, channel: str, person_ids: Collection[int], now: datetime, until: datetime, domain: str
) -> list[Parcel]:
    """Take the right to send what is due to these people, until that moment; the ids of new
    messages are of `domain`.

    What another sender has is left out, and so is what a suspended case holds back; what is about
    an item that is not open any more, or for an account that has ended, is given up. Notices that
    were together in a message that failed stay together; new ones form a new message.
    """
    rows = tx.execute(
        select(Notice, WorkItem, Definition, Person)
        .outerjoin(WorkItem, WorkItem.id == Notice.work_item_id)
        .outerjoin(Case, OF_CASE)
        .outerjoin(Definition, READ_BY)
        .join(Person, Person.id == Notice.person_id)
        .where(
            Notice.channel == channel,
            Notice.person_id.in_(person_ids),
            _free(now),
            Case.suspended_at.is_(None),
        )
        .order_by(Notice.person_id, Notice.id)
        .options(*without_content(), defer(WorkItem.answers), defer(WorkItem.variables))
        .with_for_update(of=Notice, skip_locked=True)
    ).all()
    groups: dict[tuple[int, int, int], list[LeasedRow]] = {}
    fresh: dict[int, int] = {}
    for row in rows:
        notice, item, _, person = row
        done = item is not None and item.state not in OPEN and notice.kind not in LASTING
        if done or person.disabled_at is not None:
            why = DONE if done else ENDED
            notice.given_up_at, notice.claimed_until, notice.last_error = now, None, why
            continue
        part = 0
        if notice.digest_id is None:
            part, fresh[person.id] = fresh.get(person.id, 0), fresh.get(person.id, 0) + 1
        key = (person.id, notice.digest_id or 0, part // DIGEST_LIMIT)
        groups.setdefault(key, []).append(row)
    oldest_first = sorted(groups.values(), key=lambda group: group[0][0].id)
    parcels = [_parcel(group, until, domain) for group in oldest_first]
    tx.flush()
    return parcels


def _free(now: datetime) -> ColumnElement[bool]:
    return and_(
        Notice.sent_at.is_(None),
        Notice.given_up_at.is_(None),
        Notice.send_after <= now,
        func.coalesce(Notice.claimed_until, now) <= now,
    )


def _parcel(group: Sequence[LeasedRow], until: datetime, domain: str) -> Parcel:
    """A message keeps the id of its first try. The count of tries makes that of a new one unique
    even where its first notice was part of another message before."""
    first = group[0][0]
    again, digest_id = first.digest_id is not None, first.digest_id or first.id
    message_id = first.message_id or f"notice-{first.id}-{first.attempts + 1}@{domain}"
    told = []
    for notice, item, definition, _ in group:
        notice.claimed_until, notice.attempts = until, notice.attempts + 1
        notice.digest_id, notice.message_id = digest_id, message_id
        told.append(Leased(notice, item, definition, notice.attempts))
    return Parcel(group[0][3], message_id, tuple(told), again)


def give_up_closed(tx: Tx, channels: Collection[str], since: datetime, now: datetime) -> None:
    """Give up what was written before `since` for a channel that is none of these."""
    tx.execute(
        update(NOTICE)
        .where(
            NOTICE.c.sent_at.is_(None),
            NOTICE.c.given_up_at.is_(None),
            NOTICE.c.created_at < since,
            NOTICE.c.channel.not_in(channels),
        )
        .values(given_up_at=now, last_error=CLOSED)
    )


@contextmanager
def open_link(database: Engine) -> Iterator[Link]:
    """A connection on which `settle_sent` notes each message by itself.

    The last moments of what is noted may be lost when the machine of the database dies, never when
    a process does: a wait for the disk at every message would halve the pace of sending.
    """
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as link:
        link.exec_driver_sql("SET synchronous_commit = off")
        try:
            yield link
        finally:
            link.exec_driver_sql("RESET synchronous_commit")


def settle_sent(link: Link, parcel: Parcel, now: datetime) -> None:
    """Note that it has gone out; nothing where another sender has taken it over meanwhile.

    What was part of the message at an earlier try, and was held back from this one, is free to
    become part of another.
    """
    _settle(link, parcel.told, sent_at=now, last_error="")
    if parcel.again:
        left = (NOTICE.c.sent_at.is_(None), NOTICE.c.given_up_at.is_(None))
        lead = parcel.told[0].notice.digest_id
        link.execute(
            update(NOTICE)
            .where(NOTICE.c.digest_id == lead, NOTICE.c.person_id == parcel.person.id, *left)
            .values(digest_id=None, message_id=None)
        )


def settle_failed(
    tx: Tx, told: Iterable[Leased], reason: str, *, again_at: datetime | None, now: datetime
) -> None:
    """Try again at `again_at`, or give up when that is None; as `settle_sent` otherwise."""
    when = {"send_after": again_at} if again_at else {"given_up_at": now}
    _settle(tx, told, last_error=reason, **when)


def release(tx: Tx, told: Iterable[Leased]) -> None:
    """Give back what was leased and not tried."""
    _settle(tx, told, attempts=NOTICE.c.attempts - 1)


def put_off(tx: Tx, channel: str, now: datetime, until: datetime) -> None:
    """Let everything that is due over a channel wait."""
    tx.execute(update(Notice).where(Notice.channel == channel, _free(now)).values(send_after=until))


def give_up(tx: Tx, person_id: int, channel: str, reason: str, now: datetime) -> None:
    """What waits for this person over the channel is not sent any more."""
    tx.execute(
        update(Notice)
        .where(
            Notice.person_id == person_id,
            Notice.channel == channel,
            Notice.sent_at.is_(None),
            Notice.given_up_at.is_(None),
            func.coalesce(Notice.claimed_until, now) <= now,
        )
        .values(given_up_at=now, last_error=reason)
    )


def _settle(tx: Tx | Connection, told: Iterable[Leased], **values: Any) -> None:
    pairs = [(one.notice.id, one.attempt) for one in told]
    if not pairs:
        return
    ids, attempts = ([pair[part] for pair in pairs] for part in (0, 1))
    mine = func.unnest(cast(ids, ARRAY(BigInteger)), cast(attempts, ARRAY(Integer)))
    these = mine.table_valued("id", "attempts").render_derived()
    tx.execute(
        update(NOTICE)
        .where(NOTICE.c.id == these.c.id, NOTICE.c.attempts == these.c.attempts)
        .values(claimed_until=None, **values)
    )
