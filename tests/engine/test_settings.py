"""Settings are read once, strictly."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from engine.errors import SettingsError
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
    ],
)
def test_a_wrong_setting_is_named_without_its_secrets(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({name: value})
    assert refused.value.fields["name"] == name


def test_the_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    secret = settings.secret()
    assert len(secret) == 64
    assert settings.secret() == secret
    mode = (tmp_path / "data" / "secret_key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert Settings(data=tmp_path, secret_key="named").secret() == "named"
