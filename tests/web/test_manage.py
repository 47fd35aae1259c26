"""The section “Kelola” of a case, the list of incidents, and what everyone reads of both."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from engine.usecases import cases, definitions, messages, operations
from tests.files import read_before_it_is_given
from tests.web.conftest import SHIPPED, Site
from workflows.rights import OPERATOR

WHY = "Menunggu keputusan gubernur."


def text_of(page: str) -> str:
    """What a reader sees, without tags."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def token_of(page: str, name: str) -> str:
    """The value of the option of that name among the open steps."""
    found = re.search(rf'<option value="([^"]+)"[^>]*>{re.escape(name)}', page)
    assert found, name
    return found[1]


@pytest.fixture
def stuck(site: Site) -> int:
    """A case whose decision reads a variable that nobody has set."""
    xml = (SHIPPED / "menyusun-rencana-kerja.bpmn").read_bytes()
    broken = read_before_it_is_given(xml)
    forms = {path.name: path.read_text("utf-8") for path in SHIPPED.glob("*.form")}
    definitions.deploy_definition(site.app, OPERATOR, broken, forms, site.now)
    item = site.reach_decision()
    site.do("kepala", {"keputusan": "tanda_tangan"})
    return item.case_id


def test_only_administrators_and_process_owners_see_it(site: Site) -> None:
    case = site.start()
    assert "Kelola" in site.visitor("pengelola").get(f"/kasus/{case}").text
    visitor = site.visitor("kasubbag")
    page = visitor.get(f"/kasus/{case}").text
    assert "Kelola" not in page and "/insiden" not in page
    assert visitor.get("/insiden").status_code == 403
    for form in ("tangguhkan", "lanjutkan", "batalkan", "lewati", "pindahkan", "data", "coba-lagi"):
        answer = visitor.post(
            f"/kasus/{case}/kelola/{form}",
            {"alasan": WHY, "token": "konsultasi", "tujuan": "telaah", "nama": "a", "nilai": "b",
             "yakin": "ya"},
        )  # fmt: skip
        assert answer.status_code == 403, form


def test_a_stopped_case_is_found_tried_again_and_repaired(site: Site, stuck: int) -> None:
    visitor = site.visitor("pengelola")
    listed = visitor.get("/insiden").text
    assert "Rancangan telah sempurna?" in listed and f"/kasus/{stuck}#kelola" in listed
    page = visitor.get(f"/kasus/{stuck}").text
    sentence = "Sebuah rumus memakai “jumlah_paraf”, yang belum ada dalam data kasus."
    assert sentence in page
    assert sentence in site.visitor("kepala").get(f"/kasus/{stuck}").text
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    token = {"token": found[1]}
    visitor.post(f"/kasus/{stuck}/kelola/coba-lagi", token)
    assert "masih ada yang terhenti" in visitor.get(f"/kasus/{stuck}").text
    form = {"nama": "jumlah_paraf", "nilai": "3", "bentuk": "json", "alasan": WHY}
    assert visitor.post(f"/kasus/{stuck}/kelola/data", form).status_code == 303
    visitor.post(f"/kasus/{stuck}/kelola/coba-lagi", token)
    page = text_of(visitor.get(f"/kasus/{stuck}").text)
    assert "Sudah dicoba lagi, dan alur berjalan." in page
    assert "jumlah_paraf : – → 3" in page
    assert "Tidak ada insiden" in visitor.get("/insiden").text


def test_a_gateway_that_cannot_be_skipped_says_so_on_the_page(site: Site, stuck: int) -> None:
    visitor = site.visitor("pengelola")
    page = visitor.get(f"/kasus/{stuck}").text
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    form = {"token": token[1], "alasan": WHY}
    answer = visitor.post(f"/kasus/{stuck}/kelola/lewati", form)
    assert answer.status_code == 409
    assert "Percabangan tidak dapat dilewati." in answer.text
    assert "Lewati langkah ini" not in answer.text


