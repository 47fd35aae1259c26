"""The webhook as its receiver gets it, and what the answers lead to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from engine.channels import Channel, ChannelError
from engine.channels.webhook import OFFER
from engine.servers.children import free_port
from engine.settings import Settings
from tests.engine.channels.conftest import Receiver, entry, message

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
DUE = datetime(2026, 11, 24, 16, tzinfo=timezone(timedelta(hours=7)))


def opened(url: str) -> Channel:
    channel = OFFER.open(Settings(webhook_url=url, webhook_secret=SECRET))
    assert channel is not None
    return channel


@pytest.fixture
def channel(receiver: Receiver) -> Iterator[Channel]:
    made = opened(f"{receiver.url}/alur?a=1")
    yield made
    made.close()


def test_the_receiver_can_check_who_sent_it(channel: Channel, receiver: Receiver) -> None:
    now = datetime.now(UTC)  # the library refuses what is older than five minutes
    channel.send(message(sent_at=now.astimezone(DUE.tzinfo), entries=(entry(4, DUE),)))
    ((path, headers, body),) = receiver.got
    assert path == "/alur?a=1"
    told = Webhook(SECRET).verify(body, headers)
    assert told["type"] == "alur.notice"
    assert told["data"]["to"] == {"login": "kasubbag", "name": "Melati Contoh"}
    (notice,) = told["data"]["notices"]
    assert (notice["item"], notice["case"], notice["kind"]) == (4, 7, "reminder")
    assert notice["due_at"] == "2026-11-24T09:00:00+00:00"
    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(body.replace(b"Melati", b"Mawar"), headers)


def test_every_try_of_a_message_has_the_same_id(channel: Channel, receiver: Receiver) -> None:
    channel.send(message())
    channel.send(message(sent_at=datetime(2026, 11, 25, tzinfo=UTC)))
    ids = {headers["webhook-id"] for _, headers, _ in receiver.got}
    assert ids == {"notice-1@contoh.example"}
    stamps = [int(headers["webhook-timestamp"]) for _, headers, _ in receiver.got]
    assert stamps == [1795399200, 1795564800]
    assert receiver.got[0][2] == receiver.got[1][2]


@pytest.mark.parametrize(
    ("status", "permanent", "unreachable"),
    [
        (400, True, False),
        (404, True, False),
        (410, True, False),
        (408, False, False),
        (425, False, False),
        (429, False, True),
        (500, False, False),
        (503, False, True),
        (302, False, False),
    ],
)
def test_what_an_answer_means(
    channel: Channel, receiver: Receiver, status: int, permanent: bool, unreachable: bool
) -> None:
    receiver.status, receiver.headers = status, {"Location": f"{receiver.url}/lain"}
    with pytest.raises(ChannelError, match=f"HTTP {status}") as failed:
        channel.send(message())
    assert (failed.value.permanent, failed.value.unreachable) == (permanent, unreachable)
    assert len(receiver.got) == 1  # not followed, not repeated


def test_nobody_there_is_tried_again() -> None:
    channel = opened(f"http://127.0.0.1:{free_port()}/")
    with pytest.raises(ChannelError) as failed:
        channel.send(message())
    channel.close()
    assert failed.value.unreachable and not failed.value.permanent


def test_without_an_address_there_is_no_webhook() -> None:
    assert OFFER.open(Settings()) is None


def test_the_howto_shows_what_is_sent(channel: Channel, receiver: Receiver) -> None:
    """Names of the fields; and its check of the signature works as printed."""
    page = (Path(__file__).parents[3] / "docs/howto/pemberitahuan.md").read_text("utf-8")
    shown = json.loads(page.partition("```json\n")[2].partition("```")[0])
    channel.send(message(sent_at=datetime.now(UTC), entries=(entry(4, DUE),)))
    ((_, headers, body),) = receiver.got
    told = json.loads(body)
    assert shown.keys() == told.keys()
    assert shown["data"].keys() == told["data"].keys()
    assert shown["data"]["notices"][0].keys() == told["data"]["notices"][0].keys()
    code = page.partition("```python\n")[2].partition("```")[0]
    names: dict[str, object] = {}
    exec(code.replace("whsec_…", SECRET), names)
    assert names["read"](body, headers) == told  # type: ignore[operator]
