"""What gunicorn is told beside its command line (`--config=python:web.serving`)."""

from __future__ import annotations

import gc
from typing import Protocol


class Worker(Protocol):
    """Of gunicorn's web process: `alive` until it is asked to stop."""

    alive: bool


_workers: list[Worker] = []


def post_worker_init(worker: Worker) -> None:
    """gunicorn's hook, in each process once it is ready."""
    _workers[:] = [worker]
    settle_memory()


def settle_memory() -> None:
    """Let the garbage collector pass over what is loaded for good: a full round over all modules
    takes as long as several pages do, and comes in the middle of one."""
    gc.collect()
    gc.freeze()


def is_stopping() -> bool:
    """Whether this process is asked to stop: what would stay open for long must end now."""
    return any(not worker.alive for worker in _workers)
