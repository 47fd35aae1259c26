"""One reminder over every channel at once, from the ladder to the servers that get it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from engine import ticks
from engine.app import App, open_app
from engine.servers import Servers
from engine.settings import Settings
from tests.engine.channels.conftest import Receiver
from tests.web.conftest import Site

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


@pytest.fixture
def agency(settings: Settings, database_url: str, smtp_sink, receiver: Receiver) -> Iterator[App]:
    """An installation with mail, webhook and chat."""
    given = replace(
        settings,
        smtp_url=smtp_sink.url,
        webhook_url=f"{receiver.url}/webhook",
        webhook_secret=SECRET,
        chat_url=f"{receiver.url.replace('http', 'json', 1)}/chat/{{address}}",
        public_url="https://alur.contoh.example",
    )
    opened = open_app(given, Servers(database_url))
    yield opened
    opened.close()


def test_everybody_hears_as_they_chose_and_the_house_hears_all(
    agency: App, smtp_sink, receiver: Receiver
) -> None:
    site = Site(agency)
    site.start()
    item = site.first("kasubbag")
    with agency.database.begin() as link:
        link.execute(
            sql(
                "INSERT INTO preference (person_id, channels, addresses) SELECT id, "
                """'{"overdue": ["chat"]}', '{"chat": "+62 812-111"}' """
                "FROM person WHERE login = 'kasubbag'"
            )
        )
    assert item.due_at is not None
    ticks.tick(agency, item.due_at + timedelta(minutes=1))
    assert [got.recipients for got in smtp_sink.messages] == [("sekretaris@contoh.example",)]
    mail = smtp_sink.messages[0].message
    assert mail["List-Unsubscribe"].startswith("<https://alur.contoh.example/berhenti/")
    assert [part.get_filename() for part in mail.iter_attachments()] == ["tenggat.ics"]
    told = [(path.rstrip("/"), json.loads(body)) for path, _, body in receiver.got]
    assert [path for path, _ in told if "chat" in path] == ["/chat/62812111"]
    webhooks = [body["data"] for path, body in told if path == "/webhook"]
    kinds = {one["to"]["login"]: {n["kind"] for n in one["notices"]} for one in webhooks}
    assert kinds["sekretaris"] == {"escalation"} and "overdue" in kinds["kasubbag"]
    before = len(receiver.got), len(smtp_sink.messages)
    ticks.tick(agency, item.due_at + timedelta(minutes=2))
    assert (len(receiver.got), len(smtp_sink.messages)) == before
