"""Cases, their timers and their events."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Row, cast, delete, func, or_, select, update
from sqlalchemy import case as sql_case
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import defer

from engine.store.tables import Case, Definition, Event, Person, Timer, Unit, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import without_content

OPEN = ("running", "incident")  # these go on by themselves; a suspended one does not
UNFINISHED = (*OPEN, "suspended")
HANDED = ("item_reassigned", "item_returned")  # events after which somebody else has the item
CaseRow = Row[Case, Definition, Unit]
EventRow = Row[Event, str, WorkItem]


def lock_case(tx: Tx, case_id: int) -> Case | None:
    """Every change of a case begins here: the row stays locked until the transaction ends.

    Reads afresh: a case seen before the lock may have been moved since.
    """
    query = select(Case).where(Case.id == case_id).with_for_update()
    return tx.scalar(query.execution_options(populate_existing=True))


def find_case(tx: Tx, case_id: int) -> Case | None:
    return tx.get(Case, case_id)


def definition_of(tx: Tx, case: Case) -> Definition:
    """The version that the case runs on for life."""
    row = tx.get(Definition, case.definition_id)
    assert row is not None
    return row


def list_cases(
    tx: Tx, *, state: str | None, below: Collection[int] | None, exactly: Collection[int]
) -> Sequence[CaseRow]:
    """(Case, Definition without content, Unit), newest first.

    `below`: only cases whose unit is one of these or under one; None lets all through.
    `exactly`: cases of these units are shown as well.
    """
    query = (
        select(Case, Definition, Unit)
        .join(Definition, Definition.id == Case.definition_id)
        .join(Unit, Unit.id == Case.unit_id)
        .options(defer(Case.engine_state), *without_content())
        .order_by(Case.id.desc())
        .limit(500)
    )
    if state:
        query = query.where(Case.state == state)
    if below is not None:
        query = query.where(
            or_(Unit.ancestors.overlap(sorted(below)), Unit.id.in_(sorted(exactly)))
        )
    return tx.execute(query).all()


def unfinished_of_key(tx: Tx, key: str) -> Sequence[tuple[int, Definition]]:
    """(case id, Definition) of all cases of an SOP that go on, by id."""
    query = (
        select(Case.id, Case.definition_id)
        .join(Definition, Definition.id == Case.definition_id)
        .where(Definition.key == key, Case.state.in_(UNFINISHED))
        .order_by(Case.id)
    )
    found = tx.execute(query).all()
    wanted = Definition.id.in_({definition_id for _, definition_id in found})
    versions = {row.id: row for row in tx.scalars(select(Definition).where(wanted))}
    return [(case_id, versions[definition_id]) for case_id, definition_id in found]


def count_unfinished(tx: Tx, key: str) -> Sequence[Row[int, int]]:
    """(version, number of cases that go on by it) of an SOP, the oldest first."""
    query = (
        select(Definition.version, func.count())
        .join(Case, Case.definition_id == Definition.id)
        .where(Definition.key == key, Case.state.in_(UNFINISHED))
        .group_by(Definition.version)
        .order_by(Definition.version)
    )
    return tx.execute(query).all()


def unfinished_by_key(tx: Tx, key: str | None = None) -> Mapping[str, int]:
    """key -> number of cases that go on, of each SOP that has any, or of that one."""
    query = (
        select(Definition.key, func.count())
        .join(Case, Case.definition_id == Definition.id)
        .where(Case.state.in_(UNFINISHED))
        .group_by(Definition.key)
    )
    rows = tx.execute(query if key is None else query.where(Definition.key == key))
    return {found: count for found, count in rows}


def highest_rounds(tx: Tx, case_ids: Collection[int]) -> dict[int, int]:
    """case id -> the highest round that any of its work items has reached."""
    rows = tx.execute(
        select(WorkItem.case_id, func.max(WorkItem.round))
        .where(WorkItem.case_id.in_(case_ids))
        .group_by(WorkItem.case_id)
    )
    return {case_id: rounds for case_id, rounds in rows}


def add_case(tx: Tx, row: Case) -> Case:
    tx.add(row)
    tx.flush()
    return row


def replace_timers(tx: Tx, case_id: int, timers: Collection[tuple[str, str, datetime]]) -> None:
    """Make (token, node, due_at) the case's armed timers; what is not named is disarmed."""
    tokens = [token for token, _, _ in timers]
    tx.execute(delete(Timer).where(Timer.case_id == case_id, Timer.token.not_in(tokens)))
    for token, node, due_at in timers:
        statement = insert(Timer).values(case_id=case_id, token=token, node=node, due_at=due_at)
        tx.execute(
            statement.on_conflict_do_update(
                index_elements=["case_id", "token"], set_={"due_at": due_at}
            )
        )


