"""What all ways into the house share: tries are counted, a session begins, links are known by
their hash alone."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil

from engine.account_values import OIDC, Caller, Entry
from engine.app import App
from engine.errors import NotAllowedError
from engine.store import account_mails, accounts, actors, cases
from engine.store.tables import Person
from engine.store.transaction import Tx
from workflows.errors import InvalidAnswerError
from workflows.rights import ADMINISTRATOR, Actor

WINDOW = timedelta(minutes=15)
TRIES, TRIES_OF_ADDRESS = 10, 50  # within WINDOW
LETTERS = 300  # of what a browser says of itself, and of a login as typed


def new_secret() -> str:
    """256 random bits, as text for cookies and addresses."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """Plain SHA-256 will do for 256 random bits, however fast one tries."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def begin_session(tx: Tx, person: Person, method: str, caller: Caller, now: datetime) -> str:
    """What the cookie is to carry."""
    key = new_secret()
    accounts.add_session(
        tx, person.id, hash_secret(key), method, caller.address, caller.agent[:LETTERS], now
    )
    cases.add_event(tx, now, "login", person.id, method=method, address=caller.address)
    return key


def enter(app: App, tx: Tx, person: Person, method: str, caller: Caller, now: datetime) -> Entry:
    """The person is in."""
    key = begin_session(tx, person, method, caller, now)
    return Entry(actors.build_actor(tx, person, app.today(now)), key)


def refusal(tx: Tx, kind: str, login: str, caller: Caller, now: datetime) -> NotAllowedError | None:
    """too_many_tries (minutes) for a login or an address that has used up its tries. Whoever asks
    holds the turn of that login until the transaction ends, so that none is overlooked."""
    accounts.take_turn(tx, f"{kind} {login}")
    since = now - WINDOW
    last = [accounts.nth_failure(tx, TRIES, since, kind=kind, login=login)]
    if caller.address:
        found = accounts.nth_failure(tx, TRIES_OF_ADDRESS, since, address=caller.address)
        last.append(found)
    until = max((at + WINDOW for at in last if at), default=None)
    if until is None:
        return None
    minutes = max(1, ceil((until - now) / timedelta(minutes=1)))
    return NotAllowedError("too_many_tries", minutes=minutes)


def count_failure(
    tx: Tx, kind: str, login: str, person: Person | None, caller: Caller, now: datetime
) -> None:
    """One try less; the last one is written to the log."""
    accounts.add_failure(tx, kind, login, caller.address, now)
    if accounts.nth_failure(tx, TRIES, now - WINDOW, kind=kind, login=login):
        whose = person.id if person else None
        cases.add_event(
            tx, now, "login_locked", None, person=whose, login=login, address=caller.address
        )


def as_typed(login: str) -> str:
    """By which name tries are counted, whether it exists or not."""
    text = login.strip().lower()[:LETTERS]
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def stamp_of(person: Person) -> str:
    """Changes with the password and with the second factor."""
    return hash_secret(f"{person.password_hash} {person.totp_secret}")[:16]


def factor_required(app: App, actor: Actor) -> bool:
    """Whether the settings ask this person for a second factor."""
    wanted = app.settings.require_second_factor
    rights = {*actor.grants, *(name for name, _ in actor.unit_grants)}
    return wanted == "everyone" or (wanted == "administrators" and ADMINISTRATOR in rights)


def duty_of(app: App, person: Person, actor: Actor, method: str) -> str:
    """What must be done before anything else; who comes from a provider has done it there."""
    if method == OIDC:
        return ""
    if person.must_change:
        return "password"
    return "factor" if person.totp_since is None and factor_required(app, actor) else ""


def about_person(tx: Tx, app: App, person: Person, now: datetime) -> list[str]:
    """The words that no password of theirs may be made of."""
    actor = actors.build_actor(tx, person, app.today(now))
    places = [word for one in actor.positions for word in (one.unit_name, one.unit_code)]
    return [person.login, person.name, person.email, *places]


def set_password(tx: Tx, person: Person, password_hash: str, now: datetime) -> None:
    """Old links end with the old password, and its owner hears of it."""
    person.password_hash, person.password_at, person.must_change = password_hash, now, False
    account_mails.void_links(tx, person.id, now)
    tell(tx, person, "password_changed", now)


def tell(tx: Tx, person: Person, kind: str, now: datetime) -> None:
    """Queue a mail, for whoever has an address."""
    if person.email:
        account_mails.add_mail(tx, person.id, kind, now)


def check_email(text: str) -> str:
    """Raises InvalidAnswerError: email_missing."""
    if "@" not in text.strip():
        raise InvalidAnswerError("email_missing", field="surel")
    return text.strip()
