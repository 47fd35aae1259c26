"""Write and find attached files by their SHA-256."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.errors import UnavailableError
from workflows.errors import InvalidAnswerError

CHUNK = 1 << 16


@dataclass(frozen=True)
class Kept:
    """A file that is stored: its hash and its size in bytes."""

    sha256: str
    size: int


def keep(folder: Path, stream: BinaryIO, limit: int) -> Kept:
    """Store the stream; the same content twice is one file. `limit` in bytes.

    Raises InvalidAnswerError: invalid_answer with reason too_large or empty_file;
    UnavailableError: storage_failed.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=folder)
        try:
            with open(handle, "wb") as file:
                kept = _copy(stream, file, limit)
            target = path_of(folder, kept.sha256)
            target.parent.mkdir(exist_ok=True)
            Path(part).replace(target)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        raise UnavailableError("storage_failed", reason=error.strerror or str(error)) from error
    return kept


def _copy(stream: BinaryIO, file: BinaryIO, limit: int) -> Kept:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise _refused("too_large", limit=limit)
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise _refused("empty_file")
    return Kept(digest.hexdigest(), size)


def _refused(reason: str, **fields: object) -> InvalidAnswerError:
    return InvalidAnswerError("invalid_answer", field="berkas", reason=reason, **fields)


def path_of(folder: Path, sha256: str) -> Path:
    """Where the content with that hash lies."""
    return folder / sha256[:2] / sha256
