"""News for pages that are open: what a transaction has changed, told to every process at once.

PostgreSQL carries it (NOTIFY within the transaction, so nobody hears of what was rolled back), one
connection a process hears it (LISTEN), and each reader is woken only for what concerns them.
Nothing relies on it: a page that hears nothing asks by itself now and then.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psycopg
from sqlalchemy import event, func, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.attributes import History

from engine.store.tables import WorkItem
from engine.store.transaction import Tx

CHANNEL = "alur"
LARGEST = 7000  # bytes; PostgreSQL takes 7999
EVERYBODY = "*"
TOPICS = "alur_topics"  # of the transaction, in `Session.info`
SHOWN = ("state", "claimed_by", "delegate_id", "due_at", "at_risk_at", "paused_at", "node", "role")
PAUSES = (0.5, 1, 2, 5, 10, 30)  # seconds between attempts to hear again


def about_items(role_units: Iterable[tuple[str, int]], person_ids: Iterable[int]) -> set[str]:
    """Topics of items that wait for these roles or are in the hands of these people."""
    return {f"r:{role}:{unit}" for role, unit in role_units} | {f"p:{one}" for one in person_ids}


def about_units(unit_ids: Iterable[int] | None) -> set[str]:
    """Topics of all items in cases of these units; None: of all."""
    return {"u:*"} if unit_ids is None else {f"u:{one}" for one in unit_ids}


def about_notices(person_id: int) -> set[str]:
    return {f"n:{person_id}"}


def tell(tx: Tx, topics: Collection[str]) -> None:
    """Once this transaction is committed, wake whoever listens to one of these."""
    tx.info.setdefault(TOPICS, set()).update(topics)


def watch(sessions: sessionmaker[Session]) -> None:
    """Let every transaction of these sessions tell what becomes of work items."""
    event.listen(sessions, "after_flush", _note_items)
    event.listen(sessions, "before_commit", _send)
    event.listen(sessions, "after_soft_rollback", _forget)


def _note_items(session: Session, _: object) -> None:
    for item in (*session.new, *session.dirty):
        if isinstance(item, WorkItem) and _is_news(item):
            tell(session, _topics_of(item))


def _is_news(item: WorkItem) -> bool:
    attributes = inspect(item).attrs
    return any(attributes[name].history.has_changes() for name in SHOWN)


def _topics_of(item: WorkItem) -> set[str]:
    """Of whoever has it now, and of whoever had it before this change."""
    state = inspect(item)
    hands: set[int] = set()
    for name in ("claimed_by", "delegate_id", "completed_by"):
        history: History = state.attrs[name].history
        hands.update(one for one in history.sum() if one is not None)
    roles = state.attrs["role"].history.sum()
    topics = about_items({(role, item.unit_id) for role in roles if role}, hands)
    return topics | {f"u:{item.case_unit_id}", "u:*"}


def _send(session: Session) -> None:
    session.flush()
    topics = session.info.pop(TOPICS, None)
    if not topics:
        return
    text = json.dumps(sorted(topics), separators=(",", ":"))
    payload = text if len(text.encode()) <= LARGEST else json.dumps([EVERYBODY])
    session.execute(select(func.pg_notify(CHANNEL, payload)))


def _forget(session: Session, _: object) -> None:
    session.info.pop(TOPICS, None)


@dataclass(eq=False)
class Ear:
    """One open page: what it wants to hear, and what it has not been told yet."""

    topics: frozenset[str]
    _heard: set[str] = field(default_factory=set)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def take(self, topics: set[str]) -> None:
        with self._changed:
            self._heard |= self.topics if EVERYBODY in topics else topics & self.topics
            if self._heard:
                self._changed.notify()

    def wait(self, seconds: float) -> frozenset[str]:
        """The topics of what has happened since the last call; empty after so many seconds."""
        with self._changed:
            if not self._heard:
                self._changed.wait(seconds)
            heard, self._heard = frozenset(self._heard), set()
            return heard


class Listener:
    """The one connection of this process that hears the news; begins with the first ear."""

    def __init__(self, database_url: str) -> None:
        url = make_url(database_url).set(drivername="postgresql")
        self._url = url.render_as_string(hide_password=False)
        self._ears: set[Ear] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = threading.Event()

    @contextmanager
    def ear(self, topics: Collection[str], most: int) -> Iterator[Ear | None]:
        """An ear for these topics; None where this process has `most` of them already."""
        ear = Ear(frozenset(topics))
        with self._lock:
            full = len(self._ears) >= most or self._closed.is_set()
            if not full:
                self._ears.add(ear)
                self._begin()
        try:
            yield None if full else ear
        finally:
            with self._lock:
                self._ears.discard(ear)

    def close(self) -> None:
        self._closed.set()
        thread = self._thread
        if thread is not None:
            thread.join(timeout=3)

    @property
    def closed(self) -> bool:
        return self._closed.is_set()

    def _begin(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._run, name="alur-listener", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        failures = 0
        while not self._closed.is_set():
            begun = time.monotonic()
            with suppress(psycopg.Error):
                self._listen()
            failures = 0 if time.monotonic() - begun > PAUSES[-1] else failures + 1
            self._closed.wait(PAUSES[min(failures, len(PAUSES)) - 1])

    def _listen(self) -> None:
        """Until the connection breaks. What happened while nobody listened is not known, so
        everybody looks again after a break."""
        with psycopg.connect(self._url, autocommit=True, connect_timeout=5) as link:
            link.execute(f"LISTEN {CHANNEL}".encode())
            self._pass_on({EVERYBODY})
            while not self._closed.is_set():
                for news in link.notifies(timeout=1.0):
                    self._pass_on(set(json.loads(news.payload)))

    def _pass_on(self, topics: set[str]) -> None:
        with self._lock:
            ears = tuple(self._ears)
        for ear in ears:
            ear.take(topics)
