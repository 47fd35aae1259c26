"""What a file really is, by its content; a name that says otherwise is a reason to refuse it."""

from __future__ import annotations

import codecs
import mimetypes
import re
from typing import BinaryIO

from engine.document_kinds import ALLOWED, BY_EXTENSION, KINDS
from engine.documents.containers import recognise_ole, recognise_zip
from engine.documents.intake import CHUNK, refused

HEAD = 4096
TEXTS = ("csv", "txt")
_HEIC = (b"heic", b"heix", b"mif1", b"msf1")
_FOREIGN = (
    (b"MZ", "Windows (.exe)"),
    (b"\x7fELF", "Linux (ELF)"),
    (b"\xca\xfe\xba\xbe", "Java"),
    (b"dex\n", "Android"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"\x1f\x8b", "GZIP"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"AC10", "AutoCAD (.dwg)"),
    (b"ID3", "MP3"),
    (b"RIFF", "AVI/WAV"),
    (b"SQLite format 3", "SQLite"),
)
_BOMS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# What browsers and shells would run although it is text, in the order in which it is looked for.
# Nothing is tried twice (`*+`, `?+`): a file of comments alone would keep us busy for ever.
_LIVE = (
    (r"\s*+(<\?xml[^>]*+>)?+\s*+(<!--.*?-->\s*+)*+(<!doctype svg[^>]*+>\s*+)?+<svg\b", "SVG"),
    (r"\s*(<!--|<!doctype html|<(html|head|body|iframe|title|script)\b)", "HTML"),
    (r".*<(html|script|iframe)\b", "HTML"),
    (r"\s*<\?xml\b", "XML"),
    (r"\s*<\?php\b", "PHP"),
    (r"#!", "script"),
    (r"\{\\rtf", "RTF"),
)


def identify(file: BinaryIO, name: str) -> tuple[str, str]:
    """(name, media type) under which the file is kept; a name that says nothing of the type is
    given its extension.

    Raises InvalidAnswerError: invalid_answer with reason lying_type, unclear_type (claimed, found),
    type_not_allowed, unknown_type (found, allowed), and those of `engine.documents.containers`.
    """
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    claimed = BY_EXTENSION.get(extension)
    key, found = _recognise(file)
    if key in TEXTS:
        key = claimed if claimed in TEXTS else "txt"
    if key == claimed and key is not None:
        return name, KINDS[key].media_type
    if claimed is not None:
        reason = "lying_type" if found else "unclear_type"
        raise refused(reason, claimed=KINDS[claimed].label, found=found)
    if key is None:
        raise refused("type_not_allowed" if found else "unknown_type", found=found, allowed=ALLOWED)
    if extension and (key in TEXTS or mimetypes.guess_type(name)[0]):
        raise refused("lying_type", claimed=f".{extension}", found=found)
    return f"{name}.{key}", KINDS[key].media_type


def _recognise(file: BinaryIO) -> tuple[str | None, str]:
    """(key of its kind, None for one that is not taken; what it is called)."""
    file.seek(0)
    head = file.read(HEAD)
    key = _by_head(head)
    if head.startswith(b"PK\x03\x04"):
        key = recognise_zip(file)
        return (key, KINDS[key].label) if key else (None, "ZIP")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        key = recognise_ole(file)
        return (key, KINDS[key].label) if key else (None, "OLE")
    if key is not None:
        return key, KINDS[key].label
    live = _live_text(head)
    if live is not None:
        return None, live
    if _is_text(file):
        return "txt", KINDS["txt"].label
    return None, _foreign_name(head)


def _by_head(head: bytes) -> str | None:
    if head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    return None


def _live_text(head: bytes) -> str | None:
    plain = head.replace(b"\x00", b"").removeprefix(codecs.BOM_UTF8).lstrip(b"\xff\xfe").lower()
    return next(
        (label for pattern, label in _LIVE if re.match(pattern.encode(), plain, re.S)), None
    )


def _is_text(file: BinaryIO) -> bool:
    """No control characters, or UTF-16 that says so."""
    file.seek(0)
    head = file.read(2)
    encoding = next((name for bom, name in _BOMS if head == bom), None)
    decoder = codecs.getincrementaldecoder(encoding)() if encoding else None
    rest = b"" if decoder else head
    while chunk := rest + file.read(CHUNK):
        rest = b""
        if decoder is None and _CONTROLS.search(chunk):
            return False
        try:
            if decoder is not None and "\x00" in decoder.decode(chunk):
                return False
        except UnicodeDecodeError:
            return False
    return True


def _foreign_name(head: bytes) -> str:
    """Of what is often sent and not taken; "" for anything else."""
    if head[4:8] == b"ftyp":
        return "HEIC" if head[8:12] in _HEIC else "MP4"
    return next((label for start, label in _FOREIGN if head.startswith(start)), "")
