"""What a view works with: the App of this process, the reader, the clock of this request."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from flask import current_app, g

from engine.app import App, open_app
from engine.servers import open_servers
from engine.settings import Settings
from workflows.rights import Actor

Clock = Callable[[], datetime]


def read_clock() -> datetime:
    return datetime.now(UTC)


@dataclass
class Opening:
    """Opens the App once per process, when the first request needs it."""

    settings: Settings
    app: App | None
    clock: Clock
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self) -> App:
        """Raises UnavailableError when there is no database to open."""
        with self._lock:
            if self.app is None:
                stack = ExitStack()
                servers = stack.enter_context(open_servers(self.settings, broker=False))
                self.app = open_app(self.settings, servers)
                stack.callback(self.app.close)
                atexit.register(stack.close)
            return self.app


class Call(NamedTuple):
    """The first three arguments of every use case; `now` goes last there."""

    app: App
    actor: Actor
    now: datetime


def opening() -> Opening:
    found: Opening = current_app.extensions["alur"]
    return found


def now() -> datetime:
    """One moment for the whole request."""
    if "now" not in g:
        g.now = opening().clock()
    moment: datetime = g.now
    return moment


def call() -> Call:
    """For views behind the login: who asks, of which App, when."""
    return Call(opening().get(), g.actor, now())
