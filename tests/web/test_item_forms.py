"""The form of a work item without a script: every kind of field, drafts, and what goes wrong."""

from __future__ import annotations

import io
import re
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from engine.usecases import drafts, handovers, work_items
from engine.usecases.definitions import deploy_definition
from engine.values import WorkItemDetail
from tests.web.conftest import Site, Visitor
from workflows.rights import OPERATOR

FORM = (Path(__file__).parent / "fixtures/semua.form").read_text("utf-8")
SHIPPED = Path(__file__).parents[2] / "bpmn" / "menyusun-rencana-kerja"
TYPED = {
    "isi.nama": "Survei",
    "isi.surel": "pejabat@contoh.example",
    "isi.telepon": "0812-3456-789",
    "isi.kode": "5.1.02",
    "isi.uraian": "baris satu\r\nbaris dua",
    "isi.tahun": "2027",
    "isi.persen": "12,5",
    "isi.pagu": "Rp 1.500.000,50",
    "isi.tanggal": "2026-12-31",
    "isi.jam": "09.30",
    "isi.saat": "2026-12-31T10:00",
    "isi.sumber": "dau",
    "isi.sumber_lain": "tidak berlaku",
    "isi.jenis": "operasi",
    "isi.syarat[]": ["kak", "gambar"],
    "isi.label_kegiatan[]": ["musrenbang"],
    "isi.lokasi": "tidak berlaku",
    "isi.rincian.0.uraian": "Honor",
    "isi.rincian.0.volume": "2",
    "isi.rincian.0.satuan": "oh",
    "isi.rincian.0.harga": "750.000",
    "isi.rincian.tempel": "Uraian belanja\tVolume\tSatuan\tHarga\r\n"
    "Konsumsi\t1,5\tPaket\t1.250.000,25\r\n",
    "isi.benar": "on",
}
KEPT = {
    "nama": "Survei",
    "surel": "pejabat@contoh.example",
    "telepon": "0812-3456-789",
    "kode": "5.1.02",
    "uraian": "baris satu\nbaris dua",
    "tahun": 2027,
    "persen": 12.5,
    "pagu": 1500000.5,
    "tanggal": "2026-12-31",
    "jam": "09:30",
    "saat": "2026-12-31T10:00",
    "sumber": "dau",
    "jenis": "operasi",
    "syarat": ["kak", "gambar"],
    "label_kegiatan": ["musrenbang"],
    "rincian": [
        {"uraian": "Honor", "volume": 2, "satuan": "oh", "harga": 750000},
        {"uraian": "Konsumsi", "volume": 1.5, "satuan": "paket", "harga": 1250000.25},
    ],
    "lampiran": [1],
    "benar": True,
}


@pytest.fixture
def item(site: Site) -> int:
    """The first step of the shipped SOP, asking with every kind of field."""
    return put_form(site)


def put_form(site: Site) -> int:
    forms = {path.name: path.read_text("utf-8") for path in SHIPPED.glob("*.form")}
    xml = (SHIPPED / f"{SHIPPED.name}.bpmn").read_bytes()
    deploy_definition(site.app, OPERATOR, xml, {**forms, "konsultasi.form": FORM}, site.now)
    site.start()
    return site.first("kasubbag").id


def detail(site: Site, item: int, login: str = "kasubbag") -> WorkItemDetail:
    return work_items.read_work_item(site.app, site.actor(login), item, site.now)


def rab() -> tuple[io.BytesIO, str]:
    return io.BytesIO(b"Rencana anggaran biaya\n"), "rab.txt"


def test_every_kind_of_field_is_filled_in_without_a_script(site: Site, item: int) -> None:
    visitor = site.visitor("kasubbag")
    page = visitor.get(f"/tugas/{item}").text
    assert "<strong>semua</strong>" in page and "<li>Rincian belanja</li>" in page
    assert "&lt;script&gt;" in page and 'href="javascript' not in page
    assert "Hanya bila “Sumber dana” dijawab “Lainnya”." in page
    answer = visitor.post(f"/tugas/{item}/selesai", {**TYPED, "berkas.lampiran": rab()})
    assert answer.status_code == 303, answer.text
    kept = detail(site, item).answers
    assert {key: kept.get(key) for key in KEPT} == KEPT
    assert "sumber_lain" not in kept and "lokasi" not in kept
    page = visitor.get(f"/tugas/{item}").text
    for shown in ("Rp 1.500.000,50", "12,5 %", "31 Des 2026 10.00", "rab.txt", "Rp 1.250.000,25"):
        assert shown in page, shown


