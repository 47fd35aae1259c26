"""The second factor of one's own log-in: set up, confirmed, switched off; reset by an
administrator for whoever has lost it."""

from __future__ import annotations

from datetime import datetime

from engine.account_values import Caller, Enrolment, FactorState
from engine.app import App
from engine.entering import count_failure, factor_required, refusal, tell
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.managing import demand_managed, find_person
from engine.passwords import verify_password
from engine.second_factor import (
    matching_step,
    new_recovery_codes,
    new_secret,
    qr_paths,
    recovery_hash,
    seal,
    setup_uri,
    unseal,
    without_code,
)
from engine.store import accounts, cases
from engine.store.tables import Person
from engine.store.transaction import Tx, transaction
from workflows.rights import Actor

NOBODY = Caller()
ISSUER = "Alur"


def begin_factor(app: App, actor: Actor, now: datetime) -> None:
    """A new secret, which counts once its first code has come. Raises ConflictError:
    factor_on."""
    with transaction(app.sessions) as tx:
        person = _self(tx, actor)
        if person.totp_since is not None:
            raise ConflictError("factor_on")
        person.totp_secret, person.totp_step = seal(new_secret(), app.settings.secret()), None


def _self(tx: Tx, actor: Actor) -> Person:
    person = accounts.lock_person(tx, actor.person_id) if actor.person_id else None
    if person is None:
        raise NotFoundError("person_not_found", person=actor.login)
    return person


def read_factor(app: App, actor: Actor) -> FactorState:
    """Whether it is on, and what an authenticator app needs where it waits for a first code."""
    with transaction(app.sessions) as tx:
        person = _self(tx, actor)
        required, left = factor_required(app, actor), len(person.recovery)
        if person.totp_since is not None:
            return FactorState(person.totp_since, left, required, None)
        secret = unseal(person.totp_secret, app.settings.secret()) if person.totp_secret else None
        if secret is None:
            return FactorState(None, 0, required, None)
        side, path = qr_paths(setup_uri(secret, person.login, ISSUER))
        grouped = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
        return FactorState(None, 0, required, Enrolment(grouped, side, path))


def confirm_factor(
    app: App, actor: Actor, code: str, now: datetime, caller: Caller = NOBODY
) -> tuple[str, ...]:
    """Switch it on; the recovery codes, which cannot be had again.

    Raises ConflictError: factor_on, factor_not_begun; NotAllowedError: wrong_code,
    too_many_tries (minutes).
    """
    with transaction(app.sessions) as tx:
        person = _self(tx, actor)
        if person.totp_since is not None:
            raise ConflictError("factor_on")
        secret = unseal(person.totp_secret, app.settings.secret())
        if secret is None:
            raise ConflictError("factor_not_begun")
        found = refusal(tx, "factor", person.login, caller, now)
        step = None if found else matching_step(secret, code, now, None)
        if found is None and step is None:
            count_failure(tx, "factor", person.login, person, caller, now)
            found = NotAllowedError("wrong_code")
        codes = () if found else _switch_on(tx, person, step, now)
    if found:
        raise found
    return codes


def _switch_on(tx: Tx, person: Person, step: int | None, now: datetime) -> tuple[str, ...]:
    person.totp_since, person.totp_step = now, step
    accounts.forgive(tx, "factor", person.login)
    tell(tx, person, "factor_changed", now)
    cases.add_event(tx, now, "factor_on", person.id)
    return _renew(person)


def _renew(person: Person) -> tuple[str, ...]:
    codes = new_recovery_codes()
    person.recovery = [recovery_hash(code) for code in codes]
    return codes


def renew_recovery(
    app: App, actor: Actor, code: str, now: datetime, caller: Caller = NOBODY
) -> tuple[str, ...]:
    """Ten new recovery codes in place of what is left. Raises ConflictError: factor_off;
    NotAllowedError: wrong_code, too_many_tries (minutes)."""
    with transaction(app.sessions) as tx:
        person = _self(tx, actor)
        found = _refuse(app, tx, person, code, now, caller)
        codes = () if found else _renew(person)
        if not found:
            cases.add_event(tx, now, "recovery_renewed", person.id)
    if found:
        raise found
    return codes


def _refuse(
    app: App, tx: Tx, person: Person, code: str, now: datetime, caller: Caller
) -> NotAllowedError | None:
    """None when the code, of the authenticator or for recovery, is right. Raises ConflictError:
    factor_off."""
    if person.totp_since is None:
        raise ConflictError("factor_off")
    if found := refusal(tx, "factor", person.login, caller, now):
        return found
    secret = unseal(person.totp_secret, app.settings.secret())
    step = matching_step(secret, code, now, person.totp_step) if secret else None
    left = without_code(person.recovery, code)
    if step is None and left is None:
        count_failure(tx, "factor", person.login, person, caller, now)
        return NotAllowedError("wrong_code")
    person.totp_step = step if step is not None else person.totp_step
    if step is None and left is not None:
        person.recovery = left
    return None


def remove_factor(
    app: App, actor: Actor, password: str, code: str, now: datetime, caller: Caller = NOBODY
) -> None:
    """Switch it off, by password and code.

    Raises ConflictError: factor_off, factor_required; NotAllowedError: wrong_password, wrong_code,
    too_many_tries (minutes).
    """
    with transaction(app.sessions) as tx:
        person = _self(tx, actor)
        if factor_required(app, actor):
            raise ConflictError("factor_required")
        found = refusal(tx, "password", person.login, caller, now)
        if found is None and not verify_password(person.password_hash, password):
            count_failure(tx, "password", person.login, person, caller, now)
            found = NotAllowedError("wrong_password")
        found = found or _refuse(app, tx, person, code, now, caller)
        if not found:
            _clear(tx, person, now)
            cases.add_event(tx, now, "factor_off", person.id)
    if found:
        raise found


def _clear(tx: Tx, person: Person, now: datetime) -> None:
    person.totp_secret, person.totp_since, person.totp_step = "", None, None
    person.recovery = []
    tell(tx, person, "factor_changed", now)


def reset_factor(app: App, actor: Actor, login: str, now: datetime) -> None:
    """Switch it off for somebody who has lost their device; their sessions end.

    Raises NotFoundError: person_not_found; NotAllowedError: right_missing; ConflictError:
    factor_off.
    """
    with transaction(app.sessions) as tx:
        person = find_person(tx, login, lock=True)
        demand_managed(tx, actor, person, app.today(now))
        if person.totp_since is None:
            raise ConflictError("factor_off")
        _clear(tx, person, now)
        accounts.end_sessions(tx, person.id, "revoked", now)
        cases.add_event(tx, now, "factor_reset", actor.person_id, person=person.id)
