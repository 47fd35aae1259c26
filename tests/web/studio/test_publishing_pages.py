"""From a draft to a version in force, by links and plain forms; and what becomes of versions."""

from __future__ import annotations

from datetime import timedelta

from engine.usecases import approvals, cases, publishing, sop_drafts
from tests.web.conftest import KEY, Site
from tests.web.studio.pages import Desk, begin_drawn, draw
from workflows.rights import OPERATOR


def version_of(site: Site, case_id: int) -> int:
    return cases.read_case(site.app, OPERATOR, case_id, site.now).line.version


def publish(site: Site, draft_id: int, days: int = 0) -> None:
    """All the way, without the pages."""
    owner, day = site.actor("pengelola"), site.app.today(site.now) + timedelta(days=days)
    approvals.submit_draft(site.app, owner, draft_id, "Uji", site.now)
    approvals.approve_draft(site.app, site.actor("sekretaris"), draft_id, site.now)
    publishing.publish_draft(site.app, owner, draft_id, day, site.now, accept_warnings=True)


def test_the_whole_way_from_the_list_to_the_moved_case(site: Site) -> None:
    case_id = site.start()
    owner, approver = Desk(site.visitor("pengelola")), Desk(site.visitor("sekretaris"))
    owner.open("/studio")
    assert "Versi 1" in owner.text and "1 kasus berjalan" in owner.text
    owner.send(f"/studio/dari/{KEY}")
    draft_id = sop_drafts.list_drafts(site.app, site.actor("pengelola"), site.now)[0].id
    draw(site, draft_id, 'name="Sekretaris"', 'name="Sekretaris Badan"')

    path = f"/studio/{draft_id}/terbit"
    owner.open(path)
    assert "Sekretaris Badan" in owner.text  # what has changed
    assert not owner.offers("/sahkan") and not owner.offers("/terbitkan")
    owner.send("/ajukan", catatan="")
    assert owner.status == 422 and "Tuliskan catatannya" in owner.text
    owner.send("/ajukan", catatan="Nama jalur disesuaikan.")
    assert "Rancangan diajukan." in owner.text and "Menunggu orang lain" in owner.text
    assert not owner.offers("/sahkan")

    approver.open("/studio")
    assert "Menunggu pengesahan" in approver.text
    approver.open(path)
    assert "Nama jalur disesuaikan." in approver.text and approver.offers("/sahkan")
    assert not approver.offers("/tarik") and not approver.offers("/terbitkan")
    approver.send("/kembalikan", catatan="Namanya tulis lengkap.")
    owner.open(path)
    assert "Namanya tulis lengkap." in owner.text
    assert "Dikembalikan" in Desk(site.visitor("pengelola")).open("/studio")
    draw(site, draft_id, "Sekretaris Badan", "Sekretaris Badan Perencanaan")
    owner.send("/ajukan", catatan="Nama jalur ditulis lengkap.")
    assert owner.status == 409 and "disimpan lagi" in owner.text  # it was drawn at since
    assert "Nama jalur ditulis lengkap." in owner.page
    owner.send("/ajukan", catatan="Nama jalur ditulis lengkap.")
    approver.open(path)
    approver.send("/sahkan", catatan="Umumkan dahulu.")
    assert "Rancangan disahkan." in approver.text and not approver.offers("/terbitkan")

    owner.open(path)
    assert "Umumkan dahulu." in owner.text
    assert f"Kasus {case_id}" in owner.text and "Dapat dipindahkan" in owner.text
    owner.send("/terbitkan")
    assert owner.status == 422 and "Pilih dahulu" in owner.text
    owner.send("/terbitkan", kasus="pindah")
    assert owner.status == 409 and "centang bahwa catatannya" in owner.text
    later = (site.app.today(site.now) + timedelta(days=3)).isoformat()
    owner.send("/terbitkan", kasus="pindah", setuju="ya", berlaku=later)
    assert owner.status == 422 and later in owner.page and version_of(site, case_id) == 1
    owner.send("/terbitkan", setuju="ya", berlaku="2026-11-22")
    assert owner.status == 422 and "paling awal hari ini" in owner.text
    owner.send("/terbitkan", setuju="ya", berlaku="2026-11-23")
    assert "Versi 2 terbit dan berlaku mulai hari ini." in owner.text
    assert f"1 kasus dipindahkan ke versi 2: {case_id}." in owner.text
    assert version_of(site, case_id) == 2
    owner.open(f"/sop/{KEY}/versi")
    assert "Nama jalur ditulis lengkap." in owner.text and "Kenanga Contoh" in owner.text


