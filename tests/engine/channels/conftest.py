"""Servers that channels talk to: mail with TLS and a password, HTTP that keeps what it is sent."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from engine.channels import Channel, Entry, Message
from engine.channels.email import open_channel
from engine.servers.children import free_port
from engine.settings import Settings
from tests.conftest import SmtpSink

CERTIFICATE = Path(__file__).parents[1] / "services" / "localhost.pem"
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def message(**changes: Any) -> Message:
    values: dict[str, Any] = {
        "message_id": "notice-1@contoh.example",
        "thread": "case-1@contoh.example",
        "to_name": "Melati Contoh",
        "to_login": "kasubbag",
        "to_address": "kasubbag@contoh.example",
        "subject": "Pengingat: “Renja”",
        "body": "Yth. <Melati>,\n\nbaris satu\nbaris dua",
        "link_text": "Buka tugas di Alur",
        "link": "http://127.0.0.1:8000/tugas/1",
        "at": NOW,
    }
    return Message(**{**values, **changes})


def entry(item_id: int = 1, due_at: datetime | None = None, **changes: Any) -> Entry:
    values: dict[str, Any] = {
        "kind": "reminder",
        "item_id": item_id,
        "case_id": 7,
        "subject": f"Pengingat: langkah {item_id}",
        "body": f"Yth. Melati,\n\nlangkah {item_id} menunggu",
        "link": f"http://127.0.0.1:8000/tugas/{item_id}",
        "due_at": due_at,
        "available_at": NOW,
        "step": f"Langkah {item_id}",
    }
    return Entry(**{**values, **changes})


@pytest.fixture
def open_mail(tmp_path: Path) -> Iterator[Callable[..., Channel]]:
    """Opens the mail channel on these settings; closed when the test ends."""
    with ExitStack() as stack:

        def opened(**changes: Any) -> Channel:
            channel = open_channel(Settings(data=tmp_path, **changes))
            stack.callback(channel.close)
            return channel

        yield opened


@pytest.fixture
def mail_server() -> Iterator[Callable[..., SmtpSink]]:
    """Starts an SMTP server that asks for a password over TLS: "starttls" or "smtps". Its `url`
    holds the right one."""
    with ExitStack() as stack:
        yield lambda tls: stack.enter_context(_secured(tls))


@contextmanager
def _secured(tls: str) -> Iterator[SmtpSink]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    port, scheme = free_port(), "smtps" if tls == "smtps" else "smtp"
    query = "" if tls == "smtps" else "?tls=starttls"
    sink = SmtpSink(f"{scheme}://alur%40contoh:ra%2Fhasia@localhost:{port}{query}")
    if tls == "smtps":
        options: dict[str, Any] = {"ssl_context": context, "auth_require_tls": False}
    else:
        options = {"tls_context": context, "require_starttls": True}
    controller = Controller(
        sink, hostname="127.0.0.1", port=port, authenticator=_check, auth_required=True, **options
    )
    controller.start()
    yield sink
    controller.stop()


def _check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    assert isinstance(data, LoginPassword)
    fits = (data.login, data.password) == (b"alur@contoh", b"ra/hasia")
    return AuthResult(success=fits, handled=fits)


@dataclass
class Receiver:
    """A program that is told things by HTTP; `status` is what it answers."""

    url: str = ""
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # http.server's name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.got.append((self.path, dict(self.headers), body))
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_port}"
    yield found
    server.shutdown()
    server.server_close()
    thread.join()
