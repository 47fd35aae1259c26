import io
import re
from datetime import timedelta

from engine.usecases import work_items
from tests.web.conftest import Site


def test_the_inbox_tells_what_is_due_when(site: Site) -> None:
    site.start()
    page = site.visitor("kasubbag").get("/tugas").text
    assert "Memprakarsai penyusunan Renja" in page
    assert "1 jam lagi" in page
    assert "Sen, 23 Nov 2026 10.00 WIB" in page
    assert "Segera" in page
    site.now += timedelta(days=3, minutes=61)
    page = site.visitor("kasubbag").get("/tugas").text
    assert "terlambat 3 hari" in page
    assert "Terlambat" in page


def test_the_inbox_fragment_is_the_block_of_the_page(site: Site) -> None:
    site.start()
    visitor = site.visitor("kasubbag")
    whole = visitor.get("/tugas")
    part = visitor.get("/tugas", headers={"HX-Request": "true"})
    assert "HX-Request" in whole.headers["Vary"] and "HX-Request" in part.headers["Vary"]
    assert part.text.strip().startswith('<div id="kotak"')
    assert part.text.strip() in whole.text
    assert "<html" not in part.text


def test_a_work_item_says_what_to_do_and_why_it_is_due_then(site: Site) -> None:
    site.start()
    page = site.visitor("kasubbag").get(f"/tugas/{site.first('kasubbag').id}").text
    assert "Melakukan konsultasi kepada Sekretaris" in page
    assert "Konsep pendahuluan Renja" in page
    assert "Mengapa tanggal ini?" in page
    assert re.search(r"60 menit\s+·\s+09\.00–10\.00", page)


def test_claim_and_release(site: Site) -> None:
    site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    assert visitor.post(f"/tugas/{item}/ambil").status_code == 303
    assert "Sedang Anda kerjakan" in visitor.get(f"/tugas/{item}").text
    assert visitor.post(f"/tugas/{item}/lepas").status_code == 303
    assert "Ambil tugas ini" in visitor.get(f"/tugas/{item}").text


def test_completing_tells_who_is_next(site: Site) -> None:
    site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    form = {"isi.tahun_rencana": "2028", "isi.catatan_konsultasi": "", "lengkap": ["0"]}
    answer = visitor.post(f"/tugas/{item}/selesai", form)
    assert (answer.status_code, answer.location) == (303, "/tugas")
    assert "Menyusun rencana kerja bidang (Kepala Bidang)" in visitor.get("/tugas").text
    detail = work_items.read_work_item(site.app, site.actor("kasubbag"), item, site.now)
    assert detail.answers["tahun_rencana"] == 2028
    assert detail.checked == (0,)
    assert "Memprakarsai" in visitor.get("/tugas/selesai").text


def test_a_wrong_answer_is_named_and_nothing_typed_is_lost(site: Site) -> None:
    site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    form = {
        "isi.tahun_rencana": "dua ribu",
        "isi.catatan_konsultasi": "Sepakat <b>semua</b>",
        "lengkap": ["0"],
    }
    answer = visitor.post(f"/tugas/{item}/selesai", form)
    assert answer.status_code == 422
    assert "Isi dengan angka" in answer.text
    assert 'aria-describedby="isi-tahun_rencana-ket isi-tahun_rencana-salah"' in answer.text
    assert "Sepakat &lt;b&gt;semua&lt;/b&gt;" in answer.text
    assert re.search(r'name="lengkap" value="0" checked', answer.text)
    assert site.first("kasubbag").id == item


def test_unknown_answers_and_positions_are_refused(site: Site) -> None:
    site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    for form in ({"isi.state": "completed"}, {"lengkap": ["7"]}):
        answer = visitor.post(f"/tugas/{item}/selesai", form)
        assert answer.status_code == 422
        assert 'class="notice late"' in answer.text
    assert site.first("kasubbag").id == item


def test_the_decision_is_two_buttons_and_returning_needs_a_note(site: Site) -> None:
    item = site.reach_decision().id
    visitor = site.visitor("kepala")
    page = visitor.get(f"/tugas/{item}").text
    for value in ("tanda_tangan", "kembalikan"):
        assert re.search(rf'<button [^>]*name="isi.keputusan" value="{value}"', page)
    assert "Selesaikan tugas" not in page
    answer = visitor.post(f"/tugas/{item}/selesai", {"isi.keputusan": "kembalikan"})
    assert answer.status_code == 422
    assert "Isian ini wajib" in answer.text
    form = {"isi.keputusan": "kembalikan", "isi.arahan": "Selaraskan dengan Renstra."}
    assert visitor.post(f"/tugas/{item}/selesai", form).status_code == 303
    back = site.first("kasubbag")
    assert back.round == 2
    page = site.visitor("kasubbag").get(f"/tugas/{back.id}").text
    assert "Dikembalikan dengan arahan" in page
    assert "Selaraskan dengan Renstra." in page
    assert "Putaran 2" in page
    assert "<b>Keputusan</b>: Belum sempurna: kembalikan dengan arahan" in page