def cases_with_due_timers(tx: Tx, now: datetime, limit: int) -> Sequence[int]:
    """Ids of running cases that have a timer due."""
    query = (
        select(Timer.case_id)
        .join(Case, Case.id == Timer.case_id)
        .where(Timer.due_at <= now, Case.state.in_(OPEN))
        .group_by(Timer.case_id)
        .order_by(func.min(Timer.due_at))
        .limit(limit)
    )
    return tx.scalars(query).all()


def has_due_timer(tx: Tx, case_id: int, now: datetime) -> bool:
    """Whether a timer of the case is due."""
    query = select(Timer.token).where(Timer.case_id == case_id, Timer.due_at <= now)
    return tx.scalar(query.limit(1)) is not None


def postpone_timers(tx: Tx, case_id: int, now: datetime, until: datetime) -> None:
    """Look at the case's due timers again only then."""
    due = (Timer.case_id == case_id, Timer.due_at <= now)
    tx.execute(update(Timer).where(*due).values(due_at=until))


def add_event(
    tx: Tx,
    at: datetime,
    kind: str,
    actor_id: int | None,
    *,
    case_id: int | None = None,
    work_item_id: int | None = None,
    **data: Any,
) -> None:
    """Append one happening; `data` must be JSON."""
    tx.add(
        Event(
            at=at,
            kind=kind,
            actor_id=actor_id,
            case_id=case_id,
            work_item_id=work_item_id,
            data=data,
        )
    )


def claims_of_item(tx: Tx, item_id: int) -> Sequence[Row[datetime, str | None]]:
    """(moment, name of who has it from then on, None: nobody) of each time that somebody took it,
    gave it back, or was given it."""
    holder = sql_case(
        (Event.kind == "item_claimed", Event.actor_id),
        (Event.kind.in_(HANDED), cast(Event.data["holder"].astext, BigInteger)),
    )
    return tx.execute(
        select(Event.at, Person.name)
        .outerjoin(Person, Person.id == holder)
        .where(
            Event.work_item_id == item_id,
            Event.kind.in_(("item_claimed", "item_released", *HANDED)),
        )
        .order_by(Event.id)
    ).all()


def claimed_as(tx: Tx, case_id: int) -> dict[tuple[int, int], dict[str, Any]]:
    """(item id, person id) -> as what that person last took that item of the case, as JSON."""
    query = select(Event.work_item_id, Event.actor_id, Event.data["acted_as"]).where(
        Event.case_id == case_id, Event.kind == "item_claimed", Event.actor_id.is_not(None)
    )
    rows = tx.execute(query.order_by(Event.id))
    return {(item_id, actor_id): said for item_id, actor_id, said in rows if said}


def list_events(tx: Tx, case_id: int) -> Sequence[EventRow]:
    """(Event, name of the actor | None, WorkItem | None) in order."""
    return tx.execute(
        select(Event, Person.name, WorkItem)
        .outerjoin(Person, Person.id == Event.actor_id)
        .outerjoin(WorkItem, WorkItem.id == Event.work_item_id)
        .where(Event.case_id == case_id)
        .order_by(Event.id)
    ).all()


def renamings(tx: Tx, case_id: int) -> list[tuple[datetime, dict[str, str]]]:
    """(moment, node of the version before -> its name since) of each time that the case has moved
    to another version of its SOP, in order."""
    rows = tx.execute(
        select(Event.at, Event.data)
        .where(Event.case_id == case_id, Event.kind == "case_migrated")
        .order_by(Event.id)
    )
    return [(at, data.get("renamed", {})) for at, data in rows]
