"""Recorded runs: trials that were kept, against which every new version of the SOP is checked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from engine.app import App
from engine.errors import ConflictError, NotFoundError
from engine.proving import failure_of
from engine.sketching import read_draft, refuse_others, refuse_strangers
from engine.store import cases, trials
from engine.store.tables import SopRun
from engine.store.transaction import Tx, transaction
from engine.store.trials import RunRow
from engine.trial_values import RunContent, RunLine, RunResult
from workflows.bpmn_xml import read_xml
from workflows.errors import InvalidAnswerError
from workflows.reader import content_hash
from workflows.rights import Actor
from workflows.storable import is_storable
from workflows.trials import Act, Outcome, read_outcomes, read_script, write_script

MOST_RUNS: Final = 50  # of one SOP: publishing plays all of them
NAME_LENGTH: Final = 120
REASON_LENGTH: Final = 500


def list_runs(app: App, actor: Actor, draft_id: int, *, ended: bool = False) -> tuple[RunLine, ...]:
    """Those of the draft's SOP, with how they came out against the draft as it is now.

    Raises NotAllowedError: right_missing; NotFoundError: sop_draft_not_found.
    """
    with transaction(app.sessions) as tx:
        draft = read_draft(tx, actor, draft_id)
        digest = content_hash(read_xml(draft.xml), draft.forms)
        rows = trials.runs_of(tx, draft.key, ended=ended)
        return tuple(_line(row, digest) for row in rows)


def _line(found: RunRow, digest: str) -> RunLine:
    row, recorder, ender = found
    known = row.checked_hash == digest
    return RunLine(
        id=row.id,
        name=row.name,
        acts=len(row.script),
        recorded_at=row.recorded_at,
        recorded_by=recorder or "",
        result=("failed" if row.failure else "passed") if known else "",
        checked_at=row.checked_at if known else None,
        failure=row.failure if known else None,
        ended_at=row.ended_at,
        ended_by=ender or "",
        ended_reason=row.ended_reason,
    )


def read_runs(app: App, actor: Actor, key: str) -> tuple[RunContent, ...]:
    """What is to be played of an SOP's runs that count. Raises NotAllowedError: right_missing."""
    refuse_strangers(actor)
    with transaction(app.sessions) as tx:
        return tuple(
            RunContent(row.id, row.name, read_script(row.script), read_outcomes(row.expected))
            for row, *_ in trials.runs_of(tx, key)
        )


def keep_run(
    app: App,
    actor: Actor,
    key: str,
    name: str,
    script: Sequence[Act],
    expected: Sequence[Outcome],
    now: datetime,
    *,
    instead_of: int | None = None,
) -> int:
    """Record what was played; its id. `instead_of`: the run that is recorded anew by it.

    Raises NotAllowedError: right_missing; NotFoundError: run_not_found; InvalidAnswerError:
    invalid_run_name; ConflictError: run_exists, too_many_runs (most).
    """
    refuse_others(actor)
    name = " ".join(name.split())
    if not 0 < len(name) <= NAME_LENGTH or not is_storable(name) or not name.isprintable():
        raise InvalidAnswerError("invalid_run_name", field="nama", limit=NAME_LENGTH)
    with transaction(app.sessions) as tx:
        replaced = [] if instead_of is None else [_lock(tx, instead_of, key)]
        names = trials.live_names(tx, key, [row.id for row in replaced])
        if name in names:
            raise ConflictError("run_exists", name=name)
        if len(names) >= MOST_RUNS:
            raise ConflictError("too_many_runs", most=MOST_RUNS)
        row = replaced[0] if replaced else SopRun(key=key)
        row.name, row.script = name, write_script(script)
        row.expected = [one.document() for one in expected]
        row.recorded_at, row.recorded_by = now, actor.person_id
        row.checked_hash, row.checked_at, row.failure = "", None, None
        trials.add_run(tx, row)
        cases.add_event(tx, now, "sop_run_recorded", actor.person_id, key=key, name=name)
        return row.id


def end_run(app: App, actor: Actor, run_id: int, key: str, reason: str, now: datetime) -> None:
    """From now on it does not count any more.

    Raises NotAllowedError: right_missing; NotFoundError: run_not_found; InvalidAnswerError:
    reason_missing.
    """
    refuse_others(actor)
    reason = reason.strip()[:REASON_LENGTH]
    if not reason or not is_storable(reason):
        raise InvalidAnswerError("run_reason_missing", field="alasan")
    with transaction(app.sessions) as tx:
        row = _lock(tx, run_id, key)
        row.ended_at, row.ended_by, row.ended_reason = now, actor.person_id, reason
        cases.add_event(
            tx, now, "sop_run_ended", actor.person_id, key=key, name=row.name, note=reason
        )


def _lock(tx: Tx, run_id: int, key: str) -> SopRun:
    row = trials.lock_run(tx, run_id)
    if row is None or row.key != key or row.ended_at is not None:
        raise NotFoundError("run_not_found", run=run_id)
    return row


def note_results(app: App, digest: str, results: Sequence[RunResult], now: datetime) -> None:
    """Keep how the runs came out against the drawing with that content hash; publishing asks for
    it with `engine.proving.refuse_failing_runs`."""
    with transaction(app.sessions) as tx:
        for one in results:
            trials.note_result(tx, one.id, digest, failure_of(one), now)
