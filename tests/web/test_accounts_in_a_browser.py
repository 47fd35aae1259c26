"""Logging in with a second factor, and the pages of one's own security, in a real browser."""

from __future__ import annotations

import pyotp
import pytest
from playwright.sync_api import Browser, Page, expect

from engine.usecases import account_mails
from tests.web.conftest import Site
from tests.web.looking import PHONE, log_in, look_at
from workflows.rights import OPERATOR


def set_up(page: Page, url: str, site: Site) -> tuple[pyotp.TOTP, list[str]]:
    """The second factor, from the page alone: what the authenticator app shows, and the codes for
    when it is lost."""
    page.goto(f"{url}/saya/keamanan")
    page.get_by_role("link", name="Atur kode kedua").click()
    page.get_by_role("button", name="Pasang kode kedua").click()
    expect(page.get_by_role("img", name="Kode QR")).to_be_visible()
    totp = pyotp.TOTP(page.get_by_label("Tidak dapat memindai").input_value().replace(" ", ""))
    page.get_by_label("Kode dari aplikasi").fill(totp.at(site.now))
    page.get_by_role("button", name="Aktifkan").click()
    shown = page.locator(".recovery code")
    expect(shown).to_have_count(10)
    codes = shown.all_inner_texts()
    return totp, codes


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_second_factor_is_asked_for_at_the_log_in(
    browser: Browser, url: str, site: Site, scripts: bool
) -> None:
    page = log_in(browser.new_page(locale="id-ID", java_script_enabled=scripts), url, "kasubbag")
    totp, codes = set_up(page, url, site)
    other = log_in(
        browser.new_page(locale="id-ID", java_script_enabled=scripts, viewport=PHONE),
        url,
        "kasubbag",
    )
    expect(other.get_by_role("heading", name="Kode kedua")).to_be_visible()
    other.goto(f"{url}/tugas")  # nothing is open yet
    expect(other.get_by_label("Nama pengguna")).to_be_visible()
    log_in(other, url, "kasubbag")
    other.get_by_label("Kode", exact=True).fill(totp.at(site.now))
    other.get_by_role("button", name="Masuk").click()
    expect(other.get_by_role("alert")).to_contain_text("sudah dipakai")
    other.get_by_label("Kode", exact=True).fill(codes[3])
    other.get_by_role("button", name="Masuk").click()
    expect(other).to_have_url(f"{url}/tugas")

    page.goto(f"{url}/saya/keamanan")
    expect(page.locator("#sesi li")).to_have_count(2)
    expect(page.locator("#sesi li").filter(has_text="Perangkat ini")).to_have_count(1)
    page.locator("#sesi").get_by_role("button", name="Keluarkan Chrome").click()
    expect(page.get_by_role("status")).to_contain_text("diakhiri")
    other.goto(f"{url}/tugas")
    expect(other.get_by_label("Nama pengguna")).to_be_visible()


@pytest.mark.browser
def test_on_a_phone_all_of_it_can_be_read(browser: Browser, enter, url: str, site: Site) -> None:
    invited = account_mails.make_link(site.app, OPERATOR, "kabid1", site.now)
    page = browser.new_page(locale="id-ID", viewport=PHONE, bypass_csp=True)
    assert invited.link
    for path in ("/masuk", "/masuk/lupa", invited.link.removeprefix(site.app.url)):
        page.goto(url + path)
        look_at(page)
    page.close()
    page = enter("pengelola", "/saya/keamanan/kode", viewport=PHONE, bypass_csp=True)
    page.get_by_role("button", name="Pasang kode kedua").click()
    expect(page.get_by_role("img", name="Kode QR")).to_be_visible()
    look_at(page)
    for path in ("/saya/keamanan", "/saya/sandi", "/pengaturan/catatan"):
        page.goto(url + path)
        look_at(page)
    again = log_in(browser.new_page(locale="id-ID"), url, "pengelola")  # a factor half set up
    expect(again).to_have_url(f"{url}/tugas")
