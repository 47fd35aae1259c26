"""Beside a work item: pausing it, putting reminders off, whose time was used, what presses."""

from __future__ import annotations

from datetime import timedelta

from engine.usecases import cases, operations
from tests.web.conftest import Site
from workflows.rights import OPERATOR


def test_a_paused_task_says_so_wherever_it_is_listed(site: Site) -> None:
    site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    page = visitor.get(f"/tugas/{item}").text
    assert "Jeda tugas ini" in page and "Bidang Ekonomi" in page
    form = {"alasan": "Menunggu pagu.", "unit": "SETDA", "sampai": "2026-11-26"}
    page = visitor.post(f"/tugas/{item}/jeda", form, follow_redirects=True).text
    assert "Waktu bakunya tidak berjalan" in page and "Lanjutkan tugas" in page
    assert "Menunggu Sekretariat Daerah." in page and "Menunggu pagu." in page
    assert "Kam, 26 Nov 2026 07.30 WIB" in page
    assert "Jeda tugas ini" not in page and "Tunda pengingat saya" not in page
    site.now += timedelta(days=1)  # long past its due moment
    visitor = site.visitor("kasubbag")  # the session has ended meanwhile
    inbox = visitor.get("/tugas").text
    assert "Dijeda" in inbox and "Menunggu pagu." in inbox and "Terlambat" not in inbox
    assert "Dijeda" in visitor.get("/kasus/1").text
    other = site.visitor("sekretaris").get(f"/tugas/{item}").text
    assert "Menunggu pagu." in other and "Lanjutkan tugas" not in other


def test_a_task_of_a_suspended_case_says_why_once(site: Site) -> None:
    case = site.start()
    operations.suspend_case(site.app, OPERATOR, case, "Menunggu pagu.", site.now)
    visitor = site.visitor("kasubbag")
    inbox = visitor.get("/tugas").text
    assert "Ditangguhkan" in inbox and inbox.count("Menunggu pagu.") == 1
    page = visitor.get("/tugas/1").text.partition("Riwayat kasus")[0]
    assert page.count("Menunggu pagu.") == 1 and "Lanjutkan tugas" not in page
    assert "Jeda tugas ini" not in page and "Tenggat dihitung lagi" in page


def test_resuming_moves_the_due_moment_and_the_ledger_says_why(site: Site) -> None:
    site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    visitor.post(f"/tugas/{item}/ambil")
    visitor.post(f"/tugas/{item}/jeda", {"alasan": "Data belum lengkap.", "unit": "", "sampai": ""})
    site.now += timedelta(minutes=30)
    page = visitor.post(f"/tugas/{item}/lanjut", follow_redirects=True).text
    assert "Sen, 23 Nov 2026 10.30 WIB" in page
    assert "Lalu mundur karena jeda" in page
    assert "Sen, 23 Nov 2026 09.00–09.30 WIB: Data belum lengkap." in page
    site.now += timedelta(minutes=12)
    page = visitor.get(f"/tugas/{item}").text
    assert "<strong>12 menit</strong> dari 60 menit (20%)" in page
    assert "dijeda 30 menit" in page and "dikerjakan 12 menit" in page
    history = visitor.get("/kasus/1").text.partition("Riwayat")[2]
    assert "Tugas dijeda" in history and "Tugas dilanjutkan" in history
    assert visitor.post(f"/tugas/{item}/lanjut").status_code == 409
    site.do("kasubbag")
    page = visitor.get(f"/tugas/{item}").text
    assert "Waktu terpakai" in page and "Jeda tugas ini" not in page
    assert site.waiting("kasubbag") == ()


REFUSED = (
    ({"alasan": " "}, "Tuliskan alasannya", "alasan-jeda-salah"),
    ({"alasan": "x", "sampai": "2026-11-20"}, "setelah hari ini", "jeda-sampai-salah"),
    ({"alasan": "x", "sampai": "besok"}, "Isi dengan tanggal", "jeda-sampai-salah"),
    ({"alasan": "x", "unit": "BAPPEDA"}, "unit Anda sendiri", "jeda-unit-salah"),
)


def test_a_refused_pause_is_explained_in_its_form(site: Site) -> None:
    site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    for form, words, anchor in REFUSED:
        answer = visitor.post(f"/tugas/{item}/jeda", {"unit": "", "sampai": ""} | form)
        assert answer.status_code == 422
        assert words in answer.text and f'id="{anchor}"' in answer.text
    assert site.first("kasubbag").paused is None
    visitor = site.visitor("kepala")  # does not work on it
    assert "Jeda tugas ini" not in visitor.get(f"/tugas/{item}").text
    assert visitor.post(f"/tugas/{item}/jeda", {"alasan": "x"}).status_code == 403
    assert visitor.post("/tugas/999/jeda", {"alasan": "x"}).status_code == 404


def test_reminders_are_put_off_with_a_reason(site: Site) -> None:
    site.start()
    visitor, item = site.visitor("kasubbag"), site.first("kasubbag").id
    page = visitor.get(f"/tugas/{item}").text
    assert 'value="2026-11-24">Selasa, 24 November' in page
    form = {"sampai": "2026-11-25", "alasan": "Dinas luar."}
    page = visitor.post(f"/tugas/{item}/tunda", form, follow_redirects=True).text
    assert "Pengingat Anda ditunda sampai" in page and "Rab, 25 Nov 2026 07.30 WIB" in page
    for wrong, words in (
        ({"sampai": "2026-11-20"}, "setelah sekarang"),
        ({"sampai": "2027-11-20"}, "paling lama 30 hari"),
        ({"sampai": ""}, "Isi dengan tanggal"),
        ({"alasan": ""}, "Tuliskan alasannya"),
    ):
        answer = visitor.post(f"/tugas/{item}/tunda", form | wrong)
        assert answer.status_code == 422 and words in answer.text
    assert "Pengingat ditunda" in visitor.get("/kasus/1").text


def test_what_is_at_risk_is_marked_in_words(site: Site) -> None:
    site.start()
    visitor = site.visitor("kasubbag")
    assert "Berisiko terlambat" not in visitor.get("/tugas").text
    site.now += timedelta(minutes=46)  # three quarters of an hour are 45
    assert "Berisiko terlambat" in visitor.get("/tugas").text
    assert "Berisiko terlambat" in visitor.get("/tugas/1").text
    assert "Berisiko terlambat" in visitor.get("/kasus/1").text
    site.now += timedelta(minutes=20)
    assert "Berisiko terlambat" not in visitor.get("/tugas").text


def test_the_case_says_when_the_whole_is_due_and_why(site: Site) -> None:
    site.start()
    page = site.visitor("kepala").get("/kasus/1").text
    line = cases.list_cases(site.app, site.actor("kepala"), site.now)[0]
    assert line.due_at and "Tenggat seluruh SOP" in page
    assert "Jumlah waktu menurut SOP: 230 menit" in page
    assert "Sen, 23 Nov 2026 13.50 WIB" in page and "13.00–13.50" in page
    site.now += timedelta(days=2)
    assert "terlambat" in site.visitor("kepala").get("/kasus/1").text.partition("Diagram")[0]
