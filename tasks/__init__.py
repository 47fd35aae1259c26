"""Celery: the clock and the hands. Messages are wake-ups; the database knows what is due.

Losing the broker loses nothing, and every tick may run twice or at two places at once.
"""

from __future__ import annotations

import os

from celery import Celery

from engine.settings import Settings

CLEARING_SECONDS = 6 * 3600.0
HOURLY = 3600.0
settings = Settings.from_env(os.environ)
app = Celery("alur", broker=settings.broker_url, include=["tasks.ticks"])
app.conf.update(
    task_serializer="json",
    accept_content=["json"],
    task_ignore_result=True,
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 300},
    timezone="UTC",
    beat_schedule={
        name: {
            "task": f"tasks.ticks.{name}",
            "schedule": float(settings.tick_seconds),
            # a tick that waited longer than a period is one that the next one makes needless
            "options": {"expires": settings.tick_seconds},
        }
        for name in (
            "fire_timers",
            "deliver_messages",
            "run_jobs",
            "raise_notices",
            "send_notices",
            "send_account_mails",
        )
    }
    | {"clear_content": {"task": "tasks.ticks.clear_content", "schedule": CLEARING_SECONDS}}
    | {"remind_of_reviews": {"task": "tasks.ticks.remind_of_reviews", "schedule": HOURLY}},
)
