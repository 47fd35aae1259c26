"""Ways out of the house: a channel sends one message to one person, or says why it could not.

Each channel is a folder here whose package holds an `OFFER`; `engine.channels.offers` finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from engine.settings import Settings


@dataclass(frozen=True)
class Entry:
    """One notice in a message. `subject` and `body` are in the recipient's language; `link` opens
    the work item; `available_at`: since when it waits; `step`: its name, which titles the event
    in a calendar; `said`: somebody's words that it tells of; `called_as`: as what the greeting
    calls the recipient. `item_id`, `case_id`: None of what is about none."""

    kind: str
    item_id: int | None
    case_id: int | None
    subject: str
    body: str
    link: str
    due_at: datetime | None
    available_at: datetime | None
    step: str = ""
    said: str = ""
    called_as: str = ""


@dataclass(frozen=True)
class Message:
    """What a channel sends. `message_id` is the same at every attempt; `thread` names the case,
    so that a mail program shows one conversation per case; `link` opens the item, and
    `link_text` says so in the recipient's language. Of a digest, `body` holds the opening words
    only: the channel lists subject, link and what was said of each entry below them.

    `at`: when the notice was written, `sent_at`: when this attempt is made (None: as `at`).
    `entries`: what it tells of, several in a digest. `zone`: in which its moments are told;
    `unsubscribe`: the address at which the recipient stops this channel, None where they cannot.
    """

    message_id: str
    thread: str
    to_name: str
    to_address: str
    subject: str
    body: str
    link: str
    link_text: str
    at: datetime
    to_login: str = ""
    locale: str = "id"
    zone: str = "Asia/Jakarta"
    entries: tuple[Entry, ...] = ()
    unsubscribe: str | None = None
    sent_at: datetime | None = None


class ChannelError(Exception):
    """Sending failed; `permanent` means that trying again cannot help, `unreachable` that the
    channel itself does not answer, so that the next message would fare no better now."""

    def __init__(self, reason: str, *, permanent: bool, unreachable: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.unreachable = unreachable


class Channel(Protocol):
    """Used by one thread at a time."""

    def send(self, message: Message) -> None:
        """Hand the message over. Raises ChannelError."""

    def close(self) -> None:
        """End what is held open between messages; the next `send` opens it again."""


@dataclass(frozen=True)
class Recipient:
    """Whom a channel may reach. `addresses`: what they gave themselves, by name of channel."""

    login: str
    name: str
    email: str
    addresses: Mapping[str, str]


@dataclass(frozen=True)
class Offer:
    """A channel before it is opened. `label`: its name for people, by language.

    `personal`: each person chooses it; else every notice goes there as well. `needs_address`: it
    reaches only who has given an address of their own. `open`: None when the settings do not ask
    for it. `address`: of that person on this channel, None when they have none that can be used.
    """

    name: str
    label: Mapping[str, str]
    personal: bool
    needs_address: bool
    open: Callable[[Settings], Channel | None]
    address: Callable[[Recipient], str | None]
