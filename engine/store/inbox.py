"""Which items a person's lists hold, in the order of their due moments, a page at a time.

Each list is a union of branches that an index brings in that order, so that a page costs the same
whether it is one of ten or of a hundred thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Literal

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    ColumnElement,
    ScalarSelect,
    Select,
    Subquery,
    TableValuedAlias,
    Text,
    all_,
    and_,
    any_,
    bindparam,
    column,
    exists,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB, array

from engine.inbox_values import COUNTED, Tab
from engine.store import people
from engine.store.columns import Moment
from engine.store.inbox_rows import IDS, ME, InboxRow, rows_of
from engine.store.tables import Consultation, Unit, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import OPEN
from workflows.rights import Actor

Condition = ColumnElement[bool]
# Whose lists they are: parameters, so that a statement is made once and not for every reader.
SEATS = bindparam("seats", type_=JSONB)
STOOD_IN_FOR = bindparam("absent", type_=IDS)
READABLE = bindparam("readable", type_=IDS)
ELSEWHERE = bindparam("elsewhere", type_=IDS)
NOW = bindparam("now", type_=Moment)
# Not as parameters: a plan that is kept for all readers could not use the indexes of open items.
IS_OPEN = WorkItem.state.in_([literal_column(f"'{state}'") for state in OPEN])
_UNITS = select(Unit.id).where(
    or_(
        Unit.ancestors.overlap(bindparam("below", type_=IDS)),
        Unit.id == any_(bindparam("above", type_=IDS)),
    )
)
NAMED = 2000  # cases elsewhere; whoever has more of them has a role for the whole region
SEAT = (
    column("role", Text),
    column("unit_id", BigInteger),
    column("absent", BigInteger),
    column("acting", ARRAY(BigInteger)),
)
Shape = Literal["everything", "here", "some_elsewhere", "role_for_all"]


@dataclass(frozen=True)
class Reader:
    """Whose lists they are. `seats`: one a (role, unit, whom they stand in for), with the ids of
    all who act in that role there; `readable`: ids of the units whose cases are open to them, None
    for all units; `elsewhere`: ids of further cases that are, None: too many to name."""

    person_id: int
    seats: tuple[dict[str, object], ...]
    absent: tuple[int, ...]
    readable: tuple[int, ...] | None
    elsewhere: tuple[int, ...] | None = ()

    @property
    def shape(self) -> Shape:
        """What decides how the statements look; the rest are their parameters."""
        if self.readable is None:
            return "everything"
        if self.elsewhere is None:
            return "role_for_all"
        return "some_elsewhere" if self.elsewhere else "here"

    def parameters(self, now: datetime | None = None) -> dict[str, object]:
        return {
            "me": self.person_id,
            "seats": list(self.seats),
            "absent": list(self.absent),
            "readable": list(self.readable or ()),
            "elsewhere": list(self.elsewhere or ()),
            "now": now,
        }


@dataclass(frozen=True)
class Slice:
    """What of a list: further conditions, its order, and how many at most."""

    more: tuple[Condition, ...]
    order: tuple[ColumnElement[Any], ...]
    limit: int


Branch = Callable[[Slice], Select[int, datetime | None]]


def meet_reader(tx: Tx, actor: Actor, day: date) -> Reader:
    """Learn what the lists of a person are made of."""
    assert actor.person_id is not None
    acting: dict[tuple[str, int], list[int]] = {}
    for role, unit_id, person_id in people.acting_ids(tx, actor.role_units, day):
        acting.setdefault((role, unit_id), []).append(person_id)
    pairs = dict.fromkeys(
        (one.role, unit_id, one.for_id)
        for one in actor.positions
        if one.role
        for unit_id in one.ancestors
    )
    seats: tuple[dict[str, object], ...] = tuple(
        {"role": role, "unit_id": unit, "absent": absent, "acting": acting.get((role, unit), [])}
        for role, unit, absent in pairs
    )
    absent_ids = tuple(sorted({one for *_, one in pairs if one is not None}))
    reader = Reader(actor.person_id, seats, absent_ids, readable_units(tx, actor))
    if reader.readable is None:
        return reader
    query = _cases_elsewhere(NAMED + 1).limit(NAMED + 1)
    found = tx.scalars(query, reader.parameters()).all()
    return replace(reader, elsewhere=tuple(found) if len(found) <= NAMED else None)


def readable_units(tx: Tx, actor: Actor) -> tuple[int, ...] | None:
    """Ids of the units whose cases the actor may read by where they stand; None: of all."""
    if actor.grants:
        return None
    given = {
        "below": sorted(actor.units | actor.units_overseen),
        "above": sorted(actor.units_above),
    }
    return tuple(tx.scalars(_UNITS, given).all())


def branches_of(tab: Tab, shape: Shape) -> list[Branch]:
    """What the list is a union of."""
    if tab == "done":
        return [_plain(WorkItem.completed_by == ME)]
    if tab == "all":
        return _all_branches(shape)
    mine = [_claimed, _plain(IS_OPEN, WorkItem.delegate_id == ME)] if tab != "group" else []
    return [*mine, _group] if tab != "mine" else mine


def _plain(*conditions: Condition) -> Branch:
    def branch(slice_: Slice) -> Select[int, datetime | None]:
        return _items(slice_, *conditions)

    return branch


def _items(slice_: Slice, *conditions: Condition) -> Select[int, datetime | None]:
    query = select(WorkItem.id, WorkItem.due_at).where(*conditions, *slice_.more)
    return query.order_by(*slice_.order).limit(slice_.limit)


def _seats() -> TableValuedAlias:
    given = func.jsonb_to_recordset(SEATS)
    return given.table_valued(*SEAT).render_derived("seat", with_types=True)


def _left_by_four_eyes(seat: TableValuedAlias) -> Condition:
    who: array[Any] = array([ME, seat.c.absent])
    barred: Condition = WorkItem.barred.overlap(who)
    return not_(barred)


def _claimed(slice_: Slice) -> Select[int, datetime | None]:
    """Claimed by the reader or by whom they stand in for there."""
    ids = func.unnest(func.array_append(STOOD_IN_FOR, ME))
    holder = ids.table_valued(column("id", BigInteger)).render_derived("holder")
    seat = _seats()
    standing = exists().where(
        seat.c.role == WorkItem.role,
        seat.c.unit_id == WorkItem.unit_id,
        or_(holder.c.id == ME, holder.c.id == seat.c.absent),
        _left_by_four_eyes(seat),
    )
    standing = standing.correlate(WorkItem, holder)
    inner = _items(slice_, IS_OPEN, WorkItem.claimed_by == holder.c.id, standing).lateral("held")
    return select(inner.c.id, inner.c.due_at).select_from(holder).join(inner, true())


def _group(slice_: Slice) -> Select[int, datetime | None]:
    """Open to the reader's roles: nobody who still acts in them has claimed it."""
    seat = _seats()
    inner = _items(
        slice_,
        IS_OPEN,
        WorkItem.role == seat.c.role,
        WorkItem.unit_id == seat.c.unit_id,
        or_(WorkItem.claimed_by.is_(None), WorkItem.claimed_by != all_(seat.c.acting)),
        WorkItem.delegate_id.is_distinct_from(ME),
        _left_by_four_eyes(seat),
    ).lateral("in_role")
    return select(inner.c.id, inner.c.due_at).select_from(seat).join(inner, true())


