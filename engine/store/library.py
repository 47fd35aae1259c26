"""Deployed processes as the engine asks for them: by key, or by the digest of their content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Generic, TypeVar

from engine.errors import StuckError
from engine.store.definitions import find_by_digest, find_definition, find_in_force
from engine.store.transaction import Tx

Made = TypeVar("Made")


class Library(Generic[Made]):
    """What `prepare` makes of a definition's XML and files, looked up in one transaction."""

    def __init__(self, tx: Tx, prepare: Callable[[bytes, Mapping[str, str]], Made]) -> None:
        self._tx = tx
        self._prepare = prepare

    def newest(self, key: str) -> Made | None:
        """The newest version of a process, None where there is none of that key."""
        row = find_definition(self._tx, key)
        return None if row is None else self._prepare(row.xml, row.forms)

    def in_force(self, key: str, day: date) -> Made | None:
        """The version that counts on that day. Retiring an SOP keeps it from being started, not
        from being called by one that is still in use."""
        row = find_in_force(self._tx, key, day)
        return None if row is None else self._prepare(row.xml, row.forms)

    def pinned(self, digest: str) -> Made:
        """The version that a call began with.

        Raises StuckError: definition_lost, which only a changed database can bring about.
        """
        row = find_by_digest(self._tx, digest)
        if row is None:
            raise StuckError("definition_lost", digest=digest)
        return self._prepare(row.xml, row.forms)