def test_a_step_that_cannot_begin_is_skipped(site: Site) -> None:
    case = site.start()
    wrong = {"daftar_bidang": "bukan daftar"}
    operations.correct_data(site.app, OPERATOR, case, wrong, WHY, site.now)
    site.do("kasubbag")
    visitor = site.visitor("pengelola")
    page = visitor.get(f"/kasus/{case}").text
    assert "Lewati langkah ini" in page
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    blank = visitor.post(f"/kasus/{case}/kelola/lewati", {"token": token[1], "alasan": " "})
    assert blank.status_code == 422 and "Tuliskan alasannya" in blank.text
    done = visitor.post(f"/kasus/{case}/kelola/lewati", {"token": token[1], "alasan": WHY})
    assert done.status_code == 303
    history = text_of(visitor.get(f"/kasus/{case}").text)
    assert "Langkah dilewati oleh administrator Menyusun rencana kerja bidang" in history
    assert site.first("sekretaris").name == "Membahas rencana kerja bersama"


def test_a_suspended_case_says_so_wherever_it_is_met(site: Site) -> None:
    case = site.start()
    visitor = site.visitor("pengelola")
    answer = visitor.post(f"/kasus/{case}/kelola/tangguhkan", {"alasan": WHY})
    assert answer.status_code == 303
    reader = site.visitor("kasubbag")
    item = site.first("kasubbag").id
    for path in (f"/kasus/{case}", "/tugas", f"/tugas/{item}", "/kasus?keadaan=suspended"):
        page = reader.get(path).text
        assert "itangguhkan" in page, path
        if not path.startswith("/kasus?"):
            assert WHY in page, path
    page = reader.get(f"/tugas/{item}").text
    assert "Selesaikan tugas" not in page and "Ambil tugas ini" not in page
    refused = reader.post(f"/tugas/{item}/selesai")
    assert refused.status_code == 409
    assert WHY in refused.text and "Tanjung Contoh" in refused.text
    assert visitor.post(f"/kasus/{case}/kelola/lanjutkan").status_code == 303
    assert "Selesaikan tugas" in reader.get(f"/tugas/{item}").text
    history = text_of(visitor.get(f"/kasus/{case}").text)
    assert "Kasus ditangguhkan" in history and "Kasus dilanjutkan" in history


def test_sending_back_shows_first_what_would_happen(site: Site) -> None:
    case = site.reach_decision().case_id
    visitor = site.visitor("pengelola")
    page = visitor.get(f"/kasus/{case}").text
    assert page.index("Sudah dilalui") < page.index("Langkah lain")
    token = token_of(page, "Menelaah dan memutuskan rancangan Renja")
    form = {"token": token, "tujuan": "pembahasan", "alasan": WHY}
    preview = visitor.post(f"/kasus/{case}/kelola/pindahkan", form)
    assert preview.status_code == 200
    said = text_of(preview.text)
    assert "Ditarik Menelaah dan memutuskan rancangan Renja" in said
    assert "Dibuka Membahas rencana kerja bersama" in said
    assert site.first("kepala").state == "ready"
    done = visitor.post(f"/kasus/{case}/kelola/pindahkan", {**form, "yakin": "ya"})
    assert done.status_code == 303
    assert site.first("sekretaris").name == "Membahas rencana kerja bersama"
    history = text_of(visitor.get(f"/kasus/{case}").text)
    assert "Menelaah dan memutuskan rancangan Renja → Membahas rencana kerja bersama" in history
    assert WHY in history


def test_an_impossible_move_is_explained(site: Site) -> None:
    case = site.start()
    visitor = site.visitor("pengelola")
    token = token_of(visitor.get(f"/kasus/{case}").text, "Memprakarsai penyusunan Renja")
    form = {"token": token, "tujuan": "mulai", "alasan": WHY}
    answer = visitor.post(f"/kasus/{case}/kelola/pindahkan", form)
    assert answer.status_code == 409
    assert "ke sana tidak ada alur yang masuk." in answer.text


