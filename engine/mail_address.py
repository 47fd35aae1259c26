"""Mail addresses as every mail server carries them: one plain `user@domain`, in ASCII.

The parser of the standard library takes what no server takes, and fails on some of the rest.
"""

from __future__ import annotations

import re
import unicodedata
from email.headerregistry import Address

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_USER = re.compile(rf"(?=.{{1,64}}$){_ATOM}(?:\.{_ATOM})*")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*")
_MAILBOX = re.compile(r'"?([^<>"]*?)"?\s*<([^<>]*)>')


class MailAddressError(ValueError):
    """Not an address; the argument names the part at fault: at_sign, user or domain."""


def read_address(name: str, text: str) -> Address:
    """The address with its name; a domain of other letters is written in ASCII (IDNA).

    Control characters of the name become blanks. Raises MailAddressError.
    """
    user, at, domain = text.rpartition("@")
    if not at or "@" in user:
        raise MailAddressError("at_sign")
    if not _USER.fullmatch(user):
        raise MailAddressError("user")
    try:
        plain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        raise MailAddressError("domain") from None
    if not _DOMAIN.fullmatch(plain):
        raise MailAddressError("domain")
    return Address(one_line(name), user, plain)


def read_mailbox(text: str) -> Address:
    """`Name <user@domain>` or the address alone. Raises MailAddressError."""
    found = _MAILBOX.fullmatch(text.strip(" "))
    return read_address(found[1], found[2]) if found else read_address("", text.strip(" "))


def one_line(text: str) -> str:
    """The text of a header: control characters and line breaks are single blanks."""
    return " ".join("".join(" " if _is_control(char) else char for char in text).split())


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cs")
