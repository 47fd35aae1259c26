"""The text of each setting turned into its value, or refused with what is expected instead."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, urlsplit

from engine.mail_address import MailAddressError, one_line, read_mailbox
from workflows.storable import is_storable
from workflows.workdays import ZONES

DATABASE = "postgresql://user:password@host:5432/database"
BROKER = "redis://host:6379/0"
SMTP = "smtp://user:password@host:587?tls=starttls|none|auto, smtps://user:password@host:465"
PUBLIC = "https://alur.example.go.id"
BIND = "127.0.0.1:8000"
SENDER = "Alur <alur@example.go.id>"
WEBHOOK = "https://pesan.example.go.id/alur"
WEBHOOK_SECRET = "whsec_ + base64 (24..64 B)"
CHAT = "tgram://token/{address}"
HOSTS = "api.example.go.id,data.example.go.id:8443"
ISSUER = "https://sso.example.go.id/realms/pemda"
FACTORS = ("none", "administrators", "everyone")
TLS = ("starttls", "none", "auto")
MOST = 3600
MOST_MONTHS = 120
ENDPOINT = "https://s3.example.go.id"
BUCKET = "alur-dokumen"

_BIND = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s:/@\[\]]+):([0-9]{1,5})")
_HOST = re.compile(r"(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)(?::([0-9]{1,5}))?")
# What SQLAlchemy reads: a password may hold all but @.
_DATABASE = re.compile(
    r"(?:postgresql|postgres|postgresql\+psycopg)://"
    r"((?:[^\s:/@]*(?::[^\s@]*)?@)?(?:\[[0-9A-Fa-f:.]+\]|[^\s:/?@\[\]]*)"
    r"(?::([0-9]{1,5}))?(?:/[^\s?]*)?(?:\?\S*)?)"
)


class UnfitError(Exception):
    """A value that cannot be used: what is `expected` instead, and what of it may be `shown`."""

    def __init__(self, expected: str, shown: str) -> None:
        super().__init__(expected, shown)
        self.expected = expected
        self.shown = shown


def read_value(field: str, text: str) -> object:
    """The value of one field of Settings. Raises UnfitError, which shows no password."""
    if field in ("data", "pg_bin", "breached_passwords"):  # a path may hold any bytes
        return Path(text) if field == "data" else text
    if not is_storable(text):
        raise UnfitError("UTF-8", "?")
    return _READERS.get(field, str)(text)


def _number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,4}", text) or not 0 < int(text) <= MOST:
        raise UnfitError(f"1..{MOST}", text)
    return int(text)


def _zone(text: str) -> str:
    if text not in ZONES:
        raise UnfitError(", ".join(ZONES), text)
    return text


def _bind(text: str) -> str:
    found = _BIND.fullmatch(text)
    if not found or not _is_port(found[1]):
        raise UnfitError(BIND, text)
    return text


def _database_url(text: str) -> str:
    """PostgreSQL only; the usual `postgresql://` spelling is given our driver."""
    found = _DATABASE.fullmatch(text)
    if not found or not _is_port(found[2] or "5432"):
        raise UnfitError(DATABASE, _scheme(text))
    return f"postgresql+psycopg://{found[1]}"


def _broker_url(text: str) -> str:
    _split(text, ("redis", "rediss"), BROKER, _scheme(text))
    return text


def _public_url(text: str) -> str:
    parts = _split(text, ("http", "https"), PUBLIC, text)
    if parts.query or parts.fragment:
        raise UnfitError(PUBLIC, text)
    return text


def _s3_endpoint(text: str) -> str:
    parts = _split(text, ("http", "https"), ENDPOINT, _scheme(text))
    if parts.username is not None or parts.query or parts.fragment:
        raise UnfitError(ENDPOINT, _scheme(text))
    return text.rstrip("/")


def _s3_bucket(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", text):
        raise UnfitError(BUCKET, text)
    return text


def _smtp_url(text: str) -> str:
    """Strict to the end: a misspelt `tls=` must never mean a connection without TLS."""
    parts = _split(text, ("smtp", "smtps"), SMTP, _scheme(text))
    if parts.path.strip("/") or parts.fragment:
        raise UnfitError(SMTP, _scheme(text))
    given = parse_qsl(parts.query, keep_blank_values=True)
    if parts.query and (len(given) != 1 or given[0][0] != "tls" or given[0][1] not in TLS):
        raise UnfitError(SMTP, f"?{parts.query}")
    return text


def _mail_from(text: str) -> str:
    try:
        read_mailbox(text)
    except MailAddressError:
        raise UnfitError(SENDER, one_line(text)) from None
    if text != one_line(text):
        raise UnfitError(SENDER, one_line(text))
    return text


def _webhook_url(text: str) -> str:
    """Shown without its path, which often is a secret itself."""
    parts = _split(text, ("http", "https"), WEBHOOK, _scheme(text))
    if parts.username is not None or parts.fragment:
        raise UnfitError(WEBHOOK, _scheme(text))
    return text


def _webhook_secret(text: str) -> str:
    """As Standard Webhooks writes them."""
    prefix, key = text[:6], text[6:]
    try:
        size = len(b64decode(key, validate=True))
    except ValueError:
        size = 0
    if prefix != "whsec_" or not 24 <= size <= 64:
        raise UnfitError(WEBHOOK_SECRET, f"{len(text)} B")
    return text


def _chat_url(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*://\S+", text) or text.count("{address}") != 1:
        raise UnfitError(CHAT, _scheme(text))
    return text


def _hosts(text: str) -> str:
    """Names as `engine.services.hosts` compares them."""
    names = [name.strip().lower() for name in text.split(",")]
    for name in names:
        found = _HOST.fullmatch(name)
        if not found or not _is_port(found[1] or "80"):
            raise UnfitError(HOSTS, text)
    return ",".join(names)


def _months(text: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", text) or int(text) > MOST_MONTHS:
        raise UnfitError(f"0..{MOST_MONTHS}", text)
    return int(text)


def _proxies(text: str) -> int:
    if not re.fullmatch("[0-9]", text):
        raise UnfitError("0..9", text)
    return int(text)


def _second_factor(text: str) -> str:
    if text not in FACTORS:
        raise UnfitError(", ".join(FACTORS), text)
    return text


def _issuer(text: str) -> str:
    """As the provider writes it in its tokens; over TLS, unless it is on this machine."""
    parts = _split(text, ("http", "https"), ISSUER, _scheme(text))
    if parts.username is not None or parts.query or parts.fragment:
        raise UnfitError(ISSUER, _scheme(text))
    if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise UnfitError(ISSUER, text)
    return text


def _split(text: str, schemes: tuple[str, ...], expected: str, shown: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        fits = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that do not match, a port that is none
        raise UnfitError(expected, shown) from None
    if not fits or re.search(r"[\s\x00-\x1f\x7f]", text):
        raise UnfitError(expected, shown)
    return parts


def _is_port(digits: str) -> bool:
    return 0 < int(digits) < 65_536


def _scheme(text: str) -> str:
    """All that may be shown of a URL that holds a password."""
    scheme, separator, _ = text.partition("://")
    return f"{scheme}://…" if separator else "…"


_READERS: Mapping[str, Callable[[str], object]] = {
    "database_url": _database_url,
    "broker_url": _broker_url,
    "bind": _bind,
    "public_url": _public_url,
    "smtp_url": _smtp_url,
    "mail_from": _mail_from,
    "webhook_url": _webhook_url,
    "webhook_secret": _webhook_secret,
    "chat_url": _chat_url,
    "zone": _zone,
    "tick_seconds": _number,
    "document_max_mb": _number,
    "web_workers": _number,
    "worker_concurrency": _number,
    "message_days": _number,
    "review_months": _months,
    "service_seconds": _number,
    "service_hosts": _hosts,
    "service_private_hosts": _hosts,
    "s3_endpoint": _s3_endpoint,
    "s3_bucket": _s3_bucket,
    "trusted_proxies": _proxies,
    "require_second_factor": _second_factor,
    "oidc_issuer": _issuer,
}
