"""What use cases of documents and prints give back; as those of `engine.values`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from engine.values import DocumentLine


@dataclass(frozen=True)
class StoredDocument:
    """A document with its content, which whoever has it closes."""

    line: DocumentLine
    content: BinaryIO


@dataclass(frozen=True)
class PreviewDetail:
    """A document to be looked at: (width, height) of each page; `problem`: the code of why it
    cannot be, "" where it can. `versions`: all of it, the newest first; `items`: (id, name) of the
    open items at which this reader may attach a newer one."""

    line: DocumentLine
    zone: str
    versions: tuple[DocumentLine, ...]
    items: tuple[tuple[int, str], ...]
    sizes: tuple[tuple[float, float], ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class PagePicture:
    """A page as WebP; `tag` is the same as long as the picture is."""

    tag: str
    content: bytes


@dataclass(frozen=True)
class Printed:
    """A PDF and the name to keep it under."""

    name: str
    content: bytes
