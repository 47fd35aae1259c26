"""The database and the broker: named by settings, running already, or started for the moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.servers import postgres, valkey
from engine.servers.folder import lock_or_find
from engine.settings import Settings

Server = postgres.Postgres | valkey.Valkey


@dataclass(frozen=True)
class Servers:
    """Where the database and, if asked for, the broker answer; `url` is that of the pages where
    an `alur up` serves them from this data folder."""

    database_url: str
    broker_url: str | None = None
    url: str | None = None


@contextmanager
def open_servers(settings: Settings, *, broker: bool) -> Iterator[Servers]:
    """The servers of one call; what had to be started for it stops with it.

    In this order: the URLs of the settings, those of an `alur up` on the same data folder, our own
    servers as children. Calls on one folder take turns; calling it again inside itself cannot work.
    Call it in the thread that outlives the block, as the children die with the thread that
    started them. Raises UnavailableError, SettingsError.
    """
    if settings.database_url and (settings.broker_url or not broker):
        yield Servers(settings.database_url, settings.broker_url)
        return
    with lock_or_find(data_folder(settings)) as running:
        if running:
            yield Servers(
                settings.database_url or running.database_url,
                settings.broker_url or running.broker_url,
                running.url,
            )
            return
        started: dict[str, Server] = {}
        try:
            yield start_servers(settings, started, broker=broker)
        finally:
            for server in reversed(started.values()):
                server.stop()


def start_servers(
    settings: Settings,
    started: dict[str, Server],
    *,
    broker: bool,
    durable: bool = True,
    tell: Callable[[str], None] = lambda name: None,
) -> Servers:
    """Start what the settings do not name and note it by name in `started`, which the caller stops.

    The caller holds the folder's lock. `tell` hears each name before its start.
    """
    data = data_folder(settings)
    database_url, broker_url = settings.database_url, settings.broker_url
    if not database_url:
        tell("postgres")
        log = log_file(data, "postgres")
        database = postgres.start(data / "pg", log=log, binaries=settings.pg_bin, durable=durable)
        started["postgres"], database_url = database, database.url
    if broker and not broker_url:
        tell("valkey")
        queue = valkey.start(data / "valkey", log=log_file(data, "valkey"))
        started["valkey"], broker_url = queue, queue.url
    return Servers(database_url, broker_url)


def data_folder(settings: Settings) -> Path:
    """The data folder as an absolute path, whatever folder a child works in."""
    return settings.data.expanduser().absolute()


def log_file(data: Path, name: str) -> Path:
    """Where a server or a process of `alur up` writes its log."""
    return data / "logs" / f"{name}.log"
