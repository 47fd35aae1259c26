"""Documents in a real browser on a phone: upload, a newer version, pictures of its pages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import files
from tests.web.conftest import Site
from tests.web.looking import PHONE, look_at

LONG = "rencana_kerja_perangkat_daerah_tahun_2028_final_sekali_lagi.pdf"


def pdf(name: str, pages: int) -> dict[str, object]:
    return {"name": name, "mimeType": "application/pdf", "buffer": files.pdf(pages)}


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False])
def test_upload_then_a_version_then_look(enter, site: Site, url: str, javascript: bool) -> None:
    site.start()
    item = site.first("kasubbag").id
    page = enter("kasubbag", viewport=PHONE, java_script_enabled=javascript, bypass_csp=True)
    page.goto(f"{url}/tugas/{item}")
    page.get_by_label("Lampirkan dokumen").set_input_files([pdf(LONG, 2)])
    page.get_by_role("button", name="Unggah dulu").click()
    page.get_by_role("link", name="Ganti dengan versi baru").first.click()
    page.get_by_label("Berkas versi baru").set_input_files(
        [{"name": "palsu.pdf", "mimeType": "application/pdf", "buffer": files.HTML}]
    )
    page.get_by_role("button", name="Unggah versi baru").click()
    expect(page.get_by_role("alert")).to_contain_text("padahal isinya HTML")
    page.get_by_label("Berkas versi baru").set_input_files([pdf("hasil reviu.pdf", 7)])
    page.get_by_role("button", name="Unggah versi baru").click()
    expect(page.get_by_role("status").first).to_contain_text("Versi 2 tersimpan.")
    expect(page.get_by_role("img", name="Halaman 1 dari 7")).to_be_visible()
    seen = "image => image.complete && image.naturalWidth > 0"
    page.get_by_role("link", name="Berikutnya").first.click()
    last = page.get_by_role("img", name="Halaman 7 dari 7")
    last.scroll_into_view_if_needed()
    expect(last).to_be_visible()
    if javascript:
        page.wait_for_function(f"[...document.images].every({seen})")
        look_at(page, "main")
        page.goto(f"{url}/tugas/{item}")
        page.get_by_text("Versi sebelumnya (1)").click()
        expect(page.get_by_role("link", name=LONG).first).to_be_visible()
        page.get_by_text("SHA-256").first.click()
        expect(page.get_by_role("button", name="Salin").first).to_be_visible()
        look_at(page, "#dokumen")


@pytest.mark.browser
def test_the_checksum_is_copied_whole(enter, site: Site, url: str) -> None:
    site.start()
    item = site.first("kasubbag").id
    page = enter("kasubbag", viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{url}/tugas/{item}")
    page.get_by_label("Lampirkan dokumen").set_input_files([pdf("nota.pdf", 1)])
    page.get_by_role("button", name="Unggah dulu").click()
    page.get_by_text("SHA-256").first.click()
    page.get_by_role("button", name="Salin").first.click()
    expect(page.get_by_role("button", name="Tersalin")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert len(copied) == 64 and copied in page.content()
