"""The pages of time in a real browser: on a phone, in both themes, and without JavaScript."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from engine.usecases import notices, pauses
from tests.web.conftest import KEY, Site

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
PHONE = {"width": 360, "height": 740}
# Two weeks stand for a year, one period and one rung for all: looking at each takes its time.
ONE_OF_EACH = """for (const one of document.querySelectorAll(
    '.month:not(#bulan-3), .month tr:nth-child(n + 3), details.row ~ details.row, .rung ~ .rung'
)) one.remove()"""
SETTINGS = (
    "/pengaturan/kalender",
    "/pengaturan/kalender/BAPPEDA?tahun=2027",
    "/pengaturan/kalender/BAPPEDA/ubah",
    "/pengaturan/kalender/BAPPEDA/bandingkan",
    "/pengaturan/tangga",
    f"/pengaturan/tangga/{KEY}",
    "/saya/pemberitahuan",
)


def log_in(browser: Browser, url: str, login: str, **options: object) -> Page:
    page = browser.new_context(locale="id-ID", **options).new_page()
    page.goto(f"{url}/masuk")
    page.get_by_label("Nama pengguna").fill(login)
    page.get_by_label("Kata sandi").fill("contoh-alur")
    page.get_by_role("button", name="Masuk").click()
    return page


def look_at(page: Page, address: str) -> None:
    """Everything unfolded: nothing sticks out of a phone, and nobody is kept from reading it; where
    the colours of all pages come together, in either theme."""
    page.goto(address)
    page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
    page.evaluate(ONE_OF_EACH)
    colourful = page.locator(".month, .rung, .deadline, .items").count()
    for scheme, rules in (("light", WCAG), ("dark", CONTRAST))[: 2 if colourful else 1]:
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=rules).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], (address, scheme)


@pytest.mark.browser
def test_on_a_phone_all_of_it_can_be_read(browser: Browser, url: str, site: Site) -> None:
    page = log_in(browser, url, "pengelola", viewport=PHONE, bypass_csp=True)
    for path in SETTINGS:
        look_at(page, url + path)
    page.context.close()
    for _ in range(2):
        site.start()
    me = site.actor("kasubbag")
    pauses.pause_work_item(site.app, me, 1, "Menunggu pagu.", site.now, awaiting="SETDA")
    page = log_in(browser, url, "kasubbag", viewport=PHONE, bypass_csp=True)
    for path in ("/tugas", "/tugas/1", "/tugas/2", "/pemberitahuan"):
        look_at(page, url + path)
    page.context.close()


@pytest.mark.browser
def test_without_javascript_a_holiday_is_added_and_moves_what_is_due(
    browser: Browser, url: str, site: Site
) -> None:
    site.start()
    page = log_in(browser, url, "pengelola", java_script_enabled=False, viewport=PHONE)
    page.goto(f"{url}/pengaturan/kalender")
    page.get_by_role("link", name="Badan Perencanaan Pembangunan Daerah").click()
    page.get_by_role("link", name="Buat kalender sendiri").click()
    page.get_by_role("button", name="Tambah hari libur").click()
    expect(page.locator("[name='libur.0.tanggal']")).to_be_focused()
    page.locator("[name='libur.0.tanggal']").fill("2026-11-23")
    page.locator("[name='libur.0.nama']").fill("Hari Jadi Daerah")
    page.locator("[name='libur.0.nama']").press("Enter")  # as the button at the end
    expect(page.get_by_role("heading", level=1)).to_have_text("Yang akan terjadi")
    expect(page.get_by_role("table")).to_contain_text("Sel, 24 Nov 2026 08.30 WIB")
    page.get_by_label("Dasar perubahan").fill("Keputusan Kepala Daerah 12/2026")
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_role("status").first).to_contain_text("1 dari 1 tugas terbuka bergeser")
    expect(page.locator("#bulan-11")).to_contain_text("Hari Jadi Daerah")
    page.context.close()


@pytest.mark.browser
def test_a_rung_shows_only_what_its_choice_needs(browser: Browser, url: str) -> None:
    page = log_in(browser, url, "pengelola")
    page.goto(f"{url}/pengaturan/tangga/{KEY}")
    expect(page.get_by_label("Persen dari waktu baku").first).to_be_visible()
    expect(page.get_by_label("Berapa hari sebelumnya").first).to_be_hidden()
    page.get_by_label("Kapan").first.select_option("days")
    expect(page.get_by_label("Berapa hari sebelumnya").first).to_be_visible()
    expect(page.locator("[name='anak.0.persen']")).to_be_hidden()
    page.get_by_label("Berapa hari sebelumnya").first.fill("0")
    page.get_by_role("button", name="Lihat apa yang dikirim").last.click()
    expect(page.get_by_role("table")).to_contain_text("Melati Contoh")
    page.context.close()


@pytest.mark.browser
def test_the_bell_counts_by_itself_but_not_in_the_background(
    browser: Browser, url: str, site: Site
) -> None:
    site.start()
    page = log_in(browser, url, "kasubbag")
    page.goto(f"{url}/kasus")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(url)))
    expect(page.locator("#kabar .count")).to_contain_text("1")
    notices.mark_read(site.app, site.actor("kasubbag"), None, site.now)
    look = "document.dispatchEvent(new Event('visibilitychange'))"
    hide = "Object.defineProperty(document, 'hidden', {configurable: true, get: () => %s})"
    page.evaluate(hide % "true")
    page.evaluate(look)
    page.evaluate(hide % "false")
    assert "/pemberitahuan/jumlah" not in asked
    page.evaluate(look)
    expect(page.locator("#kabar .count")).to_have_count(0)
    assert asked.count("/pemberitahuan/jumlah") == 1
    page.context.close()
