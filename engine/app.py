"""`App`: the open resources that every use case is handed; nothing here is global."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session, sessionmaker

from engine.channels import Channel, Offer
from engine.channels.offers import offers
from engine.documents.previews import Previews
from engine.documents.storage import Storage, open_storage
from engine.servers import Servers
from engine.settings import Settings
from engine.store.live import Listener, watch

# Our statements are short: compiling one (jit) or starting helpers for it would take longer than
# running it; and indexes lie on disks that do not seek.
OPTIONS = "-c timezone=UTC -c jit=off -c max_parallel_workers_per_gather=0 -c random_page_cost=1.1"


@dataclass(frozen=True)
class App:
    """Settings, the session factory, the channels that leave the house, the documents.

    `channels`: those that the settings ask for, by name; `offers`: what is known of each; `live`:
    hears what changes while pages are open.
    """

    settings: Settings
    servers: Servers
    database: Engine
    sessions: sessionmaker[Session]
    channels: Mapping[str, Channel]
    offers: tuple[Offer, ...]
    documents: Storage
    previews: Previews
    live: Listener

    @property
    def house_channels(self) -> tuple[str, ...]:
        """Those that every notice goes over, whatever people choose."""
        return tuple(offer.name for offer in self.offers if not offer.personal)

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
        self.live.close()
        self.database.dispose()


def open_database(url: str) -> Engine:
    """The pool of connections. Connects lazily, so it never fails itself."""
    arguments = {"connect_timeout": 5, "options": OPTIONS}
    return create_engine(url, pool_pre_ping=True, connect_args=arguments)


def open_app(settings: Settings, servers: Servers, database: Engine | None = None) -> App:
    """Open the database pool, unless one is given, and the channels; never fails itself."""
    database = database or open_database(servers.database_url)
    sessions = sessionmaker(database, expire_on_commit=False)
    watch(sessions)
    known = [(offer, offer.open(settings)) for offer in offers()]
    channels = {offer.name: channel for offer, channel in known if channel is not None}
    asked = tuple(offer for offer, channel in known if channel is not None)
    previews = Previews(settings.data / "previews")
    storage, live = open_storage(settings), Listener(servers.database_url)
    return App(settings, servers, database, sessions, channels, asked, storage, previews, live)
