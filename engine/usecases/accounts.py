"""Logging in with a password and a code, and changing one's own password."""

from __future__ import annotations

import hmac
from datetime import datetime

from engine.account_values import FACTOR, PASSWORD, Caller, Entry
from engine.app import App
from engine.entering import (
    about_person,
    as_typed,
    count_failure,
    enter,
    refusal,
    set_password,
    stamp_of,
)
from engine.errors import NotAllowedError, NotFoundError
from engine.password_policy import check_password
from engine.passwords import hash_password, needs_rehash, verify_password
from engine.second_factor import matching_step, unseal, without_code
from engine.store import accounts, actors, cases, people
from engine.store.tables import Person
from engine.store.transaction import Tx, transaction
from workflows.errors import InvalidAnswerError
from workflows.rights import Actor

NOBODY = Caller()


def authenticate(
    app: App, login: str, password: str, now: datetime, caller: Caller = NOBODY
) -> Entry:
    """Begin a session for whoever knows the password; where a second factor is on, only the code
    does so (`confirm_code`).

    Raises NotAllowedError: wrong_credentials, the same for an unknown login; too_many_tries
    (minutes).
    """
    with transaction(app.sessions) as tx:  # the try is kept, whatever comes of it
        found = _try_password(app, tx, as_typed(login), password, caller, now)
    if isinstance(found, NotAllowedError):
        raise found
    return found


def _try_password(
    app: App, tx: Tx, login: str, password: str, caller: Caller, now: datetime
) -> Entry | NotAllowedError:
    if refused := refusal(tx, "password", login, caller, now):
        return refused
    person = people.find_person(tx, login=login)
    active = person is not None and person.disabled_at is None
    fits = verify_password(person.password_hash if person and active else None, password)
    if person is None or not fits:
        count_failure(tx, "password", login, person, caller, now)
        return NotAllowedError("wrong_credentials")
    accounts.forgive(tx, "password", login)
    if needs_rehash(person.password_hash):
        people.set_password_hash(tx, person.id, hash_password(password))
    if person.totp_since is None:
        return enter(app, tx, person, PASSWORD, caller, now)
    return Entry(actors.build_actor(tx, person, app.today(now)), None, stamp_of(person))


def confirm_code(
    app: App, person_id: int, stamp: str, code: str, now: datetime, caller: Caller = NOBODY
) -> Entry:
    """Begin the session of somebody whose password has just been right (`stamp`): by a code of
    their authenticator, or one of the recovery codes.

    Raises NotAllowedError: login_expired, wrong_code, factor_unreadable, too_many_tries (minutes).
    """
    with transaction(app.sessions) as tx:
        person = accounts.lock_person(tx, person_id)
        if person is None or person.disabled_at or not _same(stamp_of(person), stamp):
            raise NotAllowedError("login_expired")
        found = refusal(tx, "factor", person.login, caller, now)
        found = found or _try_code(app, tx, person, code, caller, now)
        entry = None if found else enter(app, tx, person, FACTOR, caller, now)
    if found:
        raise found
    assert entry is not None
    return entry


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))


def _try_code(
    app: App, tx: Tx, person: Person, code: str, caller: Caller, now: datetime
) -> NotAllowedError | None:
    """None when it fits; then it never fits again."""
    secret = unseal(person.totp_secret, app.settings.secret())
    step = matching_step(secret, code, now, person.totp_step) if secret else None
    left = without_code(person.recovery, code)
    if step is None and left is None:
        count_failure(tx, "factor", person.login, person, caller, now)
        return NotAllowedError("wrong_code" if secret else "factor_unreadable")
    if step is not None:
        person.totp_step = step
    elif left is not None:
        person.recovery = left
        cases.add_event(tx, now, "recovery_used", person.id, left=len(left))
    accounts.forgive(tx, "factor", person.login)
    return None


def change_password(
    app: App,
    actor: Actor,
    session_id: int | None,
    old: str,
    new: str,
    now: datetime,
    caller: Caller = NOBODY,
) -> int:
    """Set one's own password; how many other sessions this has ended.

    Raises NotAllowedError: wrong_password, too_many_tries (minutes); InvalidAnswerError:
    invalid_password (reason); NotFoundError: person_not_found for the operator.
    """
    with transaction(app.sessions) as tx:
        person = accounts.lock_person(tx, actor.person_id) if actor.person_id else None
        if person is None:
            raise NotFoundError("person_not_found", person=actor.login)
        found = refusal(tx, "password", person.login, caller, now)
        if found is None and not verify_password(person.password_hash, old):
            count_failure(tx, "password", person.login, person, caller, now)
            found = NotAllowedError("wrong_password")
        ended = 0 if found else _change(app, tx, person, session_id, new, now)
    if found:
        raise found
    return ended


def _change(
    app: App, tx: Tx, person: Person, session_id: int | None, new: str, now: datetime
) -> int:
    check_password(new, about_person(tx, app, person, now), app.settings.breached_passwords)
    if verify_password(person.password_hash, new):
        raise InvalidAnswerError("invalid_password", field="baru", reason="same_as_before")
    set_password(tx, person, hash_password(new), now)
    ended = accounts.end_sessions(tx, person.id, "password_changed", now, keep=session_id)
    cases.add_event(tx, now, "password_changed", person.id, ended=ended)
    return ended
