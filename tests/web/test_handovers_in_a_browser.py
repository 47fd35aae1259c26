"""Leave, handing over, asking and comments in a real browser: on a phone, in both themes, and
without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from engine.usecases import absences, comments, consultations, handovers
from tests.web.conftest import Site
from tests.web.looking import PHONE, look_at, unfold


@pytest.mark.browser
def test_without_javascript_a_task_goes_to_a_colleague_and_back(
    enter, url: str, site: Site
) -> None:
    site.start()
    item = site.first("kasubbag").id
    page = enter("kasubbag", f"/tugas/{item}", java_script_enabled=False)
    page.get_by_text("Serahkan (disposisi)").click()
    page.locator("#serahkan-kepada").fill("kabid1")
    page.get_by_label("Siapkan bahan").check()
    page.locator("#serahkan-catatan").fill("Bahan rapat Kamis.")
    page.get_by_role("button", name="Serahkan", exact=True).click()
    expect(page.get_by_role("status").first).to_have_text("Tugas diserahkan untuk disiapkan.")
    other = enter("kabid1", f"/tugas/{item}", java_script_enabled=False)
    expect(other.locator("#lembar, .disposition")).to_contain_text("Bahan rapat Kamis.")
    other.get_by_text("Kembalikan: sudah disiapkan").click()
    other.locator("#siap-catatan").fill("Sudah lengkap.")
    other.get_by_role("button", name="Kembalikan", exact=True).click()
    page.goto(f"{url}/tugas/{item}")
    page.get_by_text("Tanya rekan").click()
    page.locator("#tanya-kepada").fill("sekretaris")
    page.locator("#tanya-pertanyaan").fill("Pagu sudah pasti?")
    page.get_by_role("button", name="Kirim pertanyaan").click()
    expect(page.get_by_text("Menunggu jawaban")).to_be_visible()
    page.get_by_label("Tulis komentar").fill("Tolong dicek @entah")
    page.get_by_role("button", name="Kirim komentar").click()
    expect(page.get_by_label("Tulis komentar")).to_have_value("Tolong dicek @entah")
    page.get_by_label("Tulis komentar").fill("Tolong dicek @sekretaris")
    page.get_by_role("button", name="Kirim komentar").click()
    expect(page.locator(".talk").last).to_contain_text("Tolong dicek @sekretaris")


@pytest.mark.browser
def test_leave_is_planned_by_its_form_and_the_substitute_sees_it(enter, site: Site) -> None:
    site.start()
    page = enter("kasubbag", "/saya/cuti")
    page.get_by_role("link", name="Saya cuti").click()
    page.get_by_label("Hari pertama").fill("2026-11-23")
    page.get_by_label("Hari terakhir").fill("2026-11-25")
    page.get_by_label("Pengganti").select_option("sekretaris")
    page.get_by_label("Alasan").fill("Cuti tahunan.")
    page.get_by_role("button", name="Catat cuti").click()
    expect(page.get_by_text("Digantikan Kenanga Contoh")).to_be_visible()
    page = enter("sekretaris", "/tugas")
    expect(page.get_by_role("note")).to_contain_text("Anda menggantikan Melati Contoh")
    expect(page.get_by_role("link", name=site.first("sekretaris").name).first).to_be_visible()


@pytest.fixture
def busy(site: Site) -> int:
    """An item with everything that its people can say."""
    case = site.start()
    item, owner = site.first("kasubbag").id, site.actor("kasubbag")
    consultations.ask_colleague(site.app, owner, item, "kabid2", "Pagu sudah pasti?", site.now)
    comments.add_comment(site.app, owner, "Mohon dicek @kabid1.", site.now, item_id=item)
    comments.add_comment(site.app, owner, "Tentang kasusnya.", site.now, case_id=case)
    handovers.reassign_item(
        site.app, site.actor("sekretaris"), item, "kasubbag", "Mendesak.", site.now
    )
    handovers.return_item(site.app, owner, item, "Mohon petunjuk.", site.now)
    handovers.delegate_item(
        site.app, owner, item, "kabid1", site.now,
        instructions=["siapkan_bahan"], urgency="segera", note="Bahan rapat.",
    )  # fmt: skip
    day = site.now.date()
    absences.plan_absence(
        site.app, site.actor("kabid2"), "kabid2", "kabid3", day, day, "Cuti.", site.now
    )
    return item


@pytest.mark.browser
def test_on_a_phone_all_of_it_can_be_read_and_reached(busy: int, enter, url: str) -> None:
    for login, paths in (
        ("kasubbag", (f"/tugas/{busy}",)),
        ("kabid2", (f"/tugas/{busy}", "/saya/cuti")),
        ("sekretaris", ("/kasus/1", f"/tugas/{busy}", "/cuti/baru?untuk=kasubbag")),
    ):
        page = enter(login, viewport=PHONE, bypass_csp=True)
        for path in paths:
            page.goto(url + path)
            unfold(page)
            look_at(page)
