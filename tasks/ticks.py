"""The ticks that beat schedules; each asks what is due and has it done."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from engine import ticks
from engine.app import App, open_app
from engine.servers import Servers
from tasks import app, settings


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
    ticks.raise_notices(_app(), datetime.now(UTC))


@app.task
def send_mails() -> None:
    ticks.send_mails(_app(), datetime.now(UTC))
