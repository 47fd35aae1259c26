"""What narrows a person's lists down: a query turned into conditions, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, any_, exists, func, literal, not_, or_, select

from engine.inbox_values import SEARCH_LENGTH, SEARCH_WORDS, STATES, InboxQuery, read_cursor
from engine.store.columns import Moment
from engine.store.inbox import Condition, behind, is_at_risk, is_late
from engine.store.tables import Case, Definition, Jabatan, Person, Unit, WorkItem
from engine.store.transaction import Tx

LONGEST = 2**62  # what is no number of a case


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
    for field, known, condition in (
        ("sop", found.sop, WorkItem.sop_key == query.sop),
        ("unit", bool(found.unit_ids), WorkItem.unit_id.in_(found.unit_ids)),
        ("role", found.role, WorkItem.role == query.role),
        ("claimant", found.claimant_id is not None, _of_claimant(query, found.claimant_id)),
        ("state", query.state in STATES, _in_state(query, now)),
    ):
        if getattr(query, field):
            (conditions if known else ignored).append(condition if known else field)  # type: ignore[arg-type]
    conditions += _within(query, zone)
    conditions += _words(query.search)
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


def _of_claimant(query: InboxQuery, person_id: int | None) -> Condition:
    who = WorkItem.completed_by if query.tab == "done" else WorkItem.claimed_by
    return who == person_id


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


def _words(search: str) -> Iterator[Condition]:
    """Each word in the name of the step, SOP, unit or claimant, or the number of the case."""
    for word in search[:SEARCH_LENGTH].split()[:SEARCH_WORDS]:
        sops = select(Definition.key).where(Definition.name.icontains(word, autoescape=True))
        units = select(Unit.id).where(Unit.name.icontains(word, autoescape=True))
        names = select(Person.id).where(Person.name.icontains(word, autoescape=True))
        ways = [
            WorkItem.title.icontains(word, autoescape=True),
            WorkItem.sop_key.in_(sops),
            WorkItem.unit_id.in_(units),
            WorkItem.claimed_by.in_(names),
        ]
        number = word.lstrip("#")
        if number.isdecimal() and number.isascii() and int(number) < LONGEST:
            ways.append(WorkItem.case_id == int(number))
        yield or_(*ways)
