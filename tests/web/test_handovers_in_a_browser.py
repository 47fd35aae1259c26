"""Leave, handing over, asking and comments in a real browser: on a phone, in both themes, and
without JavaScript."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from engine.usecases import absences, comments, consultations, handovers
from tests.web.conftest import Site
from tests.web.test_manage_in_a_browser import PHONE, WCAG


def log_in(browser: Browser, url: str, login: str, **options: object) -> Page:
    page = browser.new_context(locale="id-ID", **options).new_page()
    page.goto(f"{url}/masuk")
    page.get_by_label("Nama pengguna").fill(login)
    page.get_by_label("Kata sandi", exact=True).fill("contoh-alur")
    page.get_by_role("button", name="Masuk", exact=True).click()
    return page


@pytest.mark.browser
def test_without_javascript_a_task_goes_to_a_colleague_and_back(
    browser: Browser, url: str, site: Site
) -> None:
    site.start()
    item = site.first("kasubbag").id
    page = log_in(browser, url, "kasubbag", java_script_enabled=False)
    page.goto(f"{url}/tugas/{item}")
    page.get_by_text("Serahkan (disposisi)").click()
    page.locator("#serahkan-kepada").fill("kabid1")
    page.get_by_label("Siapkan bahan").check()
    page.locator("#serahkan-catatan").fill("Bahan rapat Kamis.")
    page.get_by_role("button", name="Serahkan", exact=True).click()
    expect(page.get_by_role("status").first).to_have_text("Tugas diserahkan untuk disiapkan.")
    other = log_in(browser, url, "kabid1", java_script_enabled=False)
    other.goto(f"{url}/tugas/{item}")
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
    page.context.close()
    other.context.close()


@pytest.mark.browser
def test_leave_is_planned_by_its_form_and_the_substitute_sees_it(
    browser: Browser, url: str, site: Site
) -> None:
    site.start()
    page = log_in(browser, url, "kasubbag")
    page.goto(f"{url}/saya/cuti")
    page.get_by_role("link", name="Saya cuti").click()
    page.get_by_label("Hari pertama").fill("2026-11-23")
    page.get_by_label("Hari terakhir").fill("2026-11-25")
    page.get_by_label("Pengganti").select_option("sekretaris")
    page.get_by_label("Alasan").fill("Cuti tahunan.")
    page.get_by_role("button", name="Catat cuti").click()
    expect(page.get_by_text("Digantikan Kenanga Contoh")).to_be_visible()
    page.context.close()
    page = log_in(browser, url, "sekretaris")
    page.goto(f"{url}/tugas")
    expect(page.get_by_role("note")).to_contain_text("Anda menggantikan Melati Contoh")
    expect(page.get_by_role("link", name=site.first("sekretaris").name).first).to_be_visible()
    page.context.close()


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
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_all_of_it_can_be_read_and_reached(
    browser: Browser, url: str, busy: int, scheme: str
) -> None:

    for login, path in (
        ("kasubbag", f"/tugas/{busy}"),
        ("kabid2", f"/tugas/{busy}"),
        ("sekretaris", "/kasus/1"),
        ("sekretaris", f"/tugas/{busy}"),
        ("kabid2", "/saya/cuti"),
        ("sekretaris", "/cuti/baru?untuk=kasubbag"),
    ):
        page = log_in(browser, url, login, viewport=PHONE, color_scheme=scheme, bypass_csp=True)
        page.goto(url + path)
        page.evaluate("document.querySelectorAll('main details').forEach((one) => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], path
        page.context.close()
