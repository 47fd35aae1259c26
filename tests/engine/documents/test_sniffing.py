"""What a file is said to be must be what it is."""

from __future__ import annotations

import io

import pytest

from engine.document_kinds import KINDS
from engine.documents import containers
from engine.documents.sniffing import identify
from engine.sentences import explain
from tests import files
from workflows.errors import InvalidAnswerError

UTF16 = "kode;nilai\r\n1;2".encode("utf-16")
REAL = {
    "a.pdf": files.PDF,
    "a.PNG": files.image(),
    "a.jpeg": files.image("JPEG"),
    "a.webp": files.image("WEBP"),
    "a.docx": files.ooxml("word"),
    "a.xlsx": files.ooxml("xl"),
    "a.pptx": files.ooxml("ppt"),
    "a.odt": files.odf("text"),
    "a.ods": files.odf("spreadsheet"),
    "a.odp": files.odf("presentation"),
    "a.doc": files.ole("WordDocument", "1Table"),
    "a.xls": files.ole("Workbook"),
    "a.csv": UTF16,
    "a.txt": "Anggaran 10% – “naik”".encode("cp1252"),
}


@pytest.mark.parametrize("name", REAL)
def test_every_kind_that_is_taken_is_known_by_its_content(name: str) -> None:
    extension = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    assert identify(io.BytesIO(REAL[name]), name) == (name, KINDS[extension].media_type)


@pytest.mark.parametrize(
    ("name", "content", "kept"),
    [
        ("Surat 12.2027", files.PDF, "Surat 12.2027.pdf"),
        ("catatan", files.TEXT, "catatan.txt"),
        ("unduhan.bin-1", files.ooxml("xl"), "unduhan.bin-1.xlsx"),
    ],
)
def test_a_name_that_says_nothing_gets_its_extension(name: str, content: bytes, kept: str) -> None:
    assert identify(io.BytesIO(content), name)[0] == kept


REFUSED = [
    ("surat.pdf", files.HTML, "lying_type", "HTML"),
    ("surat.pdf", files.TEXT, "lying_type", "TXT"),
    ("foto.png", files.image("JPEG"), "lying_type", "JPEG"),
    ("foto.jpg", b'<?xml version="1.0"?><!-- x --><svg onload="a()"/>', "lying_type", "SVG"),
    ("gambar.svg", b"<svg/>", "type_not_allowed", "SVG"),
    ("data.txt", b"\xef\xbb\xbf <HTML>", "lying_type", "HTML"),
    ("data.csv", b"a,b\n<script>1</script>", "lying_type", "HTML"),
    ("data.txt", "<html>".encode("utf-16"), "lying_type", "HTML"),
    ("data.txt", b"#!/bin/sh\nrm", "lying_type", "script"),
    ("data.csv", b"a\x00b", "unclear_type", ""),
    ("data", b"a\x00b", "unknown_type", ""),
    ("nota.docx", files.ooxml("xl"), "lying_type", "Excel (.xlsx)"),
    ("nota.docx", files.PDF + files.ooxml(), "lying_type", "PDF"),
    ("nota.docx", files.archive({"a.exe": b"MZ"}), "lying_type", "ZIP"),
    ("semua.zip", files.archive({"a.txt": b"x"}), "type_not_allowed", "ZIP"),
    ("nota.doc", files.ole("Workbook"), "lying_type", "Excel (.xls)"),
    ("slide.ppt", files.ole("PowerPoint Document"), "type_not_allowed", "OLE"),
    ("program.exe", files.PDF, "lying_type", "PDF"),
    ("skrip.js", files.TEXT, "lying_type", "TXT"),
    ("nota.docx", files.ooxml("word", **{"vbaProject.bin": b"x"}), "has_macros", None),
    ("lama.doc", files.ole("WordDocument", "Macros"), "has_macros", None),
    ("nota.docx", files.ole("EncryptedPackage"), "is_locked", None),
    ("nota.docx", files.ooxml()[:-30], "damaged", None),
    ("nota.doc", files.ole("WordDocument")[:600], "damaged", None),
]


@pytest.mark.parametrize(("name", "content", "reason", "found"), REFUSED)
def test_a_lying_or_unwanted_file_is_told_apart(
    name: str, content: bytes, reason: str, found: str | None
) -> None:
    with pytest.raises(InvalidAnswerError) as refused:
        identify(io.BytesIO(content), name)
    fields = refused.value.fields
    assert (fields["field"], fields["reason"]) == ("berkas", reason)
    assert found is None or fields["found"] == found


def test_a_programs_name_is_told() -> None:
    with pytest.raises(InvalidAnswerError) as refused:
        identify(io.BytesIO(b"MZ\x90\x00\x03" + b"\0" * 300), "undangan.pdf")
    sentence = explain(refused.value)
    assert "mengaku PDF, padahal isinya Windows (.exe)" in sentence and "simpan ulang" in sentence


def test_a_file_of_comments_alone_does_not_keep_us_busy() -> None:
    with pytest.raises(InvalidAnswerError) as refused:
        identify(io.BytesIO(b"<!---->" * 500 + b"x"), "catatan.txt")
    assert refused.value.fields["found"] == "HTML"


def test_archives_that_grow_are_refused_without_unpacking(monkeypatch) -> None:
    monkeypatch.setattr(containers, "UNPACKED_BYTES", 8 << 20)
    one = {"[Content_Types].xml": b"<T/>", "word/document.xml": bytes(4 << 20)}
    few = {f"word/{number}.xml": bytes(1 << 20) for number in range(5)}
    many = {"word/document.xml": b""} | {f"word/{number}": b"" for number in range(10_001)}
    identify(io.BytesIO(files.archive(one)), "besar.docx")
    for content in (one | few, many):
        with pytest.raises(InvalidAnswerError) as refused:
            identify(io.BytesIO(files.archive(content)), "bom.docx")
        assert refused.value.fields["reason"] == "unpacks_too_large"
