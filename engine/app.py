"""`App`: the open resources that every use case is handed; nothing here is global."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from engine.channels import Channel, Offer
from engine.channels.offers import offers
from engine.servers import Servers
from engine.settings import Settings


@dataclass(frozen=True)
class App:
    """Settings, the session factory, and the channels that leave the house.

    `channels`: those that the settings ask for, by name; `offers`: what is known of each.
    """

    settings: Settings
    servers: Servers
    database: Engine
    sessions: sessionmaker[Session]
    channels: Mapping[str, Channel]
    offers: tuple[Offer, ...]

    @property
    def house_channels(self) -> tuple[str, ...]:
        """Those that every notice goes over, whatever people choose."""
        return tuple(offer.name for offer in self.offers if not offer.personal)

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
        for channel in self.channels.values():
            channel.close()
        self.database.dispose()


def open_app(settings: Settings, servers: Servers) -> App:
    """Open the database pool and the channels. Connects lazily, so it never fails itself."""
    database = create_engine(
        servers.database_url,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "options": "-c timezone=UTC"},
    )
    sessions = sessionmaker(database, expire_on_commit=False)
    known = [(offer, offer.open(settings)) for offer in offers()]
    channels = {offer.name: channel for offer, channel in known if channel is not None}
    asked = tuple(offer for offer, channel in known if channel is not None)
    return App(settings, servers, database, sessions, channels, asked)
