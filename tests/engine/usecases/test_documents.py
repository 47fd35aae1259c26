"""Attached files: stored by content, named safely, readable by those who may see the case."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.usecases import documents
from workflows.errors import InvalidAnswerError


def attach(agency, name: str, content: bytes):
    item = agency.inbox("kasubbag")[0]
    stream = io.BytesIO(content)
    actor = agency.actor("kasubbag")
    return documents.attach_document(agency.app, actor, item.id, name, stream, agency.now)


def test_the_bytes_come_back_and_equal_content_is_kept_once(agency) -> None:
    agency.start()
    first = attach(agency, "nota.pdf", b"isi")
    second = attach(agency, "salinan.pdf", b"isi")
    assert (first.media_type, first.size, first.sha256) == ("application/pdf", 3, second.sha256)
    stored = documents.read_document(agency.app, agency.actor("kepala"), first.id)
    assert stored.path.read_bytes() == b"isi"
    files = [path for path in agency.app.documents.rglob("*") if path.is_file()]
    assert files == [stored.path]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\rahasia\\nota.pdf", "nota.pdf"),
        ("a\r\nb.txt", "ab.txt"),
        ("\u200b\u202e.pdf", "berkas.pdf"),
        (" .pdf", "berkas.pdf"),
        (" . nota . ", "nota"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_names_are_bare(agency, name: str, kept: str) -> None:
    agency.start()
    assert attach(agency, name, b"isi").name == kept


def test_what_cannot_be_kept_is_refused_and_leaves_nothing(agency) -> None:
    agency.app = replace(agency.app, settings=replace(agency.app.settings, document_max_mb=1))
    agency.start()
    for name, content, reason in (
        ("besar.bin", b"x" * ((1 << 20) + 1), "too_large"),
        ("kosong.txt", b"", "empty_file"),
        ("..", b"isi", "no_name"),
    ):
        with pytest.raises(InvalidAnswerError) as refused:
            attach(agency, name, content)
        assert (refused.value.fields["field"], refused.value.fields["reason"]) == ("berkas", reason)
    assert [path for path in agency.app.documents.rglob("*") if path.is_file()] == []


def test_a_done_item_takes_no_more_documents(agency) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0]
    agency.complete("kasubbag")
    with pytest.raises(ConflictError):
        documents.attach_document(
            agency.app, agency.actor("kasubbag"), item.id, "a.txt", io.BytesIO(b"x"), agency.now
        )


def test_outsiders_cannot_read_and_missing_ones_are_said(agency, outsider) -> None:
    agency.start()
    line = attach(agency, "nota.pdf", b"isi")
    with pytest.raises(NotAllowedError):
        documents.read_document(agency.app, outsider, line.id)
    with pytest.raises(NotFoundError):
        documents.read_document(agency.app, outsider, line.id + 1)
