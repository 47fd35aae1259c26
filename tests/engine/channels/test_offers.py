"""Channels are found, not listed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import engine.channels
from engine.app import App, open_app
from engine.channels import Recipient
from engine.channels.offers import offers
from engine.channels.unsubscribe import read_token, unsubscribe_token
from engine.servers import Servers
from engine.settings import Settings

BELL = """
from engine.channels import Offer


class Bell:
    def send(self, message):
        print(message.subject)

    def close(self):
        print("closed")


OFFER = Offer(
    "lonceng", {"id": "Lonceng", "en": "Bell"}, personal=True, needs_address=False,
    open=lambda settings: Bell(), address=lambda recipient: recipient.login,
)
"""


def test_the_shipped_channels() -> None:
    assert [offer.name for offer in offers()] == ["chat", "email", "webhook"]
    for offer in offers():
        assert offer.label.keys() == {"id", "en"}


def test_a_new_channel_is_a_folder_and_nothing_else(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    (tmp_path / "lonceng").mkdir()
    (tmp_path / "lonceng" / "__init__.py").write_text(BELL)
    monkeypatch.setattr(engine.channels, "__path__", [*engine.channels.__path__, str(tmp_path)])
    app = open_app(settings, Servers("postgresql+psycopg://nobody@127.0.0.1:9/none"))
    assert list(app.channels) == ["email", "lonceng"]
    assert [offer.name for offer in app.offers] == ["email", "lonceng"]
    app.close()
    assert capsys.readouterr().out == "closed\n"
    monkeypatch.undo()
    sys.modules.pop("engine.channels.lonceng")


def test_mail_is_always_there_the_others_when_set(app: App, settings: Settings) -> None:
    assert list(app.channels) == ["email"]
    (mail,) = app.offers
    assert mail.address(Recipient("melati", "Melati", "m@contoh.example", {})) == "m@contoh.example"
    assert mail.address(Recipient("melati", "Melati", "", {})) is None


def test_what_is_not_asked_for_is_not_loaded(tmp_path: Path) -> None:
    """Every process pays for its imports, the command line at each call."""
    code = (
        "import sys, pathlib\n"
        "from engine.app import open_app\n"
        "from engine.servers import Servers\n"
        "from engine.settings import Settings\n"
        "open_app(Settings(data=pathlib.Path(sys.argv[1])), Servers('postgresql+psycopg://x/y'))\n"
        "print([name for name in ('apprise', 'icalendar', 'requests') if name in sys.modules])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "[]\n"


def test_the_address_to_stop_a_channel_proves_itself() -> None:
    token = unsubscribe_token("rahasia", 12, "email")
    assert read_token("rahasia", token) == (12, "email")
    assert read_token("lain", token) is None
    for bent in (
        token.replace("12", "13", 1),
        token.replace("email", "chat"),
        token[:-1],
        token + "0",
        "",
        "12.email.",
        "é" * 70,
    ):
        assert read_token("rahasia", bent) is None
