"""The pages of working calendars: a year at a glance, and changing one after a look."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from html import unescape

from engine.usecases import calendars
from tests.web.conftest import Site, Visitor
from workflows.workdays import year_view
from workflows.workdays.documents import default_document, read_calendar

UNIT = "/pengaturan/kalender/BAPPEDA"
INPUT = re.compile(r'<input class="input[^>]* name="([^"]+)" value="([^"]*)"')
TODAY = {
    "libur.0.tanggal": "2026-11-23",
    "libur.0.nama": "Hari Jadi",
    "libur.0.jenis": "libur_lokal",
}


def form_of(visitor: Visitor) -> dict[str, object]:
    """What the form of the unit's calendar would send, with nothing changed."""
    return form_of_page(visitor.get(f"{UNIT}/ubah").text)


def form_of_page(page: str) -> dict[str, object]:
    form = {name: unescape(value) for name, value in INPUT.findall(page)}
    kinds = re.findall(r'name="(libur\.\d+\.jenis)"', page)
    form |= dict.fromkeys(kinds, "libur_lokal")
    estimated = re.findall(r'name="(masa\.\d+\.perkiraan)" value="on" checked', page)
    return {**form, **dict.fromkeys(estimated, "on"), "zona": "Asia/Jakarta"} | {
        "nasional": "on",
        "cuti": "on",
        "tombol": "akibat",
    }


def apply(visitor: Visitor, form: dict[str, object], reason: str = "SK 12/2026") -> str:
    """From the form over the preview to the changed calendar; what the page then says."""
    preview = visitor.post(f"{UNIT}/ubah", form).text
    hidden = dict(re.findall(r'type="hidden" name="(dokumen|nomor)" value="([^"]*)"', preview))
    sent = {name: unescape(value) for name, value in hidden.items()} | {"alasan": reason}
    answer = visitor.post(f"{UNIT}/terapkan", sent, follow_redirects=True)
    return answer.text


def test_only_those_who_set_the_time_come_in(site: Site) -> None:
    visitor = site.visitor("kasubbag")
    assert "/pengaturan/kalender" not in visitor.get("/tugas").text
    for path in ("/pengaturan", "/pengaturan/kalender", UNIT, f"{UNIT}/ubah", "/pengaturan/tangga"):
        assert visitor.get(path).status_code == 403
    assert visitor.post(f"{UNIT}/terapkan", {}).status_code == 403
    admin = site.visitor("pengelola")
    assert "/pengaturan/kalender" in admin.get("/tugas").text
    assert "Badan Perencanaan Pembangunan Daerah" in admin.get("/pengaturan/kalender").text
    assert admin.get("/pengaturan/kalender/TIDAK-ADA").status_code == 404


def test_a_year_shows_every_day_off_with_its_reason(site: Site) -> None:
    visitor = site.visitor("pengelola")
    page = unescape(visitor.get(f"{UNIT}?tahun=2027").text)
    days = year_view(read_calendar(default_document()), 2027)
    off = [day for day in days if day.off]
    assert len(re.findall(r"<td[^>]*><span>\d+</span><span class=\"sr\">: ", page)) >= len(off)
    for day in off:
        month = page.partition(f'id="bulan-{day.date.month}"')[2]
        cell = re.search(rf'<span>{day.date.day}</span><span class="sr">: ([^<]+)<', month)
        assert cell, day
        assert day.name.replace(" (perkiraan)", "") in cell[1]
    working = sum(day.off is None for day in days)
    assert f"<strong>{working}</strong> hari kerja" in page
    assert "perkiraan" in page and "Ramadan 1448 H" in page
    for year in (2026, 2028):
        assert f"{UNIT}?tahun={year}" in page
    answer = visitor.get(f"{UNIT}?tahun=9999")
    assert answer.status_code == 422 and "di luar kalender kerja" in answer.text


