"""`App`: the open resources that every use case is handed; nothing here is global."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from engine.channels import Channel
from engine.channels.email import open_channel
from engine.servers import Servers
from engine.settings import Settings


@dataclass(frozen=True)
class App:
    """Settings, the session factory, and the channels that leave the house."""

    settings: Settings
    servers: Servers
    database: Engine
    sessions: sessionmaker[Session]
    email: Channel

    @property
    def documents(self) -> Path:
        """The folder of attached files."""
        return self.settings.data / "documents"

    @property
    def url(self) -> str:
        """What links begin with: the public address, else where the pages are served now."""
        return (
            self.settings.url if self.settings.public_url else self.servers.url or self.settings.url
        )

    def today(self, now: datetime) -> date:
        """The date in the zone that the installation is set to: on it, jabatan are held."""
        return now.astimezone(ZoneInfo(self.settings.zone)).date()

    def close(self) -> None:
        """Give the connections back; the servers belong to whoever started them."""
        self.database.dispose()


def open_app(settings: Settings, servers: Servers) -> App:
    """Open the database pool and the channels. Connects lazily, so it never fails itself."""
    database = create_engine(
        servers.database_url,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "options": "-c timezone=UTC"},
    )
    sessions = sessionmaker(database, expire_on_commit=False)
    return App(settings, servers, database, sessions, open_channel(settings))
