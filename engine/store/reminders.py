"""Statements of the reminder ladders: whose turn it is, many items at a time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Row,
    String,
    all_,
    and_,
    any_,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    union,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased, defer

from engine.store.holdings import held_on
from engine.store.notices import IN_APP
from engine.store.seats import absent_on, seats_on
from engine.store.snoozes import SNOOZED
from engine.store.tables import (
    Absence,
    Case,
    Definition,
    Holding,
    Jabatan,
    Notice,
    Person,
    Snooze,
    Unit,
    WorkItem,
)
from engine.store.transaction import Tx
from engine.store.work_items import OPEN, READ_BY, claim_stands, without_content

ASSIGNED = "assigned"
SUPERSEDED = "superseded"
FRESH = timedelta(days=30)  # how long after its beginning a holding may make somebody new
COPIED = timedelta(days=3)  # how long after an item's opening its first notice may be copied
DueRow = Row[WorkItem, Definition]


def due_item_ids(tx: Tx, now: datetime, limit: int) -> Sequence[int]:
    """Ids of open items whose ladder must be looked at, by case; none of a suspended case."""
    query = (
        select(WorkItem.id)
        .join(Case, Case.id == WorkItem.case_id)
        .where(WorkItem.next_notice_at <= now, *_going_on())
    )
    return tx.scalars(query.order_by(WorkItem.case_id, WorkItem.id).limit(limit)).all()


def open_item_ids(tx: Tx, key: str, node: str) -> Sequence[int]:
    """Ids of the open items that are not paused: of a step, of an SOP (`node` ""), or all (`key`
    "" too)."""
    query = (
        select(WorkItem.id)
        .join(Case, Case.id == WorkItem.case_id)
        .join(Definition, READ_BY)
        .where(*_going_on(), WorkItem.paused_at.is_(None))
    )
    if key:
        query = query.where(Definition.key == key)
    return tx.scalars(query.where(WorkItem.node == node) if node else query).all()


def lock_items(tx: Tx, item_ids: Collection[int], *, wait: bool = False) -> Sequence[DueRow]:
    """(WorkItem, Definition of its step) of those that are open, with their cases locked.

    What somebody else is moving at this moment is left out unless `wait`, and so is a suspended
    case.
    """
    of_items = select(WorkItem.case_id).where(WorkItem.id.in_(item_ids))
    locked = tx.scalars(
        select(Case.id)
        .where(Case.id.in_(of_items), Case.suspended_at.is_(None))
        .order_by(Case.id)
        .with_for_update(skip_locked=not wait)
    ).all()
    return tx.execute(
        select(WorkItem, Definition)
        .join(Case, Case.id == WorkItem.case_id)
        .join(Definition, READ_BY)
        .where(WorkItem.id.in_(item_ids), Case.id.in_(locked), WorkItem.state.in_(OPEN))
        .options(*without_content(), defer(WorkItem.answers))
        .order_by(WorkItem.id)
    ).all()


def standing_claimants(tx: Tx, item_ids: Collection[int], day: date) -> dict[int, list[Person]]:
    """item id -> who has claimed it and still acts in its role, or where they are on leave whoever
    stands in for them; after them who prepares it for them. Items that nobody has claimed are left
    out."""
    seats, where, of_role = seats_on(day), aliased(Unit), aliased(Jabatan)
    acting = (
        select(WorkItem.id, seats.c.person_id, literal(0).label("prepares"))
        .join(of_role, of_role.role == WorkItem.role)
        .join(where, where.id == of_role.unit_id)
        .join(seats, seats.c.jabatan_id == of_role.id)
        .where(
            WorkItem.id.in_(item_ids),
            WorkItem.unit_id == any_(where.ancestors),
            or_(
                and_(seats.c.person_id == WorkItem.claimed_by, ~seats.c.away),
                seats.c.for_id == WorkItem.claimed_by,
            ),
        )
    )
    preparing = select(WorkItem.id, WorkItem.delegate_id, literal(1)).where(
        WorkItem.id.in_(item_ids), WorkItem.delegate_id.is_not(None)
    )
    found = union(acting, preparing).subquery()
    rows = tx.execute(
        select(found.c[0], found.c[2], Person)
        .join(Person, Person.id == found.c[1])
        .where(Person.disabled_at.is_(None))
        .order_by(found.c[0], found.c[2], Person.id)
    )
    claimants: dict[int, list[Person]] = {}
    for item_id, prepares, person in rows:
        if not prepares:
            claimants.setdefault(item_id, []).append(person)
        elif person not in claimants.get(item_id, [person]):  # a claim that stands
            claimants[item_id].append(person)
    return claimants


def known_rungs(tx: Tx, item_ids: Collection[int]) -> set[tuple[int | None, str]]:
    """(item id, rung) of every notice there is about these items."""
    query = select(Notice.work_item_id, Notice.rung).where(Notice.work_item_id.in_(item_ids))
    return {(item_id, rung) for item_id, rung in tx.execute(query.distinct())}


def supersede(tx: Tx, what: Collection[tuple[int, int, str]], now: datetime) -> None:
    """Give up what has not been sent of these (item id, person id, rung): a later one says more."""
    if what:
        this = tuple_(Notice.work_item_id, Notice.person_id, Notice.rung)
        free = (Notice.sent_at.is_(None), Notice.given_up_at.is_(None))
        tx.execute(
            update(Notice)
            .where(this.in_(what), *free, Notice.claimed_until.is_(None))
            .values(given_up_at=now, last_error=SUPERSEDED)
            .execution_options(synchronize_session=False)
        )


def snoozes_of(
    tx: Tx, item_ids: Collection[int]
) -> dict[tuple[int, int], list[tuple[datetime, datetime]]]:
    """(item id, person id) -> from when until when they want to hear nothing of it."""
    query = select(Snooze.work_item_id, Snooze.person_id, Snooze.created_at, Snooze.until)
    found: dict[tuple[int, int], list[tuple[datetime, datetime]]] = {}
    for item_id, person_id, start, until in tx.execute(
        query.where(Snooze.work_item_id.in_(item_ids))
    ):
        found.setdefault((item_id, person_id), []).append((start, until))
    return found


def newcomer_item_ids(tx: Tx, day: date, limit: int) -> Sequence[int]:
    """Ids of open items that somebody may do who has never been told of them: they have come to
    the jabatan since. Items that somebody works on are left out, and whoever is on leave: they
    hear when they are back."""
    query = (
        select(WorkItem.id)
        .join(Case, Case.id == WorkItem.case_id)
        .join(Jabatan, Jabatan.role == WorkItem.role)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .join(Holding, Holding.jabatan_id == Jabatan.id)
        .where(
            *_going_on(),
            WorkItem.unit_id == any_(Unit.ancestors),
            held_on(day),
            Holding.person_id != all_(WorkItem.barred),
            Holding.since >= day - FRESH,
            ~exists().where(Absence.person_id == Holding.person_id, absent_on(day)),
            exists().where(Person.id == Holding.person_id, Person.disabled_at.is_(None)),
            or_(WorkItem.claimed_by.is_(None), ~claim_stands(day)),
            ~exists().where(
                Notice.work_item_id == WorkItem.id,
                Notice.rung == ASSIGNED,
                Notice.person_id == Holding.person_id,
                Notice.channel == IN_APP,
            ),
        )
    )
    return tx.scalars(query.distinct().order_by(WorkItem.id).limit(limit)).all()


def copy_assigned(tx: Tx, channel: str, now: datetime) -> None:
    """Have what told people of new items sent over a channel of the house as well."""
    copy = aliased(Notice)
    columns = ("work_item_id", "person_id", "kind", "rung", "subject", "body", "created_at")
    source = (
        select(*(getattr(Notice, name) for name in columns), literal(channel), literal(now))
        .join(WorkItem, WorkItem.id == Notice.work_item_id)
        .where(
            WorkItem.state.in_(OPEN),
            WorkItem.available_at > now - COPIED,
            Notice.rung == ASSIGNED,
            Notice.channel == IN_APP,
            ~exists().where(
                copy.work_item_id == Notice.work_item_id,
                copy.rung == ASSIGNED,
                copy.person_id == Notice.person_id,
                copy.channel == channel,
            ),
        )
    )
    statement = insert(Notice).from_select([*columns, "channel", "send_after"], source)
    tx.execute(statement.on_conflict_do_nothing())


def ended_snoozes(tx: Tx, now: datetime, limit: int) -> Sequence[Row[Snooze, Person]]:
    """(Snooze, Person) of those whose time is over and who have not been told, while the item is
    open and not paused, and nobody else works on it."""
    rung = func.concat(SNOOZED + ":", cast(Snooze.id, String))
    told = exists().where(
        Notice.work_item_id == Snooze.work_item_id,
        Notice.rung == rung,
        Notice.person_id == Snooze.person_id,
    )
    query = (
        select(Snooze, Person)
        .join(Person, Person.id == Snooze.person_id)
        .join(WorkItem, WorkItem.id == Snooze.work_item_id)
        .join(Case, Case.id == WorkItem.case_id)
        .where(Snooze.until <= now, ~told, WorkItem.paused_at.is_(None), *_going_on())
        .where(or_(WorkItem.claimed_by.is_(None), WorkItem.claimed_by == Snooze.person_id))
        .where(Snooze.person_id != all_(WorkItem.barred))
    )
    return tx.execute(query.order_by(Snooze.id).limit(limit)).all()


def _going_on() -> tuple[ColumnElement[bool], ...]:
    """The item is open, and something may go on in its case."""
    return WorkItem.state.in_(OPEN), Case.suspended_at.is_(None)
