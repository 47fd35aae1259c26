"""What a mail carries besides its text: due moments, digests, the way out."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.engine.channels.conftest import entry, message

DUE = datetime(2026, 11, 24, 9, tzinfo=UTC)
STOP = "https://alur.contoh.example/berhenti/1.email." + "0123456789abcdef" * 4


@pytest.fixture
def mail_of(open_mail, tmp_path: Path):
    """The mail that a message becomes."""

    def build(**changes: Any) -> EmailMessage:
        open_mail().send(message(**changes))
        (path,) = (tmp_path / "mail").iterdir()
        mail = message_from_bytes(path.read_bytes(), EmailMessage, policy=policy.default)
        path.unlink()
        return mail

    return build


def events(mail: EmailMessage) -> list[Any]:
    (attached,) = mail.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == (
        "text/calendar",
        "tenggat.ics",
    )
    assert attached.get_param("method") == "PUBLISH"
    calendar = Calendar.from_ical(attached.get_content())
    assert calendar["method"] == "PUBLISH"
    return calendar.walk("VEVENT")


def test_a_due_moment_comes_along_as_a_calendar(mail_of) -> None:
    (event,) = events(mail_of(entries=(entry(4, DUE),)))
    assert event["uid"] == "item-4@contoh.example"
    assert event.start == DUE
    assert event["summary"] == "Tenggat: Langkah 4"
    assert event["url"] == "http://127.0.0.1:8000/tugas/4"
    assert event["dtstamp"].dt == datetime(2026, 11, 23, 2, tzinfo=UTC)


def test_the_event_of_an_item_stays_the_same_one(mail_of) -> None:
    """So that a moved due moment replaces the one before in the reader's calendar."""
    before = events(mail_of(entries=(entry(4, DUE),)))[0]
    kind = entry(4, DUE, kind="due_moved", subject="Tenggat berubah: Langkah 4, kini lain")
    after = events(mail_of(message_id="notice-9@contoh.example", entries=(kind,)))[0]
    assert (before["uid"], before["summary"]) == (after["uid"], after["summary"])


def test_without_a_due_moment_there_is_no_calendar(mail_of) -> None:
    assert list(mail_of(entries=(entry(),)).iter_attachments()) == []


def test_a_calendar_says_it_in_the_recipients_language(mail_of) -> None:
    (event,) = events(mail_of(locale="en", entries=(entry(4, DUE),)))
    assert event["summary"] == "Due: Langkah 4"


def test_a_digest_lists_every_item_with_its_own_link(mail_of) -> None:
    mail = mail_of(
        body="Yth. Melati,\n\nada 2 hal untuk Anda",
        link="http://127.0.0.1:8000/tugas",
        entries=(entry(4, DUE), entry(5), entry(6, DUE, subject="<b>&")),
    )
    plain = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    for item in (4, 5):
        assert f"- Pengingat: langkah {item}\n  Kasus nomor 7" in plain
        assert f"\n  http://127.0.0.1:8000/tugas/{item}\n" in plain
        assert f'<a href="http://127.0.0.1:8000/tugas/{item}">Pengingat: langkah {item}</a>' in html
    assert "Kasus nomor 7, tenggat Sel, 24 Nov 2026, 16.00 WIB\n" in plain
    assert "Kasus nomor 7, tenggat Sel, 24 Nov 2026, 16.00 WIB<" in html
    assert "&lt;b&gt;&amp;" in html and "<b>" not in html
    assert [event["uid"] for event in events(mail)] == [
        "item-4@contoh.example",
        "item-6@contoh.example",
    ]


def test_the_way_out_is_one_click_for_mail_programs_and_a_link_for_people(mail_of) -> None:
    mail = mail_of(unsubscribe=STOP)
    assert mail["List-Unsubscribe"] == f"<{STOP}>"  # on one line with the name of the header
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        f"Berhenti menerima pemberitahuan lewat surel: {STOP}"
        in mail.get_body(("plain",)).get_content()
    )
    assert f'href="{STOP}"' in mail.get_body(("html",)).get_content()


def test_one_click_is_not_promised_without_https(mail_of) -> None:
    mail = mail_of(unsubscribe=STOP.replace("https", "http"))
    assert mail["List-Unsubscribe"] and mail["List-Unsubscribe-Post"] is None


def test_without_a_way_out_nothing_is_said_of_it(mail_of) -> None:
    mail = mail_of()
    assert mail["List-Unsubscribe"] is None
    assert "Berhenti" not in mail.get_body(("plain",)).get_content()
    assert "Berhenti" not in mail.get_body(("html",)).get_content()