def test_what_is_on_its_way_can_be_taken_back(site: Site) -> None:
    draft_id = begin_drawn(site)
    owner = Desk(site.visitor("pengelola"))
    owner.open(f"/studio/{draft_id}/terbit")
    owner.send("/ajukan", catatan="Uji")
    owner.again(f"/studio/{draft_id}/buang")
    assert owner.status == 409 and "Rancangan ini sudah diajukan Tanjung Contoh" in owner.text
    owner.open(f"/studio/{draft_id}/terbit")
    owner.send("/tarik")
    assert "Rancangan ditarik kembali" in owner.text and owner.offers("/ajukan")
    owner.again(f"/studio/{draft_id}/terbit/terbitkan", berlaku="2026-11-23", setuju="ya")
    assert owner.status == 409 and "belum diajukan, atau sudah ditarik kembali" in owner.text


def test_errors_stand_in_the_way_with_a_link_to_their_rule(site: Site) -> None:
    draft_id = begin_drawn(site)
    draw(site, draft_id, 'sop:pelaksana="sekretaris"', 'sop:pelaksana="entah"')
    owner = Desk(site.visitor("pengelola"))
    owner.open(f"/studio/{draft_id}/terbit")
    assert "Kesalahan: 1" in owner.text and not owner.offers("/ajukan")
    assert 'href="/studio/aturan/' in owner.page
    assert f'href="/studio/{draft_id}?elemen=jalur_sekretaris"' in owner.page


def test_cases_that_stayed_are_moved_later_from_the_list_of_versions(site: Site) -> None:
    first, second = site.start(), site.start()
    publish(site, begin_drawn(site))
    owner = Desk(site.visitor("pengelola"))
    owner.open(f"/sop/{KEY}/versi")
    assert "2 kasus menurut versi lain" in owner.text
    owner.open(f"/sop/{KEY}/versi/2/kasus")
    owner.send("/kasus", pilih=[])
    assert "Belum ada kasus yang dipilih." in owner.text
    owner.send("/kasus", pilih=[str(second)])
    assert f"1 kasus dipindahkan ke versi 2: {second}." in owner.text
    assert (version_of(site, first), version_of(site, second)) == (1, 2)
    assert Desk(site.visitor("sekretaris")).open(f"/sop/{KEY}/versi/2/kasus")
    assert site.visitor("sekretaris").get(f"/sop/{KEY}/versi/2/kasus").status_code == 403


def test_a_case_that_cannot_move_says_why(site: Site) -> None:
    case_id, draft_id = site.start(), begin_drawn(site)
    item = site.first("kasubbag")
    draw(site, draft_id, item.node, f"{item.node}_lain")
    draw(site, draft_id, f"{item.node}_lain.form", f"{item.node}.form")
    draw(site, draft_id, f'name="{item.name}"', 'name="Menyiapkan bahan"')
    owner = site.actor("pengelola")
    approvals.submit_draft(site.app, owner, draft_id, "Uji", site.now)
    approvals.approve_draft(site.app, site.actor("sekretaris"), draft_id, site.now)
    desk = Desk(site.visitor("pengelola"))
    desk.open(f"/studio/{draft_id}/terbit")
    assert f"{item.name}: tidak ada padanannya di versi baru" in desk.text
    desk.send("/terbitkan", kasus="pindah", setuju="ya")
    assert "1 kasus tetap di versi lamanya." in desk.text and version_of(site, case_id) == 1
    desk.open(f"/sop/{KEY}/versi/2/kasus")
    assert "tidak ada padanannya" in desk.text and not desk.offers("/kasus")


