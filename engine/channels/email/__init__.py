"""E-mail: over SMTP when a server is set, else as `.eml` files in the data folder."""

from __future__ import annotations

from engine.channels import Channel, Offer, Recipient
from engine.channels.email.files import FileChannel
from engine.channels.email.smtp import SmtpChannel
from engine.settings import Settings


def open_channel(settings: Settings) -> Channel:
    """The channel that the settings ask for."""
    if settings.smtp_url:
        return SmtpChannel(settings.smtp_url, settings.mail_from, settings.smtp_ca)
    return FileChannel(settings.data / "mail", settings.mail_from)


def address_of(recipient: Recipient) -> str | None:
    """As the directory of people has it."""
    return recipient.email or None


OFFER = Offer(
    "email",
    {"id": "Surel", "en": "E-mail"},
    personal=True,
    needs_address=False,
    open=open_channel,
    address=address_of,
)
