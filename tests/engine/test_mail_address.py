"""Mail addresses: what a server can carry, and which part of the rest is wrong."""

from __future__ import annotations

import pytest

from engine.mail_address import MailAddressError, read_address, read_mailbox


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("alur@localhost", "alur@localhost"),
        ("a.b+c@contoh.go.id", "a.b+c@contoh.go.id"),
        ("melati@büro.example", "melati@xn--bro-hoa.example"),
        ("Alur <alur@localhost>", "Alur <alur@localhost>"),
        ('"Badan, Satu" <a@b.example>', '"Badan, Satu" <a@b.example>'),
        ("<a@b.example>", "a@b.example"),
    ],
)
def test_a_mailbox_is_read(text: str, kept: str) -> None:
    assert str(read_mailbox(text)) == kept


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "at_sign"),
        ("tanpa-at", "at_sign"),
        ("a@b@c", "at_sign"),
        ("a@x, b@y", "at_sign"),
        ("@b", "user"),
        ("a b@c", "user"),
        ("a..b@c", "user"),
        ("é@c", "user"),
        ("x" * 65 + "@c", "user"),
        ("a@b\r\nBcc: c", "domain"),
        ("a@[", "domain"),
        ("a@", "domain"),
        ("a@-b", "domain"),
        ("a@b..c", "domain"),
        ("a@" + "b" * 64, "domain"),
        ("a@" + "b." * 130 + "c", "domain"),
        ("a@\u2488", "domain"),
        ("a@b\x00", "domain"),
    ],
)
def test_the_part_at_fault_is_named(text: str, part: str) -> None:
    with pytest.raises(MailAddressError, match=part):
        read_address("Nama", text)


def test_a_name_is_one_line_without_control_characters() -> None:
    assert read_address("Melati\r\n\x00 Con\u2028toh\x7f", "a@b").display_name == "Melati Con toh"
