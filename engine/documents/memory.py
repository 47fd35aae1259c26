"""Documents that exist only while somebody rehearses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

from engine.errors import NotFoundError


@dataclass(frozen=True)
class Memory:
    """A `engine.documents.storage.Storage` that goes with its owner."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def keep(self, sha256: str, file: BinaryIO) -> None:
        file.seek(0)
        self.kept[sha256] = file.read()

    def open(self, sha256: str) -> BinaryIO:
        if sha256 not in self.kept:
            raise NotFoundError("document_content_missing", sha256=sha256)
        return BytesIO(self.kept[sha256])

    def exists(self, sha256: str) -> bool:
        return sha256 in self.kept

    def forget(self, sha256: str) -> None:
        self.kept.pop(sha256, None)

    def kept_before(self, moment: datetime) -> Iterator[str]:
        return iter(())

    def check(self) -> str:
        return ""
