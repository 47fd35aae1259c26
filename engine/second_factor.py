"""Codes of an authenticator app (TOTP, RFC 6238) and the codes for when it is lost."""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP = 30  # seconds that a code is shown
AROUND = (0, -1, 1)  # steps: clocks of phones differ
COUNT, LENGTH = 10, 16  # recovery codes, letters of each: 80 random bits
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike


def new_secret() -> str:
    return pyotp.random_base32()


def seal(secret: str, key: str) -> str:
    """Encrypted by a key that comes from the settings' own: the database alone gives no codes."""
    return _box(key).encrypt(secret.encode()).decode()


def unseal(sealed: str, key: str) -> str | None:
    """None when it was sealed by another key, as after ALUR_SECRET_KEY has changed."""
    try:
        return _box(key).decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


@lru_cache(maxsize=4)
def _box(key: str) -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"alur: second factor").derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))


def matching_step(secret: str, code: str, now: datetime, last: int | None) -> int | None:
    """The step that the code belongs to; None when it fits none near `now`, or one not later
    than the last that was used: a code that somebody has watched opens nothing."""
    typed = re.sub(r"\s", "", code)
    if not re.fullmatch("[0-9]{6}", typed):
        return None
    made, current = pyotp.TOTP(secret, interval=STEP), int(now.timestamp()) // STEP
    for step in (current + distance for distance in AROUND):
        fits = hmac.compare_digest(made.generate_otp(step), typed)
        if fits and (last is None or step > last):
            return step
    return None


def setup_uri(secret: str, login: str, issuer: str) -> str:
    """What the QR code says to an authenticator app."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=login, issuer_name=issuer)


def qr_paths(uri: str) -> tuple[int, str]:
    """The QR code as the side of a square and the path of its dark modules, with the quiet zone
    that scanners need."""
    code = segno.make(uri, error="m")
    rows = [*code.matrix_iter(border=4)]
    parts = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    ]
    return len(rows), "".join(parts)


def new_recovery_codes() -> tuple[str, ...]:
    """As people write them down: four groups of four."""
    codes = ("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(COUNT))
    return tuple("-".join(code[i : i + 4] for i in range(0, LENGTH, 4)) for code in codes)


def recovery_hash(code: str) -> str:
    """Plain SHA-256 will do for 80 random bits."""
    letters = re.sub(r"[^0-9a-z]", "", code.casefold())
    return sha256(letters.encode()).hexdigest()


def without_code(hashes: Sequence[str], code: str) -> list[str] | None:
    """The hashes that are left once this code is used; None when it is none of them."""
    used = recovery_hash(code)
    return [one for one in hashes if one != used] if used in hashes else None
