"""`transaction()`, the only place that commits, and `reading()`; what the database's errors say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, DBAPIError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session, sessionmaker

from engine.errors import UnavailableError
from workflows.errors import InvalidAnswerError, SopError

Tx = Session
_open: ContextVar[bool] = ContextVar("transaction_open", default=False)
# SQLSTATE of work that others stood in the way of, and that may succeed the next time:
# serialization failure, deadlock, lock time-out, statement time-out.
_BUSY = frozenset({"40001", "40P01", "55P03", "57014"})
_NO_SCHEMA = frozenset({"3F000", "42P01", "42703"})  # no such schema, table, column


@contextmanager
def transaction(sessions: sessionmaker[Session]) -> Iterator[Tx]:
    """One use case, one transaction: commits at the end, rolls back on any error.

    Raises UnavailableError: database_busy, database_unavailable (no connection, disk full),
    schema_missing; InvalidAnswerError: unstorable_value (a number or text that no column can hold;
    who checks input first names the field); RuntimeError when opened inside another one, because
    then neither could promise all-or-nothing.
    """
    with _opened(sessions) as session:
        yield session
        session.commit()


@contextmanager
def reading(sessions: sessionmaker[Session]) -> Iterator[Tx]:
    """As `transaction`, for a use case that only asks: each statement sees what is committed when
    it begins, as within a transaction of ours, and two round trips (BEGIN, COMMIT) are spared.

    Nothing may be changed in it: it would count at once, whatever comes after.
    """
    with _opened(sessions) as session:
        if not isinstance(session.get_bind(), Connection):  # a rehearsal is one transaction
            session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
        yield session


@contextmanager
def _opened(sessions: sessionmaker[Session]) -> Iterator[Session]:
    refuse_open()
    token = _open.set(True)
    try:
        with sessions() as session:
            yield session
    except (DBAPIError, PoolTimeoutError) as error:
        known = read_error(error)
        if known is None:
            raise
        raise known from error
    except UnicodeEncodeError as error:  # a lone surrogate, met by the driver
        raise InvalidAnswerError("unstorable_value", field=None, reason=error.reason) from error
    finally:
        _open.reset(token)


def refuse_open() -> None:
    """Raises RuntimeError within a `transaction()`."""
    if _open.get():
        raise RuntimeError("transaction() inside transaction()")


def read_error(error: DBAPIError | PoolTimeoutError) -> SopError | None:
    """What happened, where it is nobody's mistake in the program."""
    if isinstance(error, PoolTimeoutError):
        return UnavailableError("database_busy", reason=str(error))
    state = getattr(error.orig, "sqlstate", None)
    reason = (str(error.orig).strip() or type(error.orig).__name__).splitlines()[0]
    if state in _BUSY:
        return UnavailableError("database_busy", reason=reason)
    if isinstance(error, OperationalError) or error.connection_invalidated:
        return UnavailableError("database_unavailable", reason=reason)
    if isinstance(error, ProgrammingError) and error.statement is None:  # not even connected
        return UnavailableError("database_unavailable", reason=reason)
    if state in _NO_SCHEMA:
        return UnavailableError("schema_missing", reason=reason)
    if isinstance(error, DataError):
        return InvalidAnswerError("unstorable_value", field=None, reason=reason)
    return None
