"""Mail over SMTP, one connection a message: volumes are small and servers drop idle ones."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from engine.channels import ChannelError, Message
from engine.channels.email.message import build_mail

TIMEOUT = 20.0  # seconds; a lease must outlive it


@dataclass(frozen=True)
class SmtpChannel:
    """`url`: smtp://user:password@host:port?tls=starttls|none, or smtps://… for TLS at once.

    Without `tls`, STARTTLS is used when the server offers it.
    """

    url: str
    mail_from: str

    def send(self, message: Message) -> None:
        """Raises ChannelError; a 5xx answer to the recipient or the message is permanent."""
        mail = build_mail(message, self.mail_from)
        try:
            server = self._connect()
            try:
                server.send_message(mail)
            finally:
                _leave(server)
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise ChannelError(_reason(code, text), permanent=code >= 500) from error
        except smtplib.SMTPResponseException as error:
            raise ChannelError(
                _reason(error.smtp_code, error.smtp_error),
                permanent=isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500,
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            reason = str(error) or type(error).__name__
            raise ChannelError(reason, permanent=False, unreachable=True) from error

    def _connect(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, tls = (parts.hostname or "localhost", parse_qs(parts.query).get("tls", ["auto"])[0])
        context = ssl.create_default_context()
        server: smtplib.SMTP
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 587, timeout=TIMEOUT)
        try:
            server.ehlo()
            if tls == "starttls" or (tls == "auto" and server.has_extn("starttls")):
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; whatever it answers, the message is taken or refused already."""
    with suppress(OSError, smtplib.SMTPException):
        server.quit()
    server.close()


def _reason(code: int, text: bytes | str) -> str:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {words}".strip()
