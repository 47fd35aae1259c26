"""`transaction()`: the only place in the tree that commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session, sessionmaker

from engine.errors import UnavailableError

Tx = Session
_open: ContextVar[bool] = ContextVar("transaction_open", default=False)


@contextmanager
def transaction(sessions: sessionmaker[Session]) -> Iterator[Tx]:
    """One use case, one transaction: commits at the end, rolls back on any error.

    Raises UnavailableError: database_unavailable, schema_missing; RuntimeError when opened
    inside another one, because then neither could promise all-or-nothing.
    """
    if _open.get():
        raise RuntimeError("transaction() inside transaction()")
    token = _open.set(True)
    try:
        with sessions() as session:
            yield session
            session.commit()
    except OperationalError as error:
        if not error.connection_invalidated and error.orig and "connection" not in str(error.orig):
            raise
        raise UnavailableError("database_unavailable", reason=_first_line(error)) from error
    except ProgrammingError as error:
        if "does not exist" not in str(error.orig):
            raise
        raise UnavailableError("schema_missing", reason=_first_line(error)) from error
    finally:
        _open.reset(token)


def _first_line(error: OperationalError | ProgrammingError) -> str:
    return str(error.orig).strip().splitlines()[0]
