"""The address at which somebody stops a channel without logging in: who, which, and a proof."""

from __future__ import annotations

import hmac
import re
from hashlib import sha256

_TOKEN = re.compile(r"([0-9]{1,18})\.([a-z_]{1,40})\.([0-9a-f]{64})")


def unsubscribe_token(secret: str, person_id: int, channel: str) -> str:
    """The same for ever: an old mail must still let go of its reader."""
    return f"{person_id}.{channel}.{_proof(secret, person_id, channel)}"


def read_token(secret: str, token: str) -> tuple[int, str] | None:
    """(person id, channel); None when it was not made with this secret."""
    found = _TOKEN.fullmatch(token)
    if found is None:
        return None
    person_id, channel = int(found[1]), found[2]
    genuine = hmac.compare_digest(_proof(secret, person_id, channel), found[3])
    return (person_id, channel) if genuine else None


def _proof(secret: str, person_id: int, channel: str) -> str:
    said = f"unsubscribe {person_id} {channel}"  # a first word: the secret signs other things too
    return hmac.new(secret.encode(), said.encode(), sha256).hexdigest()
