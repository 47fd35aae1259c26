"""Logging in by an OpenID Connect provider. It says who somebody is; people are ours alone."""

from __future__ import annotations

from datetime import datetime

from engine import oidc
from engine.account_values import OIDC, Caller, Entry
from engine.app import App
from engine.entering import enter
from engine.errors import NotAllowedError, NotFoundError
from engine.oidc import Identity, Request
from engine.store import accounts, cases
from engine.store.tables import Person
from engine.store.transaction import Tx, transaction

NOBODY = Caller()
BACK = "/masuk/oidc/kembali"
__all__ = ["Request", "begin_oidc", "enter_by_identity", "finish_oidc"]


def begin_oidc(app: App) -> Request:
    """Where the browser is to go. Raises NotFoundError: oidc_off; UnavailableError:
    oidc_unavailable."""
    if not app.settings.oidc_issuer:
        raise NotFoundError("oidc_off")
    return oidc.begin_login(app.settings, app.url + BACK)


def finish_oidc(
    app: App, begun: Request, answer: str, now: datetime, caller: Caller = NOBODY
) -> Entry:
    """Begin the session of whoever came back with `answer`; raises as `engine.oidc.finish_login`
    and `enter_by_identity`."""
    if not app.settings.oidc_issuer:
        raise NotFoundError("oidc_off")
    return enter_by_identity(
        app, oidc.finish_login(app.settings, app.url + BACK, begun, answer), now, caller
    )


def enter_by_identity(
    app: App, identity: Identity, now: datetime, caller: Caller = NOBODY
) -> Entry:
    """By the link of an earlier time; the first time by a verified e-mail address that exactly one
    active person has.

    Raises NotAllowedError: oidc_unknown, oidc_no_email, oidc_ambiguous, account_ended.
    """
    with transaction(app.sessions) as tx:
        accounts.take_turn(tx, f"oidc {identity.issuer} {identity.subject}")
        person = accounts.find_identity(tx, identity.issuer, identity.subject)
        if person is None:
            person = _link(tx, identity, now)
        if person.disabled_at is not None:
            raise NotAllowedError("account_ended")
        return enter(app, tx, person, OIDC, caller, now)


def _link(tx: Tx, identity: Identity, now: datetime) -> Person:
    if not identity.email:
        raise NotAllowedError("oidc_no_email")
    people = accounts.people_by_email(tx, identity.email)
    if len(people) != 1:
        code = "oidc_ambiguous" if people else "oidc_unknown"
        raise NotAllowedError(code, email=identity.email)
    accounts.add_identity(tx, people[0].id, identity.issuer, identity.subject, identity.email, now)
    cases.add_event(tx, now, "identity_linked", people[0].id, issuer=identity.issuer)
    return people[0]
