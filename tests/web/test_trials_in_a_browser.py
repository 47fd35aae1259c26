"""The shipped SOP is tried out from its start to its end, with a mouse and a keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.usecases import sop_drafts
from tests.web.conftest import KEY, Site, let_in

pytestmark = pytest.mark.browser
PATIENCE = 60_000  # milliseconds: each act plays all of them again


@pytest.fixture
def page(site: Site, browser: Browser, url: str) -> Iterator[Page]:
    owner = site.actor("pengelola")
    sop_drafts.create_draft_from_version(site.app, owner, KEY, None, site.now)
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield let_in(context, site, url, "pengelola").new_page()
    context.close()


def complete(page: Page, role: str, acts: int) -> None:
    """Press the button of the open step; `acts`: how many there are afterwards."""
    page.get_by_role("button", name=f"Selesaikan sebagai {role}").click()
    wait_for(page, acts)


def wait_for(page: Page, acts: int) -> None:
    expect(page.locator(".acts > li")).to_have_count(acts, timeout=PATIENCE)


def test_the_shipped_sop_is_tried_to_its_end(page: Page, site: Site) -> None:
    page.goto("/studio/1/coba")
    page.get_by_label("Dijalankan di").select_option("BAPPEDA")
    page.get_by_label("Dimulai tanggal").fill("2026-11-20")
    page.get_by_label("Pukul").fill("15:30")
    page.get_by_role("button", name="Mulai mencoba").click()
    wait_for(page, 1)
    complete(page, "Kasubbag", 2)
    for acts in (3, 4, 5):
        complete(page, "Kepala Bidang", acts)

    # Two hours of discussion, begun on Friday at half past three: due on Monday.
    page.get_by_role("button", name="Ke tenggat berikutnya").click()
    wait_for(page, 6)
    expect(page.locator(".clock-now")).to_have_text("Sen, 23 Nov 2026 08.30 WIB")
    page.get_by_role("button", name="+1 hari kerja").click()
    wait_for(page, 7)
    expect(page.locator(".told")).to_contain_text("Lewat tenggat")
    complete(page, "Sekretaris", 8)
    complete(page, "Kasubbag", 9)
    complete(page, "Sekretaris", 10)

    back = page.get_by_role("button", name="kembalikan dengan arahan")
    back.click()
    expect(page.locator("[data-problems]")).to_contain_text("Arahan")
    page.get_by_label("Arahan untuk disempurnakan").fill("Lengkapi indikatornya.")
    back.click()
    wait_for(page, 11)
    expect(page.locator(".arahan")).to_contain_text("Lengkapi indikatornya.")
    expect(page.locator(".open-steps")).to_contain_text("Putaran 2")
    complete(page, "Kasubbag", 12)
    complete(page, "Sekretaris", 13)
    page.get_by_role("button", name="tandatangani").click()
    expect(page.get_by_role("heading", name="SOP selesai")).to_be_visible(timeout=PATIENCE)

    page.get_by_label("Nama rekaman").fill("Dikembalikan sekali")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rekaman")
    page.get_by_role("button", name="Uji semua sekarang").click()
    expect(page.get_by_text("Lulus", exact=True)).to_be_visible(timeout=PATIENCE)
    page.goto("/kasus")
    expect(page.locator("main")).not_to_contain_text("Menyusun Rencana Kerja")  # not one case
