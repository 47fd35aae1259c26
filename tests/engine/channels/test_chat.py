"""Chat messages through apprise, as a gateway gets them."""

from __future__ import annotations

import json

import pytest

from engine.channels import Channel, ChannelError, Recipient
from engine.channels.chat import OFFER
from engine.servers.children import free_port
from engine.settings import Settings
from tests.engine.channels.conftest import Receiver, entry, message

# apprise reads all its gateways, and one of them a module that Python 3.13 has no more.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


def gateway(url: str) -> Channel:
    channel = OFFER.open(Settings(chat_url=url))
    assert channel is not None
    return channel


def told(receiver: Receiver) -> dict[str, str]:
    ((_, _, body),) = receiver.got
    return json.loads(body)


def test_a_message_reaches_the_gateway_with_its_link(receiver: Receiver) -> None:
    channel = gateway(receiver.url.replace("http", "json", 1) + "/kirim/{address}")
    channel.send(message(to_address="6281200000001"))
    assert receiver.got[0][0].rstrip("/") == "/kirim/6281200000001"
    assert told(receiver)["title"] == "Pengingat: “Renja”"
    said = told(receiver)["message"]
    assert "Yth. <Melati>,\n\nbaris satu\nbaris dua" in said
    assert "Buka tugas di Alur: http://127.0.0.1:8000/tugas/1" in said


def test_a_digest_is_one_message(receiver: Receiver) -> None:
    channel = gateway(receiver.url.replace("http", "json", 1) + "/{address}")
    channel.send(message(to_address="62812", entries=(entry(4), entry(5))))
    said = told(receiver)["message"]
    assert "langkah 4" in said and "/tugas/4" in said and "/tugas/5" in said


def test_a_long_digest_fits_into_one_message(receiver: Receiver) -> None:
    channel = gateway(receiver.url.replace("http", "json", 1) + "/{address}")
    entries = tuple(entry(number) for number in range(1, 101))
    channel.send(message(to_address="62812", entries=entries))
    said = told(receiver)["message"]
    assert "/tugas/20\n" in said and "/tugas/21\n" not in said and "… dan 80 lagi" in said
    assert len(said) < 4096


def test_a_gateway_that_refuses_is_tried_again(receiver: Receiver) -> None:
    receiver.status = 403
    channel = gateway(receiver.url.replace("http", "json", 1) + "/{address}")
    with pytest.raises(ChannelError, match="403") as failed:
        channel.send(message(to_address="62812"))
    assert (failed.value.permanent, failed.value.unreachable) == (False, False)


def test_a_gateway_that_is_not_there_ends_the_round() -> None:
    with pytest.raises(ChannelError) as failed:
        gateway(f"json://127.0.0.1:{free_port()}/{{address}}").send(message(to_address="62812"))
    assert (failed.value.permanent, failed.value.unreachable) == (False, True)


def test_a_gateway_that_apprise_does_not_know_is_named() -> None:
    with pytest.raises(ChannelError, match="ALUR_CHAT_URL") as failed:
        gateway("tidakada://x/{address}").send(message(to_address="62812"))
    assert not failed.value.permanent and "tidakada" not in failed.value.reason


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("123456789", "123456789"),
        ("+62 812-3456.789", "628123456789"),
        (" (0274) 123 ", "0274123"),
        ("Ab12", "Ab12"),
        ("", None),
        ("12", None),
        ("62812/../lain", None),
        ("62812?to=x", None),
        ("a@b", None),
        ("٣٣٣", None),
        ("6" * 65, None),
    ],
)
def test_only_numbers_and_ids_become_part_of_the_gateways_address(
    given: str, address: str | None
) -> None:
    assert OFFER.address(Recipient("melati", "Melati", "m@contoh.example", {"chat": given})) == (
        address
    )


def test_without_a_gateway_there_is_no_chat() -> None:
    assert OFFER.open(Settings()) is None
