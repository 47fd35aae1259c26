"""The ticks that beat schedules; each asks what is due and has it done."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from engine import ticks
from engine.app import App, open_app
from engine.servers import Servers
from tasks import app, settings

SEND_SECONDS = 10.0


@cache
def _app() -> App:
    """One per worker process, opened at its first task: connections do not survive a fork."""
    assert settings.database_url, "ALUR_DATABASE_URL"
    return open_app(settings, Servers(settings.database_url, settings.broker_url))


@app.task
def fire_timers() -> None:
    ticks.fire_timers(_app(), datetime.now(UTC))


@app.task
def deliver_messages() -> None:
    ticks.deliver_messages(_app(), datetime.now(UTC))


@app.task
def run_jobs() -> None:
    ticks.run_jobs(_app(), datetime.now(UTC), sparing=True)


@app.task
def raise_notices() -> None:
    now = datetime.now(UTC)
    ticks.end_pauses(_app(), now)
    ticks.tell_others(_app(), now)
    for part in ticks.due_parts(_app(), now):
        raise_part.apply_async((part,), expires=settings.tick_seconds)


@app.task
def raise_part(item_ids: list[int]) -> None:
    """What it wrote goes out at once, not only at the next tick."""
    written, _ = ticks.raise_part(_app(), item_ids, datetime.now(UTC))
    if written:
        send_notices()


@app.task
def clear_content() -> None:
    ticks.clear_content(_app(), datetime.now(UTC))
    ticks.clear_drafts(_app(), datetime.now(UTC))


@app.task
def remind_of_reviews() -> None:
    ticks.remind_of_reviews(_app(), datetime.now(UTC))


@app.task
def send_notices() -> None:
    """A task for each channel: one that hangs holds up no other."""
    for channel in _app().channels:
        send_over.apply_async((channel,), expires=settings.tick_seconds)


@app.task
def send_account_mails() -> None:
    ticks.send_account_mails(_app(), datetime.now(UTC))


@app.task
def send_over(channel: str) -> None:
    """A short round; what is left queues up again behind what else waits for a worker."""
    if channel in _app().channels:
        done = ticks.send_over(_app(), channel, datetime.now(UTC), SEND_SECONDS)
        if done.more:
            send_over.apply_async((channel,), expires=settings.tick_seconds)
