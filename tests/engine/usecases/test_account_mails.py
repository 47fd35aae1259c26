"""Links that set a password, and the first administrator."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from engine.account_values import Caller
from engine.app import App
from engine.errors import NotAllowedError, NotFoundError
from engine.oidc import Identity
from engine.store.tables import AccountMail, Person, Table
from engine.store.transaction import transaction
from engine.ticks import send_account_mails
from engine.usecases import account_log, account_mails, account_oidc, accounts, notices
from workflows.errors import InvalidAnswerError
from workflows.rights import OPERATOR

GOOD, OLD = "sepeda biru di lapangan", "contoh-alur"
LINK = re.compile(r"/masuk/sandi/([\w-]+)")


def mails(app: App) -> list[str]:
    """What lies in the folder of a house without a mail server, in the order of sending."""
    folder = app.settings.data / "mail"
    files = sorted(folder.glob("akun-*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [path.read_text("utf-8").replace("=\n", "") for path in files]


def secret_of(mail: str) -> str:
    found = LINK.search(mail)
    assert found
    return found[1]


def test_a_reset_asked_for_is_mailed_and_used_once(agency) -> None:
    app, now = agency.app, agency.now
    account_mails.ask_reset(app, "Kasubbag@contoh.example", now)
    assert send_account_mails(app, now) == (1, 0)
    assert send_account_mails(app, now) == (0, 0)
    secret = secret_of(mails(app)[0])
    assert account_mails.read_link(app, secret, now).login == "kasubbag"
    key = accounts.authenticate(app, "kasubbag", OLD, now).key
    with pytest.raises(InvalidAnswerError):
        account_mails.set_password_by_link(app, secret, "pendek", now)
    account_mails.set_password_by_link(app, secret, GOOD, now)
    assert accounts.authenticate(app, "kasubbag", GOOD, now).key != key
    with pytest.raises(NotFoundError):
        account_mails.read_link(app, secret, now)
    send_account_mails(app, now)
    assert "baru saja diganti" in mails(app)[-1] and not LINK.search(mails(app)[-1])


def test_no_secret_is_in_any_row_nor_in_the_outbox(agency) -> None:
    app, now = agency.app, agency.now
    account_mails.ask_reset(app, "kasubbag", now)
    send_account_mails(app, now)
    secret = secret_of(mails(app)[0])
    with transaction(app.sessions) as tx:
        for table in Table.metadata.sorted_tables:
            for row in tx.execute(text(f'SELECT "{table.name}"::text FROM "{table.name}"')):
                assert secret not in row[0]
    assert notices.list_mails(app, OPERATOR) == ()


def test_whoever_asks_cannot_see_who_is_registered(agency) -> None:
    app, now = agency.app, agency.now
    for name in ("tidak-ada", "tidak@ada.example", "", "kasubbag"):
        account_mails.ask_reset(app, name, now)
    assert send_account_mails(app, now) == (1, 0)
    for _ in range(9):
        account_mails.ask_reset(app, "tidak-ada", now)
    with pytest.raises(NotAllowedError) as error:
        account_mails.ask_reset(app, "tidak-ada", now)
    assert error.value.code == "too_many_tries"


def test_nobody_is_flooded_with_mails(agency) -> None:
    for minute in range(10):
        account_mails.ask_reset(agency.app, "kasubbag", agency.now + timedelta(minutes=2 * minute))
    assert send_account_mails(agency.app, agency.now + timedelta(minutes=20)) == (3, 0)


def test_a_link_lapses(agency) -> None:
    app, now = agency.app, agency.now
    account_mails.ask_reset(app, "kasubbag", now)
    account_mails.invite_person(app, agency.actor("pengelola"), "kabid1", now)
    send_account_mails(app, now)
    lives = {secret_of(mail): mail for mail in mails(app)}
    reset = next(secret for secret, mail in lives.items() if "berlaku satu jam" in mail)
    invite = next(secret for secret, mail in lives.items() if "tujuh hari" in mail)
    account_mails.read_link(app, reset, now + timedelta(minutes=59))
    account_mails.read_link(app, invite, now + timedelta(days=6))
    for secret, later in ((reset, timedelta(minutes=61)), (invite, timedelta(days=8))):
        with pytest.raises(NotFoundError):
            account_mails.read_link(app, secret, now + later)


def test_each_try_has_a_link_of_its_own_and_a_dead_sender_is_followed(agency, smtp_sink) -> None:
    settings = replace(agency.app.settings, smtp_url=smtp_sink.url, mail_from="Alur <a@b.example>")
    app, now = replace(agency.app, settings=settings), agency.now
    account_mails.ask_reset(app, "kasubbag", now)
    (mail_id,) = account_mails.due_mail_ids(app, now)
    smtp_sink.refuse["kasubbag@contoh.example"] = "451 later"
    assert account_mails.send_mail(app, mail_id, now) == 0
    smtp_sink.refuse.clear()
    with transaction(app.sessions) as tx:
        (first,) = tx.scalars(select(AccountMail.sha256))
    later = now + timedelta(minutes=3)
    account_mails._compose(app, mail_id, later)  # a sender that dies before it has sent
    assert account_mails.due_mail_ids(app, later) == []
    assert send_account_mails(app, later + timedelta(minutes=6)) == (1, 0)
    (got,) = smtp_sink.wait_for(1)
    body = got.message.get_body(("plain",))
    assert body
    secret = secret_of(body.get_content())
    assert account_mails.read_link(app, secret, later + timedelta(minutes=6)).login == "kasubbag"
    with transaction(app.sessions) as tx:
        assert tx.scalars(select(AccountMail.sha256)).one() != first


def test_only_who_manages_them_invites_people(agency) -> None:
    for login in ("kabid1", "kepala"):
        with pytest.raises(NotAllowedError):
            account_mails.invite_person(agency.app, agency.actor(login), "kasubbag", agency.now)
    with pytest.raises(NotAllowedError):
        account_mails.make_link(agency.app, agency.actor("pengelola"), "kasubbag", agency.now)


def test_the_first_administrator_comes_from_the_command_line(app: App, agency_now) -> None:
    now = agency_now
    assert account_log.is_empty(app)
    made = account_mails.create_administrator(
        app, OPERATOR, "Admin.Satu", "Admin Contoh", "admin@contoh.example", now
    )
    assert not account_log.is_empty(app) and made.link
    with pytest.raises(NotAllowedError):
        accounts.authenticate(app, "admin.satu", "", now)
    secret = secret_of(made.link)
    account_mails.set_password_by_link(app, secret, GOOD, now)
    entry = accounts.authenticate(app, "admin.satu", GOOD, now)
    assert entry.actor.grants == {"administrator"}


@pytest.fixture
def agency_now():
    from datetime import UTC, datetime

    return datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_a_provider_opens_only_to_one_known_person(agency) -> None:
    app, now, here = agency.app, agency.now, Caller("203.0.113.5")

    def enter(subject: str, email: str):
        return account_oidc.enter_by_identity(app, Identity("https://sso", subject, email), now)

    for subject, email, code in (
        ("1", "", "oidc_no_email"),
        ("1", "lain@contoh.example", "oidc_unknown"),
    ):
        with pytest.raises(NotAllowedError) as error:
            enter(subject, email)
        assert error.value.code == code
    assert enter("1", "KASUBBAG@contoh.example").actor.login == "kasubbag"
    assert enter("1", "").actor.login == "kasubbag"  # known by the provider's own id from now on
    assert enter("1", "kepala@contoh.example").actor.login == "kasubbag"
    with transaction(app.sessions) as tx:
        for person in tx.scalars(select(Person).where(Person.login.in_(("kabid1", "kabid2")))):
            person.email = "bersama@contoh.example"
    with pytest.raises(NotAllowedError) as error:
        enter("2", "bersama@contoh.example")
    assert error.value.code == "oidc_ambiguous"
    with transaction(app.sessions) as tx:
        tx.scalars(select(Person).where(Person.login == "kasubbag")).one().disabled_at = now
    with pytest.raises(NotAllowedError) as error:
        account_oidc.enter_by_identity(app, Identity("https://sso", "1", ""), now, here)
    assert error.value.code == "account_ended"
    assert Path(app.settings.data)