def test_a_change_is_shown_first_and_then_moves_what_is_due(site: Site) -> None:
    site.start()
    before = site.first("kasubbag").due_at
    visitor = site.visitor("pengelola")
    form = form_of(visitor) | TODAY
    preview = visitor.post(f"{UNIT}/ubah", form)
    assert preview.status_code == 200
    assert "Sen, 23 Nov 2026 10.00 WIB" in preview.text
    assert "Sel, 24 Nov 2026 08.30 WIB" in preview.text and "lebih lambat" in preview.text
    assert site.first("kasubbag").due_at == before
    assert "Tuliskan alasannya" in apply(visitor, form, reason=" ")
    told = apply(visitor, form)
    assert "1 dari 1 tugas terbuka bergeser" in told and "SK 12/2026" in told
    assert "Hari Jadi" in told and "Kalender sendiri, versi 1" in told
    assert site.first("kasubbag").due_at == before + timedelta(hours=22, minutes=30)
    assert "Tenggat bergeser" in site.visitor("kasubbag").get("/kasus/1").text
    again = visitor.post(f"{UNIT}/ubah", form).text
    assert "sama dengan yang sekarang berlaku" in again


def test_an_impossible_calendar_is_refused_at_its_input(site: Site) -> None:
    visitor = site.visitor("pengelola")
    form = form_of(visitor)
    for wrong, name, words in (
        ({"jam.3": "pagi"}, "jam.3", "tidak dapat dibaca"),
        ({"masa.1.sampai": "2020-01-01"}, "masa.1.sampai", "sebelum tanggal awalnya"),
        ({**TODAY, "libur.0.nama": ""}, "libur.0.nama", "wajib diisi"),
        ({f"jam.{day}": "" for day in range(7)}, "jam.0", "tidak punya jam kerja"),
        ({"zona": "Mars/Utopia"}, "zona", "WIB, WITA, atau WIT"),
    ):
        answer = visitor.post(f"{UNIT}/ubah", form | wrong)
        assert answer.status_code == 422
        page = answer.text
        assert f'<a href="#{name}">' in page and words in page, wrong
    for text in ("", "[]", "{", '{"zone": "Asia/Jakarta"}', '{"weeks": 1}', "9" * 5000):
        assert visitor.post(f"{UNIT}/terapkan", {"dokumen": text, "alasan": "x"}).status_code == 400
    assert calendars.list_calendars(site.app, site.actor("pengelola"), site.now)[2].number == 0


def test_rows_come_and_go_without_a_script(site: Site) -> None:
    visitor = site.visitor("pengelola")
    page = visitor.post(f"{UNIT}/ubah", form_of(visitor) | {"tombol": "tambah-libur"}).text
    assert 'name="libur.0.tanggal"' in page
    page = visitor.post(f"{UNIT}/ubah", form_of(visitor) | TODAY | {"tombol": "hapus-libur-0"}).text
    assert 'name="libur.0.tanggal"' not in page
    page = visitor.post(f"{UNIT}/ubah", form_of(visitor) | {"tombol": "isi-6"}).text
    assert re.search(r'name="jam\.5" value="\d', page)


def test_who_was_faster_is_named_and_what_was_typed_stays(site: Site) -> None:
    visitor = site.visitor("pengelola")
    form = form_of(visitor)
    preview = visitor.post(f"{UNIT}/ubah", form | TODAY).text
    document = re.search(r'name="dokumen" value="([^"]*)"', preview)
    assert document
    apply(visitor, form | {**TODAY, "libur.0.tanggal": "2026-12-14"})
    late = {"dokumen": unescape(document[1]), "nomor": "0", "alasan": "SK 13/2026"}
    answer = visitor.post(f"{UNIT}/terapkan", late)
    assert answer.status_code == 409
    assert "sudah diubah Tanjung Contoh" in answer.text and 'value="2026-11-23"' in answer.text
    assert f'href="{UNIT}/ubah">Buka yang terbaru' in answer.text
    # A form opened before that would undo it: it is refused however often it is sent.
    assert 'name="nomor" value="0"' in answer.text
    answer = visitor.post(f"{UNIT}/ubah", form | TODAY | {"nomor": "0"})
    assert answer.status_code == 409 and 'name="nomor" value="0"' in answer.text
    assert 'name="nomor" value="1"' in visitor.get(f"{UNIT}/ubah").text


