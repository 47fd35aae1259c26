"""A PostgreSQL of our own: a foreground child on a free loopback port."""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from engine.errors import UnavailableError
from engine.servers.binaries import find_postgres
from engine.servers.children import LOOPBACK, account_for, free_port, last_lines, spawn, stop
from engine.servers.cluster import ENVIRONMENT, OWNER, open_cluster

DATABASE = "alur"
START_SECONDS = 60.0
PORT_TRIES = 5
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Postgres:
    """A running server; `url` names the database `alur` in the form SQLAlchemy reads."""

    process: subprocess.Popen[bytes]
    url: str

    def stop(self, deadline: float = 20.0) -> bool:
        """End all sessions and shut down cleanly; False if it had to be killed."""
        return stop(self.process, signal.SIGINT, deadline)


def start(
    folder: Path, *, log: Path, binaries: str | None = None, durable: bool = True
) -> Postgres:
    """Run the cluster in `folder`, making it first where there is none.

    `durable=False` trades safety on power loss for speed: for tests only. Raises UnavailableError
    (postgres_failed and what `open_cluster` raises), SettingsError.
    """
    programs = find_postgres(binaries)
    account = account_for(folder)
    password = open_cluster(folder, programs, account, durable)
    options = [] if durable else [word for option in FAST for word in ("-c", option)]
    for _ in range(PORT_TRIES):
        port = free_port()
        argv = [*_command(programs, folder, port), *options]
        process = spawn(argv, death_signal="INT", log=log, env=ENVIRONMENT, account=account)
        if _wait_ready(process, folder, log):
            return Postgres(process, _make_database(process, password, port))
    raise UnavailableError("postgres_failed", log=str(log), reason="no free port")


def _command(programs: Path, folder: Path, port: int) -> list[str]:
    argv = [str(programs / "postgres"), "-D", str(folder), "-p", str(port)]
    for option in (
        f"listen_addresses={LOOPBACK}",
        "unix_socket_directories=",
        "max_connections=100",
        "timezone=UTC",
        "log_timezone=UTC",
    ):
        argv += ["-c", option]
    return argv


def _wait_ready(process: subprocess.Popen[bytes], folder: Path, log: Path) -> bool:
    """True once it takes connections, False if its port was taken; it says so in line 8."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            lines = last_lines(log)
            if any("could not create any TCP/IP sockets" in line for line in lines):
                return False
            reason = next((line for line in lines if "FATAL" in line), "".join(lines[-1:]))
            raise UnavailableError("postgres_failed", log=str(log), reason=reason)
        with suppress(OSError):
            state = (folder / "postmaster.pid").read_text("utf-8").split("\n")
            if state[0] == str(process.pid) and state[7:8] and state[7].strip() == "ready":
                return True
        time.sleep(0.01)
    stop(process, signal.SIGINT, 5)
    raise UnavailableError("postgres_failed", log=str(log), reason="not ready in time")


def _make_database(process: subprocess.Popen[bytes], password: str, port: int) -> str:
    address = f"{OWNER}:{password}@{LOOPBACK}:{port}"
    try:
        with psycopg.connect(f"postgresql://{address}/postgres", autocommit=True) as connection:
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
            ).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.Error as error:
        stop(process, signal.SIGINT, 20)
        raise UnavailableError("postgres_failed", log="", reason=str(error).strip()) from error
    return f"postgresql+psycopg://{address}/{DATABASE}"
