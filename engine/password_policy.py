"""What a new password must be: long, not one's own name, not one that is known already.

No rule asks for digits or signs: people answer such rules with "Rahasia123!" (NIST SP 800-63B
5.1.1.2, which asks for length and a list of known ones instead).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from engine.breached import is_breached, is_easy
from engine.passwords import normal
from workflows.errors import InvalidAnswerError

LEAST, MOST = 12, 256
OURS = ("alur", "alurkerja", "pemda", "bappeda", "sandi", "rahasia", "katasandi", "kata sandi")
WORD = re.compile(r"\w{4,}")
FEW = 8  # letters that must be left of a password once the known words are taken out


def check_password(password: str, about: Iterable[str], file: str | None) -> None:
    """`about`: login, name, e-mail, agency of whoever will have it.

    Raises InvalidAnswerError: invalid_password (reason: too_short, too_long, own_words,
    too_easy, breached).
    """
    text = normal(password)
    if len(text) < LEAST:
        raise _refused("too_short")
    if len(text) > MOST:
        raise _refused("too_long")
    words = _words((*about, *OURS))
    if len(_without(text.casefold(), words)) < FEW:
        raise _refused("own_words")
    if is_easy(text, words):
        raise _refused("too_easy")
    if is_breached(text, file) or (text != password and is_breached(password, file)):
        raise _refused("breached")


def _words(about: Iterable[str]) -> list[str]:
    """The words of four letters or more, the longest first, so that each is taken out whole."""
    found = {word for text in about for word in WORD.findall(normal(text).casefold())}
    return sorted(found, key=lambda word: (-len(word), word))


def _without(text: str, words: Iterable[str]) -> str:
    for word in words:
        text = text.replace(word, "")
    return re.sub(r"[\W_]", "", text)


def _refused(reason: str) -> InvalidAnswerError:
    return InvalidAnswerError("invalid_password", field="baru", reason=reason, least=LEAST)
