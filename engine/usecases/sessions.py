"""Browsers that are logged in: known by the hash of what their cookie carries, ended at will."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine.account_values import Resumed, Security, SessionLine, TokenLine
from engine.app import App
from engine.entering import duty_of, factor_required, hash_secret
from engine.errors import NotAllowedError, NotFoundError
from engine.managing import demand_managed, find_person
from engine.store import access_tokens, accounts, actors, cases, people
from engine.store.tables import LoginSession
from engine.store.transaction import reading, transaction
from workflows.rights import Actor, Thing, may

SEEN_EVERY = timedelta(minutes=1)


def resume_session(app: App, key: str, now: datetime, *, quiet: bool = False) -> Resumed | None:
    """Whose session it is; None when it is over. `quiet`: this call does not keep it alive."""
    with reading(app.sessions) as tx:
        row = accounts.find_session(tx, hash_secret(key), now)
        if row is None:
            return None
        session, person, unread = row
        actor = actors.build_actor(tx, person, app.today(now))
    if not quiet and now - session.seen_at >= SEEN_EVERY:
        with transaction(app.sessions) as tx:
            accounts.note_seen(tx, session.id, now)
    must = duty_of(app, person, actor, session.method)
    return Resumed(actor, session.id, must, unread)


def end_session(app: App, key: str, now: datetime) -> None:
    """Log out; what is over already stays so."""
    with transaction(app.sessions) as tx:
        row = accounts.find_session(tx, hash_secret(key), now)
        if row is not None:
            session, person, _ = row
            accounts.end_sessions(tx, person.id, "left", now, only=session.id)
            cases.add_event(tx, now, "logout", person.id)


def read_security(app: App, actor: Actor, here: int | None, now: datetime) -> Security:
    """One's own log-in: sessions, second factor, tokens. Raises NotFoundError: person_not_found
    for the operator."""
    with transaction(app.sessions) as tx:
        person = people.find_person(tx, person_id=actor.person_id) if actor.person_id else None
        if person is None:
            raise NotFoundError("person_not_found", person=actor.login)
        rows = accounts.sessions_of(tx, person.id, now)
        tokens = access_tokens.tokens_of(tx, person.id)
        return Security(
            sessions=tuple(_line(row, login, here) for row, login in rows),
            tokens=tuple(
                TokenLine(t.id, t.name, t.created_at, t.expires_at, t.seen_at, t.revoked_at)
                for t in tokens
            ),
            has_password=bool(person.password_hash),
            password_at=person.password_at,
            factor_since=person.totp_since,
            recovery=len(person.recovery),
            factor_required=factor_required(app, actor),
            identities=tuple(accounts.issuers_of(tx, person.id)),
        )


def _line(row: LoginSession, login: str, here: int | None = None) -> SessionLine:
    return SessionLine(
        row.id,
        login,
        row.method,
        row.address,
        row.agent,
        row.created_at,
        row.seen_at,
        row.id == here,
    )


def revoke_session(app: App, actor: Actor, session_id: int, now: datetime) -> None:
    """End one of one's own. Raises NotFoundError: session_not_found."""
    assert actor.person_id is not None
    with transaction(app.sessions) as tx:
        if not accounts.end_sessions(tx, actor.person_id, "revoked", now, only=session_id):
            raise NotFoundError("session_not_found")
        cases.add_event(tx, now, "session_revoked", actor.person_id, person=actor.person_id)


def revoke_others(app: App, actor: Actor, here: int, now: datetime) -> int:
    """End all of one's own but the one that asks; how many."""
    assert actor.person_id is not None
    with transaction(app.sessions) as tx:
        ended = accounts.end_sessions(tx, actor.person_id, "revoked", now, keep=here)
        cases.add_event(
            tx, now, "sessions_ended", actor.person_id, person=actor.person_id, ended=ended
        )
        return ended


def end_sessions(app: App, actor: Actor, login: str, now: datetime) -> int:
    """End all of somebody's, and their tokens, as an administrator; how many sessions.

    Raises NotFoundError: person_not_found; NotAllowedError: right_missing.
    """
    with transaction(app.sessions) as tx:
        person = find_person(tx, login)
        demand_managed(tx, actor, person, app.today(now))
        ended = accounts.end_sessions(tx, person.id, "revoked", now)
        access_tokens.revoke_all(tx, person.id, now)
        cases.add_event(tx, now, "sessions_ended", actor.person_id, person=person.id, ended=ended)
        return ended


def list_sessions(
    app: App, actor: Actor, login: str | None, now: datetime
) -> tuple[SessionLine, ...]:
    """All that live, or those of one person. Raises NotAllowedError: right_missing; NotFoundError:
    person_not_found."""
    if reason := may(actor, "manage_people", Thing()):
        raise NotAllowedError(reason, verb="manage_people")
    with transaction(app.sessions) as tx:
        person = find_person(tx, login) if login else None
        rows = accounts.sessions_of(tx, person.id if person else None, now)
        return tuple(_line(row, name) for row, name in rows)
