"""One holder of a name at a time, over all processes; it goes with the connection of its holder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, func, select

NAMES = 0x616C7572  # the first half of our advisory locks' keys


@contextmanager
def only_one(database: Engine, name: str, *, wait: bool) -> Iterator[bool]:
    """True while this process alone has the name; False at once when it is taken, unless `wait`.

    No transaction stays open, so it may be held while a mail server thinks.
    """
    key = (NAMES, func.hashtext(name))
    with database.connect().execution_options(isolation_level="AUTOCOMMIT") as link:
        take = func.pg_advisory_lock(*key) if wait else func.pg_try_advisory_lock(*key)
        got = link.scalar(select(take))
        if got is False:
            yield False
            return
        try:
            yield True
        finally:
            link.execute(select(func.pg_advisory_unlock(*key)))