def test_days_off_travel_as_csv(site: Site) -> None:
    visitor = site.visitor("pengelola")
    apply(visitor, form_of(visitor) | TODAY)
    sent = visitor.get(f"{UNIT}/hari-libur.csv")
    assert sent.mimetype == "text/csv" and "attachment" in sent.headers["Content-Disposition"]
    assert "2026-11-23,Hari Jadi" in sent.text
    file = b"tanggal;nama;jenis\r\n23/11/2026;Hari Jadi Daerah;libur_lokal\r\n2027-01-02;Cuti;;\r\n"
    form = form_of(visitor) | {"tombol": "impor"}
    answer = visitor.post(f"{UNIT}/ubah", {**form, "berkas": (io.BytesIO(file), "a.csv")})
    assert answer.status_code == 422 and "Baris 3" in answer.text
    file = file.replace(b";;", b";")
    answer = visitor.post(f"{UNIT}/ubah", {**form, "berkas": (io.BytesIO(file), "a.csv")})
    assert "2 hari dibaca dari berkas" in answer.text
    assert 'value="Hari Jadi Daerah"' in answer.text and 'value="2027-01-02"' in answer.text
    days = [date(2028, 1, 1) + timedelta(days=number) for number in range(400)]
    many = "tanggal,nama\n" + "".join(f"{day},Libur\n" for day in days)
    page = visitor.post(
        f"{UNIT}/ubah", {**form, "berkas": (io.BytesIO(many.encode()), "a.csv")}
    ).text
    whole = form_of_page(page) | {"berkas": (io.BytesIO(b""), "")}
    assert "Yang akan terjadi" in visitor.post(f"{UNIT}/ubah", whole).text
    binary = (io.BytesIO(b"\xff\xfe\x00\x81PK"), "a.csv")
    assert visitor.post(f"{UNIT}/ubah", {**form, "berkas": binary}).status_code == 422
    assert visitor.post(f"{UNIT}/ubah", form).status_code == 422  # no file at all


def test_differences_from_the_shipped_days_are_listed_until_they_are_taken_away(
    site: Site,
) -> None:
    visitor = site.visitor("pengelola")
    assert "Tidak ada perbedaan" in visitor.get(f"{UNIT}/bandingkan").text
    form = form_of(visitor) | TODAY
    apply(visitor, form | {"masuk.0.tanggal": "2026-12-24", "masuk.0.nama": "Tetap masuk"})
    page = visitor.get(f"{UNIT}/bandingkan").text
    assert "Tambahan" in page and "Ditiadakan" in page
    answer = visitor.post(f"{UNIT}/bawaan", {"nomor": "1", "alasan": ""})
    assert answer.status_code == 422 and "Tuliskan alasannya" in answer.text
    form = {"nomor": "1", "alasan": "Dicabut."}
    page = visitor.post(f"{UNIT}/bawaan", form, follow_redirects=True).text
    assert "Kalender bawaan" in page and "kalender sendiri dihapus" in page


def test_a_zone_of_a_unit_is_that_of_its_people(site: Site) -> None:
    site.start()
    visitor = site.visitor("pengelola")
    apply(visitor, form_of(visitor) | {"zona": "Asia/Makassar"})
    assert "WITA" in site.visitor("kasubbag").get("/tugas").text
    page = site.visitor("sekda").get("/kasus/1").text  # of another unit
    assert "WIB" in page and "WITA." in page  # hours of the reckoning are those of the unit
    item = site.first("kasubbag")
    assert item.zone == "Asia/Makassar" and item.due_at and item.due_at.date() == date(2026, 11, 23)