def test_a_second_decision_does_not_start_from_the_first(site: Site) -> None:
    site.reach_decision()
    site.do("kepala", {"keputusan": "kembalikan", "arahan": "Perbaiki tabel tiga."})
    site.do("kasubbag")
    site.do("sekretaris")
    page = site.visitor("kepala").get(f"/tugas/{site.first('kepala').id}").text
    form = page.partition("data-work")[2].partition("</form>")[0]
    assert "Perbaiki tabel tiga." not in form


def test_somebody_elses_item_can_be_read_but_not_done(site: Site) -> None:
    site.start()
    item = site.first("kasubbag").id
    visitor = site.visitor("kabid1")
    page = visitor.get(f"/tugas/{item}")
    assert page.status_code == 200
    assert "Tugas ini untuk peran lain" in page.text
    assert "Selesaikan tugas" not in page.text
    for act in ("selesai", "ambil", "lepas"):
        answer = visitor.post(f"/tugas/{item}/{act}")
        assert answer.status_code == 403
        assert "Tugas ini untuk peran lain" in answer.text


def test_an_item_done_already_is_a_conflict_that_names_who_and_when(site: Site) -> None:
    site.start()
    item = site.first("kasubbag").id
    site.do("kasubbag")
    visitor = site.visitor("kasubbag")
    answer = visitor.post(f"/tugas/{item}/selesai")
    assert answer.status_code == 409
    assert "sudah diselesaikan Melati Contoh 5 menit lalu" in answer.text


def test_what_does_not_exist_is_404(site: Site) -> None:
    visitor = site.visitor("kasubbag")
    for path in ("/tugas/999", "/kasus/999", "/dokumen/999", "/sop/tidak-ada", "/tidak-ada"):
        answer = visitor.get(path)
        assert answer.status_code == 404
        assert "Ke tugas saya" in answer.text


def test_a_document_is_attached_and_comes_back_as_a_download(site: Site) -> None:
    site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    form = {
        "isi.catatan_konsultasi": "Ketikan yang belum dikirim",
        "berkas": (io.BytesIO(b"alert(1)"), "nota dinas.txt"),
    }
    answer = visitor.post(f"/tugas/{item}/dokumen", form)
    assert answer.status_code == 200
    assert "nota dinas.txt" in answer.text
    assert "Ketikan yang belum dikirim" in answer.text
    link = re.search(r'href="(/dokumen/\d+)"', answer.text)
    assert link
    file = site.visitor("sekda").get(link[1])
    assert file.data == b"alert(1)"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert file.headers["Content-Security-Policy"].startswith("sandbox;")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert site.stranger().get(link[1]).status_code == 303
    file.close()


def test_uploading_nothing_or_too_much_is_said_beside_the_field(site: Site) -> None:
    site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    answer = visitor.post(f"/tugas/{item}/dokumen", {"isi.catatan_konsultasi": "tetap ada"})
    assert answer.status_code == 422
    assert "Pilih berkas dahulu." in answer.text and "tetap ada" in answer.text
    limit = site.app.settings.document_max_mb * 2**20
    form = {"isi.catatan_konsultasi": "tetap ada", "berkas": (Zeros(limit + 1), "besar.pdf")}
    answer = visitor.post(f"/tugas/{item}/dokumen", form)
    assert answer.status_code == 422
    assert "Berkas ini terlalu besar" in answer.text and "tetap ada" in answer.text


def test_a_request_beyond_all_measure_is_413(site: Site) -> None:
    site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    limit = int(site.flask.config["MAX_CONTENT_LENGTH"])
    answer = visitor.post(f"/tugas/{item}/selesai", {"berkas": (Zeros(limit + 1), "besar.pdf")})
    assert answer.status_code == 413
    assert "berkasnya terlalu besar" in answer.text


def test_the_document_chosen_last_is_attached_on_completing(site: Site) -> None:
    case = site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    form = {"berkas": (io.BytesIO(b"isi"), "nota.txt")}
    assert visitor.post(f"/tugas/{item}/selesai", form).status_code == 303
    assert "nota.txt" in visitor.get(f"/kasus/{case}").text


class Zeros(io.BytesIO):
    """So many zero bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(bytes(size))