def _in_units(slice_: Slice) -> Select[int, datetime | None]:
    """Of cases of the units that the reader may see."""
    unit = func.unnest(READABLE)
    each = unit.table_valued(column("id", BigInteger)).render_derived("of_unit")
    inner = _items(slice_, IS_OPEN, WorkItem.case_unit_id == each.c.id).lateral("in_unit")
    return select(inner.c.id, inner.c.due_at).select_from(each).join(inner, true())


def _all_branches(shape: Shape) -> list[Branch]:
    if shape == "everything":
        return [_plain(IS_OPEN)]
    if shape == "role_for_all":
        return [_in_units, _plain(IS_OPEN, WorkItem.case_id.in_(_cases_elsewhere()))]
    if shape == "some_elsewhere":
        return [_in_units, _plain(IS_OPEN, WorkItem.case_id == any_(ELSEWHERE))]
    return [_in_units]


@lru_cache(maxsize=2)
def _cases_elsewhere(most: int | None = None) -> Select[int]:
    """Ids of cases that are open to the reader only because an item of them is or was theirs, or
    they are asked about one; see `work_items.is_involved`. `most`: how many of each kind at most,
    in the order of the index that brings them."""
    seat = _seats()
    elsewhere = WorkItem.case_unit_id != all_(READABLE)
    asked = select(Consultation.work_item_id).where(
        Consultation.asked_of == ME, Consultation.withdrawn_at.is_(None)
    )
    by_role = (
        select(WorkItem.case_id)
        .where(
            WorkItem.unit_id == seat.c.unit_id,
            WorkItem.role == seat.c.role,
            # Where the unit is that of the case, the case is readable anyway.
            WorkItem.unit_id != WorkItem.case_unit_id,
            elsewhere,
        )
        .order_by(WorkItem.case_unit_id)
        .limit(most)
        .lateral("in_role")
    )
    done = (
        select(WorkItem.case_id)
        .where(WorkItem.completed_by == ME, elsewhere)
        .order_by(WorkItem.completed_at)
        .limit(most)
        .subquery()
    )
    found = union_all(
        select(by_role.c.case_id).select_from(seat).join(by_role, true()),
        select(done.c.case_id),
        select(WorkItem.case_id).where(WorkItem.delegate_id == ME, elsewhere),
        select(WorkItem.case_id).where(WorkItem.id.in_(asked), elsewhere),
    ).subquery()
    return select(found.c.case_id).distinct()