def test_what_is_wrong_stands_beside_its_cell_and_nothing_is_lost(site: Site, item: int) -> None:
    wrong = {
        **TYPED,
        "isi.nama": "ab",
        "isi.surel": "bukan surel",
        "isi.telepon": "123",
        "isi.kode": "abc",
        "isi.tahun": "1.999",
        "isi.persen": "1.500",
        "isi.pagu": "1,500",
        "isi.jam": "25:00",
        "isi.jenis": "modal",
        "isi.lokasi": "",
        "isi.rincian.0.volume": "dua",
        "berkas.lampiran": (io.BytesIO(b"x"), "foto.exe"),
    }
    del wrong["isi.benar"]
    answer = site.visitor("kasubbag").post(f"/tugas/{item}/selesai", wrong)
    assert answer.status_code == 422
    assert "Jenis berkas ini tidak diterima di sini. Pilih PDF, TXT." in answer.text
    assert "paling sedikit 3 huruf" in answer.text
    answer = site.visitor("kasubbag").post(
        f"/tugas/{item}/selesai", {**wrong, "berkas.lampiran": rab()}
    )
    for sentence in (
        "paling sedikit 3 huruf",
        "Isi dengan alamat surel",
        "Isi dengan nomor telepon",
        "Bentuknya belum sesuai",
        "Terlalu kecil: paling sedikit 2000",
        "“1.500” dapat berarti dua bilangan",
        "“1,500” dapat berarti dua bilangan",
        "Isi dengan jam",
        "Rincian, baris 1, Volume",
    ):
        assert sentence in answer.text, sentence
    assert 'id="isi-rincian-0-volume-salah"' in answer.text
    assert re.search(r'name="isi.rincian.1.uraian"[^>]*>|value="Konsumsi"', answer.text)
    assert 'name="lampiran' not in answer.text
    assert re.search(r'name="isi.lampiran\[\]" value="1" checked', answer.text)
    assert "tidak berlaku" in answer.text
    assert detail(site, item).line.state == "ready"


def test_rows_come_and_go_by_plain_buttons(site: Site, item: int) -> None:
    visitor = site.visitor("kasubbag")
    form = {**TYPED, "baris": "tambah:rincian"}
    page = visitor.post(f"/tugas/{item}/baris", form).text
    assert page.count('data-row="') == 4  # two typed, one new, one to copy
    assert 'value="Konsumsi"' in page and 'value="1.250.000,25"' in page
    page = visitor.post(f"/tugas/{item}/baris", {**TYPED, "baris": "hapus:rincian:0"}).text
    assert 'value="Honor"' not in page and 'value="Konsumsi"' in page
    many = {**TYPED, "isi.rincian.tempel": "a\t1\n" * 9}
    answer = visitor.post(f"/tugas/{item}/selesai", {**many, "berkas.lampiran": rab()})
    assert answer.status_code == 422 and "paling banyak 6" in answer.text


def test_a_draft_is_kept_and_comes_back_on_another_device(site: Site, item: int) -> None:
    here, there = site.visitor("kasubbag"), site.visitor("kasubbag")
    half = {"isi.nama": "ab", "isi.pagu": "1,500", "isi.rincian.3.uraian": "Honor", "draf": "0"}
    assert here.post(f"/tugas/{item}/draf", {**half, "lengkap": ["0"]}).status_code == 303
    page = there.get(f"/tugas/{item}").text
    assert "Draf tersimpan" in page and 'value="1,500"' in page and 'value="Honor"' in page
    assert 'name="draf" value="1"' in page
    assert re.search(r'name="lengkap" value="0" checked', page)
    # The other device goes on; this one is told, and nothing is overwritten.
    site.now += timedelta(minutes=3)
    there.post(f"/tugas/{item}/draf", {**half, "isi.nama": "Dari ponsel", "draf": "1"})
    answer = here.post(f"/tugas/{item}/draf", {**half, "isi.nama": "Dari meja", "draf": "1"})
    assert answer.status_code == 409
    assert "sudah disimpan" in answer.text and "Melati Contoh" in answer.text
    assert 'value="Dari meja"' in answer.text
    kept = detail(site, item).draft
    assert kept and kept.answers["nama"] == "Dari ponsel"
    answer = here.post(
        f"/tugas/{item}/draf", {**half, "isi.nama": "Dari meja", "draf": "1", "timpa": "2"}
    )
    assert answer.status_code == 303
    kept = detail(site, item).draft
    assert kept and (kept.answers["nama"], kept.revision) == ("Dari meja", 3)


def test_completing_ends_the_draft_and_a_lost_race_does_not(site: Site, item: int) -> None:
    visitor = site.visitor("kasubbag")
    visitor.post(f"/tugas/{item}/draf", {"isi.nama": "Konsep", "draf": "0"})
    visitor.post(f"/tugas/{item}/selesai", {**TYPED, "berkas.lampiran": rab()})
    assert detail(site, item).draft is None
    answer = visitor.post(f"/tugas/{item}/selesai", {**TYPED, "isi.nama": "Terlambat dikirim"})
    assert answer.status_code == 409
    assert "sudah diselesaikan" in answer.text
    assert "Isian Anda yang tidak terkirim" in answer.text and "Terlambat dikirim" in answer.text


