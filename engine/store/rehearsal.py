"""A rehearsal: real use cases on the real database, in one transaction that never happened.

Every `transaction()` of its sessions ends with a savepoint instead of a commit, and at the end all
of it is rolled back: nobody ever sees a row of it, and what it would NOTIFY is never told.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from secrets import randbelow

from sqlalchemy import BigInteger, Connection, Engine, event, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from engine.store.transaction import Tx, read_error, refuse_open

REHEARSED = "alur_rehearsed"  # in `Session.info`
STATEMENT = timedelta(seconds=10)  # none of ours takes a tenth of that
LOCK = timedelta(seconds=3)  # for whoever holds what we need
IDLE = timedelta(seconds=30)  # when this process hangs, the database ends the transaction
FIRST_ID, IDS = 1 << 52, 1_000_000  # far above what a database counts up to; for one rehearsal


@contextmanager
def rehearsal(database: Engine) -> Iterator[sessionmaker[Session]]:
    """Sessions whose work is undone at the end, whatever happens.

    What the work has locked stays so until then, so keep it short; work that stands in the way of
    others is broken off by `transaction()` with UnavailableError: database_busy. Others see nothing
    of it; it sees what they commit meanwhile. Rows that it adds have ids from
    FIRST_ID on.
    Raises UnavailableError: database_unavailable, database_busy; RuntimeError inside a
    transaction(), whose locks it would wait for.
    """
    refuse_open()
    try:
        with database.connect() as connection:
            _limit(connection)
            sessions = sessionmaker(
                connection,
                expire_on_commit=False,
                join_transaction_mode="create_savepoint",
                info={REHEARSED: True},
            )
            _number(sessions)
            try:
                yield sessions
            finally:
                connection.rollback()
    except (DBAPIError, PoolTimeoutError) as error:
        known = read_error(error)
        if known is None:
            raise
        raise known from error


def is_rehearsed(tx: Tx) -> bool:
    """Whether nothing of this transaction will remain, so that it should leave others alone."""
    return bool(tx.info.get(REHEARSED))


def _limit(connection: Connection) -> None:
    """For this transaction alone: the connection goes back to its pool afterwards."""
    limits = {
        "statement_timeout": STATEMENT,
        "lock_timeout": LOCK,
        "idle_in_transaction_session_timeout": IDLE,
    }
    for name, span in limits.items():
        milliseconds = span // timedelta(milliseconds=1)
        connection.execute(text(f"SET LOCAL {name} = {milliseconds}"))


def _number(sessions: sessionmaker[Session]) -> None:
    """Give new rows ids that nobody else has: numbers from the database are never given back, so
    that real cases would have gaps in theirs."""
    first = FIRST_ID + IDS * randbelow(1 << 32)
    counters: dict[type, count[int]] = {}

    def before_flush(session: Session, *_: object) -> None:
        for row in session.new:
            keys = inspect(type(row)).primary_key
            if [(key.name, type(key.type)) for key in keys] != [("id", BigInteger)]:
                continue
            if row.id is None:
                row.id = next(counters.setdefault(type(row), count(first)))

    event.listen(sessions, "before_flush", before_flush)
