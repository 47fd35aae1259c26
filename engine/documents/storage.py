"""What a place for the content of documents can do; `open_storage` picks one by the settings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO, Protocol

from engine.settings import Settings


class Storage(Protocol):
    """Content by its SHA-256. All raise UnavailableError: storage_failed (reason)."""

    def keep(self, sha256: str, file: BinaryIO) -> None:
        """Store what the file holds from its beginning, whole or not at all; what is there already
        becomes as young as now."""

    def open(self, sha256: str) -> BinaryIO:
        """A file to read and to seek in. Raises NotFoundError: document_content_missing."""

    def exists(self, sha256: str) -> bool:
        """Whether it is kept, and readable as far as that can be told without reading it."""

    def forget(self, sha256: str) -> None:
        """What is not there is forgotten already."""

    def kept_before(self, moment: datetime) -> Iterator[str]:
        """The SHA-256 of what was last kept before then; also clears what broken writes left."""

    def check(self) -> str:
        """Try to write and to read: "" when both work, else the reason."""


def open_storage(settings: Settings) -> Storage:
    """S3 where the settings name a bucket, else the folder of documents in the data folder."""
    if settings.s3_bucket:
        from engine.documents.s3 import Bucket  # a large library that most do without

        return Bucket.of(settings)
    from engine.documents.folder import Folder

    return Folder(settings.data / "documents")
