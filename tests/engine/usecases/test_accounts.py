"""Passwords, tries, second factors and sessions, on the real database."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import select

from engine.account_values import Caller
from engine.app import App
from engine.breached import is_breached
from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.store import accounts as store
from engine.store.tables import AccountMail, LoginFailure, LoginSession, Person
from engine.store.transaction import transaction
from engine.ticks import send_account_mails
from engine.usecases import account_log, accounts, second_factor, sessions
from workflows.errors import InvalidAnswerError
from workflows.rights import OPERATOR

GOOD = "sepeda biru di lapangan"
OLD = "contoh-alur"
HERE = Caller("203.0.113.5", "Mozilla/5.0 Firefox/140.0")


def code_of(agency, login: str) -> str:
    """What the authenticator app shows, read as its owner does: off the page of its set-up."""
    state = second_factor.read_factor(agency.app, agency.actor(login))
    assert state.enrolment
    return state.enrolment.secret.replace(" ", "")


def refused(call, *given) -> str:
    with pytest.raises((NotAllowedError, ConflictError, NotFoundError)) as error:
        call(*given)
    return error.value.code


def test_wrong_credentials_are_refused_alike(agency) -> None:
    for login, password in (("kasubbag", "salah"), ("siapa", OLD), ("kasubbag", "")):
        assert refused(accounts.authenticate, agency.app, login, password, agency.now) == (
            "wrong_credentials"
        )
    entry = accounts.authenticate(agency.app, " Kasubbag ", OLD, agency.now)
    assert [p.role for p in entry.actor.positions] == ["kasubbag_renja_monev"]
    assert entry.key


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("sebelas-hrf", "too_short"),
        ("x" * 257, "too_long"),
        ("kasubbag-bappeda", "own_words"),
        ("Password1234!", "too_easy"),
        ("aaaaaaaaaaaaaaaa", "too_easy"),
    ],
)
def test_a_password_that_others_would_guess_is_refused(agency, password, reason) -> None:
    actor = agency.actor("kasubbag")
    with pytest.raises(InvalidAnswerError) as error:
        accounts.change_password(agency.app, actor, None, OLD, password, agency.now)
    assert (error.value.code, error.value.fields["reason"]) == ("invalid_password", reason)
    assert accounts.authenticate(agency.app, "kasubbag", OLD, agency.now).key


def test_a_breached_password_is_found_in_a_sorted_file(tmp_path: Path) -> None:
    known = [f"kata sandi nomor {number}" for number in range(2000)]
    hashes = sorted(hashlib.sha1(word.encode()).hexdigest().upper() for word in known)
    file = tmp_path / "pwned.txt"
    for end in ("\r\n", "\n"):
        file.write_bytes(end.join(f"{one}:{len(one) * 7}" for one in hashes).encode())
        assert all(is_breached(word, str(file)) for word in known)
        assert not any(is_breached(f"{word}!", str(file)) for word in known)
    file.write_bytes(b"")
    assert not is_breached("apa saja", str(file))


def test_a_new_password_ends_the_other_sessions_and_warns_its_owner(agency) -> None:
    here, there = (
        accounts.authenticate(agency.app, "kasubbag", OLD, agency.now).key for _ in range(2)
    )
    assert here and there
    found = sessions.resume_session(agency.app, here, agency.now)
    assert found
    accounts.change_password(agency.app, found.actor, found.session_id, OLD, GOOD, agency.now)
    assert sessions.resume_session(agency.app, here, agency.now)
    assert sessions.resume_session(agency.app, there, agency.now) is None
    assert refused(accounts.authenticate, agency.app, "kasubbag", OLD, agency.now)
    wide = GOOD.replace("sepeda", "ｓｅｐｅｄａ")  # the same letters, full width
    assert accounts.authenticate(agency.app, "kasubbag", wide, agency.now).key
    with transaction(agency.app.sessions) as tx:
        assert [mail.kind for mail in tx.scalars(select(AccountMail))] == ["password_changed"]


@pytest.mark.parametrize("login", ["kasubbag", "tidak-ada"])
def test_ten_wrong_tries_close_a_login_for_a_while(agency, login: str) -> None:
    for second in range(10):
        at = agency.now + timedelta(seconds=second)
        assert refused(accounts.authenticate, agency.app, login, "salah", at) == "wrong_credentials"
    later = agency.now + timedelta(minutes=5)
    with pytest.raises(NotAllowedError) as error:
        accounts.authenticate(agency.app, login, OLD, later)
    assert (error.value.code, error.value.fields["minutes"]) == ("too_many_tries", 10)
    after = agency.now + timedelta(minutes=15, seconds=1)
    if login == "kasubbag":
        assert accounts.authenticate(agency.app, login, OLD, after).key
    lines, _ = account_log.list_log(agency.app, OPERATOR, "", None, after)
    assert "login_locked" in {line.kind for line in lines}


def test_an_address_that_tries_many_logins_is_closed(agency) -> None:
    with transaction(agency.app.sessions) as tx:
        for number in range(49):
            store.add_failure(tx, "password", f"orang{number}", HERE.address, agency.now)
    refused(accounts.authenticate, agency.app, "orang", "x", agency.now, HERE)
    assert refused(accounts.authenticate, agency.app, "kepala", OLD, agency.now, HERE) == (
        "too_many_tries"
    )
    elsewhere = Caller("203.0.113.6")
    assert accounts.authenticate(agency.app, "kepala", OLD, agency.now, elsewhere).key


def test_many_at_once_have_no_more_tries_than_one_after_the_other(agency) -> None:
    barrier, found = threading.Barrier(14), Counter[str]()

    def guess() -> None:
        barrier.wait()
        found[refused(accounts.authenticate, agency.app, "kasubbag", "salah", agency.now)] += 1

    threads = [threading.Thread(target=guess) for _ in range(14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"wrong_credentials": 10, "too_many_tries": 4}


def test_a_password_is_changed_while_its_owner_logs_in_elsewhere(agency) -> None:
    barrier, actor, found = threading.Barrier(5), agency.actor("kasubbag"), Counter[str]()

    def change() -> None:
        barrier.wait()
        accounts.change_password(agency.app, actor, None, OLD, GOOD, agency.now)
        found["changed"] += 1

    def log_in() -> None:
        barrier.wait()
        with suppress(NotAllowedError):  # it was changed before
            accounts.authenticate(agency.app, "kasubbag", OLD, agency.now)
        found["answered"] += 1

    threads = [threading.Thread(target=one) for one in (change, log_in, log_in, log_in, log_in)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {"changed": 1, "answered": 4}  # nobody stood in anybody's way


def test_a_second_factor_from_set_up_to_switching_off(agency) -> None:
    app, actor, now = agency.app, agency.actor("kasubbag"), agency.now
    second_factor.begin_factor(app, actor, now)
    secret = code_of(agency, "kasubbag")
    with transaction(app.sessions) as tx:
        kept = tx.scalars(select(Person.totp_secret).where(Person.login == "kasubbag")).one()
        assert kept and secret not in kept
    assert refused(second_factor.confirm_factor, app, actor, "000000", now) == "wrong_code"
    totp = pyotp.TOTP(secret)
    codes = second_factor.confirm_factor(app, actor, totp.at(now), now)
    assert len(set(codes)) == 10

    half = accounts.authenticate(app, "kasubbag", OLD, now)
    assert half.key is None and actor.person_id
    given = (app, actor.person_id, half.stamp)
    assert refused(accounts.confirm_code, *given, totp.at(now), now) == "wrong_code"  # used once
    later = now + timedelta(seconds=60)
    assert accounts.confirm_code(*given, totp.at(later - timedelta(seconds=30)), later).key
    assert refused(accounts.confirm_code, *given, totp.at(now - timedelta(minutes=5)), later)
    assert accounts.confirm_code(*given, codes[0].upper().replace("-", " "), later).key
    assert refused(accounts.confirm_code, *given, codes[0], later) == "wrong_code"
    assert refused(accounts.confirm_code, app, actor.person_id, "lain", codes[1], later) == (
        "login_expired"
    )
    assert refused(second_factor.remove_factor, app, actor, "salah", codes[2], later) == (
        "wrong_password"
    )
    second_factor.remove_factor(app, actor, OLD, codes[2], later)
    assert accounts.authenticate(app, "kasubbag", OLD, later).key


def test_an_administrator_resets_what_somebody_has_lost(agency) -> None:
    app, now, actor = agency.app, agency.now, agency.actor("kasubbag")
    second_factor.begin_factor(app, actor, now)
    totp = pyotp.TOTP(code_of(agency, "kasubbag"))
    second_factor.confirm_factor(app, actor, totp.at(now), now)
    assert refused(second_factor.reset_factor, app, agency.actor("kabid1"), "kasubbag", now) == (
        "right_missing"
    )
    second_factor.reset_factor(app, agency.actor("pengelola"), "kasubbag", now)
    assert accounts.authenticate(app, "kasubbag", OLD, now).key
    lines, _ = account_log.list_log(app, agency.actor("pengelola"), "kasubbag", None, now)
    assert (lines[1].kind, lines[1].actor_login, lines[1].about_login) == (
        "factor_reset",
        "pengelola",
        "kasubbag",
    )


def test_codes_may_not_be_guessed_either(agency) -> None:
    app, now, actor = agency.app, agency.now, agency.actor("kasubbag")
    second_factor.begin_factor(app, actor, now)
    totp = pyotp.TOTP(code_of(agency, "kasubbag"))
    second_factor.confirm_factor(app, actor, totp.at(now), now)
    later = now + timedelta(minutes=1)
    for _ in range(10):
        half = accounts.authenticate(app, "kasubbag", OLD, later)  # the right password forgives
        refused(accounts.confirm_code, app, actor.person_id, half.stamp, "000000", later)
    assert refused(
        accounts.confirm_code, app, actor.person_id, half.stamp, totp.at(later), later
    ) == ("too_many_tries")


def test_a_session_ends_when_it_lies_idle_and_after_thirty_days(agency) -> None:
    key = accounts.authenticate(agency.app, "kepala", OLD, agency.now, HERE).key
    assert key

    def lives(at, *, quiet: bool = False) -> bool:
        return sessions.resume_session(agency.app, key, at, quiet=quiet) is not None

    assert lives(agency.now + timedelta(hours=11), quiet=True)  # polls do not keep it alive
    assert not lives(agency.now + timedelta(hours=13))
    at = agency.now
    for _ in range(65):
        at += timedelta(hours=11)
        if not lives(at):
            break
    assert timedelta(days=29) < at - agency.now <= timedelta(days=30, hours=11)


def test_resuming_takes_two_statements_and_writes_once_a_minute(agency, statements) -> None:
    key = accounts.authenticate(agency.app, "kepala", OLD, agency.now).key
    assert key
    for seconds, writes in ((30, 0), (61, 1), (90, 0)):
        statements.clear()
        sessions.resume_session(agency.app, key, agency.now + timedelta(seconds=seconds))
        asked = [one for one in statements if re.match("SELECT|WITH", one)]
        assert ["login_session" in one for one in asked] == [True, False]
        assert sum(one.startswith("UPDATE") for one in statements) == writes


def test_sessions_are_listed_and_ended(agency) -> None:
    app, now = agency.app, agency.now
    keys = [accounts.authenticate(app, "kepala", OLD, now, HERE).key for _ in range(3)]
    found = sessions.resume_session(app, keys[0], now)
    assert found
    security = sessions.read_security(app, found.actor, found.session_id, now)
    assert [one.here for one in security.sessions].count(True) == 1
    assert {one.address for one in security.sessions} == {HERE.address}
    other = next(one for one in security.sessions if not one.here)
    assert refused(sessions.revoke_session, app, agency.actor("kabid1"), other.id, now) == (
        "session_not_found"
    )
    sessions.revoke_session(app, found.actor, other.id, now)
    assert sessions.revoke_others(app, found.actor, found.session_id, now) == 1
    assert sessions.end_sessions(app, agency.actor("pengelola"), "kepala", now) == 1
    assert [sessions.resume_session(app, key, now) for key in keys] == [None] * 3
    assert refused(sessions.end_sessions, app, agency.actor("kepala"), "pengelola", now)


def test_whoever_is_disabled_is_out_at_once(agency) -> None:
    key = accounts.authenticate(agency.app, "kepala", OLD, agency.now).key
    with transaction(agency.app.sessions) as tx:
        person = tx.scalars(select(Person).where(Person.login == "kepala")).one()
        person.disabled_at = agency.now
    assert key and sessions.resume_session(agency.app, key, agency.now) is None
    assert refused(accounts.authenticate, agency.app, "kepala", OLD, agency.now)


def test_what_counts_no_more_is_cleaned_up(agency) -> None:
    refused(accounts.authenticate, agency.app, "kepala", "x", agency.now)
    accounts.authenticate(agency.app, "kepala", OLD, agency.now)
    send_account_mails(agency.app, agency.now + timedelta(days=61))
    with transaction(agency.app.sessions) as tx:
        assert tx.scalars(select(LoginFailure)).all() == []
        assert tx.scalars(select(LoginSession)).all() == []


def test_the_settings_ask_some_for_a_second_factor(agency) -> None:
    strict = replace(agency.app.settings, require_second_factor="administrators")
    app: App = replace(agency.app, settings=strict)
    for login, duty in (("pengelola", "factor"), ("kasubbag", "")):
        key = accounts.authenticate(app, login, OLD, agency.now).key
        found = sessions.resume_session(app, key or "", agency.now)
        assert found and found.must == duty
