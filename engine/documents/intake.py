"""A file on its way in: read once, measured, hashed, and gone again when anything goes wrong."""

from __future__ import annotations

import hashlib
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from engine.errors import UnavailableError
from workflows.errors import InvalidAnswerError

CHUNK = 1 << 16
NAME_LENGTH = 200


@dataclass(frozen=True)
class Arrival:
    """What has come in whole; `file` can be read and sought in until the upload is over."""

    file: BinaryIO
    sha256: str
    size: int


@contextmanager
def receive(stream: BinaryIO, limit: int) -> Iterator[Arrival]:
    """Read the stream into a file without a name. `limit` in bytes.

    Raises InvalidAnswerError: invalid_answer with reason too_large or empty_file;
    UnavailableError: storage_failed.
    """
    with tempfile.TemporaryFile() as file:
        try:
            sha256, size = _copy(stream, file, limit)
        except OSError as error:
            raise UnavailableError("storage_failed", reason=error.strerror or str(error)) from error
        if not size:
            raise refused("empty_file")
        yield Arrival(file, sha256, size)


def _copy(stream: BinaryIO, file: BinaryIO, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise refused("too_large", limit=limit)
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    return digest.hexdigest(), size


def clean_name(name: str) -> str:
    """The bare file name, without folders and control characters, cut from the left.

    A name of which only the extension is left keeps it: "berkas.pdf".
    """
    bare = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(c for c in bare if unicodedata.category(c)[0] != "C").rstrip(" .")
    stem, dot, extension = kept.rpartition(".")
    bald = dot and extension.isalnum() and not stem.strip(" .")
    kept = f"berkas.{extension}" if bald else kept.lstrip(" .")
    if not kept:
        raise refused("no_name")
    return kept[-NAME_LENGTH:]


def same_name(name: str) -> str:
    """Two names are one file's when this is the same: upper and lower case, and the ways to write
    an accent, make no difference."""
    return unicodedata.normalize("NFC", name).casefold()


def refused(reason: str, **fields: object) -> InvalidAnswerError:
    """The error of a file that is not taken."""
    return InvalidAnswerError("invalid_answer", field="berkas", reason=reason, **fields)
