"""Tokens with which a person's own programs act as that person: made once, shown once, hashed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from engine.account_values import TokenLine
from engine.app import App
from engine.entering import hash_secret, new_secret
from engine.errors import ConflictError, NotFoundError, NotKnownError
from engine.store import access_tokens, actors, cases
from engine.store.transaction import transaction
from workflows.case_data import check_name
from workflows.errors import InvalidAnswerError
from workflows.rights import Actor

PREFIX = "alurp_"  # so that a token is recognised where it should not lie
DAYS = (7, 30, 90, 365)
MOST = 20  # tokens of one person
SEEN_EVERY = timedelta(minutes=1)
WORKING = timedelta(minutes=2)  # then whoever held the key has died


def make_token(
    app: App, actor: Actor, name: str, days: int, now: datetime
) -> tuple[TokenLine, str]:
    """A new token, and its text, which cannot be had again.

    Raises InvalidAnswerError: invalid_token (reason: name, name_taken, days);
    ConflictError: too_many_tokens.
    """
    assert actor.person_id is not None
    if days not in DAYS:
        raise InvalidAnswerError("invalid_token", field="hari", reason="days")
    try:
        name = check_name(name.strip())
    except InvalidAnswerError as error:
        raise InvalidAnswerError("invalid_token", field="nama", reason="name") from error
    secret = PREFIX + new_secret()
    with transaction(app.sessions) as tx:
        standing = access_tokens.tokens_of(tx, actor.person_id)
        if name in (one.name for one in standing):  # as when the page with the text is sent again
            raise InvalidAnswerError("invalid_token", field="nama", reason="name_taken")
        if len(standing) >= MOST:
            raise ConflictError("too_many_tokens", most=MOST)
        row = access_tokens.add_token(
            tx, actor.person_id, name, hash_secret(secret), now, now + timedelta(days=days)
        )
        cases.add_event(tx, now, "token_made", actor.person_id, name=name)
        return TokenLine(row.id, name, now, row.expires_at, None, None), secret


def revoke_token(app: App, actor: Actor, token_id: int, now: datetime) -> str:
    """From now on it opens nothing; its name. Raises NotFoundError: token_not_found."""
    assert actor.person_id is not None
    with transaction(app.sessions) as tx:
        name = access_tokens.revoke_token(tx, actor.person_id, token_id, now)
        if name is None:
            raise NotFoundError("token_not_found")
        cases.add_event(tx, now, "token_revoked", actor.person_id, name=name)
        return name


def open_token(app: App, secret: str, now: datetime) -> Actor:
    """Whose token it is. Raises NotKnownError: token_invalid."""
    with transaction(app.sessions) as tx:
        row = access_tokens.find_token(tx, hash_secret(secret), now)
        if row is None:
            raise NotKnownError("token_invalid")
        token, person = row
        if token.seen_at is None or now - token.seen_at >= SEEN_EVERY:
            token.seen_at = now
        return actors.build_actor(tx, person, app.today(now))


def claim_reply(
    app: App, actor: Actor, key: str, sha256: str, now: datetime
) -> tuple[int, Mapping[str, Any]] | None:
    """The answer that this Idempotency-Key has had; None when it is new, and now the caller's to
    settle or to forget.

    Raises ConflictError: key_reused (for another request), key_in_use (the first one runs still).
    """
    assert actor.person_id is not None
    with transaction(app.sessions) as tx:
        known = access_tokens.claim_reply(tx, actor.person_id, key, sha256, now)
        if known is None:
            return None
        if known.sha256 != sha256:
            raise ConflictError("key_reused")
        if known.status is not None:
            return known.status, known.body
        if now - known.at < WORKING:
            raise ConflictError("key_in_use")
        known.at = now  # whoever had it is gone; what it did, the acts themselves know
        return None


def settle_reply(app: App, actor: Actor, key: str, status: int, body: dict[str, Any]) -> None:
    """Keep what was answered."""
    assert actor.person_id is not None
    with transaction(app.sessions) as tx:
        access_tokens.settle_reply(tx, actor.person_id, key, status, body)


def forget_reply(app: App, actor: Actor, key: str) -> None:
    """Nothing came of it; the same key may be used for the next try."""
    assert actor.person_id is not None
    with transaction(app.sessions) as tx:
        access_tokens.forget_reply(tx, actor.person_id, key)
