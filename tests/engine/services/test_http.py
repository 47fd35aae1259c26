"""One HTTP call: JSON in and out, nothing followed, nothing too long or too large."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from engine.services import Hosts, ServiceError, call_http

CERTIFICATE = Path(__file__).with_name("localhost.pem")  # self-signed, for tests only
Respond = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A server on loopback that answers as it is told, and remembers what it was asked."""

    port: int = 0
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    respond: Respond = lambda handler: answer(handler, 200, {"ok": True})

    def url(self, path: str = "/", scheme: str = "http") -> str:
        return f"{scheme}://localhost:{self.port}{path}"

    @property
    def hosts(self) -> Hosts:
        return Hosts.read("", f"localhost:{self.port}")


def answer(
    handler: BaseHTTPRequestHandler, status: int, value: object = None, **headers: str
) -> None:
    content = b"" if value is None else json.dumps(value).encode()
    handler.send_response(status)
    for name, text in headers.items():
        handler.send_header(name.replace("_", "-"), text)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def serve(site: Site, context: ssl.SSLContext | None = None) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:  # the library's name
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            site.asked.append((self.command, self.path, dict(self.headers), body))
            site.respond(self)

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815

        def log_message(self, *args: Any) -> None:
            """Nothing: the test's output is not the place."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *args: Any) -> None:
            """Nothing: callers that hang up are what is tested."""

    server = Server(("127.0.0.1", 0), Handler)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site() -> Iterator[Site]:
    yield from serve(Site())


def fails(site: Site, request: dict[str, object], seconds: float = 5.0) -> tuple[str, bool]:
    with pytest.raises(ServiceError) as failed:
        call_http(request, site.hosts, "kunci", seconds)
    return failed.value.reason, failed.value.permanent


def test_json_goes_out_and_comes_back(site: Site) -> None:
    site.respond = lambda handler: answer(handler, 201, {"nomor": 7, "daftar": ["é"]})
    request = {
        "method": "post",
        "url": site.url("/surat?tahun=2026&q=a b".replace(" ", "%20")),
        "body": {"isi": "né"},
        "header.Authorization": "Bearer rahasia",
    }
    assert call_http(request, site.hosts, "12-abc", 5.0) == {"nomor": 7, "daftar": ["é"]}
    ((method, path, headers, body),) = site.asked
    assert (method, path) == ("POST", "/surat?tahun=2026&q=a%20b")
    assert json.loads(body) == {"isi": "né"}
    assert headers["Host"] == f"localhost:{site.port}"
    assert headers["Authorization"] == "Bearer rahasia"
    assert headers["Idempotency-Key"] == "12-abc"
    assert headers["Content-Type"] == "application/json"


def test_a_plain_get_has_no_body_and_an_empty_answer_is_an_empty_record(site: Site) -> None:
    site.respond = lambda handler: answer(handler, 204)
    assert call_http({"url": site.url()}, site.hosts, "k", 5.0) == {}
    ((method, _, headers, body),) = site.asked
    assert (method, body) == ("GET", b"")
    assert "Content-Type" not in headers


@pytest.mark.parametrize("where", ["http://169.254.169.254/", "http://127.0.0.1:1/", "/lain"])
def test_redirects_are_not_followed(site: Site, where: str) -> None:
    site.respond = lambda handler: answer(handler, 302, Location=where)
    assert fails(site, {"url": site.url()}) == ("redirected: 302", True)
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("status", "permanent"),
    [(400, True), (401, True), (404, True), (422, True), (408, False), (429, False), (503, False)],
)
def test_some_refusals_are_worth_another_try(site: Site, status: int, permanent: bool) -> None:
    site.respond = lambda handler: answer(handler, status, {"x": 1})
    assert fails(site, {"url": site.url()}) == (f"http_status: {status}", permanent)


@pytest.mark.parametrize("content", [b"<html>", b'{"a": NaN}', b"\xff\xfe", b"[" * 100_000])
def test_an_answer_that_is_no_json_is_refused(site: Site, content: bytes) -> None:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)

    site.respond = respond
    assert fails(site, {"url": site.url()}) == ("not_json", True)


@pytest.mark.parametrize("chunked", [False, True])
def test_an_endless_answer_is_cut_off(site: Site, chunked: bool) -> None:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if chunked:
            handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        block = b"a" * 65_536
        for _ in range(1000):
            handler.wfile.write(b"10000\r\n" + block + b"\r\n" if chunked else block)

    site.respond = respond
    assert fails(site, {"url": site.url()}) == ("answer_too_large", True)


def test_a_compressed_answer_is_not_unpacked(site: Site) -> None:
    site.respond = lambda handler: answer(handler, 200, {"a": 1}, Content_Encoding="gzip")
    assert fails(site, {"url": site.url()}) == ("encoding_not_supported", True)


def test_an_answer_that_drips_is_given_up_in_time(site: Site) -> None:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        for _ in range(200):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.05)

    site.respond = respond
    began = time.monotonic()
    assert fails(site, {"url": site.url()}, seconds=0.5) == ("timeout", False)
    assert time.monotonic() - began < 3


def test_no_answer_is_given_up_in_time(site: Site) -> None:
    site.respond = lambda handler: time.sleep(3)
    assert fails(site, {"url": site.url()}, seconds=0.3) == ("timeout", False)


def test_nobody_at_home_is_worth_another_try() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        gone = Site(port=taken.getsockname()[1])
        reason, permanent = fails(gone, {"url": gone.url()})
    assert reason.startswith("connection_failed") and not permanent


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ({"method": "TRACE"}, "method_not_allowed: TRACE"),
        ({"method": "GET\r\nX: y"}, "method_not_allowed"),
        ({"header.Host": "lain"}, "header_not_allowed: Host"),
        ({"header.content-length": "1"}, "header_not_allowed: content-length"),
        ({"header.Transfer-Encoding": "chunked"}, "header_not_allowed"),
        ({"header.X": "a\r\nY: b"}, "header_invalid: X"),
        ({"header.X:": "a"}, "header_invalid"),
        ({"header.": "a"}, "header_invalid"),
        ({"timeout": 5}, "request_field_unknown: timeout"),
    ],
)
def test_what_would_bend_the_request_is_refused(
    site: Site, extra: dict[str, object], reason: str
) -> None:
    found, permanent = fails(site, {"url": site.url(), **extra})
    assert found.startswith(reason) and permanent
    assert site.asked == []


def test_a_name_is_looked_up_once_and_that_address_is_called(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server that answers differently a moment later gains nothing."""
    look_up, asked = socket.getaddrinfo, []

    def answers(host: str, *args: Any, **options: Any) -> Any:
        if host == "berganti.test":
            asked.append(host)
            host = "127.0.0.1" if len(asked) == 1 else "192.0.2.1"
        return look_up(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    hosts = Hosts.read("", f"berganti.test:{site.port}")
    assert call_http({"url": f"http://berganti.test:{site.port}/"}, hosts, "k", 5.0) == {"ok": True}
    assert asked == ["berganti.test"]


@pytest.fixture
def secure_site() -> Iterator[Site]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    yield from serve(Site(), context)


def test_the_certificate_must_be_one_that_this_machine_trusts(secure_site: Site) -> None:
    reason, permanent = fails(secure_site, {"url": secure_site.url(scheme="https")})
    assert reason.startswith("connection_failed: SSLError") and not permanent
    assert secure_site.asked == []


def test_the_certificate_must_be_that_of_the_host(
    secure_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    url = secure_site.url(scheme="https")
    assert call_http({"url": url}, secure_site.hosts, "k", 5.0) == {"ok": True}
    other = Hosts.read("", f"127.0.0.1:{secure_site.port}")
    with pytest.raises(ServiceError) as failed:
        call_http({"url": url.replace("localhost", "127.0.0.1")}, other, "k", 5.0)
    assert "SSLError" in failed.value.reason
