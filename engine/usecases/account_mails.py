"""Links that set a password: asked for, sent by mail, used once; and mails that warn the owner."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from engine.account_values import Caller, Invitation, LinkLine
from engine.app import App
from engine.channels import ChannelError, Message
from engine.channels.account_texts import compose_account_mail
from engine.channels.email import OFFER
from engine.entering import (
    about_person,
    as_typed,
    check_email,
    hash_secret,
    new_secret,
    refusal,
    set_password,
)
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.managing import demand_managed, find_person
from engine.password_policy import check_password
from engine.passwords import hash_password
from engine.store import access_tokens, account_mails, accounts, cases, people
from engine.store.tables import AccountMail, Person
from engine.store.transaction import Tx, transaction
from workflows.rights import Actor

NOBODY = Caller()
LIVES = {"reset": timedelta(hours=1), "invite": timedelta(days=7)}
PATIENCE = timedelta(days=1)  # with the mail server; then the mail would only surprise
LEASE = timedelta(minutes=5)
MOST_AN_HOUR = 3  # resets of one person
AT_ONCE = 100
LINK_PATH = "/masuk/sandi/"


def ask_reset(app: App, named: str, now: datetime, caller: Caller = NOBODY) -> None:
    """Queue a link for whoever has that login or e-mail address; whether anybody has cannot be
    seen from outside. Raises NotAllowedError: too_many_tries (minutes)."""
    typed = as_typed(named)
    with transaction(app.sessions) as tx:
        found = refusal(tx, "reset", typed, caller, now)
        if not found:
            accounts.add_failure(tx, "reset", typed, caller.address, now)
            for person in _known(tx, typed):
                if account_mails.count_since(
                    tx, person.id, "reset", now - timedelta(hours=1)
                ) < MOST_AN_HOUR:  # fmt: skip
                    account_mails.add_mail(tx, person.id, "reset", now)
                    cases.add_event(
                        tx, now, "reset_asked", None, person=person.id, address=caller.address
                    )
    if found:
        raise found


def _known(tx: Tx, typed: str) -> list[Person]:
    """With an address, and an account in force."""
    person = people.find_person(tx, login=typed)
    found = [person] if person else list(accounts.people_by_email(tx, typed) if typed else ())
    return [one for one in found if one.email and one.disabled_at is None]


def invite_person(app: App, actor: Actor, login: str, now: datetime) -> Invitation:
    """Queue a mail whose link sets the first password, or a new one.

    Raises NotFoundError: person_not_found; NotAllowedError: right_missing; ConflictError:
    person_disabled; InvalidAnswerError: email_missing.
    """
    with transaction(app.sessions) as tx:
        person = _invited(app, tx, actor, login, now)
        check_email(person.email)
        account_mails.add_mail(tx, person.id, "invite", now)
        cases.add_event(tx, now, "invited", actor.person_id, person=person.id)
        return Invitation(person.login, person.name, person.email)


def _invited(app: App, tx: Tx, actor: Actor, login: str, now: datetime) -> Person:
    person = find_person(tx, login)
    demand_managed(tx, actor, person, app.today(now))
    if person.disabled_at is not None:
        raise ConflictError("person_disabled", name=person.name)
    return person


def make_link(app: App, actor: Actor, login: str, now: datetime) -> Invitation:
    """A link to hand over by other means than a mail: for an installation without a mail server.
    Raises as `invite_person`, but needs no e-mail address; NotAllowedError for all but the
    operator."""
    if actor.person_id is not None:
        raise NotAllowedError("right_missing", verb="manage_people")
    with transaction(app.sessions) as tx:
        person = _invited(app, tx, actor, login, now)
        secret = _hand_out(tx, person, now)
        cases.add_event(tx, now, "invited", actor.person_id, person=person.id)
        return Invitation(person.login, person.name, person.email, app.url + LINK_PATH + secret)


def _hand_out(tx: Tx, person: Person, now: datetime) -> str:
    secret, row = new_secret(), account_mails.add_mail(tx, person.id, "invite", now)
    row.sha256, row.sent_at, row.expires_at = hash_secret(secret), now, now + LIVES["invite"]
    return secret


def create_administrator(
    app: App, actor: Actor, login: str, name: str, email: str, now: datetime
) -> Invitation:
    """Somebody who may everything everywhere, and the link with which they set their password.
    The operator alone does this: the first administrator has nobody to ask.

    Raises NotAllowedError: right_missing; ConflictError: login_taken; InvalidAnswerError:
    email_missing.
    """
    if actor.person_id is not None:
        raise NotAllowedError("right_missing", verb="manage_people")
    with transaction(app.sessions) as tx:
        if people.find_person(tx, login=login) is not None:
            raise ConflictError("login_taken", login=login)
        values = {"login": as_typed(login), "name": name.strip(), "email": check_email(email)}
        person = people.put_person(tx, {**values, "password_hash": ""})
        people.put_grant(tx, person, "administrator", None, now)
        secret = _hand_out(tx, person, now)
        cases.add_event(tx, now, "administrator_created", None, person=person.id)
        return Invitation(person.login, person.name, person.email, app.url + LINK_PATH + secret)


def read_link(app: App, secret: str, now: datetime) -> LinkLine:
    """Whose password it sets; looking uses nothing up, as programs that check mails look too.
    Raises NotFoundError: link_invalid."""
    with transaction(app.sessions) as tx:
        mail, person = _opened(tx, secret, now)
        assert mail.expires_at is not None
        return LinkLine(person.login, person.name, mail.kind, mail.expires_at)


def _opened(tx: Tx, secret: str, now: datetime) -> tuple[AccountMail, Person]:
    found = account_mails.find_link(tx, hash_secret(secret), now)
    if found is None:
        raise NotFoundError("link_invalid")
    return found


def set_password_by_link(app: App, secret: str, new: str, now: datetime) -> LinkLine:
    """Set the password; all sessions of before end, all tokens and links. A second factor stays on.

    Raises NotFoundError: link_invalid; InvalidAnswerError: invalid_password (reason).
    """
    with transaction(app.sessions) as tx:
        accounts.lock_person(tx, _opened(tx, secret, now)[1].id)
        mail, person = _opened(tx, secret, now)  # as it is now that nobody else can use it
        check_password(new, about_person(tx, app, person, now), app.settings.breached_passwords)
        mail.used_at = now
        set_password(tx, person, hash_password(new), now)
        accounts.forgive(tx, "password", person.login)
        accounts.end_sessions(tx, person.id, "password_changed", now)
        access_tokens.revoke_all(tx, person.id, now)
        cases.add_event(tx, now, "password_set", person.id, person=person.id, by=mail.kind)
        return LinkLine(person.login, person.name, mail.kind, mail.expires_at or now)


def due_mail_ids(app: App, now: datetime) -> Sequence[int]:
    with transaction(app.sessions) as tx:
        return account_mails.due_ids(tx, now, AT_ONCE)


def send_mail(app: App, mail_id: int, now: datetime) -> int:
    """One try; 1 when it has left the house. Each try has a link of its own, so none is kept."""
    message = _compose(app, mail_id, now)
    if message is None:
        return 0
    channel = OFFER.open(app.settings)
    assert channel is not None
    try:
        channel.send(message)
    except ChannelError as error:
        _settle(app, mail_id, now, error)
        return 0
    finally:
        channel.close()
    _settle(app, mail_id, now, None)
    return 1


def _compose(app: App, mail_id: int, now: datetime) -> Message | None:
    """The mail, leased; None when it is not ours, or nobody is to get it any more."""
    with transaction(app.sessions) as tx:
        mail = account_mails.lease(tx, mail_id, now, now + LEASE)
        if mail is None:
            return None
        person = people.find_person(tx, person_id=mail.person_id)
        if person is None or not person.email or person.disabled_at is not None:
            mail.given_up_at, mail.last_error = now, "no_address"
            return None
        path = "/saya/keamanan"
        if mail.kind in LIVES:
            secret = new_secret()
            mail.sha256, mail.expires_at = hash_secret(secret), now + LIVES[mail.kind]
            path = LINK_PATH + secret
        return _message(app, mail, person, path, now)


def _message(app: App, mail: AccountMail, person: Person, path: str, now: datetime) -> Message:
    subject, body, link_text = compose_account_mail(
        mail.kind, person.locale, person.name, person.login
    )
    domain = app.settings.mail_domain
    return Message(
        message_id=f"akun-{mail.id}-{mail.attempts}@{domain}",
        thread=f"akun-{mail.id}@{domain}",
        to_name=person.name,
        to_address=person.email,
        subject=subject,
        body=body,
        link=app.url + path,
        link_text=link_text,
        at=now,
        to_login=person.login,
        locale=person.locale,
        zone=app.settings.zone,
    )


def _settle(app: App, mail_id: int, now: datetime, error: ChannelError | None) -> None:
    with transaction(app.sessions) as tx:
        mail = account_mails.find_mail(tx, mail_id)
        mail.claimed_until = None
        if error is None:
            mail.sent_at, mail.last_error = now, ""
            return
        mail.last_error = error.reason[:500]
        mail.send_after = now + timedelta(minutes=min(2**mail.attempts, 60))
        if error.permanent or mail.send_after > mail.created_at + PATIENCE:
            mail.given_up_at = now


def postpone_mail(app: App, mail_id: int, until: datetime) -> None:
    with transaction(app.sessions) as tx:
        account_mails.find_mail(tx, mail_id).send_after = until


def clean_up(app: App, now: datetime) -> int:
    """Remove tries, answers and sessions that count no more; how many rows."""
    with transaction(app.sessions) as tx:
        return accounts.clean_up(tx, now)
