"""Chat gateways (WhatsApp, Telegram, Signal and others) through the library apprise."""

from __future__ import annotations

import re

from engine.channels import Channel, Offer, Recipient
from engine.channels.chat.gateway import ChatChannel
from engine.settings import Settings

NAME = "chat"
_PUNCTUATION = re.compile(r"[\s().-]")
_ADDRESS = re.compile(r"[0-9A-Za-z]{3,64}")


def open_channel(settings: Settings) -> Channel | None:
    """None where no gateway is set."""
    return ChatChannel(settings.chat_url) if settings.chat_url else None


def address_of(recipient: Recipient) -> str | None:
    """The number or id that the person gave, without the punctuation of telephone numbers. It
    becomes a part of a URL, so nothing but letters and digits passes."""
    given = _PUNCTUATION.sub("", recipient.addresses.get(NAME, "")).removeprefix("+")
    return given if _ADDRESS.fullmatch(given) else None


OFFER = Offer(
    NAME,
    {"id": "Pesan singkat", "en": "Chat message"},
    personal=True,
    needs_address=True,
    open=open_channel,
    address=address_of,
)
