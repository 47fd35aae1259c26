"""The connection to a mail server: TLS, password, kept and lost connections, refusals."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from engine.channels import ChannelError
from engine.servers.children import free_port
from tests.engine.channels.conftest import CERTIFICATE, message

# aiosmtpd does not count TLS from the first byte on as TLS.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@pytest.mark.parametrize("tls", ["starttls", "smtps"])
def test_mail_goes_over_tls_with_a_password(mail_server, open_mail, tls: str) -> None:
    server = mail_server(tls)
    open_mail(smtp_url=server.url, smtp_ca=str(CERTIFICATE)).send(message())
    assert [got.recipients for got in server.messages] == [("kasubbag@contoh.example",)]


@pytest.mark.parametrize("tls", ["starttls", "smtps"])
def test_a_certificate_that_nobody_vouches_for_is_refused(mail_server, open_mail, tls: str) -> None:
    server = mail_server(tls)
    with pytest.raises(ChannelError, match="CERTIFICATE_VERIFY_FAILED") as failed:
        open_mail(smtp_url=server.url).send(message())
    assert failed.value.unreachable and not failed.value.permanent
    assert server.messages == []


def test_a_certificate_of_another_name_is_refused(mail_server, open_mail) -> None:
    url = mail_server("starttls").url.replace("localhost", "127.0.0.1")
    with pytest.raises(ChannelError, match="CERTIFICATE_VERIFY_FAILED"):
        open_mail(smtp_url=url, smtp_ca=str(CERTIFICATE)).send(message())


def test_a_wrong_password_stops_the_round_and_loses_nothing(mail_server, open_mail) -> None:
    url = mail_server("smtps").url.replace("ra%2Fhasia", "salah")
    with pytest.raises(ChannelError, match="535") as failed:
        open_mail(smtp_url=url, smtp_ca=str(CERTIFICATE)).send(message())
    assert failed.value.unreachable and not failed.value.permanent


def test_a_missing_file_of_authorities_is_named(mail_server, open_mail) -> None:
    url = mail_server("smtps").url
    with pytest.raises(ChannelError, match=r"ALUR_SMTP_CA /tidak/ada\.pem") as failed:
        open_mail(smtp_url=url, smtp_ca="/tidak/ada.pem").send(message())
    assert not failed.value.permanent


@pytest.mark.parametrize(
    ("answer", "permanent", "unreachable"),
    [
        ("550 no such user", True, False),
        ("450 mailbox busy", False, False),
        ("421 going away", False, True),
    ],
)
def test_what_a_refusal_means(
    smtp_sink, open_mail, answer: str, permanent: bool, unreachable: bool
) -> None:
    smtp_sink.refuse["kasubbag@contoh.example"] = answer
    channel = open_mail(smtp_url=smtp_sink.url)
    with pytest.raises(ChannelError, match=answer) as failed:
        channel.send(message())
    assert (failed.value.permanent, failed.value.unreachable) == (permanent, unreachable)
    channel.send(message(to_address="lain@contoh.example"))  # the next one goes all the same
    assert [got.recipients for got in smtp_sink.messages] == [("lain@contoh.example",)]


@dataclass
class Odd:
    """A mail server with moods; `said` is what it was told, without what never differs."""

    url: str
    data: str = "250 OK"
    farewell: str = "221 Bye"
    patience: int = 100
    connections: int = 0
    said: list[str] = field(default_factory=list)

    async def handle_EHLO(  # noqa: N802  # aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name, session.mails = hostname, 0
        return responses

    async def handle_NOOP(self, server: Any, session: Any, envelope: Any, arg: str) -> str:  # noqa: N802
        return "250 OK" if session.mails < self.patience else "421 enough for now"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        session.mails += 1
        self.said.append("DATA")
        return self.data

    async def handle_QUIT(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        return self.farewell


@pytest.fixture
def odd() -> Iterator[Odd]:
    port = free_port()
    server = Odd(f"smtp://127.0.0.1:{port}?tls=none")
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    yield server
    controller.stop()


def test_an_accepted_mail_is_sent_whatever_the_farewell(odd: Odd, open_mail) -> None:
    odd.farewell = "421 going away"
    channel = open_mail(smtp_url=odd.url)
    channel.send(message())
    channel.close()
    assert odd.said == ["DATA"]


def test_one_connection_carries_all_mails_of_a_round(odd: Odd, open_mail) -> None:
    channel = open_mail(smtp_url=odd.url)
    for _ in range(3):
        channel.send(message())
    assert odd.connections == 1
    channel.close()
    channel.send(message())
    assert (odd.connections, len(odd.said)) == (2, 4)


def test_a_round_beside_another_neither_shares_nor_ends_its_connection(odd: Odd, open_mail) -> None:
    channel = open_mail(smtp_url=odd.url)
    channel.send(message())
    with ThreadPoolExecutor(1) as beside:
        for act in (lambda: channel.send(message()), channel.close):
            beside.submit(act).result()
    channel.send(message())
    assert (odd.connections, len(odd.said)) == (2, 3)


def test_a_connection_that_the_server_ends_is_opened_again(odd: Odd, open_mail) -> None:
    odd.patience = 2
    channel = open_mail(smtp_url=odd.url)
    for _ in range(5):
        channel.send(message())
    assert (odd.connections, len(odd.said)) == (3, 5)


def test_a_server_that_falls_away_between_two_mails(open_mail) -> None:
    port = free_port()
    server = Odd(f"smtp://127.0.0.1:{port}?tls=none")
    channel = open_mail(smtp_url=server.url)
    first = Controller(server, hostname="127.0.0.1", port=port)
    first.start()
    channel.send(message())
    first.stop()
    with pytest.raises(ChannelError) as failed:
        channel.send(message())
    assert failed.value.unreachable
    again = Controller(server, hostname="127.0.0.1", port=port)
    again.start()
    channel.send(message())
    channel.close()
    again.stop()
    assert len(server.said) == 2


@pytest.mark.parametrize(("answer", "permanent"), [("554 spam", True), ("451 later", False)])
def test_a_message_that_is_refused_after_its_text(
    odd: Odd, open_mail, answer: str, permanent: bool
) -> None:
    odd.data = answer
    with pytest.raises(ChannelError, match=answer) as failed:
        open_mail(smtp_url=odd.url).send(message())
    assert failed.value.permanent is permanent and not failed.value.unreachable
