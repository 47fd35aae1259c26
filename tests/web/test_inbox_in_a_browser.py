"""The inbox in a real browser: news without a reload, keys, choosing several, on any screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.usecases import work_items
from tests.bench.inbox.loading import load
from tests.web.conftest import Site
from tests.web.looking import PHONE, look_at, violations

FIRST = "Memprakarsai penyusunan Renja"


def wait_for_stream(page: Page) -> None:
    page.wait_for_function("performance.getEntriesByName('aliran-terbuka').length > 0")


@pytest.mark.browser
def test_what_one_completes_leaves_the_others_list_within_two_seconds(
    site: Site, enter, url: str
) -> None:
    site.start()
    site.start()
    here, there = enter("kasubbag", "/tugas"), enter("kasubbag", "/tugas/1")
    wait_for_stream(here)
    expect(here.locator(".item")).to_have_count(2)
    here.locator("#p2").check()
    here.locator("#t2 h3 a").focus()
    there.get_by_role("button", name=re.compile("Selesaikan")).first.click()
    there.wait_for_url("**/tugas")
    expect(here.locator(".item")).to_have_count(1, timeout=2000)
    expect(here.locator(".tabs [aria-current] .number")).to_have_text("1")
    expect(here.locator("#p2")).to_be_checked()
    expect(here.locator("#t2 h3 a")).to_be_focused()
    expect(here.locator("[data-chosen]")).to_have_text("1 dipilih")


@pytest.mark.browser
def test_where_there_is_no_stream_the_page_asks_by_itself(site: Site, enter) -> None:
    page = enter("kasubbag", "/tugas")
    page.context.route("**/kabar/aliran*", lambda route: route.fulfill(status=503))
    page.reload()
    expect(page.locator(".item")).to_have_count(0)
    site.start()
    page.evaluate("document.querySelector('#kotak').dataset.poll = '1'")
    expect(page.locator(".item")).to_have_count(1, timeout=6000)


@pytest.mark.browser
def test_keys_move_choose_work_and_can_be_switched_off(site: Site, enter, url: str) -> None:
    for _ in range(3):
        site.start()
    page = enter("kasubbag", "/tugas")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#t2 h3 a")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("#p2")).to_be_checked()
    expect(page.locator("#t2 h3 a")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#t1 h3 a")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("jek")  # letters, in a field
    expect(page.locator("#cari")).to_have_value("jek")
    page.locator("#t1 h3 a").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("tugas berikutnya")
    assert violations(page) == []
    dialog.get_by_role("checkbox").uncheck()
    dialog.get_by_role("button").click()
    page.locator("#t1 h3 a").focus()
    page.keyboard.press("j")
    expect(page.locator("#t1 h3 a")).to_be_focused()
    page.evaluate("localStorage.clear()")
    page.keyboard.press("e")
    page.wait_for_url("**/tugas/1#kerjakan")
    expect(page.locator("form[data-work] button:focus")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("k")
    page.wait_for_url("**/kasus")


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_several_are_chosen_and_answered_one_by_one(site: Site, enter, url: str, script) -> None:
    for _ in range(3):
        site.start()
    page = enter("kasubbag", java_script_enabled=script, viewport=PHONE)
    # Without it the list would drop the row that a colleague has done before it is sent.
    page.context.route("**/kabar/aliran*", lambda route: route.fulfill(status=503))
    page.goto(f"{url}/tugas")
    page.get_by_role("link", name="Pilih semua di halaman ini").click()
    work_items.complete_work_item(site.app, site.actor("kasubbag"), 2, {}, site.now)
    page.get_by_role("group", name="Untuk yang dipilih").get_by_text("Ambil").click()
    expect(page.get_by_role("status").first).to_contain_text("2 dari 3 berhasil")
    expect(page.locator(".outcomes .item").nth(1)).to_contain_text("sudah diselesaikan Melati")
    page.get_by_role("link", name="Kembali ke daftar").click()
    expect(page.locator(".item")).to_have_count(2)
    expect(page.get_by_text("Sedang Anda kerjakan")).to_have_count(2)


@pytest.mark.browser
def test_two_race_for_one_item_and_the_second_reads_who_was_first(
    site: Site, enter, url: str
) -> None:
    site.start()
    first, second = enter("kasubbag", "/tugas/1"), enter("kasubbag", "/tugas/1")
    first.get_by_role("button", name=re.compile("Selesaikan")).first.click()
    first.wait_for_url("**/tugas")
    second.get_by_role("button", name=re.compile("Selesaikan")).first.click()
    expect(second.locator("main")).to_contain_text("sudah diselesaikan Melati Contoh")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_every_list_and_panel_can_be_read(site: Site, enter, url: str, width) -> None:
    for _ in range(2):
        site.start()
    page = enter("kasubbag", viewport={"width": width, "height": 740}, bypass_csp=True)
    for path in ("", "/milik", "/kelompok", "/selesai", "/semua?cari=tidakada", "/saring"):
        page.goto(f"{url}/tugas{path}")
        if path == "":
            page.locator("#p1").check()
        look_at(page)


@pytest.mark.browser
def test_the_first_load_is_small_and_quick_on_a_slow_phone(site: Site, browser: Browser) -> None:
    for _ in range(50):
        site.start()
    loaded = load(browser, site.app, "kasubbag")
    assert loaded.kilobytes <= 60
    assert loaded.seconds <= 6  # a test is no measurement: `python -m tests.bench.inbox` is one
