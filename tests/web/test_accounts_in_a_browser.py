"""Logging in with a second factor, and the pages of one's own security, in a real browser."""

from __future__ import annotations

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from engine.usecases import account_mails
from tests.web.conftest import Site
from workflows.rights import OPERATOR

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
PHONE = {"width": 360, "height": 740}


def log_in(browser: Browser, url: str, login: str, **options: object) -> Page:
    page = browser.new_context(locale="id-ID", **options).new_page()
    page.goto(f"{url}/masuk")
    page.get_by_label("Nama pengguna").fill(login)
    page.get_by_label("Kata sandi").fill("contoh-alur")
    page.get_by_role("button", name="Masuk").click()
    return page


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
    page = log_in(browser, url, "kasubbag", java_script_enabled=scripts)
    totp, codes = set_up(page, url, site)
    other = log_in(browser, url, "kasubbag", java_script_enabled=scripts, viewport=PHONE)
    expect(other.get_by_role("heading", name="Kode kedua")).to_be_visible()
    other.goto(f"{url}/tugas")  # nothing is open yet
    expect(other.get_by_label("Nama pengguna")).to_be_visible()
    other = log_in(browser, url, "kasubbag", java_script_enabled=scripts, viewport=PHONE)
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


def look_at(page: Page, what: str) -> None:
    """Nothing sticks out of a phone, and nobody is kept from reading it, in either theme."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], what
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], (what, scheme)


@pytest.mark.browser
def test_on_a_phone_all_of_it_can_be_read(browser: Browser, url: str, site: Site) -> None:
    invited = account_mails.make_link(site.app, OPERATOR, "kabid1", site.now)
    page = browser.new_context(locale="id-ID", viewport=PHONE, bypass_csp=True).new_page()
    assert invited.link
    for path in ("/masuk", "/masuk/lupa", invited.link.removeprefix(site.app.url)):
        page.goto(url + path)
        look_at(page, path)
    page = log_in(browser, url, "pengelola", viewport=PHONE, bypass_csp=True)
    page.goto(f"{url}/saya/keamanan/kode")
    page.get_by_role("button", name="Pasang kode kedua").click()
    look_at(page, "QR")
    for path in ("/saya/keamanan", "/saya/sandi", "/pengaturan/catatan"):
        page.goto(url + path)
        look_at(page, path)
    log = log_in(browser, url, "pengelola", viewport=PHONE, bypass_csp=True)
    expect(log).to_have_url(f"{url}/tugas")
