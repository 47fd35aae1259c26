"""What narrows a person's lists down: a query turned into conditions, and what can be chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ARRAY,
    ScalarSelect,
    and_,
    any_,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
)

from engine.inbox_values import SEARCH_LENGTH, SEARCH_WORDS, STATES, InboxQuery, read_cursor
from engine.store.columns import Moment
from engine.store.inbox import Condition, behind, is_at_risk, is_late
from engine.store.tables import Case, Definition, Jabatan, Person, StepTitle, Unit, WorkItem
from engine.store.transaction import Tx

LONGEST = 2**62  # what is no number of a case
_CASE = re.compile(r"\b(?:kasus|case)\s+(?=#?\d)", re.IGNORECASE)  # as rows say it: "Kasus 5"


@dataclass(frozen=True)
class Narrowing:
    """Conditions for `inbox.item_page`; `ignored`: fields that named nothing known."""

    conditions: tuple[Condition, ...]
    ignored: tuple[str, ...]


@dataclass(frozen=True)
class _Found:
    """What the names in a query stand for; None where nothing has such a name."""

    unit_ids: list[int]
    claimant_id: int | None
    sop: bool
    role: bool


def narrow(tx: Tx, query: InboxQuery, zone: str, now: datetime) -> Narrowing:
    """`zone`: in which the days of the query are meant."""
    conditions: list[Condition] = []
    ignored: list[str] = []
    found = _look_up(tx, query)
    wanted: tuple[tuple[str, bool, Callable[[], Condition]], ...] = (
        ("sop", found.sop, lambda: WorkItem.sop_key == query.sop),
        ("unit", bool(found.unit_ids), lambda: WorkItem.unit_id.in_(found.unit_ids)),
        ("role", found.role, lambda: WorkItem.role == query.role),
        ("claimant", found.claimant_id is not None, lambda: _of_claimant(query, found)),
        ("state", query.state in STATES, lambda: _in_state(query, now)),
    )
    for field, known, condition in wanted:
        if getattr(query, field) and known:
            conditions.append(condition())
        elif getattr(query, field):
            ignored.append(field)
    conditions += _within(query, zone)
    conditions += _words(tx, query.search)
    if query.after:
        place = read_cursor(query.after)
        if place is None:
            ignored.append("after")
        else:
            conditions.append(behind(query.tab, place))
    return Narrowing(tuple(conditions), tuple(ignored))


def _look_up(tx: Tx, query: InboxQuery) -> _Found:
    if not (query.unit or query.claimant or query.sop or query.role):
        return _Found([], None, False, False)
    root = select(Unit.id).where(Unit.code == query.unit).scalar_subquery()
    below = select(func.array_agg(Unit.id)).where(root == any_(Unit.ancestors))
    who = select(Person.id).where(Person.login == query.claimant.strip().lower())
    row = tx.execute(
        select(
            below.scalar_subquery(),
            who.scalar_subquery(),
            exists().where(Definition.key == query.sop),
            exists().where(Jabatan.role == query.role),
        )
    ).one()
    return _Found(row[0] or [], row[1], row[2], row[3])


def _of_claimant(query: InboxQuery, found: _Found) -> Condition:
    who = WorkItem.completed_by if query.tab == "done" else WorkItem.claimed_by
    return who == found.claimant_id


def _in_state(query: InboxQuery, now: datetime) -> Condition:
    suspended = WorkItem.case_id.in_(select(Case.id).where(Case.suspended_at.is_not(None)))
    late = WorkItem.completed_at > WorkItem.due_at if query.tab == "done" else is_late(now)
    return {
        "unclaimed": WorkItem.claimed_by.is_(None),
        "claimed": WorkItem.claimed_by.is_not(None),
        "late": late,
        "at_risk": is_at_risk(now),
        "paused": and_(WorkItem.paused_at.is_not(None), not_(suspended)),
        "suspended": suspended,
    }.get(query.state, WorkItem.id.is_not(None))


def _within(query: InboxQuery, zone: str) -> Iterator[Condition]:
    if query.due_from:
        start = datetime.combine(query.due_from, time(), ZoneInfo(zone))
        yield WorkItem.due_at >= literal(start, Moment)
    if query.due_to and query.due_to < date.max:
        end = datetime.combine(query.due_to + timedelta(days=1), time(), ZoneInfo(zone))
        yield WorkItem.due_at < literal(end, Moment)


def _words(tx: Tx, search: str) -> list[Condition]:
    """Each word in the name of the step, SOP, unit or claimant, or the number of the case."""
    words = _CASE.sub("", search[:SEARCH_LENGTH]).split()[:SEARCH_WORDS]
    if not words:
        return []
    # What is called so is asked first: with nothing, or little, to look for, few items are read.
    called = [_called(name, values, word) for word in words for _, name, values in _NAMED]
    found = iter(tx.execute(select(*called)).one())
    return [or_(*_having(found), *_numbered(word), false()) for word in words]


# A column of an item, whose names it stands for, and the values of it that have the name.
_NAMED: tuple[tuple[Any, Any, Any], ...] = (
    (WorkItem.title, StepTitle.title, StepTitle.title),
    (WorkItem.sop_key, Definition.name, Definition.key),
    (WorkItem.unit_id, Unit.name, Unit.id),
    (WorkItem.claimed_by, Person.name, Person.id),
)


def _called(name: Any, values: Any, word: str) -> ScalarSelect[Any]:
    query = select(func.array_agg(values.distinct()))
    return query.where(name.icontains(word, autoescape=True)).scalar_subquery()


def _having(found: Iterator[list[Any] | None]) -> Iterator[Condition]:
    for column, _, values in _NAMED:
        if known := next(found):
            yield column == any_(literal(known, ARRAY(values.type)))


def _numbered(word: str) -> Iterator[Condition]:
    number = word.lstrip("#")
    if number.isdecimal() and number.isascii() and int(number) < LONGEST:
        yield WorkItem.case_id == int(number)
