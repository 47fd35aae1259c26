"""Pictures of documents, made by a short-lived process and kept in the data folder."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import BinaryIO, NamedTuple

from engine.document_kinds import PREVIEWED, WIDTHS
from engine.documents import rendering
from engine.errors import ConflictError, NotFoundError, UnavailableError

SECONDS = 25  # by the clock; the process has fewer of the processor's
SLOTS = 2
KEPT_BYTES = 512 << 20
UNSEEN = timedelta(days=60)
MADE = 200  # pictures between two looks at how much there is
_OVER = (-signal.SIGXCPU, -signal.SIGXFSZ, rendering.TOO_LARGE)


class Source(NamedTuple):
    """A document: `open` gives its content, which is asked for only when no picture is kept."""

    sha256: str
    media_type: str
    open: Callable[[], BinaryIO]


@dataclass(frozen=True)
class Previews:
    """A folder of pictures that may be emptied at any time. At most SLOTS are made at once."""

    folder: Path
    slots: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(SLOTS)
    )
    made: Iterator[int] = field(default_factory=lambda: count(1))

    def sizes(self, source: Source) -> tuple[tuple[float, float], ...]:
        """(width, height) of every page, in units of its own.

        Raises ConflictError: not_previewable, preview_broken, preview_too_large;
        UnavailableError: preview_busy, storage_failed.
        """
        found = json.loads(self._picture(source, 0, 0))
        return tuple((float(wide), float(tall)) for wide, tall in found)

    def page(self, source: Source, page: int, width: int) -> bytes:
        """A page, counted from 1, as WebP. `width`: one of WIDTHS. Raises as `sizes` does, and
        NotFoundError: page_not_found."""
        last = len(self.sizes(source))
        if not 1 <= page <= last or width not in WIDTHS:
            raise NotFoundError("page_not_found", page=page, last=last)
        return self._picture(source, page, width)

    def _picture(self, source: Source, page: int, width: int) -> bytes:
        if source.media_type not in PREVIEWED:
            raise ConflictError("not_previewable")
        path = self.folder / source.sha256[:2] / source.sha256 / f"{page}-{width}"
        kept = _read(path)
        if kept is not None:
            return kept
        try:
            with self._slot():
                made = _render(source, page, width)
        except ConflictError as error:  # the next reader need not wait for the same
            _write(path.with_suffix(".error"), error.code.encode())
            raise
        _write(path, made)
        if next(self.made) % MADE == 0:
            self._make_room()
        return made

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self.slots.acquire(timeout=SECONDS):
            raise UnavailableError("preview_busy")
        try:
            yield
        finally:
            self.slots.release()

    def tidy(self, now: datetime) -> int:
        """Forget what nobody has looked at for long, and the oldest of what is too much; how many
        documents that were."""
        return self._make_room((now - UNSEEN).timestamp())

    def _make_room(self, oldest: float = 0.0) -> int:
        """Also done along the way: on a machine of its own no worker does it."""
        room, forgotten = KEPT_BYTES, 0
        for seen, size, path in sorted(_folders(self.folder), reverse=True):
            room -= size
            if room < 0 or seen < oldest:
                shutil.rmtree(path, ignore_errors=True)
                forgotten += 1
        return forgotten


def _folders(root: Path) -> Iterator[tuple[float, int, Path]]:
    """(last seen, bytes, folder) of each document; what another process takes away is skipped."""
    for folder in root.glob("??/*"):
        with suppress(OSError):
            known = [file.stat() for file in folder.iterdir()]
            seen = max((one.st_mtime for one in known), default=0.0)
            yield seen, sum(one.st_size for one in known), folder


def _read(path: Path) -> bytes | None:
    """What is kept; a failure that is kept is raised again."""
    with suppress(OSError):
        made = path.read_bytes()
        os.utime(path)  # seen today
        return made
    with suppress(OSError):
        raise ConflictError(path.with_suffix(".error").read_text("ascii"))
    return None


def _write(path: Path, content: bytes) -> None:
    """A full disk costs speed, nothing else."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent)
        with open(handle, "wb") as file:
            file.write(content)
        Path(part).replace(path)


def _render(source: Source, page: int, width: int) -> bytes:
    """Raises ConflictError: preview_broken, preview_too_large; UnavailableError: preview_busy, when
    it is the machine that had no time or memory: another try may go well."""
    line = [sys.executable, "-I", rendering.__file__, source.media_type, str(page), str(width)]
    with source.open() as content, tempfile.TemporaryFile() as made:
        try:
            done = subprocess.run(
                line,
                stdin=content.fileno(),
                stdout=made,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                start_new_session=True,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise UnavailableError("preview_busy") from error
        made.seek(0)
        picture = made.read(rendering.OUTPUT)
    if done.returncode == -signal.SIGKILL:
        raise UnavailableError("preview_busy")
    if done.returncode in _OVER:
        raise ConflictError("preview_too_large")
    if done.returncode or not _is_sound(picture, page):
        raise ConflictError("preview_broken")
    return picture


def _is_sound(made: bytes, page: int) -> bool:
    """What comes out of that process is not trusted either."""
    if page:
        return made.startswith(b"RIFF") and made[8:12] == b"WEBP"
    try:
        return all(wide > 0 and tall > 0 for wide, tall in json.loads(made)) and made != b"[]"
    except (ValueError, TypeError):
        return False