@pytest.mark.parametrize("form", ["tangguhkan", "batalkan", "pindahkan", "data"])
def test_without_a_reason_the_form_comes_back_as_it_was_filled_in(site: Site, form: str) -> None:
    case = site.start()
    visitor = site.visitor("pengelola")
    token = token_of(visitor.get(f"/kasus/{case}").text, "Memprakarsai penyusunan Renja")
    typed = {"token": token, "tujuan": "pembahasan", "nama": "tahun", "nilai": "2027",
             "bentuk": "json", "alasan": "  "}  # fmt: skip
    answer = visitor.post(f"/kasus/{case}/kelola/{form}", typed)
    assert answer.status_code == 422
    assert "Tuliskan alasannya, paling banyak 500 huruf." in answer.text
    assert '<details class="operation" name="kelola" open>' in answer.text
    if form == "pindahkan":
        assert '<option value="pembahasan" selected>' in answer.text
    if form == "data":
        assert 'value="tahun"' in answer.text and ">2027</textarea>" in answer.text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"nama": "a", "nilai": "[1", "bentuk": "json"}, "Nilai itu bukan JSON."),
        ({"nama": "a", "nilai": "NaN", "bentuk": "json"}, "Nilai itu bukan JSON."),
        ({"nama": "", "nilai": "x"}, "tidak dapat menjadi nama"),
        ({"nama": "a", "nilai": "x\x00"}, "memuat tanda yang tidak dapat disimpan"),
    ],
)
def test_data_that_cannot_be_kept_are_refused_in_words(site: Site, form, sentence) -> None:
    case = site.start()
    answer = site.visitor("pengelola").post(f"/kasus/{case}/kelola/data", {**form, "alasan": WHY})
    assert answer.status_code == 422
    assert sentence in html.unescape(answer.text)


def test_a_cancelled_case_can_only_be_looked_at(site: Site) -> None:
    case = site.start()
    visitor = site.visitor("pengelola")
    visitor.post(f"/kasus/{case}/kelola/batalkan", {"alasan": WHY})
    page = visitor.get(f"/kasus/{case}").text
    assert "Dibatalkan" in page and WHY in page and "Kelola" not in page
    assert "Dibatalkan" in visitor.get("/kasus?keadaan=cancelled").text
    again = visitor.post(f"/kasus/{case}/kelola/batalkan", {"alasan": WHY})
    assert again.status_code == 409
    assert "sudah berakhir" in again.text


def test_what_the_operator_did_is_not_the_systems(site: Site) -> None:
    case = site.start()
    operations.suspend_case(site.app, OPERATOR, case, WHY, site.now)
    page = text_of(site.visitor("kepala").get(f"/kasus/{case}").text)
    assert page.count("Operator") == 2  # in the notice and in the history


def test_it_is_all_there_in_english(site: Site, stuck: int) -> None:
    visitor = site.visitor("pengelola")
    visitor.post("/bahasa", {"bahasa": "en", "next": "/"})
    page = visitor.get(f"/kasus/{stuck}").text
    for text in (
        "Manage",
        "Try again",
        "A gateway cannot be skipped",
        "Suspend the case",
        "Cancel the case",
    ):
        assert text in page
    page = visitor.get("/insiden").text
    assert "A formula uses “jumlah_paraf”, which is not in the data of the case yet" in page


def test_what_a_running_case_waits_for_is_listed(site: Site) -> None:
    case = start_waiting(site)
    page = text_of(site.visitor("kepala").get(f"/kasus/{case}").text)
    assert "Sedang berjalan" in page
    assert "Menunggu: Surat masuk Pesan, sinyal, waktu" in page
    assert "Menunggu: Menyimpan ke arsip" not in page
    sent = {"nomor": "050/12"}
    messages.send_message(site.app, OPERATOR, "Surat masuk", sent, {"perihal": "Renja"}, site.now)
    page = text_of(site.visitor("kepala").get(f"/kasus/{case}").text)
    assert "Menunggu: Menyimpan ke arsip Dikerjakan program" in page
    assert "Menunggu: Surat masuk" not in page


