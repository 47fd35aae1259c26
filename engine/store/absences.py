"""Leave: who is away, who stands in, and who has to hear of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    any_,
    cast,
    exists,
    func,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from engine.store.exclusive import NAMES
from engine.store.holdings import held_on
from engine.store.notices import IN_APP
from engine.store.seats import absent_on, covers_on
from engine.store.tables import (
    Absence,
    Case,
    Definition,
    Holding,
    Jabatan,
    Notice,
    Person,
    Unit,
    WorkItem,
)
from engine.store.transaction import Tx
from engine.store.work_items import OPEN, READ_BY, without_content
from workflows.leave import Leave

BEGAN, ENDED = "leave_began", "leave_ended"
FRESH = timedelta(days=30)  # how long after its end somebody still hears that they are back
AbsenceRow = Row[Absence, Person, Person, str | None]
BegunRow = Row[Absence, Person, Person]
JabatanRow = Row[Jabatan, Unit]


def keep_still(tx: Tx) -> None:
    """Let one leave be noted at a time, until the transaction ends: a ring may close over several
    of them."""
    tx.execute(select(func.pg_advisory_xact_lock(NAMES, func.hashtext("leave"))))


def find_absence(tx: Tx, absence_id: int) -> Absence | None:
    """Reads afresh: it may have changed since."""
    return tx.get(Absence, absence_id, populate_existing=True)


def add_absence(tx: Tx, row: Absence) -> Absence:
    tx.add(row)
    tx.flush()
    return row


def leaves_between(tx: Tx, since: date, until: date) -> list[Leave]:
    """Everybody's that has a day in this period."""
    query = select(Absence).where(
        Absence.cancelled_at.is_(None), Absence.since <= until, Absence.until >= since
    )
    return [as_leave(row) for row in tx.scalars(query.order_by(Absence.id))]


def as_leave(row: Absence) -> Leave:
    scope = frozenset(row.jabatan_ids)
    return Leave(row.id, row.person_id, row.substitute_id, row.since, row.until, scope)


def absence_rows(
    tx: Tx, person_ids: Collection[int], since: date, limit: int = 100
) -> Sequence[AbsenceRow]:
    """(Absence, who is away, the substitute, name of who noted it) of those that end on that
    day or later and concern one of these people as either; the latest first."""
    query = _rows().where(
        or_(Absence.person_id.in_(person_ids), Absence.substitute_id.in_(person_ids)),
        Absence.until >= since,
    )
    return tx.execute(query.order_by(Absence.since.desc(), Absence.id.desc()).limit(limit)).all()


def absence_row(tx: Tx, absence_id: int) -> AbsenceRow:
    """One of `absence_rows` that is known to be there."""
    return tx.execute(_rows().where(Absence.id == absence_id)).one()


def _rows() -> Select[Absence, Person, Person, str | None]:
    person, substitute, noted = aliased(Person), aliased(Person), aliased(Person)
    return (
        select(Absence, person, substitute, noted.name)
        .join(person, person.id == Absence.person_id)
        .join(substitute, substitute.id == Absence.substitute_id)
        .outerjoin(noted, noted.id == Absence.noted_by)
    )


def whole_absence(tx: Tx, person_id: int, day: date) -> AbsenceRow | None:
    """The leave from everything that a person is on that day."""
    query = _rows().where(
        Absence.person_id == person_id, absent_on(day), func.cardinality(Absence.jabatan_ids) == 0
    )
    return tx.execute(query.limit(1)).first()


def jabatan_held(tx: Tx, person_id: int, since: date, until: date) -> Sequence[JabatanRow]:
    """(Jabatan, Unit) of what a person holds on some day of that period."""
    query = (
        select(Jabatan, Unit)
        .join(Holding, Holding.jabatan_id == Jabatan.id)
        .join(Unit, Unit.id == Jabatan.unit_id)
        .where(
            Holding.person_id == person_id,
            Holding.since <= until,
            or_(Holding.until.is_(None), Holding.until >= since),
        )
    )
    return tx.execute(query.distinct().order_by(Jabatan.id)).all()


def above_person(tx: Tx, person_id: int, day: date) -> frozenset[int]:
    """Ids of all jabatan above those that the person holds on that day, however far."""
    level = select(Jabatan.superior_id.label("id")).join(Holding, Holding.jabatan_id == Jabatan.id)
    level = level.where(Holding.person_id == person_id, held_on(day))
    line = level.cte("line", recursive=True)
    line = line.union(select(Jabatan.superior_id).join(line, line.c.id == Jabatan.id))
    return frozenset(one for one in tx.scalars(select(line.c.id)) if one is not None)


