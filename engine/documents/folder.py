"""Documents as files of one folder, named by their SHA-256."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from engine.errors import NotFoundError, UnavailableError

PART = "part-"  # what a file is called while it is written
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Folder:
    """A `engine.documents.storage.Storage` in a folder outside every web root."""

    root: Path

    def keep(self, sha256: str, file: BinaryIO) -> None:
        with _telling():
            self.root.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self.root, prefix=PART)
            try:
                with open(handle, "wb") as target:
                    file.seek(0)
                    shutil.copyfileobj(file, target)
                self.path_of(sha256).parent.mkdir(exist_ok=True)
                Path(part).replace(self.path_of(sha256))
            finally:
                Path(part).unlink(missing_ok=True)

    def open(self, sha256: str) -> BinaryIO:
        with _telling():
            try:
                return self.path_of(sha256).open("rb")
            except FileNotFoundError as error:
                raise NotFoundError("document_content_missing", sha256=sha256) from error

    def exists(self, sha256: str) -> bool:
        return self.path_of(sha256).is_file()

    def forget(self, sha256: str) -> None:
        with _telling():
            self.path_of(sha256).unlink(missing_ok=True)

    def kept_before(self, moment: datetime) -> Iterator[str]:
        with _telling():
            for path in sorted(self.root.glob(f"{PART}*")):
                if _is_older(path, moment):
                    path.unlink(missing_ok=True)
            for path in sorted(self.root.glob("??/*")):
                if _SHA256.fullmatch(path.name) and _is_older(path, moment):
                    yield path.name

    def check(self) -> str:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.root) as file:
                file.write(b"?")
        except OSError as error:
            return f"{self.root}: {error.strerror}"
        return ""

    def path_of(self, sha256: str) -> Path:
        """Where the content with that hash lies."""
        return self.root / sha256[:2] / sha256


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:  # another process was faster
        return False


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnavailableError("storage_failed", reason=error.strerror or str(error)) from error
