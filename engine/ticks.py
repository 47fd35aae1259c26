"""One round of the clock: ask what is due, then one use case for each id.

Every function may run twice or at two places at once. A failing id is logged, its own clock is
pushed on where it has one, and the others are done all the same.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from engine.app import App
from engine.errors import UnavailableError
from engine.usecases import (
    absences,
    account_mails,
    content,
    drafts,
    jobs,
    messages,
    pauses,
    processes,
    reminders,
    sending,
    signals,
    timers,
)
from engine.values import TickResult

PUSH = timedelta(minutes=10)
JOB_SECONDS = 60.0  # of one round of jobs: a broker may hand out a longer task a second time
SEND_SECONDS = 60.0  # of one round over a channel: far below the lease of a notice
ITEMS = 200  # whose reminders are written in one transaction
log = logging.getLogger(__name__)
Done = TypeVar("Done")
Id = TypeVar("Id", int, str)


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
    """(notices written, pauses and items failed)."""
    _, failed = end_pauses(app, now)
    written = tell_others(app, now)
    for part in due_parts(app, now):
        new, broken = raise_part(app, part, now)
        written, failed = written + new, failed + broken
    return written, failed


def end_pauses(app: App, now: datetime) -> tuple[int, int]:
    """(pauses ended whose date has come, pauses failed)."""
    return _each(
        pauses.due_pause_ids(app, now),
        lambda pause_id: pauses.end_pause(app, pause_id, now),
        lambda pause_id: pauses.postpone(app, pause_id, now + PUSH),
    )


def tell_others(app: App, now: datetime) -> int:
    """Tell newcomers, those whose snooze is over, and where leave begins or ends; how many notices.
    What no channel can take any more is given up."""
    sending.give_up_closed(app, now)
    told = absences.announce_leave(app, now)
    return told + reminders.tell_newcomers(app, now) + reminders.end_snoozes(app, now)


def due_parts(app: App, now: datetime) -> list[list[int]]:
    """The items with a rung due, as many together as one transaction takes."""
    ids = list(reminders.due_item_ids(app, now))
    return [ids[start : start + ITEMS] for start in range(0, len(ids), ITEMS)]


def raise_part(app: App, item_ids: Sequence[int], now: datetime) -> tuple[int, int]:
    """(notices written, items failed). Where they fail together, each has its own try."""
    try:
        written = _guarded(item_ids, lambda: reminders.raise_notices(app, item_ids, now))
    except UnavailableError:
        return _end_early(0, 0)
    if written is not None:
        return written, 0
    return _each(
        item_ids,
        lambda item_id: reminders.raise_notices(app, [item_id], now),
        lambda item_id: reminders.postpone(app, item_id, now + PUSH),
    )


def send_notices(app: App, now: datetime, *, wait: bool = False) -> tuple[int, int]:
    """(messages sent, messages failed), over one channel after the other."""
    rounds = [send_over(app, name, now, SEND_SECONDS, wait=wait) for name in app.channels]
    return sum(one.sent for one in rounds), sum(one.failed for one in rounds)


def send_over(
    app: App, channel: str, now: datetime, seconds: float, *, wait: bool = False
) -> sending.Sent:
    """One round over that channel; a failing one leaves the others alone."""
    try:
        done = _guarded(channel, lambda: sending.send_over(app, channel, now, seconds, wait=wait))
    except UnavailableError:
        done = sending.Sent(*_end_early(0, 0))
    return done or sending.Sent(failed=1)


def send_account_mails(app: App, now: datetime) -> tuple[int, int]:
    """(mails about accounts sent, mails failed). What counts no more is cleaned up."""
    account_mails.clean_up(app, now)
    return _each(
        account_mails.due_mail_ids(app, now),
        lambda mail_id: account_mails.send_mail(app, mail_id, now),
        lambda mail_id: account_mails.postpone_mail(app, mail_id, now + PUSH),
    )


def clear_content(app: App, now: datetime) -> int:
    """How much stored content was cleared away that no document needs."""
    try:
        return _guarded("content", lambda: content.clear_content(app, now)) or 0
    except UnavailableError:
        return _end_early(0, 0)[0]


def clear_drafts(app: App, now: datetime) -> int:
    """How many drafts of items that ended long ago were deleted."""
    try:
        return _guarded("drafts", lambda: drafts.clean_drafts(app, now)) or 0
    except UnavailableError:
        return _end_early(0, 0)[0]


def remind_of_reviews(app: App, now: datetime) -> tuple[int, int]:
    """(notices written about SOPs that are to be evaluated, SOPs failed)."""
    return _each(
        processes.due_reviews(app, now),
        lambda key: processes.remind_of_review(app, key, now),
        lambda key: None,
    )


def tick(app: App, now: datetime) -> TickResult:
    """All of it, once: timers, messages, jobs, then notices and their sending."""
    moved, stuck = fire_timers(app, now)
    delivered, undelivered = deliver_messages(app, now)
    ran, failed = run_jobs(app, now)
    written, unwritten = raise_notices(app, now)
    reviews, unreviewed = remind_of_reviews(app, now)
    sent, unsent = send_notices(app, now, wait=True)
    told, untold = send_account_mails(app, now)
    troubles = stuck + undelivered + failed + unwritten + unreviewed + unsent + untold
    return TickResult(moved, delivered, ran, written + reviews, sent + told, troubles)


def _each(
    ids: Iterable[Id], do: Callable[[Id], int], failed: Callable[[Id], None]
) -> tuple[int, int]:
    done = failures = 0
    for one in ids:
        try:
            number = _guarded(one, partial(do, one))
        except UnavailableError:
            return _end_early(done, failures)
        if number is None:
            failures += 1
            failed(one)
        else:
            done += number
    return done, failures


def _guarded(what: object, do: Callable[[], Done]) -> Done | None:
    """None when it failed, which is logged: the next one must not suffer.

    Raises UnavailableError: nothing is wrong with this one, and the next would fare alike.
    """
    try:
        return do()
    except UnavailableError:
        raise
    except Exception:  # the edge of one work unit
        log.exception("tick failed for %s", what)
        return None


def _end_early(done: int, failures: int) -> tuple[int, int]:
    log.warning("tick ends early: the database is away")
    return done, failures + 1