def above_jabatan(tx: Tx, jabatan_id: int) -> frozenset[int]:
    """Ids of all jabatan above that one, however far."""
    level = select(Jabatan.superior_id.label("id")).where(Jabatan.id == jabatan_id)
    line = level.cte("line", recursive=True)
    line = line.union(select(Jabatan.superior_id).join(line, line.c.id == Jabatan.id))
    return frozenset(one for one in tx.scalars(select(line.c.id)) if one is not None)


def below_jabatan(tx: Tx, jabatan_ids: Collection[int], day: date) -> Sequence[Person]:
    """Who holds a jabatan below these on that day, by name."""
    first = select(Jabatan.id).where(Jabatan.superior_id.in_(jabatan_ids))
    line = first.cte("line", recursive=True)
    line = line.union(select(Jabatan.id).join(line, line.c.id == Jabatan.superior_id))
    query = (
        select(Person)
        .join(Holding, Holding.person_id == Person.id)
        .where(Holding.jabatan_id.in_(select(line.c.id)), held_on(day))
        .where(Person.disabled_at.is_(None))
    )
    return tx.scalars(query.distinct().order_by(Person.name, Person.id)).all()


def begun_unheard(
    tx: Tx, day: date, limit: int, absence_id: int | None = None
) -> Sequence[BegunRow]:
    """(Absence, who is away, who stands in) of those in force whose substitute, the one at the end
    of the chain, has not heard that it has begun; `absence_id`: only of that one."""
    covers, absent, acting = covers_on(day), aliased(Person), aliased(Person)
    query = (
        select(Absence, absent, acting)
        .join(covers, covers.c.absence_id == Absence.id)
        .join(absent, absent.id == covers.c.absent_id)
        .join(acting, acting.id == covers.c.acting_id)
        .where(~_heard(BEGAN, Absence.id.expression, acting.id.expression))
    )
    if absence_id is not None:
        query = query.where(Absence.id == absence_id)
    return tx.execute(query.order_by(Absence.id).limit(limit)).all()


def ended_unheard(tx: Tx, day: date, limit: int) -> Sequence[Row[Absence, Person, Person]]:
    """(Absence, who is back, who stood in) of those that are over, whose person is not away again
    and has not heard it."""
    back, stood, again = aliased(Person), aliased(Person), aliased(Absence)
    still = exists().where(
        again.person_id == Absence.person_id,
        again.cancelled_at.is_(None),
        again.since <= day,
        again.until >= day,
    )
    query = (
        select(Absence, back, stood)
        .join(back, back.id == Absence.person_id)
        .join(stood, stood.id == Absence.substitute_id)
        .where(
            Absence.cancelled_at.is_(None),
            Absence.until < day,
            Absence.until >= day - FRESH,
            back.disabled_at.is_(None),
            ~still,
            ~_heard(ENDED, Absence.id.expression, back.id.expression),
        )
    )
    return tx.execute(query.order_by(Absence.id).limit(limit)).all()


def _heard(
    what: str, absence: ColumnElement[int], person: ColumnElement[int]
) -> ColumnElement[bool]:
    return exists().where(
        Notice.work_item_id.is_(None),
        Notice.person_id == person,
        Notice.channel == IN_APP,
        Notice.rung == func.concat(what + ":", cast(absence, String)),
    )


def open_items_of(
    tx: Tx, person_id: int, acting_id: int, scope: Collection[int], day: date, limit: int
) -> Sequence[Row[WorkItem, Definition]]:
    """(WorkItem, Definition of its step) of the open items that wait for a person in these jabatan
    (none named: in all): those they have claimed and those nobody has; the earliest due first.
    Without those that four-eyes keeps from them or from who is `acting` for them."""
    held = exists().where(
        Holding.person_id == person_id,
        held_on(day),
        Jabatan.id == Holding.jabatan_id,
        Jabatan.role == WorkItem.role,
        Unit.id == Jabatan.unit_id,
        WorkItem.unit_id == any_(Unit.ancestors),
        Jabatan.id.in_(scope) if scope else true(),
    )
    mine = or_(WorkItem.claimed_by == person_id, WorkItem.claimed_by.is_(None))
    query = (
        select(WorkItem, Definition)
        .join(Case, Case.id == WorkItem.case_id)
        .join(Definition, READ_BY)
        .where(
            WorkItem.state.in_(OPEN),
            held,
            mine,
            not_(WorkItem.barred.overlap([person_id, acting_id])),
        )
        .options(*without_content())
        .order_by(WorkItem.due_at.nulls_last(), WorkItem.id)
    )
    return tx.execute(query.limit(limit)).all()


def count_done_for(tx: Tx, person_id: int, since: datetime, until: datetime) -> int:
    """How many items others have completed in the person's place in that time."""
    query = select(func.count()).where(
        WorkItem.completed_for == person_id,
        WorkItem.completed_at >= since,
        WorkItem.completed_at < until,
    )
    return tx.scalar(query) or 0
