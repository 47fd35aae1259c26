"""Mail over SMTP; the connection is kept for the next message until `close`.

Each thread has its own: SMTP is a conversation, and two rounds may send side by side.
"""

from __future__ import annotations

import smtplib
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from engine.channels import ChannelError, Message
from engine.channels.email.message import build_mail

TIMEOUT = 20.0  # seconds; a lease must outlive it
GOING = 421  # a server that takes nothing more for now


@dataclass
class SmtpChannel:
    """`url`: smtp://user:password@host:port?tls=starttls|none, or smtps://… for TLS at once.

    Without `tls`, STARTTLS is used when the server offers it. `ca`: a PEM file of the authorities
    to trust instead of those of the machine.
    """

    url: str
    mail_from: str
    ca: str | None = None
    _kept: threading.local = field(default_factory=threading.local, init=False, repr=False)

    @property
    def _server(self) -> smtplib.SMTP | None:
        return getattr(self._kept, "server", None)

    def send(self, message: Message) -> None:
        """Raises ChannelError; a 5xx answer to the recipient or the message is permanent."""
        mail = build_mail(message, self.mail_from)
        server = self._open()
        try:
            server.sendmail(mail.sender, [mail.recipient], mail.content)
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise _refused(code, text, final=code >= 500) from error
        except smtplib.SMTPResponseException as error:
            final = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500
            raise _refused(error.smtp_code, error.smtp_error, final=final) from error
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise _unreachable(error) from error

    def close(self) -> None:
        """Say goodbye; whatever the server answers, its messages are taken or refused already."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
        self._drop()

    def _open(self) -> smtplib.SMTP:
        """The kept connection if it still lives, else a new one. It is asked first, because a
        message that breaks off half-way may have been taken."""
        if self._server is not None:
            if _lives(self._server):
                return self._server
            self._drop()
        try:
            self._kept.server = server = self._connect()
        except smtplib.SMTPResponseException as error:  # also a wrong password: all fail alike
            raise _refused(error.smtp_code, error.smtp_error, away=True) from error
        except (OSError, smtplib.SMTPException) as error:
            raise _unreachable(error) from error
        return server

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._kept.server = None

    def _connect(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, tls = (parts.hostname or "localhost", parse_qs(parts.query).get("tls", ["auto"])[0])
        context = self._trust()
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

    def _trust(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self.ca)
        except OSError as error:  # its own words do not name the file
            raise OSError(f"ALUR_SMTP_CA {self.ca}: {error.strerror}") from error


def _lives(server: smtplib.SMTP) -> bool:
    try:
        return server.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False


def _refused(
    code: int, text: bytes | str, *, final: bool = False, away: bool = False
) -> ChannelError:
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    reason = f"{code} {words}".strip()
    return ChannelError(reason, permanent=final, unreachable=away or code == GOING)


def _unreachable(error: Exception) -> ChannelError:
    reason = str(error) or type(error).__name__
    return ChannelError(reason, permanent=False, unreachable=True)
