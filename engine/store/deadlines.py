"""What is open in a set of units, for reckoning all its deadlines anew."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import defer

from engine.store.cases import UNFINISHED
from engine.store.tables import Case, Definition, Unit, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import OPEN, READ_BY, without_content

OpenItemRow = Row[WorkItem, Case, Definition, Unit]
OpenCaseRow = Row[Case, Definition, Unit]


def lock_cases(tx: Tx, unit_ids: Collection[int]) -> None:
    """Lock all cases that have a deadline in these units, in the order of their ids, so that two
    who do this never wait for each other."""
    items = select(WorkItem.case_id).where(WorkItem.unit_id.in_(unit_ids), WorkItem.state.in_(OPEN))
    whole = Case.unit_id.in_(unit_ids) & Case.state.in_(UNFINISHED)
    query = select(Case.id).where(or_(whole, Case.id.in_(items))).order_by(Case.id)
    tx.execute(query.with_for_update()).all()


def open_items(tx: Tx, unit_ids: Collection[int]) -> Sequence[OpenItemRow]:
    """(WorkItem, its Case, the Definition that it is read by, Unit), as they are now."""
    query = (
        select(WorkItem, Case, Definition, Unit)
        .join(Case, Case.id == WorkItem.case_id)
        .join(Definition, READ_BY)
        .join(Unit, Unit.id == WorkItem.unit_id)
        .where(WorkItem.unit_id.in_(unit_ids), WorkItem.state.in_(OPEN))
        .order_by(WorkItem.case_id, WorkItem.id)
        .options(*without_content(), defer(WorkItem.answers), defer(Case.engine_state))
    )
    return tx.execute(query.execution_options(populate_existing=True)).all()


def unfinished_cases(tx: Tx, unit_ids: Collection[int]) -> Sequence[OpenCaseRow]:
    """(Case, Definition, Unit) of the cases that belong to these units."""
    query = (
        select(Case, Definition, Unit)
        .join(Definition, Definition.id == Case.definition_id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.unit_id.in_(unit_ids), Case.state.in_(UNFINISHED))
        .order_by(Case.id)
        .options(*without_content(), defer(Case.engine_state))
    )
    return tx.execute(query.execution_options(populate_existing=True)).all()
