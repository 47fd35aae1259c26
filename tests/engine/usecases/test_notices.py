"""Reminder, overdue notice, escalation: to whom, when, and once each, whatever happens."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.app import open_app
from engine.servers.children import free_port
from engine.store import definitions
from engine.store.exclusive import only_one
from engine.store.transaction import transaction
from engine.ticks import raise_notices, send_notices, tick
from engine.usecases import notices, persons, work_items
from engine.usecases.sending import Sent, send_over
from tests.engine.usecases.conftest import KEY
from tests.engine.usecases.hearing import count_unread
from workflows.rights import OPERATOR

REMINDER = 45  # minutes into a standard of 60: three quarters
LATE = 61


@pytest.fixture
def mailing(agency, smtp_sink):
    """The agency with a real mail server."""
    settings = replace(agency.app.settings, smtp_url=smtp_sink.url)
    opened = open_app(settings, agency.app.servers)
    agency.app = opened
    yield agency
    opened.close()


def mails(agency) -> list[tuple[str, str]]:
    lines = notices.list_mails(agency.app, agency.actor("kepala"))
    return sorted((line.kind, line.to) for line in lines if line.state == "sent")


def test_the_ladder_reaches_performer_and_superior_once_each(mailing, smtp_sink) -> None:
    mailing.start()
    begin = mailing.now
    assert tick(mailing.app, begin).mails == 0
    for minutes in (REMINDER, REMINDER, LATE, LATE, 5 * LATE):
        tick(mailing.app, begin + timedelta(minutes=minutes))
    expected = [
        ("escalation", "sekretaris@contoh.example"),
        ("overdue", "kasubbag@contoh.example"),
        ("reminder", "kasubbag@contoh.example"),
    ]
    assert mails(mailing) == expected
    got = [(mail.recipients, str(mail.message["Subject"])) for mail in smtp_sink.messages]
    assert got == [
        (
            ("kasubbag@contoh.example",),
            "Pengingat: Memprakarsai penyusunan Renja, tenggat 23 Nov 09.00 WIB",
        ),
        (("kasubbag@contoh.example",), "Lewat tenggat: Memprakarsai penyusunan Renja"),
        (
            ("sekretaris@contoh.example",),
            "Perlu perhatian Anda: Memprakarsai penyusunan Renja lewat tenggat",
        ),
    ]


def test_a_mail_can_be_read_and_threads_with_its_case(mailing, smtp_sink) -> None:
    mailing.start()
    tick(mailing.app, mailing.now + timedelta(minutes=LATE))
    first, second = (mail.message for mail in smtp_sink.messages)
    text = first.get_body(("plain",)).get_content()
    assert "Yth. Melati Contoh" in text
    assert "Senin, 23 November 2026, 09.00 WIB" in text
    item = mailing.inbox("kasubbag")[0]
    assert f"http://127.0.0.1:8000/tugas/{item.id}" in text
    assert "Melati Contoh" in first.get_body(("html",)).get_content()
    assert first["References"] == second["References"]
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated"


def test_a_late_start_sends_no_reminder_any_more(mailing) -> None:
    mailing.start()
    tick(mailing.app, mailing.now + timedelta(days=2))
    assert [kind for kind, _ in mails(mailing)] == ["escalation", "overdue"]


def test_ticks_at_the_same_time_send_each_mail_once(mailing, smtp_sink) -> None:
    for _ in range(3):
        mailing.start()
    late = mailing.now + timedelta(minutes=LATE)

    def both(_: int) -> None:
        raise_notices(mailing.app, late)
        send_notices(mailing.app, late)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(both, range(4)))
    raise_notices(mailing.app, late)  # what one of them was busy with
    send_notices(mailing.app, late)
    # What was written before a round began is told in one mail with a number, the rest singly.
    numbers = [re.match(r"\d+ |", str(mail.message["Subject"])) for mail in smtp_sink.messages]
    assert sum(int(number[0] or 1) for number in numbers if number) == 6
    ids = [mail.message["Message-ID"] for mail in smtp_sink.messages]
    assert len(ids) == len(set(ids))


def test_a_completed_item_is_not_reminded_of(mailing, smtp_sink) -> None:
    mailing.start()
    raise_notices(mailing.app, mailing.now + timedelta(minutes=REMINDER))
    mailing.complete("kasubbag")
    tick(mailing.app, mailing.now + timedelta(days=1))
    assert smtp_sink.messages == []
    (line,) = notices.list_mails(mailing.app, mailing.actor("kepala"))
    assert (line.state, line.last_error) == ("given_up", "work_item_done")


def test_only_the_claimant_is_reminded(mailing, smtp_sink) -> None:
    mailing.walk_to_decision()
    item = mailing.inbox("kepala")[0]
    work_items.claim_work_item(mailing.app, mailing.actor("kepala"), item.id, mailing.now)
    tick(mailing.app, mailing.now + timedelta(minutes=30))
    assert mails(mailing) == [
        ("escalation", "sekda@contoh.example"),
        ("overdue", "kepala@contoh.example"),
    ]


def test_a_refused_recipient_is_given_up_and_a_busy_server_tried_again(mailing, smtp_sink) -> None:
    mailing.start()
    smtp_sink.refuse["kasubbag@contoh.example"] = "550 no such user"
    smtp_sink.refuse["sekretaris@contoh.example"] = "451 try later"
    late = mailing.now + timedelta(minutes=LATE)
    assert tick(mailing.app, late).failed == 2
    states = {
        line.to: (line.state, line.last_error)
        for line in notices.list_mails(mailing.app, mailing.actor("kepala"))
    }
    assert states["kasubbag@contoh.example"] == ("given_up", "550 no such user")
    assert states["sekretaris@contoh.example"] == ("pending", "451 try later")
    smtp_sink.refuse.clear()
    assert tick(mailing.app, late + timedelta(seconds=30)).mails == 0
    assert tick(mailing.app, late + timedelta(minutes=2)).mails == 1
    assert [mail.recipients for mail in smtp_sink.messages] == [("sekretaris@contoh.example",)]


def test_a_sender_that_died_leaves_the_mail_to_the_next(mailing, smtp_sink) -> None:
    """A lease without a settlement is what a killed worker leaves behind."""
    mailing.start()
    late = mailing.now + timedelta(minutes=LATE)
    raise_notices(mailing.app, late)
    dead = replace(mailing.app, channels={"email": Dying()})
    with pytest.raises(KeyboardInterrupt):
        send_over(dead, "email", late, 9)
    assert send_over(mailing.app, "email", late, 9) == Sent()  # still leased
    assert send_over(mailing.app, "email", late + timedelta(minutes=6), 9) == Sent(2)
    assert send_over(mailing.app, "email", late + timedelta(minutes=12), 9) == Sent()
    assert len(smtp_sink.messages) == 2


class Dying:
    """A process that is killed while it sends."""

    def send(self, message: object) -> None:
        raise KeyboardInterrupt

    def close(self) -> None:
        pass


def test_without_a_mail_server_messages_are_files(agency) -> None:
    agency.start()
    tick(agency.app, agency.now + timedelta(minutes=REMINDER))
    (path,) = (agency.app.settings.data / "mail").iterdir()
    assert path.suffix == ".eml"
    assert b"kasubbag@contoh.example" in path.read_bytes()


def test_people_read_their_notices_in_the_app(agency) -> None:
    agency.start()
    actor = agency.actor("kasubbag")
    assert count_unread(agency.app, "kasubbag", agency.now) == 1
    tick(agency.app, agency.now + timedelta(minutes=LATE))
    lines = notices.list_notices(agency.app, actor)
    assert [line.kind for line in lines] == ["overdue", "assigned"]
    assert notices.mark_read(agency.app, actor, lines[0].id, agency.now) == 1
    assert notices.mark_read(agency.app, agency.actor("kabid1"), lines[1].id, agency.now) == 0
    assert count_unread(agency.app, "kasubbag", agency.now) == 1
    assert notices.mark_read(agency.app, actor, None, agency.now) == 1
    assert count_unread(agency.app, "kasubbag", agency.now) == 0


def test_an_item_is_late_after_its_due_moment_not_at_it(agency) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0]
    tick(agency.app, item.due_at)
    assert {kind for kind, _ in mails(agency)} == {"reminder"}
    tick(agency.app, item.due_at + timedelta(seconds=1))
    assert {kind for kind, _ in mails(agency)} == {"reminder", "overdue", "escalation"}


def test_a_mail_of_an_item_done_meanwhile_is_not_tried_again(mailing, smtp_sink) -> None:
    mailing.start()
    smtp_sink.refuse["kasubbag@contoh.example"] = "451 try later"
    tick(mailing.app, mailing.now + timedelta(minutes=REMINDER))
    mailing.complete("kasubbag", minutes=50)
    smtp_sink.refuse.clear()
    tick(mailing.app, mailing.now + timedelta(hours=2))
    assert smtp_sink.messages == []


def test_what_waits_for_somebody_whose_account_has_ended_is_not_sent(mailing, smtp_sink) -> None:
    mailing.start()
    raise_notices(mailing.app, mailing.now + timedelta(minutes=REMINDER))
    persons.end_person(mailing.app, OPERATOR, "kasubbag", mailing.now, with_holdings=True)
    send_notices(mailing.app, mailing.now + timedelta(days=1))
    assert smtp_sink.messages == []
    (line,) = notices.list_mails(mailing.app, OPERATOR)
    assert (line.kind, line.last_error) == ("reminder", "account_ended")


def test_a_mail_server_that_is_away_for_a_weekend_gets_the_mails_on_its_return(
    mailing, smtp_sink
) -> None:
    mailing.start()
    smtp_sink.refuse["kasubbag@contoh.example"] = "451 try later"
    late = mailing.now + timedelta(minutes=LATE)
    for hours in range(60):
        tick(mailing.app, late + timedelta(hours=hours))
    smtp_sink.refuse.clear()
    tick(mailing.app, late + timedelta(hours=61))
    assert mails(mailing) == [
        ("escalation", "sekretaris@contoh.example"),
        ("overdue", "kasubbag@contoh.example"),
    ]


def test_what_waited_over_a_long_holiday_outlives_a_server_that_is_away_after_it(
    mailing, smtp_sink
) -> None:
    mailing.now = datetime(2026, 3, 17, 7, 0, tzinfo=UTC)  # due at the last closing before Lebaran
    with transaction(mailing.app.sessions) as tx:
        definitions.get_definition(tx, KEY).effective_on = mailing.now.date()
    mailing.start()
    raise_notices(mailing.app, mailing.now + timedelta(minutes=LATE))
    smtp_sink.refuse["kasubbag@contoh.example"] = "451 try later"
    opening = datetime(2026, 3, 25, 0, 30, tzinfo=UTC)
    assert send_notices(mailing.app, opening) == (1, 1)
    smtp_sink.refuse.clear()
    assert send_notices(mailing.app, opening + timedelta(minutes=2)) == (1, 0)


def test_a_server_that_does_not_answer_ends_the_round(agency) -> None:
    settings = replace(agency.app.settings, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    away = open_app(settings, agency.app.servers)
    for _ in range(3):
        agency.start()
    late = agency.now + timedelta(minutes=LATE)
    assert raise_notices(away, late) == (12, 0)
    assert send_notices(away, late) == (0, 1)  # one attempt, not six
    away.close()


def test_a_stuck_round_does_not_start_a_second_one(agency) -> None:
    agency.start()
    late = agency.now + timedelta(minutes=LATE)
    raise_notices(agency.app, late)
    with only_one(agency.app.database, "notices over email", wait=False) as alone:
        assert alone
        assert send_notices(agency.app, late) == (0, 0)
    assert send_notices(agency.app, late) == (2, 0)


def test_a_second_round_helps_the_first_while_the_channel_answers(agency) -> None:
    agency.start()
    late = agency.now + timedelta(minutes=LATE)
    raise_notices(agency.app, late)
    with (
        only_one(agency.app.database, "notices over email", wait=False),
        only_one(agency.app.database, "email answers", wait=False),
    ):
        assert send_notices(agency.app, late) == (2, 0)
