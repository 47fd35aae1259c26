"""Settings are read once, strictly."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from engine.errors import SettingsError
from engine.sentences import explain
from engine.settings import Settings


def test_defaults_need_no_environment() -> None:
    settings = Settings.from_env({"HOME": "/nowhere", "ALUR_SMTP_URL": ""})
    assert settings.url == "http://127.0.0.1:8000"
    assert settings.data == Path("var").absolute()
    assert (settings.database_url, settings.smtp_url) == (None, None)


def test_what_is_written_to_the_environment_is_read_back(tmp_path: Path) -> None:
    given = {
        "ALUR_DATABASE_URL": "postgres://u:p@h/d",
        "ALUR_PUBLIC_URL": "https://alur.example.go.id/",
        "ALUR_TICK_SECONDS": "5",
    }
    settings = Settings.from_env(given, tmp_path)
    assert settings.database_url == "postgresql+psycopg://u:p@h/d"
    assert settings.url == "https://alur.example.go.id"
    assert Settings.from_env(settings.to_env()) == settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALUR_TYPO", "x"),
        ("ALUR_TICK_SECONDS", "0"),
        ("ALUR_TICK_SECONDS", "dua"),
        ("ALUR_ZONE", "Asia/Atlantis"),
        ("ALUR_DATABASE_URL", "mysql://x/y"),
        ("ALUR_BROKER_URL", "amqp://x"),
        ("ALUR_SMTP_URL", "mail.example"),
        ("ALUR_PUBLIC_URL", "alur.example"),
        ("ALUR_BIND", "8000"),
        ("ALUR_BIND", "127.0.0.1:0"),
        ("ALUR_BIND", "127.0.0.1:65536"),
        ("ALUR_BIND", "127.0.0.1:" + "9" * 5000),
        ("ALUR_BIND", "[::1:80"),
        ("ALUR_TICK_SECONDS", "9" * 5000),
        ("ALUR_ZONE", "UTC"),
        ("ALUR_SMTP_URL", "smtp://[x"),
        ("ALUR_SMTP_URL", "smtp://u:rahasia@h:99999"),
        ("ALUR_SMTP_URL", "smtp://u:rahasia@h:abc"),
        ("ALUR_SMTP_URL", "smtp://u:rahasia#@h:25"),
        ("ALUR_SMTP_URL", "smtp://u:rahasia@h?tls=startls"),
        ("ALUR_SMTP_URL", "smtp://u:rahasia@h?tls="),
        ("ALUR_SMTP_URL", "smtp://u:rahasia@h?tsl=starttls"),
        ("ALUR_SMTP_URL", "smtp://u:rahasia@h?tls=starttls&tls=none"),
        ("ALUR_BROKER_URL", "redis://:rahasia@h:x"),
        ("ALUR_DATABASE_URL", "postgresql://u:rahasia@h:x/d"),
        ("ALUR_DATABASE_URL", "postgresql://u:rahasia@h:99999/d"),
        ("ALUR_DATABASE_URL", "postgresql://u:rahasia@[h/d"),
        ("ALUR_DATABASE_URL", "postgresql://u:rahasia@h h/d"),
        ("ALUR_DATABASE_URL", "u:rahasia@h/d"),
        ("ALUR_PUBLIC_URL", "https://alur.example:x"),
        ("ALUR_PUBLIC_URL", "https://alur.example/?a=b"),
        ("ALUR_PUBLIC_URL", "https://alur.example\n/"),
        ("ALUR_MAIL_FROM", "Alur"),
        ("ALUR_MAIL_FROM", "a@b.example, c@d.example"),
        ("ALUR_MAIL_FROM", "Alur <a@b.example>\nBcc: c@d.example"),
        ("ALUR_MAIL_FROM", "Al\nur <a@b.example>"),
        ("ALUR_SECRET_KEY", "\udcff"),
        ("ALUR_WEBHOOK_URL", "ftp://h/rahasia"),
        ("ALUR_WEBHOOK_URL", "https://u:rahasia@h/"),
        ("ALUR_WEBHOOK_SECRET", "rahasia"),
        ("ALUR_WEBHOOK_SECRET", "whsec_cmFoYXNpYQ=="),
        ("ALUR_CHAT_URL", "tgram://rahasia/123"),
        ("ALUR_CHAT_URL", "rahasia/{address}"),
        ("ALUR_CHAT_URL", "tgram://rahasia/{address}/{address}"),
    ],
)
def test_a_wrong_setting_is_named_without_its_secrets(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({name: value})
    assert refused.value.fields["name"] == name
    assert "rahasia" not in explain(refused.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALUR_BIND", "[::1]:8000"),
        ("ALUR_BIND", "alur.example:65535"),
        ("ALUR_SMTP_URL", "smtp://u:p%40ss@[::1]:25?tls=starttls"),
        ("ALUR_SMTP_URL", "smtps://h/"),
        ("ALUR_DATABASE_URL", "postgresql+psycopg://u:p/#?s@h:5432/d?sslmode=require"),
        ("ALUR_DATABASE_URL", "postgresql+psycopg:///d?host=/run/postgresql"),
        ("ALUR_DATABASE_URL", "postgresql+psycopg://u@[::1]/d"),
        ("ALUR_BROKER_URL", "rediss://:p@h:6379/0?ssl_cert_reqs=required"),
        ("ALUR_PUBLIC_URL", "https://alur.example:8443/alur"),
        ("ALUR_MAIL_FROM", "alur@localhost"),
        ("ALUR_ZONE", "Asia/Jayapura"),
        ("ALUR_SMTP_CA", "/etc/ssl/instansi.pem"),
        ("ALUR_WEBHOOK_SECRET", "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"),
        ("ALUR_CHAT_URL", "tgram://123:abc/{address}"),
    ],
)
def test_a_right_setting_is_kept_as_it_is_written(name: str, value: str) -> None:
    assert Settings.from_env({name: value}).to_env()[name] == value


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("ALUR_ZONE", "Asia/Atlantis", "Asia/Makassar"),
        ("ALUR_PUBLIC_URL", "alur.example", "https://"),
        ("ALUR_BIND", "8000", "127.0.0.1:8000"),
        ("ALUR_SMTP_URL", "smtp://h?tls=startls", "starttls|none|auto"),
    ],
)
def test_the_sentence_says_what_was_given_and_what_is_expected(
    name: str, value: str, expected: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({name: value})
    assert value.rpartition("?")[2] in explain(refused.value)
    assert expected in explain(refused.value)


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    secret = settings.secret()
    assert len(secret) == 64
    assert settings.secret() == secret
    mode = (tmp_path / "data" / "secret_key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert Settings(data=tmp_path, secret_key="named").secret() == "named"


def test_a_webhook_is_never_sent_unsigned() -> None:
    with pytest.raises(SettingsError, match="setting_missing") as refused:
        Settings.from_env({"ALUR_WEBHOOK_URL": "https://pesan.example.go.id/alur"})
    assert "ALUR_WEBHOOK_SECRET" in explain(refused.value)


@pytest.mark.parametrize(
    ("sender", "domain"),
    [("Alur <alur@example.go.id>", "example.go.id"), ("alur@localhost", "localhost")],
)
def test_the_domain_of_ids_is_that_of_the_sender(sender: str, domain: str) -> None:
    assert Settings(mail_from=sender).mail_domain == domain
