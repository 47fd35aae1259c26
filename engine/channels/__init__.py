"""Ways out of the house: a channel sends one message to one person, or says why it could not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Message:
    """What a channel sends. `message_id` is the same at every attempt; `thread` names the case,
    so that a mail program shows one conversation per case; `link` opens the item, and
    `link_text` says so in the recipient's language.
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


class ChannelError(Exception):
    """Sending failed; `permanent` means that trying again cannot help, `unreachable` that the
    channel itself does not answer, so that the next message would fare no better now."""

    def __init__(self, reason: str, *, permanent: bool, unreachable: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.unreachable = unreachable


class Channel(Protocol):
    def send(self, message: Message) -> None:
        """Hand the message over. Raises ChannelError."""
