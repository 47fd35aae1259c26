"""One HTTP call with JSON in and out, to a host that the settings name and to no other."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NoReturn
from urllib.parse import quote, urlsplit

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ReadTimeoutError,
)
from urllib3.response import BaseHTTPResponse

from engine.services.failure import ServiceError
from engine.services.hosts import Hosts

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
MAX_ANSWER: Final = 256 * 1024  # bytes: no more could be kept in a case
CONNECT_SECONDS: Final = 5.0
AGAIN: Final = (408, 425, 429)  # besides 5xx: the same request may fare better later
_FIELDS: Final = ("method", "url", "body")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_HEADER_VALUE = re.compile(r"[\x20-\x7e]{0,2000}")
# These belong to the connection and to JSON, not to the caller.
_RESERVED = frozenset(
    "host connection keep-alive upgrade te trailer expect transfer-encoding content-length"
    " content-type accept accept-encoding proxy-authorization idempotency-key".split()
)


@dataclass(frozen=True)
class _Call:
    method: str
    scheme: str
    host: str
    port: int
    target: str
    headers: dict[str, str]
    body: bytes | None


def call_http(request: Mapping[str, object], hosts: Hosts, key: str, seconds: float) -> object:
    """The JSON of the answer; an empty one is an empty record.

    `request`: method, url, body, header.<name>; `key` is sent along as Idempotency-Key, the same
    in every try. Redirects are not followed. Raises ServiceError: what is refused here and most
    of what the other side refuses (4xx) is permanent; the rest may be tried again.
    """
    call = _read(request, key)
    deadline = time.monotonic() + seconds
    addresses = hosts.resolve(call.host, call.port)
    for last, address in zip([*[False] * (len(addresses) - 1), True], addresses, strict=True):
        try:
            return _send(call, address, deadline)
        except (NewConnectionError, ConnectTimeoutError) as error:  # nothing has been sent yet
            if last:
                raise ServiceError("connection_failed", error=_short(error)) from error
        except ReadTimeoutError as error:
            raise ServiceError("timeout") from error
        except (HTTPError, OSError) as error:
            raise ServiceError("connection_failed", error=_short(error)) from error
    raise ServiceError("unresolvable", host=call.host)


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]


def _read(request: Mapping[str, object], key: str) -> _Call:
    """Raises ServiceError, permanent, for a request that cannot be sent as it stands."""
    for name in request:
        if name not in _FIELDS and not name.startswith("header."):
            _refuse("request_field_unknown", name=name)
    method = str(request.get("method") or "GET").upper()
    if method not in METHODS:
        _refuse("method_not_allowed", method=method)
    scheme, host, port, target = _read_url(request.get("url"))
    headers = {"Accept": "application/json", "Accept-Encoding": "identity", "Idempotency-Key": key}
    shown = f"[{host}]" if ":" in host else host
    headers["Host"] = shown if port == _usual(scheme) else f"{shown}:{port}"
    body = None
    if request.get("body") is not None:
        body = json.dumps(request["body"], ensure_ascii=False).encode()
        headers["Content-Type"] = "application/json"
    for name, value in request.items():
        if name.startswith("header."):
            headers |= _header(name.removeprefix("header."), value)
    return _Call(method, scheme, host, port, target, headers, body)


def _usual(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _read_url(url: object) -> tuple[str, str, int, str]:
    """(scheme, host, port, path with query)."""
    if not isinstance(url, str) or re.search(r"[\x00-\x20\x7f\\]", url):
        _refuse("url_invalid")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        host.encode("ascii")
    except ValueError:  # brackets that do not match, a port that is none, a name beyond ASCII
        _refuse("url_invalid")
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        _refuse("url_invalid")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return parts.scheme, host, port or _usual(parts.scheme), f"{path}?{query}" if query else path


def _header(name: str, value: object) -> dict[str, str]:
    text = "" if value is None else str(value)
    if not _HEADER.fullmatch(name) or not _HEADER_VALUE.fullmatch(text):
        _refuse("header_invalid", name=name)
    if name.lower() in _RESERVED:
        _refuse("header_not_allowed", name=name)
    return {name: text}


def _refuse(code: str, /, **fields: object) -> NoReturn:
    raise ServiceError(code, permanent=True, **fields)


def _send(call: _Call, address: str, deadline: float) -> object:
    """To this very address; the certificate must be that of the host."""
    left = max(deadline - time.monotonic(), 0.1)
    timeout = Timeout(connect=min(CONNECT_SECONDS, left), read=left)
    if call.scheme == "https":
        pool: HTTPConnectionPool = HTTPSConnectionPool(
            address,
            call.port,
            timeout=timeout,
            server_hostname=call.host,
            assert_hostname=call.host,
        )
    else:
        pool = HTTPConnectionPool(address, call.port, timeout=timeout)
    with pool:
        response = pool.urlopen(
            call.method,
            call.target,
            body=call.body,
            headers=call.headers,
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )
        try:
            return _judge(response, deadline)
        finally:
            response.close()


def _judge(response: BaseHTTPResponse, deadline: float) -> object:
    if 300 <= response.status < 400:
        _refuse("redirected", status=response.status)
    if not 200 <= response.status < 300:
        again = response.status >= 500 or response.status in AGAIN
        raise ServiceError("http_status", permanent=not again, status=response.status)
    if response.headers.get("Content-Encoding", "identity") != "identity":
        _refuse("encoding_not_supported")
    content = _receive(response, deadline)
    if not content.strip():
        return {}
    try:
        return json.loads(content, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise ServiceError("not_json", permanent=True) from error


def _receive(response: BaseHTTPResponse, deadline: float) -> bytes:
    """The body, however slowly it drips, within the time and size that there is for it."""
    content = bytearray()
    while chunk := response.read1(65_536, decode_content=False):
        content += chunk
        if len(content) > MAX_ANSWER:
            _refuse("answer_too_large")
        if time.monotonic() > deadline:
            raise ServiceError("timeout")
    return bytes(content)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