def start_waiting(site: Site) -> int:
    """A case of the example that docs/howto/layanan.md gives; its file has no drawing."""
    page = (Path(__file__).parents[2] / "docs/howto/layanan.md").read_text("utf-8")
    xml = page[page.index("<?xml") : page.index("</bpmn:definitions>")] + "</bpmn:definitions>"
    definitions.deploy_definition(site.app, OPERATOR, xml.encode(), {}, site.now)
    data = {"nomor": "050/12"}
    return cases.start_case(site.app, OPERATOR, "mengarsipkan", "BAPPEDA", data, site.now).line.id


def test_a_file_without_a_drawing_is_drawn_by_the_server(site: Site) -> None:
    case = start_waiting(site)
    visitor = site.visitor("pengelola")
    for path in (f"/kasus/{case}", "/sop/mengarsipkan"):
        page = visitor.get(path).text
        assert "gambar ini disusun otomatis" in page and "data-diagram=" not in page, path
        (picture,) = re.findall(r'<img[^>]* src="([^"]+)"', page)
        assert "Mengarsipkan" in visitor.get(picture).text
    page = visitor.get(f"/kasus/{site.start()}").text
    assert "disusun otomatis" not in page and "data-diagram=" in page


def test_the_section_is_open_where_something_is_stuck(site: Site, stuck: int) -> None:
    visitor = site.visitor("pengelola")
    opened = 'id="kelola"><details open>'
    assert opened in visitor.get(f"/kasus/{stuck}").text
    assert opened not in visitor.get(f"/kasus/{site.start()}").text


def test_who_may_not_manage_hears_that_before_anything_about_the_form(site: Site) -> None:
    case = site.start()
    visitor = site.visitor("kasubbag")
    for form in ("tangguhkan", "batalkan", "lewati", "pindahkan", "data"):
        answer = visitor.post(f"/kasus/{case}/kelola/{form}", {"nilai": "[", "bentuk": "json"})
        assert answer.status_code == 403, form


def test_a_step_is_not_offered_as_its_own_target(site: Site) -> None:
    case = site.start()
    page = site.visitor("pengelola").get(f"/kasus/{case}").text
    (node,) = re.findall(r'<option value="[^"]+" data-node="([^"]+)"', page)
    targets = page[page.index('id="pindah-ke"') :]
    assert f'value="{node}"' not in targets and 'value="pembahasan"' in targets


def test_a_confirmation_that_came_too_late_asks_to_choose_again(site: Site) -> None:
    case = site.start()
    visitor = site.visitor("pengelola")
    token = token_of(visitor.get(f"/kasus/{case}").text, "Memprakarsai penyusunan Renja")
    site.do("kasubbag")
    form = {"token": token, "tujuan": "pembahasan", "alasan": WHY, "yakin": "ya"}
    answer = visitor.post(f"/kasus/{case}/kelola/pindahkan", form)
    assert answer.status_code == 409
    assert "Pilih langkah yang sekarang terbuka." in answer.text
    assert "Muat ulang halaman" not in answer.text


@pytest.mark.parametrize(
    ("form", "typed", "field"),
    [
        ("tangguhkan", {"alasan": " "}, "alasan-tangguhkan"),
        ("data", {"alasan": "", "nama": "a", "nilai": "1"}, "alasan-data"),
        ("data", {"alasan": WHY, "nama": "a", "nilai": "[1", "bentuk": "json"}, "data-nilai"),
    ],
)
def test_what_is_wrong_is_marked_at_its_field(site: Site, form, typed, field) -> None:
    case = site.start()
    page = site.visitor("pengelola").post(f"/kasus/{case}/kelola/{form}", typed).text
    (marked,) = re.findall(r'<textarea [^>]*aria-invalid="true"[^>]*>', page)
    assert f'id="{field}"' in marked and f"{field}-salah" in marked
    assert f'class="error" id="{field}-salah"' in page


def test_the_history_shows_where_a_text_became_something_else(site: Site) -> None:
    case = site.start()
    for value in ("3", 3, 4):
        operations.correct_data(site.app, OPERATOR, case, {"paraf": value}, WHY, site.now)
    page = text_of(site.visitor("pengelola").get(f"/kasus/{case}").text)
    assert "paraf : “3” → 3" in page and "paraf : 3 → 4" in page
