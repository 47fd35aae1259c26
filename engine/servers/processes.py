"""The processes that make up Alur, as command lines; `docker-compose.yml` holds the same ones."""

from __future__ import annotations

from pathlib import Path

from engine.settings import Settings

THREADS = 32  # of a web process: an open page holds one while it listens for news
FREE = 8  # of them are kept for requests that end


def process_commands(settings: Settings) -> dict[str, list[str]]:
    """name -> argv of the web, worker and beat processes; they read `settings.to_env()`."""
    return {"web": _web(settings), "worker": _worker(settings), "beat": _beat(settings.data)}


def _web(settings: Settings) -> list[str]:
    return [
        "gunicorn",
        "--worker-class=gthread",
        f"--workers={settings.web_workers}",
        f"--threads={THREADS}",
        f"--bind={settings.address}",
        "--preload",  # imported once, then forked; nothing is connected before the fork
        "--graceful-timeout=10",
        "--config=python:web.serving",  # ends open event streams when the process is to stop
        "--no-control-socket",  # it would lie in the home folder, one for all installations
        "web:create_app()",
    ]


def _worker(settings: Settings) -> list[str]:
    return [
        "celery",
        "--app=tasks",
        "worker",
        f"--concurrency={settings.worker_concurrency}",
        "--loglevel=INFO",
        "--without-gossip",  # workers need not know of each other: the database knows all
        "--without-mingle",
    ]


def _beat(data: Path) -> list[str]:
    return ["celery", "--app=tasks", "beat", "--loglevel=INFO", f"--schedule={data}/beat-schedule"]
