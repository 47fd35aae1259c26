"""Keys with which programs use the REST interface: made once, shown once, revoked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engine.app import App
from engine.entering import hash_secret, new_secret
from engine.errors import ConflictError, NotAllowedError, NotFoundError, NotKnownError
from engine.exchange_values import Client, KeyLine
from engine.store import keys
from engine.store.tables import ApiKey
from engine.store.transaction import transaction
from workflows.case_data import check_name
from workflows.rights import Actor, Thing, may

PREFIX = "alur_"  # so that a key is recognised where it should not lie


def add_key(
    app: App, actor: Actor, name: str, topics: Sequence[str], now: datetime
) -> tuple[KeyLine, str]:
    """A new key for a program, and its text, which cannot be had again.

    `topics`: of the jobs that it may fetch. Raises NotAllowedError: right_missing; ConflictError:
    key_exists; InvalidAnswerError: invalid_payload.
    """
    _refuse_strangers(actor)
    for text in (name, *topics):
        check_name(text)
    secret = PREFIX + new_secret()
    with transaction(app.sessions) as tx:
        row = keys.add_key(tx, name, hash_secret(secret), sorted(set(topics)), now)
        if row is None:
            raise ConflictError("key_exists", name=name)
        return _line(row), secret


def _refuse_strangers(actor: Actor) -> None:
    if reason := may(actor, "operate", Thing()):
        raise NotAllowedError(reason, verb="operate")


def _line(row: ApiKey) -> KeyLine:
    return KeyLine(row.name, tuple(row.topics), row.created_at, row.revoked_at)


def list_keys(app: App, actor: Actor) -> tuple[KeyLine, ...]:
    """All keys there ever were, by name. Raises NotAllowedError: right_missing."""
    _refuse_strangers(actor)
    with transaction(app.sessions) as tx:
        return tuple(_line(row) for row in keys.list_keys(tx))


def revoke_key(app: App, actor: Actor, name: str, now: datetime) -> KeyLine:
    """From now on it opens nothing. Raises NotAllowedError: right_missing; NotFoundError:
    key_not_found."""
    _refuse_strangers(actor)
    with transaction(app.sessions) as tx:
        row = keys.find_key(tx, name=name)
        if row is None:
            raise NotFoundError("key_not_found", name=name)
        row.revoked_at = row.revoked_at or now
        return _line(row)


def open_client(app: App, secret: str) -> Client:
    """The program whose key it is. Raises NotKnownError: key_invalid."""
    with transaction(app.sessions) as tx:
        row = keys.find_key(tx, sha256=hash_secret(secret))
        if row is None or row.revoked_at is not None:
            raise NotKnownError("key_invalid")
        return Client(row.name, tuple(row.topics))
