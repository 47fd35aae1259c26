"""What the active tokens of cases wait for, other than a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Row, and_, select

from engine.store.activations import ACTIVE
from engine.store.jobs import WAITING
from engine.store.tables import Activation, Incident, Job, Subscription, Timer, WorkItem
from engine.store.transaction import Tx
from engine.store.work_items import OPEN

WaitRow = Row[Activation, Subscription, Job, Timer, Incident]


def _beside(
    table: type[Subscription] | type[Job] | type[Timer] | type[Incident] | type[WorkItem],
) -> ColumnElement[bool]:
    return and_(table.case_id == Activation.case_id, table.token == Activation.token)


def list_waits(tx: Tx, case_ids: Collection[int]) -> Sequence[WaitRow]:
    """(Activation, Subscription | None, Job | None, Timer | None, open Incident | None) of every
    active token without an open work item, by case and in the order in which they came."""
    query = (
        select(Activation, Subscription, Job, Timer, Incident)
        .outerjoin(Subscription, _beside(Subscription))
        .outerjoin(Job, and_(_beside(Job), Job.state.in_(WAITING)))
        .outerjoin(Timer, _beside(Timer))
        .outerjoin(Incident, and_(_beside(Incident), Incident.resolved_at.is_(None)))
        .outerjoin(WorkItem, and_(_beside(WorkItem), WorkItem.state.in_(OPEN)))
        .where(Activation.case_id.in_(case_ids), Activation.state == ACTIVE)
        .where(WorkItem.id.is_(None))
        .order_by(Activation.case_id, Activation.seq)
    )
    return tx.execute(query).all()
