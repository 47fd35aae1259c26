"""Whether a drawing passes the recorded runs of its SOP: publishing asks before it lets it go."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from engine.errors import ConflictError
from engine.store import trials
from engine.store.transaction import Tx
from engine.trial_values import RunResult

FRESH: Final = timedelta(minutes=15)  # people and calendars count as well as the drawing


def failure_of(result: RunResult) -> dict[str, Any] | None:
    """Where a run came out otherwise, as JSON; None where it did not."""
    one = result.difference
    if one is None:
        return None
    return {
        "act": one.act,
        "what": one.what,
        "step": result.step,
        "names": [*one.names],
        "expected": one.expected.document(),
        "came": one.came.document(),
    }


def refuse_failing_runs(tx: Tx, key: str, digest: str, now: datetime) -> None:
    """`engine.playing.check_runs` must have been called just before, in transactions of its own;
    `digest`: the content hash of what is to be published.

    Raises ConflictError: runs_unchecked; runs_failed (name, act, count).
    """
    rows = [row for row, *_ in trials.runs_of(tx, key)]
    for row in rows:
        known = row.checked_at is not None and row.checked_at > now - FRESH
        if not known or row.checked_hash != digest:
            raise ConflictError("runs_unchecked", name=row.name)
    failed = [row for row in rows if row.failure]
    if failed:
        first = failed[0].failure or {}
        raise ConflictError(
            "runs_failed", name=failed[0].name, act=first.get("act"), count=len(failed)
        )
