"""Incidents: tokens that could not go on, kept in step with what the engine says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import aliased, defer

from engine.store.tables import Case, Definition, Incident, Person, Unit
from engine.store.transaction import Tx
from engine.store.work_items import without_content

IncidentRow = Row[Incident, Case, Definition, Unit, str]


@dataclass(frozen=True)
class Ending:
    """What a person did about an incident, `token` None: about all of them. An incident that ends
    while nobody did anything about it is gone."""

    how: str
    by: int | None
    note: str = ""
    token: str | None = None


GONE = Ending("gone", None, token="")


def open_incidents(tx: Tx, case_id: int) -> dict[str, Incident]:
    """By token, the oldest first."""
    query = select(Incident).where(Incident.case_id == case_id, Incident.resolved_at.is_(None))
    return {row.token: row for row in tx.scalars(query.order_by(Incident.id))}


def keep_incidents(
    tx: Tx, case_id: int, found: Sequence[Mapping[str, Any]], ending: Ending, now: datetime
) -> list[Incident]:
    """Make `found` (token, node, node_name, reason, fields) the open incidents of the case; those
    that are new, or have another reason than before, are given back."""
    standing = open_incidents(tx, case_id)
    news = []
    for one in found:
        row = standing.pop(one["token"], None)
        if row is not None:  # another version of the SOP may call it otherwise
            row.node, row.node_name = one["node"], one["node_name"] or row.node_name
        if row is not None and (row.reason, row.fields) == (one["reason"], one["fields"]):
            continue
        if row is None:
            row = Incident(case_id=case_id, opened_at=now, **one)
            tx.add(row)
        else:
            row.reason, row.fields = one["reason"], one["fields"]
        news.append(row)
    for row in standing.values():
        end = ending if ending.token in (None, row.token) else GONE
        row.resolved_at, row.resolution = now, end.how
        row.resolved_by, row.note = end.by, end.note
    tx.flush()
    return news


def list_incidents(tx: Tx, case_id: int | None, *, limit: int = 500) -> Sequence[IncidentRow]:
    """(Incident, Case, Definition without content, Unit, name of who resolved it): the open ones
    of all cases, or all there ever were in one; the newest first."""
    resolver = aliased(Person)
    query = (
        select(Incident, Case, Definition, Unit, resolver.name)
        .join(Case, Case.id == Incident.case_id)
        .join(Definition, Definition.id == Case.definition_id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(resolver, resolver.id == Incident.resolved_by)
        .options(defer(Case.engine_state), defer(Case.data), *without_content())
        .order_by(Incident.id.desc())
        .limit(limit)
    )
    if case_id is None:
        return tx.execute(query.where(Incident.resolved_at.is_(None))).all()
    return tx.execute(query.where(Incident.case_id == case_id)).all()