def test_an_old_version_comes_back_and_the_versions_say_what_they_are(site: Site) -> None:
    case_id = site.start()
    publish(site, begin_drawn(site))
    owner = Desk(site.visitor("pengelola"))
    owner.open(f"/sop/{KEY}/versi")
    assert "Digantikan" in owner.text and not owner.offers("/versi/2/kembali")
    owner.send("/versi/1/kembali")
    assert "Rancangan dimulai dengan isi versi 1." in owner.text
    assert "Kembali ke versi 1." in owner.page and owner.offers("/ajukan")  # the note is proposed
    back = sop_drafts.list_drafts(site.app, site.actor("pengelola"), site.now)[0]
    publish(site, back.id, days=2)
    owner.open(f"/sop/{KEY}/versi")
    assert "Akan berlaku" in owner.text
    early = {"pilih": str(case_id)}
    owner.open(f"/sop/{KEY}/versi/3/kasus")
    assert not owner.offers("/kasus")
    site.visitor("pengelola").post(f"/sop/{KEY}/versi/3/kasus", early)
    assert version_of(site, case_id) == 1
    staff = Desk(site.visitor("kasubbag"))
    staff.open(f"/sop/{KEY}")
    assert "Versi 3 berlaku mulai Rabu, 25 November 2026." in staff.text
    assert "Versi 3 berlaku mulai 25 Nov 2026" in Desk(site.visitor("kasubbag")).open("/sop")
    staff.open(f"/sop/{KEY}?versi=1")
    assert "Versi ini sudah digantikan." in staff.text


def test_an_sop_is_retired_in_use_again_and_evaluated(site: Site) -> None:
    owner, staff = Desk(site.visitor("pengelola")), Desk(site.visitor("kasubbag"))
    owner.open(f"/sop/{KEY}/versi")
    owner.send("/evaluasi", catatan=" ")
    assert owner.status == 422 and "Tuliskan hasilnya" in owner.text
    owner.send("/evaluasi", catatan="Masih sesuai.")
    assert "Evaluasi berikutnya paling lambat Selasa, 23 November 2027." in owner.text
    staff.open(f"/sop/{KEY}")
    assert "Mulai SOP" in staff.text
    owner.send("/cabut", catatan="Diganti Perbup baru.")
    assert "SOP ini tidak berlaku lagi." in owner.text and not owner.offers("/cabut")
    staff.open(f"/sop/{KEY}")
    assert "Mulai SOP" not in staff.text and "Diganti Perbup baru." in staff.text
    assert "Tidak berlaku lagi" in Desk(site.visitor("kasubbag")).open("/sop")
    assert "Tidak berlaku lagi" in Desk(site.visitor("pengelola")).open("/studio")
    owner.again(f"/sop/{KEY}/versi/cabut", catatan="Dua kali.")
    assert owner.status == 409 and "SOP ini tidak berlaku lagi sejak" in owner.text
    owner.send("/berlakukan")
    staff.open(f"/sop/{KEY}")
    assert "Mulai SOP" in staff.text
    approver = Desk(site.visitor("sekretaris"))
    approver.open(f"/sop/{KEY}/versi")
    assert approver.status == 200 and not approver.offers("/cabut")


def test_history_shows_goes_back_renames_and_gives_up(site: Site) -> None:
    draft_id = begin_drawn(site)
    owner = Desk(site.visitor("pengelola"))
    owner.open(f"/studio/{draft_id}/riwayat")
    assert "Rancangan dimulai" in owner.text and "Disimpan" in owner.text
    picture = site.visitor("pengelola").get(f"/studio/{draft_id}/riwayat/1.svg")
    assert picture.mimetype == "image/svg+xml" and "Sekretaris" in picture.text
    file = site.visitor("sekretaris").get(f"/studio/{draft_id}/riwayat/1.bpmn")
    assert 'name="Sekretaris"' in file.text and "attachment" in file.headers["Content-Disposition"]
    owner.open(f"/studio/{draft_id}/riwayat/1")
    draw(site, draft_id, "Sekretaris Badan", "Sekban")
    owner.send("/riwayat/1/pakai")
    assert owner.status == 409 and "disimpan lagi setelah Anda membuka" in owner.text
    owner.send("/riwayat/1/pakai")
    assert "Revisi 1 dipakai lagi, sebagai revisi 4." in owner.text
    assert "Kembali ke revisi 1" in owner.text
    owner.send("/nama", nama=" ")
    assert owner.status == 422 and "Beri nama SOP" in owner.text
    owner.send("/nama", nama="Menyusun Renja")
    assert "Menyusun Renja" in owner.text
    owner.send("/buang")
    assert "Rancangan “Menyusun Renja” dibuang." in owner.text and f"dari/{KEY}" in owner.page
