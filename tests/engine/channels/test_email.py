"""Mails as a server gets them, and what a failing server leads to."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from engine.channels import ChannelError
from engine.channels.texts import BODIES, SUBJECTS, About, compose
from engine.servers.children import free_port
from tests.engine.channels.conftest import message


def test_a_mail_has_two_bodies_and_says_what_it_is(smtp_sink, open_mail) -> None:
    open_mail(smtp_url=smtp_sink.url).send(message())
    (got,) = smtp_sink.messages
    mail = got.message
    assert (mail["Message-ID"], mail["In-Reply-To"]) == (
        "<notice-1@contoh.example>",
        "<case-1@contoh.example>",
    )
    assert mail["Subject"] == "Pengingat: “Renja”"
    assert mail["Date"] == "Mon, 23 Nov 2026 02:00:00 +0000"
    assert "&lt;Melati&gt;" in mail.get_body(("html",)).get_content()
    assert "<Melati>" in mail.get_body(("plain",)).get_content()


def test_names_and_subjects_cannot_smuggle_headers(smtp_sink, open_mail) -> None:
    channel = open_mail(smtp_url=smtp_sink.url)
    channel.send(message(subject="Halo\r\nBcc: semua@contoh.example", to_name='A"B, C <x@y.z>'))
    (got,) = smtp_sink.messages
    assert got.message["Bcc"] is None
    assert got.recipients == ("kasubbag@contoh.example",)


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", "satu @"),
        ("tanpa-at", "satu @"),
        ("a@b\r\nBcc: c@d", "satu @"),
        ("é@contoh.example", "sebelum @"),
        ("a@[", "nama domain"),
    ],
)
def test_an_address_that_is_none_is_given_up(open_mail, address: str, fault: str) -> None:
    channel = open_mail()
    with pytest.raises(ChannelError, match=fault) as failed:
        channel.send(message(to_address=address))
    assert failed.value.permanent
    assert "penerima" in failed.value.reason and "\n" not in failed.value.reason


def test_a_wrong_sender_is_named_and_not_held_against_the_mail(open_mail) -> None:
    channel = open_mail(mail_from="Alur")
    with pytest.raises(ChannelError, match="ALUR_MAIL_FROM") as failed:
        channel.send(message())
    assert not failed.value.permanent


@pytest.mark.parametrize(
    "name",
    [
        "Dr. Ir. Melati Contoh, M.Si.",
        "Mélati, S.E. <lain@contoh.example>",
        "“Melati”",
        "Ñuñez 中文 Pérez",
        "",
    ],
)
def test_a_name_is_read_as_it_is_written_and_adds_no_recipient(
    smtp_sink, open_mail, name: str
) -> None:
    open_mail(smtp_url=smtp_sink.url).send(message(to_name=name))
    (got,) = smtp_sink.messages
    assert got.recipients == ("kasubbag@contoh.example",)
    (to,) = got.message["To"].addresses
    assert (to.display_name, to.addr_spec) == (name, "kasubbag@contoh.example")


def test_texts_arrive_letter_by_letter(smtp_sink, open_mail) -> None:
    body = "From Bappeda: “1,5 % = ½”\n.\n..titik\n" + "panjang " * 200 + "\n\nakhir"
    open_mail(smtp_url=smtp_sink.url).send(message(body=body, subject="“" + "panjang " * 30))
    (got,) = smtp_sink.messages
    assert got.message.get_body(("plain",)).get_content().startswith(body)
    assert got.message["Subject"] == ("“" + "panjang " * 30).strip()


def test_odd_names_and_domains_are_sent_in_plain_letters(smtp_sink, open_mail) -> None:
    channel = open_mail(smtp_url=smtp_sink.url)
    channel.send(message(to_name="Melati\x00\nContoh\x1f", to_address="melati@büro.example"))
    (got,) = smtp_sink.messages
    assert got.recipients == ("melati@xn--bro-hoa.example",)
    assert got.message["To"] == "Melati Contoh <melati@xn--bro-hoa.example>"


def test_a_server_that_is_not_there_is_tried_again(open_mail) -> None:
    channel = open_mail(smtp_url=f"smtp://127.0.0.1:{free_port()}")
    with pytest.raises(ChannelError) as failed:
        channel.send(message())
    assert not failed.value.permanent


def test_a_server_without_tls_is_refused_when_tls_is_asked_for(smtp_sink, open_mail) -> None:
    url = smtp_sink.url.replace("tls=none", "tls=starttls")
    with pytest.raises(ChannelError):
        open_mail(smtp_url=url).send(message())
    assert smtp_sink.messages == []


def test_without_a_server_the_mail_is_one_file_however_often_sent(
    open_mail, tmp_path: Path
) -> None:
    channel = open_mail()
    channel.send(message())
    channel.send(message())
    (path,) = (tmp_path / "mail").iterdir()
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["To"] == "Melati Contoh <kasubbag@contoh.example>"


@pytest.mark.parametrize("locale", SUBJECTS)
@pytest.mark.parametrize("kind", SUBJECTS["id"])
def test_every_kind_has_words_in_every_language(kind: str, locale: str) -> None:
    about = About(
        step="Menelaah rancangan",
        sop="Menyusun Rencana Kerja",
        unit="Bappeda",
        case_id=7,
        round=2,
        due_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
        zone="Asia/Makassar",
        performer="Cempaka",
    )
    subject, body = compose(kind, locale, "Melati", about)
    assert "Menelaah rancangan" in subject
    assert "WITA" in body and "2026" in body and "Melati" in body
    assert "{" not in subject + body
    assert set(BODIES[locale]) == set(SUBJECTS[locale])
