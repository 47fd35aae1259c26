"""Trying things out on the real database and its people, without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from engine.app import App
from engine.documents.memory import Memory
from engine.store.rehearsal import rehearsal


@contextmanager
def rehearse(app: App) -> Iterator[App]:
    """An App whose use cases do all that they always do, and of which nothing remains.

    No channel can send from it, and documents are kept in memory. Call only what concerns rows
    that the rehearsal has made: other rows stay locked until its end. Raises as `rehearsal` does.
    """
    with rehearsal(app.database) as sessions:
        yield replace(app, sessions=sessions, channels={}, documents=Memory())
