"""Notices: written once, read in the app; `engine.store.outbox` has them sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    and_,
    column,
    delete,
    func,
    inspect,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, insert

from engine.store import live
from engine.store.outbox import DONE, LASTING
from engine.store.tables import Case, Notice, Person, Unit, WorkItem
from engine.store.transaction import Tx
from workflows.deadlines import KINDS

IN_APP = "in_app"
NoticeRow = Row[Notice, Person, int | None]


def add_notices(tx: Tx, rows: Collection[Mapping[str, Any]]) -> int:
    """Insert those that are not there yet (one per item, rung, person and channel); how many."""
    return len(add_new(tx, rows))


def add_new(tx: Tx, rows: Collection[Mapping[str, Any]]) -> Sequence[Row[int | None, str]]:
    """As `add_notices`; (item id, rung) of each notice that is new.

    One statement with one parameter, however many: as rows of values they take far longer.
    """
    if not rows:
        return []
    table = inspect(Notice).local_table
    columns = [column(name, table.c[name].type) for name in next(iter(rows))]
    document = [{name: _as_json(value) for name, value in row.items()} for row in rows]
    given = func.jsonb_to_recordset(literal(document, JSONB)).table_valued(*columns)
    source = select(given.render_derived(with_types=True))
    statement = insert(Notice).from_select([one.name for one in columns], source)
    for row in rows:
        if row["channel"] == IN_APP:
            live.tell(tx, live.about_notices(row["person_id"]))
    returning = statement.on_conflict_do_nothing().returning(Notice.work_item_id, Notice.rung)
    return tx.execute(returning).all()


def _as_json(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def cancel_pending(tx: Tx, item_id: int, now: datetime) -> None:
    """A finished item needs no reminder: what has not been sent is given up, but for what is worth
    reading all the same."""
    tx.execute(
        update(Notice)
        .where(
            Notice.work_item_id == item_id,
            Notice.kind.not_in(LASTING),
            Notice.sent_at.is_(None),
            Notice.given_up_at.is_(None),
            Notice.claimed_until.is_(None),
        )
        .values(given_up_at=now, last_error=DONE)
    )


def take_back(tx: Tx, item_ids: Collection[int]) -> None:
    """Forget what ladders have written about these items and nobody has tried to send: it would
    tell whom the item does not wait for any more, or of a due moment that has moved. Who still has
    to hear is found when the item is looked at next."""
    tx.execute(
        delete(Notice).where(
            Notice.work_item_id.in_(item_ids),
            Notice.kind.in_(KINDS),
            Notice.sent_at.is_(None),
            Notice.given_up_at.is_(None),
            Notice.claimed_until.is_(None),
            Notice.attempts == 0,
        )
    )


def forget_rung(tx: Tx, rung: str) -> None:
    """Forget what was written for rungs that begin so, are about no item, and nobody has tried to
    send or could have read: it would ask for what is not asked for any more."""
    tx.execute(
        delete(Notice).where(
            Notice.work_item_id.is_(None),
            Notice.rung.startswith(rung, autoescape=True),
            Notice.channel != IN_APP,
            Notice.sent_at.is_(None),
            Notice.given_up_at.is_(None),
            Notice.claimed_until.is_(None),
            Notice.attempts == 0,
        )
    )


def list_own(tx: Tx, person_id: int, limit: int) -> Sequence[NoticeRow]:
    """(Notice, Person, case id) of what the person reads in the app, the newest first."""
    query = _listed(limit).where(_in_app(person_id))
    return tx.execute(query).all()


def list_outgoing(
    tx: Tx, limit: int, unit_ids: Collection[int] | None = None
) -> Sequence[NoticeRow]:
    """(Notice, Person, case id) of what leaves the house, the newest first; `unit_ids`: only about
    cases of these units and of those below them."""
    query = _listed(limit).where(Notice.channel != IN_APP)
    if unit_ids is None:
        return tx.execute(query).all()
    about = func.coalesce(Notice.case_id, WorkItem.case_id)
    there = (
        select(Case.id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.id == about, Unit.ancestors.overlap(sorted(unit_ids)))
    )
    return tx.execute(query.where(there.exists())).all()


def _listed(limit: int) -> Select[Notice, Person, int | None]:
    return (
        select(Notice, Person, func.coalesce(Notice.case_id, WorkItem.case_id))
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(WorkItem, WorkItem.id == Notice.work_item_id)
        .order_by(Notice.id.desc())
        .limit(limit)
    )


def _in_app(person_id: int | ColumnElement[int]) -> ColumnElement[bool]:
    """What the person was to be spared stays unseen; see `snoozes`."""
    return and_(
        Notice.person_id == person_id, Notice.channel == IN_APP, Notice.given_up_at.is_(None)
    )


def unread_of(person_id: ColumnElement[int]) -> ScalarSelect[int]:
    """How many in-app notices the person has not read, within a statement about them."""
    query = select(func.count()).where(_in_app(person_id), Notice.read_at.is_(None))
    return query.scalar_subquery()


def mark_read(tx: Tx, person_id: int, notice_id: int | None, now: datetime) -> int:
    """Mark one in-app notice of the person, or all of them; how many it were."""
    statement = update(Notice).where(_in_app(person_id), Notice.read_at.is_(None))
    if notice_id is not None:
        statement = statement.where(Notice.id == notice_id)
    live.tell(tx, live.about_notices(person_id))
    done = tx.scalars(statement.values(read_at=now).returning(Notice.id))
    return len(done.all())
