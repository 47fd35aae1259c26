"""Attached files: stored by content, named safely, versioned, for those who may see the case."""

from __future__ import annotations

import io
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.errors import ConflictError, NotAllowedError, NotFoundError, UnavailableError
from engine.store.tables import WorkItem
from engine.store.transaction import transaction
from engine.ticks import clear_content
from engine.usecases import cases, content, documents, operations, previews
from tests import files
from workflows.errors import InvalidAnswerError
from workflows.rights import OPERATOR


def attach(agency, name: str, data: bytes = files.PDF, login: str = "kasubbag", **more: object):
    item = agency.inbox("kasubbag")[0]
    actor = agency.actor(login)
    stream = io.BytesIO(data)
    return documents.attach_document(agency.app, actor, item.id, name, stream, agency.now, **more)


def kept(agency) -> list[Path]:
    return [path for path in (agency.app.settings.data / "documents").rglob("*") if path.is_file()]


def test_the_bytes_come_back_and_equal_content_is_kept_once(agency) -> None:
    agency.start()
    first = attach(agency, "nota.pdf")
    second = attach(agency, "salinan.pdf")
    assert (first.media_type, first.size) == ("application/pdf", len(files.PDF))
    assert first.sha256 == second.sha256
    assert first.capacity.jabatan.startswith("Kasubbag")
    stored = documents.read_document(agency.app, agency.actor("kepala"), first.id)
    with stored.content as file:
        assert file.read() == files.PDF
    assert len(kept(agency)) == 1


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\rahasia\\nota.pdf", "nota.pdf"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("\u200b\u202e.pdf", "berkas.pdf"),
        (" .pdf", "berkas.pdf"),
        (" . nota . ", "nota.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_names_are_bare(agency, name: str, kept_as: str) -> None:
    agency.start()
    assert attach(agency, name).name == kept_as


class CutOff(io.BytesIO):
    """An upload whose sender goes away."""

    def read(self, *_: object) -> bytes:
        if self.tell():
            raise OSError("connection reset")
        return super().read(1)


def test_what_cannot_be_kept_is_refused_and_leaves_nothing(agency) -> None:
    agency.app = replace(agency.app, settings=replace(agency.app.settings, document_max_mb=1))
    case_id = agency.start()
    for name, data, reason in (
        ("besar.txt", b"x" * ((1 << 20) + 1), "too_large"),
        ("kosong.txt", b"", "empty_file"),
        ("..", b"isi", "no_name"),
        ("surat.pdf", files.HTML, "lying_type"),
    ):
        with pytest.raises(InvalidAnswerError) as refused:
            attach(agency, name, data)
        assert (refused.value.fields["field"], refused.value.fields["reason"]) == ("berkas", reason)
    item, actor = agency.inbox("kasubbag")[0], agency.actor("kasubbag")
    with pytest.raises(UnavailableError, match="storage_failed"):
        documents.attach_document(agency.app, actor, item.id, "a.txt", CutOff(b"isi"), agency.now)
    assert kept(agency) == []
    assert documents.list_documents(agency.app, OPERATOR, case_id) == ()


def test_the_same_name_is_a_newer_version(agency) -> None:
    case_id = agency.start()
    one = attach(agency, "Rencana Café.pdf")
    two = attach(agency, "RENCANA Cafe\u0301.PDF", files.pdf(1))
    other = attach(agency, "lampiran.pdf")
    named = attach(agency, "lampiran baru.docx", files.ooxml(), replaces=other.id)
    late = attach(agency, "lampiran susulan.pdf", replaces=other.id)  # somebody else was faster
    assert [d.version for d in (one, two, other, named, late)] == [1, 2, 1, 2, 3]
    assert (two.replaces, named.replaces, late.replaces) == (one.id, other.id, named.id)
    lines = documents.list_documents(agency.app, OPERATOR, case_id)
    assert [line.name for line in lines if line.newest] == [two.name, late.name]
    shown = previews.read_preview(agency.app, agency.actor("kasubbag"), named.id, agency.now)
    assert [line.version for line in shown.versions] == [3, 2, 1]
    assert (shown.problem, len(shown.items)) == ("not_previewable", 1)
    assert previews.read_preview(agency.app, OPERATOR, one.id, agency.now).items == ()
    notes = [e.note for e in cases.read_case(agency.app, OPERATOR, case_id, agency.now).history]
    assert notes[2] == f"{two.name} (v2)"


def test_a_version_of_another_cases_document_is_refused(agency) -> None:
    agency.start()
    line = attach(agency, "nota.pdf")
    agency.complete("kasubbag")
    agency.start()
    for id, code in ((line.id, "version_of_other_case"), (line.id + 99, "document_not_found")):
        with pytest.raises((ConflictError, NotFoundError), match=code):
            attach(agency, "nota.pdf", replaces=id)


def test_of_eight_uploads_at_once_none_is_lost(agency) -> None:
    case_id = agency.start()
    item, actor = agency.inbox("kasubbag")[0], agency.actor("kasubbag")

    def upload(number: int) -> int:
        stream = io.BytesIO(f"versi {number}".encode())
        return documents.attach_document(
            agency.app, actor, item.id, "rencana.txt", stream, agency.now
        ).version

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(upload, range(8))) == [1, 2, 3, 4, 5, 6, 7, 8]
    lines = documents.list_documents(agency.app, OPERATOR, case_id)
    assert [line.newest for line in lines] == [False] * 7 + [True]
    assert len({line.sha256 for line in lines}) == len(kept(agency)) == 8


