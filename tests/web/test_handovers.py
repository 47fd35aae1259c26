"""Leave, handing over, asking and comments as plain pages: every act a form, nothing typed lost."""

from __future__ import annotations

from engine.usecases import handovers, item_people
from tests.web.conftest import Site


def test_an_item_is_handed_over_given_back_and_shows_what_was_said(site: Site) -> None:
    site.start()
    item = site.first("kasubbag").id
    owner, helper = site.visitor("kasubbag"), site.visitor("kabid1")
    wrong = {"kepada": "entah", "catatan": "Tolong siapkan bahannya."}
    answer = owner.post(f"/tugas/{item}/serahkan", wrong)
    assert answer.status_code == 422 and "Tolong siapkan bahannya." in answer.text
    right = {**wrong, "kepada": "kabid1", "diminta": "siapkan_bahan", "sifat": "segera"}
    assert owner.post(f"/tugas/{item}/serahkan", right).status_code == 303
    page = helper.get(f"/tugas/{item}").text
    assert "Siapkan bahan" in page and "Tolong siapkan bahannya." in page and "Segera" in page
    assert "Kembalikan: sudah disiapkan" in page and "Tarik kembali" not in page
    assert "sedang disiapkan Mawar Contoh" in owner.get(f"/tugas/{item}").text
    assert helper.post(f"/tugas/{item}/kembalikan-siap", {"catatan": "Beres."}).status_code == 303
    assert "Beres." in owner.get(f"/tugas/{item}").text


def test_a_question_and_a_comment_keep_what_was_typed(site: Site) -> None:
    case = site.start()
    item = site.first("kasubbag").id
    owner, colleague = site.visitor("kasubbag"), site.visitor("kabid1")
    asked = {"kepada": "kabid1", "pertanyaan": "Berapa pagunya?"}
    assert owner.post(f"/tugas/{item}/tanya", asked).status_code == 303
    page = colleague.get(f"/tugas/{item}").text
    assert "Berapa pagunya?" in page and "Jawaban Anda" in page
    shown = item_people.read_item_people(site.app, site.actor("kabid1"), item, site.now)
    number = shown.consultations[0].id
    answer = colleague.post(f"/tugas/{item}/tanya/{number}/jawab", {"jawaban": "Dua miliar."})
    assert answer.status_code == 303 and "Dua miliar." in owner.get(f"/tugas/{item}").text
    refused = owner.post(f"/tugas/{item}/komentar", {"komentar": "Halo @entah, mohon dicek."})
    assert refused.status_code == 422
    assert "Halo @entah, mohon dicek." in refused.text and "@entah. Komentar belum" in refused.text
    assert owner.post(f"/kasus/{case}/komentar", {"komentar": "Halo @kabid1"}).status_code == 303
    page = colleague.get(f"/kasus/{case}").text
    assert "Halo @kabid1" in page
    assert colleague.post(f"/kasus/{case}/pantau", {"pantau": "ya"}).status_code == 303
    assert "Berhenti memantau kasus" in colleague.get(f"/kasus/{case}").text
    assert "kasubbag" in {one["login"] for one in colleague.get(f"/kasus/{case}/rekan").json}


def test_a_superior_assigns_and_whoever_has_it_returns_it(site: Site) -> None:
    site.start()
    item = site.first("kasubbag").id
    superior, holder = site.visitor("sekretaris"), site.visitor("kasubbag")
    assert "Tugaskan kepada" in superior.get(f"/tugas/{item}").text
    assert "Tugaskan kepada" not in holder.get(f"/tugas/{item}").text
    given = {"kepada": "kasubbag", "alasan": "Mendesak."}
    assert superior.post(f"/tugas/{item}/tugaskan", given).status_code == 303
    assert holder.post(f"/tugas/{item}/kembalikan", {"alasan": " "}).status_code == 422
    assert holder.post(f"/tugas/{item}/kembalikan", {"alasan": "Salah alamat."}).status_code == 303
    assert "Salah alamat." in superior.get(f"/tugas/{item}").text
    stranger = site.visitor("kabid1")
    assert stranger.post(f"/tugas/{item}/tugaskan", given).status_code == 403


def test_leave_is_planned_changed_and_ended(site: Site) -> None:
    site.start()
    owner, stand_in = site.visitor("kasubbag"), site.visitor("sekretaris")
    form = {
        "pengganti": "kasubbag", "dari": "2026-11-23", "sampai": "2026-11-25", "alasan": "Umrah.",
    }  # fmt: skip
    refused = owner.post("/cuti/baru", form)
    assert refused.status_code == 409 and "Umrah." in refused.text
    assert owner.post("/cuti/baru", {**form, "dari": "besok"}).status_code == 422
    assert owner.post("/cuti/baru", {**form, "pengganti": "sekretaris"}).status_code == 303
    assert "Digantikan Kenanga Contoh" in owner.get("/saya/cuti").text
    inbox = stand_in.get("/tugas").text
    assert "Anda menggantikan Melati Contoh sampai 25 November 2026." in inbox
    assert site.first("sekretaris").name in inbox
    number = owner.get("/saya/cuti").text.split('href="/cuti/')[2].split('"')[0]
    assert owner.get(f"/cuti/{number}").status_code == 200
    assert site.visitor("kabid1").get(f"/cuti/{number}").status_code == 403
    assert stand_in.get("/cuti/baru?untuk=kasubbag").status_code == 200  # their superior
    changed = {**form, "pengganti": "kepala", "sampai": "2026-11-26"}
    assert owner.post(f"/cuti/{number}", changed).status_code == 303
    assert owner.post(f"/cuti/{number}/akhiri").status_code == 303
    assert "Anda menggantikan" not in site.visitor("kepala").get("/tugas").text


def test_an_item_without_its_delegate_says_who_prepares_it(site: Site) -> None:
    site.start()
    item = site.first("kasubbag").id
    handovers.delegate_item(site.app, site.actor("kasubbag"), item, "kabid1", site.now)
    page = site.visitor("kasubbag").get(f"/tugas/{item}").text
    assert "Tugas ini sedang disiapkan Mawar Contoh. Tarik kembali dahulu." in page
