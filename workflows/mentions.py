"""Who is named in a comment: “@login”, anywhere but in the middle of a word or an address."""

from __future__ import annotations

import re
from typing import Final

# A full stop or dash that ends a sentence is not part of a login.
_MENTION: Final = re.compile(r"(?<![\w@./-])@([a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)", re.IGNORECASE)


def find_mentions(text: str) -> tuple[str, ...]:
    """The logins named in it, in lower case, each once, in their order."""
    return tuple(dict.fromkeys(found.lower() for found in _MENTION.findall(text)))
