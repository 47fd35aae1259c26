"""The pages of the inbox: addresses, filters, several items at once, the stream of news."""

from __future__ import annotations

import re

from werkzeug.test import TestResponse

from engine.servers.processes import FREE, THREADS
from engine.store.live import about_notices, tell
from engine.store.transaction import transaction
from engine.usecases import work_items
from tests.web.conftest import Site


def test_a_value_that_is_not_known_is_named_and_ignored(site: Site) -> None:
    site.start()
    visitor = site.visitor("kasubbag")
    for query in (
        "keadaan=entah",
        "unit=X",
        "sop=%00q",
        "dari=besok",
        "sesudah=x-1",
        "peran=q",
    ):
        answer = visitor.get(f"/tugas?{query}")
        assert answer.status_code == 200, query
        assert "tidak dikenal, jadi diabaikan" in answer.text, query
        assert "Memprakarsai" in answer.text, query
    for query in ("cari=%F0%9F%98%80%25_%5C", f"cari={'9' * 99}", "sampai=9999-12-31"):
        assert visitor.get(f"/tugas?{query}").status_code == 200, query
    assert visitor.get("/tugas/entah").status_code == 404


def test_a_filter_is_saved_made_the_default_and_left(site: Site) -> None:
    site.start()
    visitor = site.visitor("kasubbag")
    panel = visitor.get("/tugas/saring?tab=group&keadaan=terlambat").text
    assert re.search(r'value="terlambat" selected', panel)
    applied = {"tab": "group", "keadaan": "terlambat", "cari": "", "nama": "x"}
    assert visitor.post("/tugas/saring", applied).location == "/tugas/kelompok?keadaan=terlambat"
    assert visitor.post("/tugas/saring", {"tab": "todo"}).location == "/tugas?semua=1"
    assert "Unit: Badan Perencanaan" in visitor.get("/tugas?unit=BAPPEDA").text
    form = {"tab": "todo", "keadaan": "terlambat", "nama": "Yang terlambat", "utama": "1"}
    assert visitor.post("/tugas/saringan", form).location == "/tugas?keadaan=terlambat"
    assert "Tidak ada yang cocok" in visitor.get("/tugas").text
    assert "Memprakarsai" in visitor.get("/tugas?semua=1").text
    refused = visitor.post("/tugas/saringan", {**form, "nama": ""})
    assert refused.status_code == 422 and "Beri nama saringan ini" in refused.text
    assert visitor.post("/tugas/saringan/1", {"tombol": "hapus"}).status_code == 303
    assert "Memprakarsai" in visitor.get("/tugas").text
    assert site.visitor("kepala").post("/tugas/saringan/1", {"nama": "x"}).status_code == 404


def test_each_of_several_is_done_or_says_why_not(site: Site) -> None:
    decision = site.reach_decision().id
    site.start()
    first = site.first("kasubbag").id
    visitor = site.visitor("kepala")
    form = {"aksi": "selesai", "pilih": [str(decision), str(first), "999"], "kembali": "//evil"}
    page = visitor.post("/tugas/banyak", form)
    assert page.status_code == 200 and "0 dari 3 berhasil" in page.text
    assert "Isiannya harus diisi dahulu" in page.text
    assert "Tugas ini untuk peran lain" in page.text
    assert "Tugas 999 tidak ada" in page.text
    assert 'href="//evil"' not in page.text
    page = site.visitor("kasubbag").post("/tugas/banyak", {"aksi": "selesai", "pilih": str(first)})
    assert "1 dari 1 berhasil" in page.text
    assert visitor.post("/tugas/banyak", {"aksi": "ambil"}).status_code == 303


def test_a_superior_gives_several_to_somebody_else(site: Site) -> None:
    site.start()
    site.start()
    visitor = site.visitor("sekretaris")
    asked = visitor.post("/tugas/banyak", {"aksi": "alihkan", "pilih": ["1", "2"]})
    assert "Tugas yang dialihkan" in asked.text and "Melati Contoh" in asked.text
    form = {"aksi": "alihkan", "pilih": ["1", "2"], "kepada": "kasubbag", "alasan": "Mendesak."}
    assert "2 dari 2 berhasil" in visitor.post("/tugas/banyak", form).text
    assert all(line.mine for line in site.waiting("kasubbag"))
    form["kepada"] = "kabid1"
    refused = visitor.post("/tugas/banyak", form)
    assert "0 dari 2 berhasil" in refused.text and "Pilih penerima lain" in refused.text
    again = {name: form[name] for name in ("aksi", "pilih", "alasan")}
    assert "Mendesak.</textarea>" in visitor.post("/tugas/banyak", again).text
    again.pop("alasan")
    nobody = site.visitor("kasubbag").post("/tugas/banyak", again).text
    assert "Tidak dapat Anda alihkan" in nobody and 'name="kepada"' not in nobody


def test_a_stream_tells_whom_it_concerns_and_no_one_else(site: Site) -> None:
    site.start()
    ours = open_stream(site, "kasubbag")
    # Whoever begins to hear does not know what was before: everybody looks again.
    parts = iter(ours.response)
    assert [next(parts) for _ in range(3)] == [b"retry: 3000\n\n", NOTICES, ITEMS]
    theirs = open_stream(site, "kabid1")
    others = iter(theirs.response)
    assert next(others) == b"retry: 3000\n\n"
    work_items.claim_work_item(site.app, site.actor("kasubbag"), 1, site.now)
    assert next(parts) == ITEMS
    topics = about_notices(site.actor("kabid1").person_id)
    with transaction(site.app.sessions) as tx:
        tell(tx, topics)
    assert next(others) == NOTICES
    for answer in (ours, theirs):
        answer.close()


NOTICES, ITEMS = b"event: kabar\ndata: 1\n\n", b"event: tugas\ndata: 1\n\n"


def open_stream(site: Site, login: str) -> TestResponse:
    headers = {"Accept": "text/event-stream"}
    visitor = site.visitor(login)
    answer = visitor.get("/kabar/aliran?lingkup=tugas", buffered=False, headers=headers)
    assert answer.mimetype == "text/event-stream"
    assert "Set-Cookie" not in answer.headers  # the session lives no longer by it
    return answer


def test_only_so_many_streams_that_requests_go_on(site: Site) -> None:
    visitor = site.visitor("kasubbag")
    streams = [visitor.get("/kabar/aliran", buffered=False) for _ in range(THREADS - FREE)]
    refused = visitor.get("/kabar/aliran")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    for one in streams:
        one.close()
    again = visitor.get("/kabar/aliran", buffered=False)
    assert again.status_code == 200
    again.close()
    assert site.stranger().get("/kabar/aliran").status_code == 303
