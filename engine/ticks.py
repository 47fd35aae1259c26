"""One round of the clock: ask what is due, then one use case for each id.

Every function may run twice or at two places at once. A failing id is logged, its own clock is
pushed on where it has one, and the others are done all the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from engine.app import App
from engine.usecases import notices, timers
from engine.values import TickResult

PUSH = timedelta(hours=1)
log = logging.getLogger(__name__)


def fire_timers(app: App, now: datetime) -> tuple[int, int]:
    """(cases moved, cases failed)."""
    return _each(timers.due_case_ids(app, now), lambda i: timers.fire_timers(app, i, now))


def raise_notices(app: App, now: datetime) -> tuple[int, int]:
    """(notices written, items failed)."""

    def push(item_id: int) -> None:
        notices.postpone(app, item_id, now + PUSH)

    ids = notices.due_item_ids(app, now)
    return _each(ids, lambda i: notices.raise_notices(app, i, now), push)


def send_mails(app: App, now: datetime) -> tuple[int, int]:
    """(mails sent, mails failed); a failed one keeps its own time of the next try."""
    ids = notices.pending_mail_ids(app, now)
    sent, broken = _each(ids, lambda i: notices.send_mail(app, i, now))
    return sent, broken + len(ids) - sent - broken


def tick(app: App, now: datetime) -> TickResult:
    """All of it, once: timers, then notices, then mail."""
    moved, stuck = fire_timers(app, now)
    written, unwritten = raise_notices(app, now)
    sent, unsent = send_mails(app, now)
    return TickResult(moved, written, sent, stuck + unwritten + unsent)


def _each(
    ids: Iterable[int], do: Callable[[int], int], failed: Callable[[int], None] | None = None
) -> tuple[int, int]:
    done = failures = 0
    for one in ids:
        try:
            done += do(one)
        except Exception:  # the edge of one work unit: the next id must not suffer
            log.exception("tick failed for id %s", one)
            failures += 1
            if failed is not None:
                failed(one)
    return done, failures