def order_of(tab: Tab) -> tuple[ColumnElement[Any], ...]:
    """What has been done last stands first; else what is due first, undated items last."""
    if tab == "done":
        return WorkItem.completed_at.desc(), WorkItem.id.desc()
    return WorkItem.due_at.asc(), WorkItem.id.asc()  # PostgreSQL sorts NULL last


def behind(tab: Tab, place: tuple[datetime | None, int]) -> Condition:
    """Those that come after an item with this moment and id."""
    moment, item_id = place
    if tab == "done":
        return tuple_(WorkItem.completed_at, WorkItem.id) < tuple_(
            literal(moment, Moment), literal(item_id)
        )
    if moment is None:
        return and_(WorkItem.due_at.is_(None), WorkItem.id > item_id)
    later = tuple_(WorkItem.due_at, WorkItem.id) > tuple_(literal(moment, Moment), literal(item_id))
    return or_(later, WorkItem.due_at.is_(None))


def item_page(
    tx: Tx, tab: Tab, reader: Reader, more: Collection[Condition], limit: int
) -> Sequence[InboxRow]:
    """The first items of a list that meet the conditions. Which they are is asked first: together
    with all that a row shows, PostgreSQL would look at every item."""
    if more:
        query = _first(tab, reader.shape, Slice(tuple(more), order_of(tab), limit))
    else:
        query = _bare_first(tab, reader.shape, limit)
    ids = tx.scalars(query, reader.parameters()).all()
    place = {item_id: number for number, item_id in enumerate(ids)}
    return sorted(rows_of(tx, reader.person_id, ids), key=lambda row: place[row[0].id])


@lru_cache(maxsize=100)
def _bare_first(tab: Tab, shape: Shape, limit: int) -> Select[int]:
    return _first(tab, shape, Slice((), order_of(tab), limit))


def _first(tab: Tab, shape: Shape, slice_: Slice) -> Select[int]:
    found = _united(tab, shape, slice_)
    first = select(found.c.id).distinct().subquery()
    query = select(WorkItem.id).join(first, first.c.id == WorkItem.id)
    return query.order_by(*slice_.order).limit(slice_.limit)


def _united(tab: Tab, shape: Shape, slice_: Slice) -> Subquery:
    branches = [_bracket(one(slice_)) for one in branches_of(tab, shape)]
    return union_all(*branches).subquery() if len(branches) > 1 else branches[0].subquery()


def chosen_rows(tx: Tx, reader: Reader, item_ids: Collection[int]) -> Sequence[InboxRow]:
    """Of these items, those whose cases are open to the reader, by id."""
    query = select(WorkItem.id).where(WorkItem.id == any_(literal(list(item_ids), IDS)))
    if reader.readable is not None:
        here = WorkItem.case_unit_id == any_(READABLE)
        query = query.where(or_(here, WorkItem.case_id.in_(_cases_elsewhere())))
    ids = tx.scalars(query, reader.parameters()).all()
    return sorted(rows_of(tx, reader.person_id, ids), key=lambda row: row[0].id)


def _bracket(query: Select[int, datetime | None]) -> Select[Any]:
    """In brackets, so that it may have an order and a limit inside a union."""
    inner = query.subquery()
    return select(inner.c.id)


def count_tabs(tx: Tx, reader: Reader, now: datetime) -> dict[str, int]:
    """How many each list holds, and of "todo" the late and those at risk; at most COUNTED."""
    return dict(tx.execute(_counts(reader.shape), reader.parameters(now)).one()._mapping)


@lru_cache(maxsize=8)
def _counts(shape: Shape) -> Select[*tuple[Any, ...]]:
    wanted: dict[str, tuple[Tab, tuple[Condition, ...]]] = {
        "mine": ("mine", ()),
        "group": ("group", ()),
        "done": ("done", ()),
        "all": ("all", ()),
        "late": ("todo", (is_late(NOW),)),
        "at_risk": ("todo", (is_at_risk(NOW),)),
    }
    return select(*(_count(tab, shape, more).label(name) for name, (tab, more) in wanted.items()))


def _count(tab: Tab, shape: Shape, more: tuple[Condition, ...]) -> ScalarSelect[int]:
    # In order, so that an index is read and not the whole table.
    found = _united(tab, shape, Slice(more, order_of(tab), COUNTED))
    capped = select(found.c.id).distinct().limit(COUNTED).subquery()
    return select(func.count()).select_from(capped).scalar_subquery()


def is_late(now: datetime | BindParameter[Any]) -> Condition:
    """As `lines.is_overdue`, of open items."""
    at = now if isinstance(now, BindParameter) else literal(now, Moment)
    return and_(WorkItem.due_at < at, WorkItem.due_at < func.coalesce(WorkItem.paused_at, at))


def is_at_risk(now: datetime | BindParameter[Any]) -> Condition:
    at = now if isinstance(now, BindParameter) else literal(now, Moment)
    return and_(WorkItem.at_risk_at <= at, WorkItem.due_at >= at, WorkItem.paused_at.is_(None))
