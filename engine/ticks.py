"""One round of the clock: ask what is due, then one use case for each id.

Every function may run twice or at two places at once. A failing id is logged, its own clock is
pushed on where it has one, and the others are done all the same.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import datetime, timedelta

from engine.app import App
from engine.errors import UnavailableError
from engine.usecases import jobs, messages, notices, signals, timers
from engine.values import TickResult

PUSH = timedelta(minutes=10)
JOB_SECONDS = 60.0  # of one round of jobs: a broker may hand out a longer task a second time
MAIL_SECONDS = 60.0  # of one round of mails: far below the lease of a mail
log = logging.getLogger(__name__)


def fire_timers(app: App, now: datetime) -> tuple[int, int]:
    """(cases moved, cases failed)."""
    return _each(
        timers.due_case_ids(app, now),
        lambda case_id: timers.fire_timers(app, case_id, now),
        lambda case_id: timers.postpone(app, case_id, now, now + PUSH),
    )


def deliver_messages(app: App, now: datetime) -> tuple[int, int]:
    """(messages and signals delivered, failed). Those whose time is over are given up."""
    messages.expire_messages(app, now)
    delivered, undelivered = _each(
        messages.due_message_ids(app, now),
        lambda row_id: messages.deliver_message(app, row_id, now),
        lambda row_id: messages.postpone_message(app, row_id, now + PUSH),
    )
    reached, unreached = _each(
        signals.due_delivery_ids(app, now),
        lambda delivery_id: signals.deliver_signal(app, delivery_id, now),
        lambda delivery_id: signals.postpone_delivery(app, delivery_id, now + PUSH),
    )
    return delivered + reached, undelivered + unreached


def run_jobs(app: App, now: datetime, *, sparing: bool = False) -> tuple[int, int]:
    """(jobs done, tries failed). A round ends when its time is up; the next one goes on.

    `sparing`: do nothing when all workers of this machine but one are running jobs already.
    """
    began, failures = time.monotonic(), 0

    def run(job_id: int) -> int:
        nonlocal failures
        seconds = time.monotonic() - began
        if seconds > JOB_SECONDS:
            return 0
        ran = jobs.run_job(app, job_id, now, timedelta(seconds=seconds))
        failures += ran == "failed"
        return ran == "done"

    with jobs.job_round(app) if sparing else nullcontext(True) as free:
        done, broken = _each(
            jobs.due_job_ids(app, now) if free else (),
            run,
            lambda job_id: jobs.postpone(app, job_id, now + PUSH),
        )
    return done, failures + broken


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
    """All of it, once: timers, messages, jobs, then notices and mail."""
    moved, stuck = fire_timers(app, now)
    delivered, undelivered = deliver_messages(app, now)
    ran, failed = run_jobs(app, now)
    written, unwritten = raise_notices(app, now)
    sent, unsent = send_mails(app, now, wait=True)
    troubles = stuck + undelivered + failed + unwritten + unsent
    return TickResult(moved, delivered, ran, written, sent, troubles)


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
