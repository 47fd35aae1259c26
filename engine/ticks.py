"""One round of the clock: ask what is due, then one use case for each id.

Every function may run twice or at two places at once. A failing id is logged, its own clock is
pushed on where it has one, and the others are done all the same.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from engine.app import App
from engine.errors import UnavailableError
from engine.usecases import notices, timers
from engine.values import TickResult

PUSH = timedelta(minutes=10)
MAIL_SECONDS = 60.0  # of one round of mails: far below the lease of a mail
log = logging.getLogger(__name__)


def fire_timers(app: App, now: datetime) -> tuple[int, int]:
    """(cases moved, cases failed)."""
    return _each(
        timers.due_case_ids(app, now),
        lambda case_id: timers.fire_timers(app, case_id, now),
        lambda case_id: timers.postpone(app, case_id, now, now + PUSH),
    )


def raise_notices(app: App, now: datetime) -> tuple[int, int]:
    """(notices written, items failed)."""
    return _each(
        notices.due_item_ids(app, now),
        lambda item_id: notices.raise_notices(app, item_id, now),
        lambda item_id: notices.postpone(app, item_id, now + PUSH),
    )


def send_mails(app: App, now: datetime, *, wait: bool = False) -> tuple[int, int]:
    """(mails sent, mails failed).

    Only one round runs at a time: another one does nothing, or waits its turn with `wait`. A
    round ends when the mail server does not answer or its time is up; the next one goes on.
    """
    began, sent, failed = time.monotonic(), 0, 0
    with notices.mail_round(app, wait=wait) as alone:
        for notice_id in notices.pending_mail_ids(app, now) if alone else ():
            seconds = time.monotonic() - began
            if seconds > MAIL_SECONDS:
                break
            outcome = notices.send_mail(app, notice_id, now, timedelta(seconds=seconds))
            sent += outcome == "sent"
            failed += outcome in ("failed", "unreachable")
            if outcome == "unreachable":
                break
    return sent, failed


def tick(app: App, now: datetime) -> TickResult:
    """All of it, once: timers, then notices, then mail."""
    moved, stuck = fire_timers(app, now)
    written, unwritten = raise_notices(app, now)
    sent, unsent = send_mails(app, now, wait=True)
    return TickResult(moved, written, sent, stuck + unwritten + unsent)


def _each(
    ids: Iterable[int], do: Callable[[int], int], failed: Callable[[int], None]
) -> tuple[int, int]:
    done = failures = 0
    for one in ids:
        try:
            done += do(one)
        except UnavailableError:  # nothing is wrong with this id, and the next would fare alike
            log.warning("tick ends early: the database is away")
            return done, failures + 1
        except Exception:  # the edge of one work unit: the next id must not suffer
            log.exception("tick failed for id %s", one)
            failures += 1
            failed(one)
    return done, failures
