"""A signed webhook: every notice is also told to one program of the house.

Headers and signature are those of https://www.standardwebhooks.com.
"""

from __future__ import annotations

from engine.channels import Channel, Offer, Recipient
from engine.channels.webhook.post import WebhookChannel
from engine.settings import Settings


def open_channel(settings: Settings) -> Channel | None:
    """None without an address; the settings see to it that a secret stands beside it."""
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    return WebhookChannel(settings.webhook_url, settings.webhook_secret)


def address_of(recipient: Recipient) -> str | None:
    """By which the program knows the person."""
    return recipient.login


OFFER = Offer(
    "webhook",
    {"id": "Webhook", "en": "Webhook"},
    personal=False,
    needs_address=False,
    open=open_channel,
    address=address_of,
)
