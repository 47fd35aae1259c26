"""E-mail: over SMTP when a server is set, else as `.eml` files in the data folder."""

from __future__ import annotations

from engine.channels import Channel
from engine.channels.email.files import FileChannel
from engine.channels.email.smtp import SmtpChannel
from engine.settings import Settings


def open_channel(settings: Settings) -> Channel:
    """The channel that the settings ask for."""
    if settings.smtp_url:
        return SmtpChannel(settings.smtp_url, settings.mail_from)
    return FileChannel(settings.data / "mail", settings.mail_from)
