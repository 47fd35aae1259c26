"""Passwords: argon2id with the library's current parameters, over the text in its NFKC form.

Two keyboards may type the same letters as different characters; NFKC makes them one.
"""

from __future__ import annotations

from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_hasher = PasswordHasher()
MOST = 4096  # letters that are looked at at all: hashing megabytes would be a way to keep us busy


def hash_password(password: str) -> str:
    return _hasher.hash(_bytes(normal(password)))


def normal(password: str) -> str:
    """The form that is hashed, and that the rules are about."""
    return normalize("NFKC", password)


def verify_password(password_hash: str | None, password: str) -> bool:
    """Whether it matches; an unknown login (None) or one without a password ("") takes as long as
    a wrong password."""
    typed = password[:MOST]
    forms = {normal(typed): None, typed: None}  # older hashes are of what was typed
    fits = [_fits(password_hash or _nobody(), form) for form in forms]
    return any(fits) and bool(password_hash)


def _fits(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, _bytes(password))
    except (VerifyMismatchError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


def needs_rehash(password_hash: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")