def test_only_who_works_on_the_item_attaches(agency) -> None:
    case_id = agency.start()
    item = agency.inbox("kasubbag")[0]
    with pytest.raises(NotAllowedError, match="item_not_yours"):
        attach(agency, "a.txt", b"x", login="kabid1")
    delegate = agency.actor("kabid1").person_id
    with transaction(agency.app.sessions) as tx:
        tx.get_one(WorkItem, item.id).delegate_id = delegate
    line = attach(agency, "a.txt", b"x", login="kabid1")
    assert (line.uploaded_by, line.capacity) == (agency.actor("kabid1").name, None)
    with pytest.raises(NotAllowedError, match="item_delegated"):
        attach(agency, "a.txt", b"y")
    operations.suspend_case(agency.app, OPERATOR, case_id, "Menunggu pagu", agency.now)
    with pytest.raises(ConflictError, match="case_suspended"):
        documents.attach_document(
            agency.app, agency.actor("kabid1"), item.id, "b.txt", io.BytesIO(b"x"), agency.now
        )


def test_a_done_item_takes_no_more_documents(agency) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0]
    agency.complete("kasubbag")
    with pytest.raises(ConflictError):
        documents.attach_document(
            agency.app, agency.actor("kasubbag"), item.id, "a.txt", io.BytesIO(b"x"), agency.now
        )


def test_outsiders_see_nothing_and_missing_ones_are_said(agency, outsider) -> None:
    case_id = agency.start()
    old, new = attach(agency, "nota.pdf", files.pdf()), attach(agency, "nota.pdf")
    app, now = agency.app, agency.now
    for line in (old, new):
        for read in (
            lambda line=line: documents.read_document(app, outsider, line.id),
            lambda line=line: previews.read_preview(app, outsider, line.id, now),
            lambda line=line: previews.read_page(app, outsider, line.id, 1, 800),
        ):
            with pytest.raises(NotAllowedError, match="case_not_yours"):
                read()
    with pytest.raises(NotAllowedError):
        documents.list_documents(app, outsider, case_id)
    with pytest.raises(NotFoundError, match="document_not_found"):
        documents.read_document(app, outsider, new.id + 1)
    app.documents.forget(new.sha256)
    with pytest.raises(NotFoundError, match="document_content_missing"):
        documents.read_document(app, OPERATOR, new.id)


def test_content_of_no_document_is_cleared_after_a_day(agency) -> None:
    agency.start()
    line, now = attach(agency, "nota.pdf"), datetime.now(UTC)
    orphan = "ab" * 32
    agency.app.documents.keep(orphan, io.BytesIO(b"sisa"))
    assert content.clear_content(agency.app, now + timedelta(hours=23)) == 0
    assert clear_content(agency.app, now + timedelta(hours=25)) == 1
    assert [path.name for path in kept(agency)] == [line.sha256]


def test_an_upload_beside_the_clearing_of_its_content_loses_nothing(agency) -> None:
    """The content was an orphan; it is cleared after the upload has found it kept."""
    agency.start()
    app, storage, cleared = agency.app, agency.app.documents, []
    later = datetime.now(UTC) + timedelta(days=2)

    class Racing:
        """Clears between the storing of the content and the row of the document."""

        def __getattr__(self, name: str) -> object:
            return getattr(storage, name)

        def keep(self, sha256: str, file: io.BytesIO) -> None:
            storage.keep(sha256, file)
            if not cleared:
                cleared.append(content.clear_content(app, later))

    agency.app = replace(agency.app, documents=Racing())
    line = attach(agency, "nota.pdf")
    assert cleared == [1]
    with documents.read_document(agency.app, OPERATOR, line.id).content as file:
        assert file.read() == files.PDF
    assert os.path.getsize(kept(agency)[0]) == len(files.PDF)
