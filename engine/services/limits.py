"""A limit on how long one piece of work may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from engine.services.failure import ServiceError


@contextmanager
def limit_time(seconds: float) -> Iterator[None]:
    """Interrupts what runs inside with ServiceError timeout.

    Works by a signal, which only the main thread gets: that of a worker and of the command line.
    In another thread nothing is interrupted. C code is interrupted when it comes back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise ServiceError("timeout")
