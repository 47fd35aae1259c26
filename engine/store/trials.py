"""Trials of drafts, and the recorded runs of SOPs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import aliased

from engine.store.tables import Person, SopRun, SopTrial
from engine.store.transaction import Tx

RunRow = Row[SopRun, str | None, str | None]


def add_trial(tx: Tx, row: SopTrial) -> SopTrial:
    tx.add(row)
    tx.flush()
    return row


def find_trial(tx: Tx, trial_id: int) -> SopTrial | None:
    return tx.get(SopTrial, trial_id)


def lock_trial(tx: Tx, trial_id: int) -> SopTrial | None:
    query = select(SopTrial).where(SopTrial.id == trial_id).with_for_update()
    return tx.scalar(query.execution_options(populate_existing=True))


def trials_of(tx: Tx, draft_id: int, person_id: int | None) -> Sequence[SopTrial]:
    """Those of one person, the one played last first."""
    mine = SopTrial.person_id.is_not_distinct_from(person_id)
    query = select(SopTrial).where(SopTrial.draft_id == draft_id, mine)
    return tx.scalars(query.order_by(SopTrial.changed_at.desc(), SopTrial.id.desc())).all()


def delete_trial(tx: Tx, row: SopTrial) -> None:
    tx.delete(row)
    tx.flush()


def add_run(tx: Tx, row: SopRun) -> SopRun:
    tx.add(row)
    tx.flush()
    return row


def lock_run(tx: Tx, run_id: int) -> SopRun | None:
    query = select(SopRun).where(SopRun.id == run_id).with_for_update()
    return tx.scalar(query.execution_options(populate_existing=True))


def runs_of(tx: Tx, key: str, *, ended: bool = False) -> Sequence[RunRow]:
    """(SopRun, name of who recorded it | None, name of who ended it | None) of an SOP, by name;
    those that do not count any more are asked for by `ended`."""
    recorder, ender = aliased(Person), aliased(Person)
    query = (
        select(SopRun, recorder.name, ender.name)
        .outerjoin(recorder, recorder.id == SopRun.recorded_by)
        .outerjoin(ender, ender.id == SopRun.ended_by)
        .where(SopRun.key == key, SopRun.ended_at.is_not(None) == ended)
    )
    return tx.execute(query.order_by(SopRun.name, SopRun.id)).all()


def note_result(
    tx: Tx, run_id: int, digest: str, failure: Mapping[str, Any] | None, now: datetime
) -> None:
    """How the run came out against the drawing with that content hash."""
    values = {"checked_hash": digest, "checked_at": now, "failure": failure}
    tx.execute(update(SopRun).where(SopRun.id == run_id).values(values))


def live_names(tx: Tx, key: str, but: Collection[int] = ()) -> set[str]:
    query = select(SopRun.name).where(SopRun.key == key, SopRun.ended_at.is_(None))
    return set(tx.scalars(query.where(SopRun.id.not_in(but))))
