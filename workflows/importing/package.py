"""What was uploaded: one drawing with its forms and decision tables, loose or in a ZIP."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from workflows.errors import InvalidAnswerError
from workflows.importing.encoding import in_utf8, is_markup

MAX_UPLOAD: Final = 8_000_000  # bytes of one file, and of all that is in a ZIP
MAX_FILES: Final = 100
_DRAWINGS: Final = (".bpmn", ".xml", ".bpmn2")
_BESIDE: Final = (".form", ".dmn")
Files = Sequence[tuple[str, bytes]]


@dataclass(frozen=True)
class Package:
    """`name`: of the file with the drawing; `forms`: file name -> text of forms and tables;
    `ignored`: names in a ZIP that are neither."""

    name: str
    xml: bytes
    forms: Mapping[str, str]
    ignored: tuple[str, ...] = ()


def unpack(files: Files) -> Package:
    """Raises InvalidAnswerError: sop_file_missing, sop_file_kind (name), sop_zip_broken (name),
    sop_zip_too_large (files, size), sop_file_no_bpmn, sop_file_several_bpmn (names),
    sop_file_twice (name), sop_file_not_text (name), sop_file_not_drawing (name)."""
    found, ignored = _spread([one for one in files if one[0]])
    drawings = [name for name in found if name.lower().endswith(_DRAWINGS)]
    if not drawings:
        raise InvalidAnswerError("sop_file_no_bpmn", field="berkas")
    if len(drawings) > 1:
        raise InvalidAnswerError(
            "sop_file_several_bpmn", field="berkas", names=", ".join(sorted(drawings)[:5])
        )
    beside = {name: _text(name, data) for name, data in found.items() if name not in drawings}
    return Package(drawings[0], _drawing(drawings[0], found[drawings[0]]), beside, tuple(ignored))


def _spread(files: Files) -> tuple[dict[str, bytes], list[str]]:
    if not files:
        raise InvalidAnswerError("sop_file_missing", field="berkas")
    found: dict[str, bytes] = {}
    ignored: list[str] = []
    for name, data in files:
        if name.lower().endswith(".zip") or data.startswith(b"PK\x03\x04"):
            inner = _open_zip(name, data)
        elif _is_known(name):
            inner = iter([(_last(name), data)])
        else:
            raise InvalidAnswerError("sop_file_kind", field="berkas", name=name)
        for part, content in inner:
            if not _is_known(part):
                ignored.append(part)
            elif part in found:
                raise InvalidAnswerError("sop_file_twice", field="berkas", name=part)
            else:
                found[part] = content
    return found, ignored


def _open_zip(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Nothing is trusted that the archive says of its sizes: what comes out is counted."""
    left = MAX_UPLOAD
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [one for one in archive.infolist() if not _is_of_the_system(one)]
            if len(parts) > MAX_FILES:
                raise _too_large()
            for part in parts:
                with archive.open(part) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise _too_large()
                yield _last(part.filename), content
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError):
        raise InvalidAnswerError("sop_zip_broken", field="berkas", name=name) from None


def _too_large() -> InvalidAnswerError:
    size = MAX_UPLOAD // 1_000_000
    return InvalidAnswerError("sop_zip_too_large", field="berkas", files=MAX_FILES, size=size)


def _is_of_the_system(part: zipfile.ZipInfo) -> bool:
    return part.is_dir() or "__MACOSX" in part.filename or _last(part.filename).startswith(".")


def _is_known(name: str) -> bool:
    return name.lower().endswith((*_DRAWINGS, *_BESIDE))


def _last(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).name


def _drawing(name: str, data: bytes) -> bytes:
    xml = in_utf8(data)
    if not is_markup(xml):
        raise InvalidAnswerError("sop_file_not_drawing", field="berkas", name=name)
    return xml


def _text(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidAnswerError("sop_file_not_text", field="berkas", name=name) from None


def pack(package: Package) -> bytes:
    """A ZIP that `unpack` reads again."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(package.name, package.xml)
        for name, text in package.forms.items():
            archive.writestr(name, text)
    return stream.getvalue()
