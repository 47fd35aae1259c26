"""Documents on pages: versions, pictures, safe headers, and nothing for outsiders."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from engine.store import people as store
from engine.store.transaction import transaction
from engine.usecases import documents
from engine.values import DocumentLine
from tests import files
from tests.web.conftest import MONDAY, Site


def attach(site: Site, name: str = "rencana.pdf", content: bytes | None = None) -> DocumentLine:
    item, actor = site.first("kasubbag").id, site.actor("kasubbag")
    stream = io.BytesIO(files.pdf(7) if content is None else content)
    return documents.attach_document(site.app, actor, item, name, stream, site.now)


def outsider(site: Site):
    """Somebody of another agency, logged in."""
    with transaction(site.app.sessions) as tx:
        unit = store.put_unit(tx, "DINKES", "Dinas Kesehatan", "pd", "Asia/Jakarta", None)
        jabatan = store.put_jabatan(tx, unit, "Sekretaris", "sekretaris", None)
        values = {"login": "luar", "name": "Orang Luar", "email": "l@contoh.example"}
        person = store.put_person(tx, {**values, "password_hash": "-"})
        store.put_holding(tx, jabatan, person, MONDAY.date())
    return site.visitor("luar")


ROUTES = ("/dokumen/{0}", "/dokumen/{0}/lihat", "/dokumen/{0}/halaman/1", "/kasus/{1}/berkas.pdf")
PRINTS = ("/tugas/{2}/disposisi.pdf", "/tugas/{2}/nota-dinas.pdf")


def test_nothing_is_readable_by_who_may_not_see_the_case(site: Site) -> None:
    case_id = site.start()
    item = site.first("kasubbag").id
    old, new = attach(site), attach(site, content=files.image("PNG") and files.pdf(2))
    inside, outside, stranger = site.visitor("kepala"), outsider(site), site.stranger()
    for route in ROUTES + PRINTS:
        for line in (old, new):
            path = route.format(line.id, case_id, item)
            with inside.get(path) as answer:
                assert answer.status_code == 200, path
            assert outside.get(path).status_code == 403, path
            assert stranger.get(path).status_code in (302, 303), path
    upload = {"tugas": item, "berkas": (io.BytesIO(files.pdf()), "baru.pdf")}
    assert outside.post(f"/dokumen/{new.id}/versi", upload).status_code == 403
    assert outside.get("/dokumen/999/lihat").status_code == 404


def test_a_download_cannot_do_anything_in_the_browser(site: Site) -> None:
    site.start()
    line = attach(site, "laporan “a”.txt", b"isi\r\n")
    visitor = site.visitor("kasubbag")
    with visitor.get(f"/dokumen/{line.id}") as answer:
        assert answer.data == b"isi\r\n"
        headers = answer.headers
    assert headers["Content-Type"].startswith("text/plain")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("attachment;")
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Content-Length"] == "5"
    assert headers["ETag"] == f'"{line.sha256}"'
    with visitor.get(f"/dokumen/{line.id}", headers={"If-None-Match": headers["ETag"]}) as again:
        assert (again.status_code, again.data) == (304, b"")


def test_a_long_document_is_shown_a_few_pages_at_a_time(site: Site) -> None:
    site.start()
    line, visitor = attach(site), site.visitor("kepala")
    first = visitor.get(f"/dokumen/{line.id}/lihat").text
    second = visitor.get(f"/dokumen/{line.id}/lihat?bagian=2").text
    assert (first.count('class="leaf"'), second.count('class="leaf"')) == (5, 2)
    assert "Halaman 1–5 dari 7" in first and "Halaman 6–7 dari 7" in second
    assert 'alt="Halaman 7 dari 7"' in second and "Ganti dengan versi baru" not in first
    picture = visitor.get(f"/dokumen/{line.id}/halaman/7?lebar=400")
    assert Image.open(io.BytesIO(picture.data)).width == 400
    assert picture.headers["Content-Security-Policy"].startswith("sandbox")
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    tag = {"If-None-Match": picture.headers["ETag"]}
    assert visitor.get(f"/dokumen/{line.id}/halaman/7?lebar=400", headers=tag).status_code == 304
    for path in ("8?lebar=400", "7?lebar=12345"):
        assert visitor.get(f"/dokumen/{line.id}/halaman/{path}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("rusak.pdf", files.PDF, "rusak atau terkunci"),
        ("bom.png", files.bomb_png(), "terlalu besar atau terlalu rumit"),
        ("tabel.xlsx", files.ooxml("xl"), "jenis ini tidak dapat dilihat"),
    ],
)
def test_what_cannot_be_shown_can_still_be_downloaded(
    site: Site, name: str, content: bytes, told: str
) -> None:
    site.start()
    line, visitor = attach(site, name, content), site.visitor("kepala")
    page = visitor.get(f"/dokumen/{line.id}/lihat")
    assert page.status_code == 200
    assert told in page.text and line.sha256 in page.text
    with visitor.get(f"/dokumen/{line.id}") as answer:
        assert answer.data == content


def test_a_newer_version_takes_the_place_of_the_old(site: Site) -> None:
    case_id = site.start()
    line, visitor = attach(site), site.visitor("kasubbag")
    page = visitor.get(f"/dokumen/{line.id}/lihat").text
    assert "Ganti dengan versi baru" in page
    item = site.first("kasubbag").id
    for content, told in ((files.HTML, "mengaku PDF, padahal isinya HTML"), (b"", "kosong")):
        upload = {"tugas": item, "berkas": (io.BytesIO(content), "v2.pdf")}
        answer = visitor.post(f"/dokumen/{line.id}/versi", upload)
        assert answer.status_code == 422 and told in answer.text
    assert visitor.post(f"/dokumen/{line.id}/versi", {"tugas": item}).status_code == 422
    upload = {"tugas": item, "berkas": (io.BytesIO(files.pdf(2)), "rencana final.pdf")}
    answer = visitor.post(f"/dokumen/{line.id}/versi", upload)
    assert (answer.status_code, answer.location) == (303, f"/dokumen/{line.id + 1}/lihat")
    page = visitor.get(answer.location).text
    assert "Versi 2 tersimpan." in page and "rencana.pdf" in page
    assert "Sudah ada versi yang lebih baru" in visitor.get(f"/dokumen/{line.id}/lihat").text
    page = visitor.get(f"/kasus/{case_id}").text
    assert "Versi sebelumnya (1)" in page and "Kasubbag Rencana Kerja dan Monev" in page


def test_prints_open_in_the_browser_and_are_kept_by_nobody(site: Site) -> None:
    case_id = site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    for path in (f"/tugas/{item}/disposisi.pdf", f"/kasus/{case_id}/berkas.pdf"):
        answer = visitor.get(path)
        assert answer.data.startswith(b"%PDF-")
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith('inline; filename="')
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
    assert "/disposisi.pdf" in visitor.get(f"/tugas/{item}").text
    assert "/berkas.pdf" in visitor.get(f"/kasus/{case_id}").text
