"""The pages of time in a real browser: on a phone, in both themes, and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from engine.usecases import notices, pauses
from tests.web.conftest import KEY, Site
from tests.web.looking import PHONE, look_at, unfold

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


@pytest.mark.browser
def test_on_a_phone_all_of_it_can_be_read(enter, url: str, site: Site) -> None:
    def look_over(login: str, paths: tuple[str, ...]) -> None:
        page = enter(login, viewport=PHONE, bypass_csp=True)
        for path in paths:
            page.goto(url + path)
            unfold(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
            page.evaluate(ONE_OF_EACH)
            look_at(page)

    look_over("pengelola", SETTINGS)
    for _ in range(2):
        site.start()
    me = site.actor("kasubbag")
    pauses.pause_work_item(site.app, me, 1, "Menunggu pagu.", site.now, awaiting="SETDA")
    look_over("kasubbag", ("/tugas", "/tugas/1", "/tugas/2", "/pemberitahuan"))


@pytest.mark.browser
def test_without_javascript_a_holiday_is_added_and_moves_what_is_due(
    enter, url: str, site: Site
) -> None:
    site.start()
    page = enter("pengelola", "/pengaturan/kalender", java_script_enabled=False, viewport=PHONE)
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


@pytest.mark.browser
def test_a_rung_shows_only_what_its_choice_needs(enter) -> None:
    page = enter("pengelola", f"/pengaturan/tangga/{KEY}")
    expect(page.get_by_label("Persen dari waktu baku").first).to_be_visible()
    expect(page.get_by_label("Berapa hari sebelumnya").first).to_be_hidden()
    page.get_by_label("Kapan").first.select_option("days")
    expect(page.get_by_label("Berapa hari sebelumnya").first).to_be_visible()
    expect(page.locator("[name='anak.0.persen']")).to_be_hidden()
    page.get_by_label("Berapa hari sebelumnya").first.fill("0")
    page.get_by_role("button", name="Lihat apa yang dikirim").last.click()
    expect(page.get_by_role("table")).to_contain_text("Melati Contoh")


@pytest.mark.browser
def test_the_bell_counts_by_itself_but_not_in_the_background(enter, url: str, site: Site) -> None:
    site.start()
    page = enter("kasubbag", "/kasus")
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
