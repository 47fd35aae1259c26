"""Pages to print: what stands on them, whatever people have typed."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdfium2
import pytest

from engine.document_values import Printed
from engine.errors import NotAllowedError
from engine.store.tables import Comment, Handover, WorkItem
from engine.store.transaction import transaction
from engine.usecases import documents, printing
from tests import files
from workflows.rights import OPERATOR, PLT, SUBSTITUTE, Capacity

NASTY = '#let x = 1; $a_b$ *tebal* _miring_ @ref <label> \\ "kutip" `kode` [isi] {a} // = judul'


def text_of(printed: Printed) -> str:
    """Of all pages, without line breaks."""
    document = pypdfium2.PdfDocument(printed.content)
    pages = [page.get_textpage().get_text_range() for page in document]
    return re.sub(r"\s+", " ", " ".join(pages).replace("\u200b", "").replace("\ufffe", ""))


def hand_over(agency, item_id: int, note: str, **more: object) -> None:
    giver, receiver = agency.actor("kepala"), agency.actor("kasubbag").person_id
    values = {
        "kind": "delegated",
        "at": agency.now,
        "from_id": giver.person_id,
        "to_id": receiver,
        "acted_as": Capacity(PLT, "Kepala Badan", "Badan Contoh").__dict__,
        "instructions": ["tanggapan", "siapkan_bahan"],
        "urgency": "segera",
        "note": note,
        **more,
    }
    with transaction(agency.app.sessions) as tx:
        tx.add(Handover(work_item_id=item_id, **values))


def test_a_disposition_sheet_says_who_handed_what_to_whom(agency) -> None:
    agency.walk_to_decision()
    kepala = agency.actor("kepala")
    first = printing.print_disposition(agency.app, kepala, agency.inbox("kepala")[0].id, agency.now)
    assert "Untuk diisi dengan tangan" in text_of(first)
    agency.complete("kepala", {"keputusan": "kembalikan", "arahan": f"Perbaiki {NASTY}"})
    item = agency.inbox("kasubbag")[0]
    hand_over(agency, item.id, NASTY)
    made = printing.print_disposition(agency.app, agency.actor("kasubbag"), item.id, agency.now)
    text = text_of(made)
    for part in (
        "LEMBAR DISPOSISI",
        "BADAN PERENCANAAN PEMBANGUNAN DAERAH",
        "☑ Beri tanggapan dan saran",
        "☐ Koordinasikan",
        "Sifat: Segera",
        "Plt. Kepala Badan",
        "Kasubbag Rencana Kerja dan Monev",
        f"Perbaiki {NASTY}",
        "putaran 2",
        "Tata letak contoh",
        "bukan tanda tangan elektronik (TTE) tersertifikasi",
    ):
        assert part in text, part
    assert made.name == f"disposisi-{item.id}.pdf"
    dossier = printing.print_dossier(agency.app, kepala, item.case_id, agency.now)
    told = text_of(dossier).rpartition("Riwayat")[2]
    assert f"Keputusan: Belum sempurna: kembalikan dengan arahan Perbaiki {NASTY[:10]}" in told


def test_a_memo_is_signed_by_who_did_it_as_what_they_did(agency) -> None:
    agency.start()
    item, actor = agency.inbox("kasubbag")[0], agency.actor("kasubbag")
    documents.attach_document(
        agency.app, actor, item.id, "lampiran.pdf", io.BytesIO(files.PDF), agency.now
    )
    before = text_of(printing.print_memo(agency.app, actor, item.id, agency.now))
    for part in ("NOTA DINAS", "Yth.", "Nomor : ....", "lampiran.pdf", "1 berkas", "TTE"):
        assert part in before, part
    agency.complete("kasubbag", {"tahun_rencana": 2028})
    done = text_of(printing.print_memo(agency.app, actor, item.id, agency.now))
    assert "Melati Contoh" in done and "2028" in done
    for kind, told in ((PLT, "Plt. Kepala Badan"), (SUBSTITUTE, "digantikan selama berhalangan")):
        acted = Capacity(kind, "Kepala Badan", "Badan", "Budi Contoh" if kind == SUBSTITUTE else "")
        with transaction(agency.app.sessions) as tx:
            tx.get_one(WorkItem, item.id).completed_as = dict(acted.__dict__)
        text = text_of(printing.print_memo(agency.app, actor, item.id, agency.now))
        assert told in text, kind
    assert "Kepala Badan Budi Contoh digantikan selama berhalangan oleh Melati Contoh" in text


def test_a_dossier_holds_everything_in_order(agency) -> None:
    case_id = agency.start()
    item, actor = agency.inbox("kasubbag")[0], agency.actor("kasubbag")
    for content in (files.PDF, files.pdf()):
        line = documents.attach_document(
            agency.app, actor, item.id, f"rencana {NASTY[:20]}.pdf", io.BytesIO(content), agency.now
        )
    agency.complete("kasubbag", {"tahun_rencana": 2028, "catatan_konsultasi": NASTY}, minutes=70)
    hand_over(agency, agency.inbox("kabid1")[0].id, "teruskan")
    with transaction(agency.app.sessions) as tx:
        tx.add(
            Comment(case_id=case_id, author_id=actor.person_id, at=agency.now, body=f"Kata {NASTY}")
        )
    made = printing.print_dossier(agency.app, agency.actor("kepala"), case_id, agency.now)
    text = text_of(made)
    headings = [
        "BERKAS KASUS",
        "Identitas SOP",
        "Langkah terhadap mutu baku",
        "Isian setiap langkah",
        "Dokumen",
        "Penyerahan dan disposisi",
        "Komentar",
        "Riwayat",
    ]
    places = [text.index(f"{heading} ") for heading in headings]
    assert places == sorted(places)
    for part in (NASTY, f"Kata {NASTY}", "Melati Contoh", "60 menit", "v1", "v2", "Tidak 70 menit"):
        assert part in text, part
    assert line.sha256 in text.replace(" ", "")
    again = printing.print_dossier(agency.app, agency.actor("kepala"), case_id, agency.now)
    assert again.content == made.content  # the same bytes for the same input


def test_an_english_reader_gets_english_labels(agency) -> None:
    case_id = agency.start()
    reader = replace(agency.actor("kepala"), locale="en")
    text = text_of(printing.print_dossier(agency.app, reader, case_id, agency.now))
    assert "CASE FILE" in text and "Steps against their standard" in text
    assert "No documents." in text and "23 Nov 2026 08:00 WIB" in text


def test_long_and_foreign_texts_stay_on_the_page(agency) -> None:
    """Pages and pages, words without end, letters of other scripts."""
    case_id = agency.start()
    item = agency.inbox("kasubbag")[0]
    for number in range(40):
        hand_over(agency, item.id, f"Catatan {number}: " + "panjang sekali " * 60)
    long, author = "kata" * 300, agency.actor("kasubbag").person_id
    with transaction(agency.app.sessions) as tx:
        tx.add(
            Comment(
                case_id=case_id,
                author_id=author,
                at=agency.now,
                body=f"{long}\nالسلام عليكم ꦲꦏ꧀ꦱꦫꦗꦮ ✓ → 漢字\r\n\r\nakhir",
            )
        )
    made = printing.print_dossier(agency.app, agency.actor("kepala"), case_id, agency.now)
    document = pypdfium2.PdfDocument(made.content)
    assert len(document) > 8
    assert long in text_of(made).replace(" ", "") and "akhir" in text_of(made)
    width = document[0].get_width()
    for page in document:
        boxes = [found.get_bounds() for found in page.get_objects()]
        assert all(0 <= left and right <= width for left, _, right, _ in boxes)


def test_only_who_may_see_the_case_prints(agency, outsider) -> None:
    case_id = agency.start()
    item = agency.inbox("kasubbag")[0].id
    for make, number in (
        (printing.print_disposition, item),
        (printing.print_memo, item),
        (printing.print_dossier, case_id),
    ):
        with pytest.raises(NotAllowedError, match="case_not_yours"):
            make(agency.app, outsider, number, agency.now)
        assert make(agency.app, OPERATOR, number, agency.now).content.startswith(b"%PDF-")