def test_the_author_reads_what_was_never_sent_and_throws_it_away(site: Site) -> None:
    site.start()
    for login in ("kasubbag",):
        site.do(login)
    item = site.first("kabid1").id
    mine, now = site.actor("kabid1"), site.now
    drafts.save_draft(site.app, mine, item, {"ringkasan": "Punya kabid"}, (), 0, now)
    other = site.first("kabid1")
    with_draft = detail(site, item, "kabid1").draft
    assert with_draft and with_draft.mine
    assert detail(site, item, "sekretaris").draft is None
    work_items.complete_work_item(site.app, mine, other.id, {}, now)
    assert detail(site, item, "kabid1").draft is None  # their own is sent with it


def test_a_draft_has_its_measure(site: Site, item: int) -> None:
    answer = site.visitor("kasubbag").post(
        f"/tugas/{item}/draf",
        {"isi.uraian": "x" * 300_000},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 422
    assert "terlalu panjang untuk disimpan sebagai draf" in answer.json["said"]


def test_too_large_a_file_leaves_what_was_typed(site: Site, item: int) -> None:
    limit = int(site.flask.config["MAX_CONTENT_LENGTH"])
    form = {**TYPED, "berkas": (io.BytesIO(bytes(limit)), "besar.pdf")}
    answer = site.visitor("kasubbag").post(f"/tugas/{item}/selesai", form)
    assert answer.status_code == 413
    assert "berkasnya terlalu besar" in answer.text and 'value="Survei"' in answer.text


def test_a_form_older_than_the_session_comes_back_filled_in(site: Site, item: int) -> None:
    visitor = site.visitor("kasubbag")
    form = {**TYPED, "csrf_token": "lama"}
    answer = visitor.client.post(f"/tugas/{item}/selesai", data=form)
    assert answer.status_code == 400
    assert "kirim sekali lagi" in answer.text and 'value="Survei"' in answer.text
    assert detail(site, item).line.state == "ready"


def test_conditions_that_only_the_server_knows_are_asked_for(site: Site, item: int) -> None:
    visitor = site.visitor("kasubbag")
    page = visitor.get(f"/tugas/{item}").text
    place = re.search(r'data-hide="ask" data-condition="(\d+)"', page)
    assert place
    short = visitor.post(f"/tugas/{item}/tampak", {"isi.nama": "Pendek"})
    long = visitor.post(f"/tugas/{item}/tampak", {"isi.nama": "Nama yang sangat panjang"})
    assert int(place[1]) in short.json["hidden"]
    assert int(place[1]) not in long.json["hidden"]


@pytest.fixture
def address(site: Site) -> Iterator[tuple[str, int]]:
    server = make_server("127.0.0.1", 0, site.flask, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield "127.0.0.1", server.port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # of werkzeug's
def test_an_upload_that_is_cut_off_stores_nothing(
    site: Site, item: int, address: tuple[str, int]
) -> None:
    visitor = site.visitor("kasubbag")
    _send_half(visitor, item, address)
    assert detail(site, item).documents == ()
    assert detail(site, item).line.state == "ready"
    answer = visitor.post(f"/tugas/{item}/selesai", {**TYPED, "berkas.lampiran": rab()})
    assert answer.status_code == 303


def _send_half(visitor: Visitor, item: int, address: tuple[str, int]) -> None:
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get(f"/tugas/{item}").text)
    cookie = visitor.client.get_cookie("alur")
    assert token and cookie
    body = (
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token[1]}\r\n'
        '--x\r\nContent-Disposition: form-data; name="berkas"; filename="rab.txt"\r\n'
        "Content-Type: text/plain\r\n\r\nseparuh"
    )
    head = (
        f"POST /tugas/{item}/selesai HTTP/1.1\r\nHost: {address[0]}\r\n"
        f"Cookie: alur={cookie.value}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {len(body) + 5000}\r\n\r\n"
    )
    with socket.create_connection(address) as line:
        line.sendall((head + body).encode())
        line.shutdown(socket.SHUT_WR)
        while line.recv(65536):
            pass


def test_a_delegate_fills_in_the_form_and_cannot_send_it(site: Site, item: int) -> None:
    site.visitor("kasubbag").post(f"/tugas/{item}/ambil")
    owner, now = site.actor("kasubbag"), site.now
    handovers.delegate_item(site.app, owner, item, "kabid1", now, note="Siapkan.")
    visitor = site.visitor("kabid1")
    page = visitor.get(f"/tugas/{item}").text
    assert "Simpan draf" in page and "Selesaikan tugas" not in page
    assert "Anda menyiapkan tugas ini untuk Melati Contoh" in page
    assert "untuk peran lain" not in page and page.index("Siapkan.") < page.index("Kelengkapan")
    assert visitor.post(f"/tugas/{item}/draf", {**TYPED, "draf": "0"}).status_code == 303
    assert "tidak terkirim" not in site.visitor("kasubbag").get(f"/tugas/{item}").text
    answer = visitor.post(f"/tugas/{item}/selesai", {**TYPED, "berkas.lampiran": rab()})
    assert answer.status_code == 403 and 'value="Survei"' in answer.text
    handovers.hand_back_item(site.app, site.actor("kabid1"), item, site.now, "Sudah.")
    page = site.visitor("kasubbag").get(f"/tugas/{item}").text
    assert 'value="Survei"' in page and "Selesaikan tugas" in page
