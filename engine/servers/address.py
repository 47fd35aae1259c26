"""The address of the web process: chosen before it starts, asked whether it answers."""

from __future__ import annotations

import http.client
import socket
from contextlib import suppress

from engine.errors import UnavailableError
from engine.settings import Settings

EVERYWHERE = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "[::]": "[::1]"}
PORTS_TO_TRY = 100


def choose_address(settings: Settings) -> str:
    """host:port to listen on: ALUR_BIND as it is, otherwise the default or the next free port.

    Raises UnavailableError address_taken (fields: address, reason).
    """
    host, port = _split(settings.address)
    reason = _refusal(host, port)
    if reason and not settings.bind:
        for other in range(port + 1, port + PORTS_TO_TRY):
            if not _refusal(host, other):
                return f"{host}:{other}"
    if reason:
        raise UnavailableError("address_taken", address=settings.address, reason=reason)
    return settings.address


def is_healthy(address: str, timeout: float = 2.0) -> bool:
    """Whether GET /healthz answers 200."""
    host, port = _split(address)
    connection = http.client.HTTPConnection(EVERYWHERE.get(host, host), port, timeout=timeout)
    with suppress(OSError, http.client.HTTPException):
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        finally:
            connection.close()
    return False


def _split(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    return host, int(port)


def _refusal(host: str, port: int) -> str:
    """Why this address cannot be listened on; "" if it can."""
    family = socket.AF_INET6 if host.startswith("[") else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            return error.strerror or str(error)
        except UnicodeError:  # from the encoding of host names
            return "not a host name"
    return ""
