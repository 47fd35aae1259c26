"""Trying a draft out on its pages, without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from engine.usecases import sop_drafts
from tests.web.conftest import KEY, Site, Visitor

BIDANG = ("BAPPEDA-EKO", "BAPPEDA-INF", "BAPPEDA-SOS")


class Trial:
    """One trial in one browser."""

    def __init__(self, visitor: Visitor, draft: int) -> None:
        self.visitor, self.draft = visitor, draft
        form = {"unit": "BAPPEDA", "tanggal": "2026-11-20", "jam": "15:30"}
        answer = visitor.post(f"/studio/{draft}/coba", form)
        assert answer.status_code == 303, answer.text
        self.path = answer.headers["Location"]

    def text(self, query: str = "") -> str:
        answer = self.visitor.get(self.path + query)
        assert answer.status_code == 200
        return answer.text

    def act(self, act: str, form: Mapping[str, object], status: int = 303) -> str:
        seen = re.search(r'name="dilihat" value="(\d+)"', self.text())
        assert seen
        answer = self.visitor.post(f"{self.path}/{act}", {"dilihat": seen[1], **form})
        assert answer.status_code == status, answer.text
        return answer.text

    def do(self, spot: str, answers: Mapping[str, object] | None = None, status: int = 303) -> str:
        form = {f"isi.{key}": value for key, value in (answers or {}).items()}
        return self.act("langkah", {"langkah": spot, **form}, status)


@pytest.fixture
def draft(site: Site) -> int:
    owner = site.actor("pengelola")
    return sop_drafts.create_draft_from_version(site.app, owner, KEY, None, site.now).line.id


@pytest.fixture
def trial(site: Site, draft: int) -> Trial:
    return Trial(site.visitor("pengelola"), draft)


def test_a_trial_is_played_step_by_step(trial: Trial) -> None:
    page = trial.text()
    assert "Memprakarsai penyusunan Renja" in page
    assert "Selesaikan sebagai Kasubbag Rencana Kerja dan Monev" in page
    assert "Sen, 23 Nov 2026" in page  # an hour of work from Friday at 15.30
    refused = trial.do("konsultasi/BAPPEDA/0", {"tahun_rencana": "dua"}, 422)
    assert 'value="dua"' in refused and "Belum dapat diselesaikan" in refused
    trial.do("konsultasi/BAPPEDA/0", {"tahun_rencana": "2027"})
    page = trial.text("?langkah=penyusunan_bidang/BAPPEDA-SOS/0")
    assert page.count("Menyusun rencana kerja bidang") >= 3
    assert 'value="penyusunan_bidang/BAPPEDA-SOS/0"' in page
    trial.act("urungkan", {})
    assert "Memprakarsai penyusunan Renja" in trial.text()


def test_the_clock_is_moved_and_reminders_are_listed(trial: Trial) -> None:
    due = re.findall(r'name="ke" value="([^"]+)"', trial.text())
    trial.act("jam", {"ke": due[0]})
    trial.act("jam", {"zona": "Asia/Jakarta", "tanggal": "2026-11-24", "jam": "09:00"})
    page = trial.text()
    assert "Sel, 24 Nov 2026 09.00 WIB" in page
    assert "terlambat" in page.lower()
    back = trial.act("jam", {"zona": "Asia/Jakarta", "tanggal": "2026-11-01", "jam": "09:17"}, 409)
    assert "hanya dapat maju" in back and 'value="09:17"' in back  # and nothing typed is lost
    trial.act("jam", {"tanggal": "x"}, 422)


def test_what_is_wrong_is_said_on_the_page(site: Site, draft: int, trial: Trial) -> None:
    assert "tidak sedang terbuka" in trial.do("telaah/BAPPEDA/0", status=409)
    assert "Tidak ada yang menunggu" in trial.act("pesan", {"nama": "halo"}, 409)
    assert "bukan objek JSON" in trial.act("pesan", {"nama": "halo", "isi_pesan": "["}, 422)
    visitor = trial.visitor
    broken = {"unit": "PEMDA", "tanggal": "2026-11-20", "jam": "08:00"}
    assert visitor.post(f"/studio/{draft}/coba", broken).status_code == 409
    assert visitor.get(f"/studio/{draft}/coba/999").status_code == 404
    assert site.visitor("kasubbag").get(trial.path).status_code == 404
    assert site.visitor("kasubbag").get(f"/studio/{draft}/coba").status_code == 403
    answer = visitor.get(f"{trial.path}/diagram.svg?berjalan=konsultasi&selesai=mulai")
    assert answer.mimetype == "image/svg+xml"
    assert visitor.post(f"{trial.path}/hapus").status_code == 303
    assert visitor.get(trial.path).status_code == 404


def test_a_trial_becomes_a_recorded_run(site: Site, draft: int, trial: Trial) -> None:
    trial.do("konsultasi/BAPPEDA/0")
    assert "Beri nama rekaman" in trial.act("simpan", {"nama": " "}, 422)
    trial.act("simpan", {"nama": "Awal"})
    assert "Sudah ada rekaman" in trial.act("simpan", {"nama": "Awal"}, 409)
    runs, visitor = f"/studio/{draft}/rekaman", trial.visitor
    assert "Belum diuji" in visitor.get(runs).text
    assert visitor.post(f"{runs}/uji").status_code == 303
    assert "Lulus" in visitor.get(runs).text
    assert visitor.post(f"{runs}/1/ulang").status_code == 303
    assert "Lulus" in visitor.get(runs).text
    assert visitor.post(f"{runs}/1/akhiri", {"alasan": ""}).status_code == 422
    assert visitor.post(f"{runs}/1/akhiri", {"alasan": "tidak perlu lagi"}).status_code == 303
    assert "tidak perlu lagi" in visitor.get(runs).text
