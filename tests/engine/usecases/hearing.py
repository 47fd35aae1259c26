"""Channels of the tests' own, and who has what in their outbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from engine.account_values import PASSWORD, Caller
from engine.app import App
from engine.channels import Channel, ChannelError, Message, Offer, Recipient
from engine.entering import begin_session
from engine.store import people
from engine.store.transaction import transaction
from engine.usecases import notices
from engine.usecases.sessions import resume_session


@dataclass
class Recorder:
    """Keeps what it is given, or fails as it is told."""

    fails: ChannelError | None = None
    sent: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        if self.fails:
            raise self.fails
        self.sent.append(message)

    def close(self) -> None:
        pass


def with_channel(
    app: App,
    name: str,
    channel: Channel,
    *,
    personal: bool = True,
    address: Callable[[Recipient], str | None] = lambda recipient: recipient.login,
) -> App:
    """The App with one more channel open."""
    label = {"id": name, "en": name}
    offer = Offer(name, label, personal, False, lambda settings: channel, address)
    return replace(app, channels={**app.channels, name: channel}, offers=(*app.offers, offer))


def outbox(agency, state: str = "sent") -> list[tuple[str, str]]:
    """(kind, to) of what has left the house, or of what is in another state."""
    lines = notices.list_mails(agency.app, agency.actor("kepala"))
    return sorted((line.kind, line.to) for line in lines if line.state == state)


def count_unread(app: App, login: str, now: datetime) -> int:
    """What the bell of each page says."""
    with transaction(app.sessions) as tx:
        person = people.find_person(tx, login)
        assert person is not None
        key = begin_session(tx, person, PASSWORD, Caller(), now)
    resumed = resume_session(app, key, now)
    assert resumed is not None
    return resumed.unread
