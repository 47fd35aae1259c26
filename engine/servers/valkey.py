"""A Redis-protocol broker of our own: a foreground child on a free loopback port.

Its password is new at every start and stands in a 0600 configuration file, since a command line is
for everybody to read. Messages are kept in an append-only file, so a crash loses at most the last
second; the database knows what is due in any case.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UnavailableError
from engine.servers.binaries import find_valkey
from engine.servers.children import LOOPBACK, free_port, last_lines, spawn, stop

START_SECONDS = 30.0
PORT_TRIES = 5


@dataclass(frozen=True)
class Valkey:
    """A running broker; `url` as Celery reads it."""

    process: subprocess.Popen[bytes]
    url: str

    def stop(self, deadline: float = 10.0) -> bool:
        """Flush and end; False if it had to be killed."""
        return stop(self.process, signal.SIGTERM, deadline)


def start(folder: Path, *, log: Path) -> Valkey:
    """Run a broker with its files in `folder`.

    Raises UnavailableError: valkey_not_installed, valkey_failed (fields: log, reason).
    """
    program = find_valkey()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for _ in range(PORT_TRIES):
        port, password = free_port(), secrets.token_urlsafe(24)
        argv = [str(program), str(_write_configuration(folder, port, password))]
        process = spawn(argv, death_signal="TERM", log=log, env={"PATH": "/usr/bin:/bin"})
        if _wait_ready(process, port, password, log):
            return Valkey(process, f"redis://:{password}@{LOOPBACK}:{port}/0")
    raise UnavailableError("valkey_failed", log=str(log), reason="no free port")


def _write_configuration(folder: Path, port: int, password: str) -> Path:
    quoted = str(folder).replace("\\", "\\\\").replace('"', '\\"')
    lines = [
        f"bind {LOOPBACK}",
        f"port {port}",
        f'dir "{quoted}"',
        f"requirepass {password}",
        "appendonly yes",
        "appendfsync everysec",
        'save ""',
        'logfile ""',
        "daemonize no",
    ]
    path = folder / "valkey.conf"
    path.unlink(missing_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(file, "w", encoding="utf-8") as stream:
        stream.write("\n".join(lines) + "\n")
    return path


def _wait_ready(process: subprocess.Popen[bytes], port: int, password: str, log: Path) -> bool:
    """True once our server answers, False if somebody else holds the port."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            lines = last_lines(log)
            if any("Address already in use" in line for line in lines):
                return False
            raise UnavailableError("valkey_failed", log=str(log), reason="".join(lines[-1:]))
        if _answers(port, password):
            return True
        time.sleep(0.01)
    stop(process, signal.SIGTERM, 5)
    raise UnavailableError("valkey_failed", log=str(log), reason="not ready in time")


def _answers(port: int, password: str) -> bool:
    """PING with our password: an answer proves that the server is ours and has loaded its data."""
    with suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1) as connection:
        connection.sendall(f"AUTH {password}\r\nPING\r\n".encode("ascii"))
        with connection.makefile("rb") as answer:
            return answer.readline() == b"+OK\r\n" and answer.readline() == b"+PONG\r\n"
    return False
