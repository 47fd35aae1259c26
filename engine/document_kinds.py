"""The kinds of files that are taken, and how they are called."""

from __future__ import annotations

from dataclasses import dataclass

_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Kind:
    """`label`: as people know it, in every language; `extensions`: the first is the usual one."""

    label: str
    media_type: str
    extensions: tuple[str, ...]


KINDS = {
    kind.extensions[0]: kind
    for kind in (
        Kind("PDF", "application/pdf", ("pdf",)),
        Kind("PNG", "image/png", ("png",)),
        Kind("JPEG", "image/jpeg", ("jpg", "jpeg", "jfif")),
        Kind("WebP", "image/webp", ("webp",)),
        Kind("Word (.docx)", f"{_OOXML}.wordprocessingml.document", ("docx",)),
        Kind("Excel (.xlsx)", f"{_OOXML}.spreadsheetml.sheet", ("xlsx",)),
        Kind("PowerPoint (.pptx)", f"{_OOXML}.presentationml.presentation", ("pptx",)),
        Kind("OpenDocument (.odt)", f"{_ODF}.text", ("odt",)),
        Kind("OpenDocument (.ods)", f"{_ODF}.spreadsheet", ("ods",)),
        Kind("OpenDocument (.odp)", f"{_ODF}.presentation", ("odp",)),
        Kind("Word (.doc)", "application/msword", ("doc",)),
        Kind("Excel (.xls)", "application/vnd.ms-excel", ("xls",)),
        Kind("CSV", "text/csv", ("csv",)),
        Kind("TXT", "text/plain", ("txt",)),
    )
}
BY_EXTENSION = {name: key for key, kind in KINDS.items() for name in kind.extensions}
ALLOWED = ", ".join(KINDS)
ACCEPT = ",".join(f".{name}" for name in BY_EXTENSION)  # of an input for files
IMAGES = frozenset({"image/png", "image/jpeg", "image/webp"})
PREVIEWED = IMAGES | {"application/pdf"}
WIDTHS = (400, 800, 1200, 1600)  # of the pictures of a page
