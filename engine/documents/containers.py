"""Office files told apart inside the two containers that hold them; nothing is unpacked."""

from __future__ import annotations

import struct
import zipfile
from typing import BinaryIO

import olefile

from engine.document_kinds import KINDS
from engine.documents.intake import refused

ENTRIES = 10_000
DIRECTORY_BYTES = 2 << 20
UNPACKED_BYTES = 1 << 30
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_PARTS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_MACROS = ("vbaproject.bin", "basic/")
_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}


def recognise_zip(file: BinaryIO) -> str | None:
    """docx, xlsx, pptx, odt, ods, odp; None for any other archive.

    Raises InvalidAnswerError: invalid_answer with reason damaged, unpacks_too_large, has_macros,
    is_locked.
    """
    _check_directory(file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
                raise refused("unpacks_too_large")
            key = _office_kind(archive, {entry.filename for entry in entries})
            if key and any(_holds_macro(entry.filename) for entry in entries):
                raise refused("has_macros")
            if key and any(entry.flag_bits & 1 for entry in entries):
                raise refused("is_locked")
            return key
    except (zipfile.BadZipFile, struct.error, NotImplementedError, UnicodeDecodeError) as error:
        raise refused("damaged") from error


def _check_directory(file: BinaryIO) -> None:
    """The list of an archive is read whole, so it must not be large itself."""
    size = file.seek(0, 2)
    file.seek(max(0, size - (1 << 16) - 22))
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        raise refused("damaged")
    entries, length = struct.unpack("<HL", tail[at + 10 : at + 16])
    if _END_64 in tail[:at] or entries > ENTRIES or length > DIRECTORY_BYTES:
        raise refused("unpacks_too_large")


def _office_kind(archive: zipfile.ZipFile, names: set[str]) -> str | None:
    if "[Content_Types].xml" in names:
        roots = {name[: name.find("/") + 1] for name in names}
        return next((key for part, key in _PARTS.items() if part in roots), None)
    if "mimetype" not in names:
        return None
    entry = archive.getinfo("mimetype")
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size > 100:
        return None
    told = archive.read(entry).decode("ascii", "replace").strip()
    return next((key for key, kind in KINDS.items() if kind.media_type == told), None)


def _holds_macro(name: str) -> bool:
    lower = name.lower()
    return lower.endswith(_MACROS[0]) or lower.startswith(_MACROS[1])


def recognise_ole(file: BinaryIO) -> str | None:
    """doc or xls; None for another old format. Raises InvalidAnswerError: invalid_answer with
    reason damaged, is_locked, has_macros."""
    file.seek(0)
    try:
        with olefile.OleFileIO(file.read()) as container:
            names = {path[0] for path in container.listdir()}
            macros = {"Macros", "_VBA_PROJECT_CUR"} & names
    except (OSError, ValueError, IndexError, struct.error, RecursionError) as error:
        raise refused("damaged") from error
    if "EncryptedPackage" in names:  # a .docx or .xlsx with a password
        raise refused("is_locked")
    key = next((key for name, key in _STREAMS.items() if name in names), None)
    if key and macros:
        raise refused("has_macros")
    return key
