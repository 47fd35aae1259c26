"""Known passwords, looked up without the Internet: the list that zxcvbn carries, and a file of
hashes as Have I Been Pwned distributes it, where one is named."""

from __future__ import annotations

import os
from hashlib import sha1
from pathlib import Path
from typing import BinaryIO

from zxcvbn import zxcvbn

from engine.errors import UnavailableError

LOOKED_AT = 72  # letters; zxcvbn takes no more
GUESSES = 10**8  # of somebody who knows the usual words, names, years and keyboard walks
STEP = 64  # bytes; a line of the file is shorter, so a window of two holds a whole one
SHA1 = 40  # letters of a hash


def is_easy(password: str, words: list[str]) -> bool:
    """Whether it is one of the usual ones, a small change of one, or made of the given words."""
    found = zxcvbn(password[:LOOKED_AT], user_inputs=words, max_length=LOOKED_AT)
    return int(found["guesses"]) < GUESSES


def is_breached(password: str, file: str | None) -> bool:
    """Whether the file knows it. Raises UnavailableError: breached_file_unreadable."""
    if file is None:
        return False
    wanted = sha1(password.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
    try:
        with Path(file).open("rb") as stream:
            return _holds(stream, wanted.upper().encode())
    except OSError as error:
        reason = f"{file}: {error.strerror}"
        raise UnavailableError("breached_file_unreadable", reason=reason) from error


def _holds(stream: BinaryIO, wanted: bytes) -> bool:
    """Binary search by bytes: some 35 short reads in a file of 40 GB."""
    first, last = 0, stream.seek(0, os.SEEK_END)  # lines that begin in [first, last) are left
    while first < last:
        middle = (first + last) // 2
        start, line = _line_from(stream, middle)
        if not line or start >= last:
            last = middle
        elif line[:SHA1].upper() < wanted:
            first = start + len(line)
        elif line[:SHA1].upper() > wanted:
            last = middle
        else:
            return True
    return False


def _line_from(stream: BinaryIO, place: int) -> tuple[int, bytes]:
    """The first line that begins at that place or after it, and where; empty at the end."""
    if place:
        stream.seek(place - 1)
        place += len(stream.readline(2 * STEP)) - 1
    stream.seek(place)
    return place, stream.readline(2 * STEP)
