"""The form of a work item in a real browser: every kind of field, pasting, drafts, bad luck."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from engine.store import people as people_store
from engine.store.transaction import transaction
from engine.usecases import drafts, work_items
from tests.web.conftest import Site
from tests.web.looking import PHONE, look_at, unfold
from tests.web.test_item_forms import detail, put_form

CELLS = (
    "Uraian belanja\tVolume\tSatuan\tHarga\n"
    '"Konsumsi\nrapat"\t1,5\tPaket\t1.250.000,25\nSewa\t2\tOrang/hari\t500000\n'
)
PASTE = """([selector, text]) => {
    const clip = new DataTransfer();
    clip.setData('text/plain', text);
    document.querySelector(selector).dispatchEvent(
        new ClipboardEvent('paste', {clipboardData: clip, bubbles: true, cancelable: true}));
}"""
RAB = {"name": "rab.txt", "mimeType": "text/plain", "buffer": b"Rencana anggaran biaya\n"}


@pytest.fixture
def item(site: Site) -> int:
    return put_form(site)


def saved(page: Page) -> None:
    expect(page.locator("[data-draft-said]")).to_contain_text("Draf tersimpan", timeout=20_000)


@pytest.mark.browser
def test_every_kind_of_field_by_keyboard_and_mouse(enter, url: str, site: Site, item: int) -> None:
    page = enter("kasubbag")
    page.goto(f"{url}/tugas/{item}")
    page.get_by_label("Nama kegiatan").fill("Survei")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Surel narahubung")).to_be_focused()
    page.keyboard.type("pejabat@contoh.example")
    page.get_by_label("Telepon narahubung").fill("0812 3456 789")
    page.get_by_label("Kode rekening").fill("5.1.02")
    page.get_by_label("Uraian", exact=False).first.fill("Satu")
    page.get_by_label("Tahun anggaran").fill("2027")
    page.get_by_label("Capaian").fill("12,5")
    # Fields come and go while one types.
    expect(page.get_by_label("Alasan pagu besar")).to_be_hidden()
    page.get_by_label("Pagu", exact=True).fill("Rp 2.000.000.000")
    expect(page.get_by_label("Alasan pagu besar")).to_be_visible()
    page.get_by_label("Pagu", exact=True).fill("1.500.000,50")
    expect(page.get_by_label("Alasan pagu besar")).to_be_hidden()
    page.get_by_label("Tanggal mulai").fill("2026-12-31")
    page.get_by_label("Jam rapat").fill("09:30")
    page.get_by_label("Saat pembahasan").fill("2026-12-31T10:00")
    page.get_by_label("Sumber dana").select_option(label="Lainnya")
    expect(page.get_by_label("Sebutkan sumbernya")).to_be_visible()
    page.get_by_label("Sebutkan sumbernya").fill("Hibah")
    expect(page.get_by_label("Lokasi")).to_be_hidden()
    page.get_by_label("Modal").check()
    page.get_by_label("Lokasi").fill("Jalan Contoh")
    page.get_by_label("KAK").focus()
    page.keyboard.press("Space")
    page.get_by_label("Musrenbang").check()
    page.get_by_label("Uraian belanja, baris 1").fill("Honor")
    page.get_by_label("Volume, baris 1").fill("2")
    page.get_by_label("Satuan, baris 1").select_option("oh")
    page.get_by_label("Harga, baris 1").fill("750.000")
    page.get_by_role("button", name="Tambah baris").click()
    expect(page.get_by_label("Uraian belanja, baris 2")).to_be_focused()
    page.evaluate(PASTE, ["[name='isi.rincian.1.uraian']", CELLS])
    expect(page.get_by_label("Harga, baris 3")).to_have_value("500000")
    expect(page.get_by_label("Satuan, baris 3")).to_have_value("oh")
    page.get_by_role("button", name="Hapus baris 1").click()
    expect(page.get_by_label("Uraian belanja, baris 1")).to_have_value("Konsumsi rapat")
    page.get_by_label("Lampiran RAB").set_input_files([RAB])
    page.get_by_label("Isian ini benar").check()
    page.get_by_role("button", name="Selesaikan tugas").click()
    page.wait_for_url(re.compile(r"/tugas$"))
    kept = detail(site, item).answers
    assert kept["pagu"] == 1500000.5 and kept["saat"] == "2026-12-31T10:00"
    assert kept["rincian"] == [
        {"uraian": "Konsumsi rapat", "volume": 1.5, "satuan": "paket", "harga": 1250000.25},
        {"uraian": "Sewa", "volume": 2, "satuan": "oh", "harga": 500000},
    ]
    assert kept["lokasi"] == "Jalan Contoh" and kept["sumber_lain"] == "Hibah"
    assert "alasan_besar" not in kept and kept["syarat"] == ["kak"]
    assert [one.name for one in detail(site, item).documents] == ["rab.txt"]


@pytest.mark.browser
def test_what_only_the_server_can_tell_is_asked_of_it(
    enter, url: str, site: Site, item: int
) -> None:
    page = enter("kasubbag")
    page.goto(f"{url}/tugas/{item}")
    page.get_by_label("Nama kegiatan").fill("Pendek")
    expect(page.get_by_label("Catatan nama panjang")).to_be_hidden()
    page.get_by_label("Nama kegiatan").fill("Nama kegiatan yang panjang")
    expect(page.get_by_label("Catatan nama panjang")).to_be_visible()


@pytest.mark.browser
def test_the_first_mistake_is_focused_and_rows_have_a_limit(
    enter, url: str, site: Site, item: int
) -> None:
    page = enter("kasubbag")
    page.goto(f"{url}/tugas/{item}")
    page.get_by_label("Nama kegiatan").fill("Survei")
    page.get_by_label("Pagu", exact=True).fill("1,500")
    page.get_by_label("Isian ini benar").check()
    page.get_by_label("Lampiran RAB").set_input_files([RAB])
    page.evaluate(PASTE, ["[name='isi.rincian.0.uraian']", "a\tdua\n" * 9])
    expect(page.locator("[data-rows-said]")).to_contain_text("paling banyak 6 baris")
    assert page.locator("tbody tr[data-row]").count() == 6
    page.get_by_role("button", name="Selesaikan tugas").click()
    expect(page.get_by_role("alert")).to_contain_text("Rincian, baris 6, Volume")
    expect(page.get_by_label("Pagu", exact=True)).to_be_focused()
    expect(page.get_by_label("Pagu", exact=True)).to_have_value("1,500")
    page.get_by_role("link", name="Rincian, baris 2, Volume").click()
    expect(page.get_by_label("Volume, baris 2")).to_be_focused()
    expect(page.get_by_label("rab.txt")).to_be_checked()


@pytest.mark.browser
def test_a_draft_is_restored_in_another_browser_and_conflicts_are_told(
    enter, url: str, site: Site, item: int
) -> None:
    desk, phone = enter("kasubbag"), enter("kasubbag", viewport=PHONE)
    desk.goto(f"{url}/tugas/{item}")
    desk.get_by_label("Nama kegiatan").fill("Dari meja")
    desk.get_by_role("button", name="Tambah baris").click()
    desk.get_by_label("Uraian belanja, baris 2").fill("Honor")
    saved(desk)
    phone.goto(f"{url}/tugas/{item}")
    expect(phone.get_by_label("Nama kegiatan")).to_have_value("Dari meja")
    expect(phone.get_by_label("Uraian belanja, baris 2")).to_have_value("Honor")
    site.now += timedelta(minutes=5)
    phone.get_by_label("Nama kegiatan").fill("Dari ponsel")
    expect(phone.locator("[data-draft-said]")).to_contain_text(
        "Draf tersimpan 09.05", timeout=15_000
    )
    desk.get_by_label("Nama kegiatan").fill("Dari meja lagi")
    expect(desk.get_by_role("alert")).to_contain_text("sudah disimpan", timeout=20_000)
    kept = detail(site, item).draft
    assert kept and kept.answers["nama"] == "Dari ponsel"
    desk.get_by_role("button", name="Timpa dengan isian saya").click()
    expect(desk.get_by_role("alert")).to_have_count(0)
    kept = detail(site, item).draft
    assert kept and kept.answers["nama"] == "Dari meja lagi"
    phone.get_by_label("Nama kegiatan").fill("Ponsel lagi")
    phone.get_by_role("button", name="Pakai yang tersimpan").click()
    expect(phone.get_by_label("Nama kegiatan")).to_have_value("Dari meja lagi")


@pytest.mark.browser
def test_without_a_connection_nothing_is_lost(enter, url: str, site: Site, item: int) -> None:
    page = enter("kasubbag")
    page.goto(f"{url}/tugas/{item}")
    page.context.set_offline(True)
    page.get_by_label("Nama kegiatan").fill("Ditulis di jalan")
    expect(page.locator("[data-draft-said]")).to_contain_text("Belum tersambung", timeout=20_000)
    assert detail(site, item).draft is None
    page.context.set_offline(False)
    saved(page)
    kept = detail(site, item).draft
    assert kept and kept.answers["nama"] == "Ditulis di jalan"
    # A page that is closed before the connection is back keeps it in this browser.
    page.context.set_offline(True)
    page.get_by_label("Nama kegiatan").fill("Sebelum ditutup")
    expect(page.locator("[data-draft-said]")).to_contain_text("Belum tersambung", timeout=20_000)
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(f"{url}/tugas/{item}")
    expect(again.get_by_label("Nama kegiatan")).to_have_value("Sebelum ditutup")
    saved(again)


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_an_ended_session_loses_nothing(
    enter, url: str, site: Site, item: int, script: bool
) -> None:
    page = enter("kasubbag", java_script_enabled=script)
    page.goto(f"{url}/tugas/{item}")
    page.context.clear_cookies()
    page.get_by_label("Nama kegiatan").fill("Setengah jadi")
    page.get_by_label("Pagu", exact=True).fill("1.500")
    if script:
        expect(page.locator("[data-draft-said]")).to_contain_text("masuk lagi", timeout=20_000)
    page.get_by_role("button", name="Simpan draf").click()
    page.get_by_label("Nama pengguna").fill("kasubbag")
    page.get_by_label("Kata sandi").fill("contoh-alur")
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(re.compile(r"/tugas/\d+$"))
    expect(page.get_by_label("Nama kegiatan")).to_have_value("Setengah jadi")
    expect(page.get_by_label("Pagu", exact=True)).to_have_value("1.500")
    kept = detail(site, item).draft
    assert kept and kept.answers["nama"] == "Setengah jadi"


@pytest.mark.browser
def test_two_browsers_race_for_one_item(enter, url: str, site: Site, item: int) -> None:
    page = enter("kasubbag", java_script_enabled=False)
    page.goto(f"{url}/tugas/{item}")
    page.get_by_label("Nama kegiatan").fill("Kalah cepat")
    page.get_by_label("Pagu", exact=True).fill("1")
    page.get_by_label("Isian ini benar").check()
    page.get_by_label("Lampiran RAB").set_input_files([RAB])
    actor = site.actor("kasubbag")
    drafts.save_draft(site.app, actor, item, {"nama": "x"}, (), 0, site.now)
    document = 1
    page.get_by_role("button", name="Unggah dulu").click()
    answers = {
        "nama": "Menang",
        "pagu": 1,
        "lampiran": [document],
        "benar": True,
        "rincian": [{"uraian": "Satu"}],
    }
    work_items.complete_work_item(site.app, actor, item, answers, site.now)
    page.get_by_role("button", name="Selesaikan tugas").click()
    expect(page.get_by_role("alert")).to_contain_text("sudah diselesaikan")
    expect(page.locator("#tidak-terkirim")).to_contain_text("Kalah cepat")


@pytest.fixture
def colleague(site: Site) -> str:
    """Who holds the kasubbag's role as well."""
    with transaction(site.app.sessions) as tx:
        unit = people_store.find_unit(tx, "BAPPEDA-RENMON")
        seat = people_store.put_jabatan(tx, unit, "Kedua", "kasubbag_renja_monev", None)
        person = people_store.find_person(tx, login="kabid1")
        people_store.put_holding(tx, seat, person, site.now.date())
    return "kabid1"


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_two_browsers_claim_one_item_and_what_the_second_typed_is_shown(
    enter, url: str, site: Site, item: int, colleague: str, script: bool
) -> None:
    winner = enter("kasubbag", java_script_enabled=script)
    loser = enter(colleague, java_script_enabled=script)
    for page in (winner, loser):
        page.goto(f"{url}/tugas/{item}")
    winner.get_by_label("Nama kegiatan").fill("Menang")
    winner.get_by_role("button", name="Ambil tugas ini").click()
    expect(winner.get_by_label("Nama kegiatan")).to_have_value("Menang")
    expect(winner.get_by_text("Sedang Anda kerjakan")).to_be_visible()
    loser.get_by_label("Nama kegiatan").fill("Kalah cepat")
    loser.get_by_role("button", name="Ambil tugas ini").click()
    expect(loser.get_by_role("alert")).to_contain_text("sedang dikerjakan Melati Contoh")
    expect(loser.locator("#tidak-terkirim")).to_contain_text("Kalah cepat")
    if script:  # and for as long as this device keeps it
        loser.goto(f"{url}/tugas/{item}")
        expect(loser.locator("#tidak-terkirim")).to_contain_text("Kalah cepat")
        loser.get_by_role("button", name="Buang isian ini").click()
        loser.reload(wait_until="networkidle")
        expect(loser.locator("#tidak-terkirim")).to_have_count(0)


@pytest.mark.browser
def test_on_a_phone_without_a_script(enter, url: str, site: Site, item: int) -> None:
    page = enter("kasubbag", java_script_enabled=False, viewport=PHONE)
    page.goto(f"{url}/tugas/{item}")
    expect(page.get_by_label("Sebutkan sumbernya")).to_be_visible()
    expect(page.get_by_text("Hanya bila “Sumber dana” dijawab “Lainnya”.")).to_be_visible()
    page.get_by_label("Nama kegiatan").fill("Survei")
    page.get_by_label("Pagu", exact=True).fill("1.500.000")
    page.get_by_text("Tempel dari lembar kerja").click()
    page.get_by_label("Salin selnya di lembar kerja").fill(CELLS)
    page.get_by_role("button", name="Masukkan ke tabel").click()
    expect(page.get_by_label("Uraian belanja, baris 2")).to_have_value("Konsumsi rapat")
    page.get_by_role("button", name="Hapus baris 1").click()
    page.get_by_label("Nama kegiatan").press("Enter")  # keeps a draft, and sends nothing
    expect(page.get_by_role("status").first).to_contain_text("Draf tersimpan")
    page.get_by_label("Lampiran RAB").set_input_files([RAB])
    page.get_by_label("Isian ini benar").check()
    page.get_by_role("button", name="Selesaikan tugas").click()
    page.wait_for_url(re.compile(r"/tugas$"))
    kept = detail(site, item).answers
    rows = kept["rincian"]
    assert isinstance(rows, list) and [row["uraian"] for row in rows] == ["Konsumsi rapat", "Sewa"]


@pytest.mark.browser
def test_it_can_be_read_by_all_and_is_light(enter, url: str, site: Site, item: int) -> None:
    page = enter("kasubbag", viewport=PHONE, bypass_csp=True)
    sizes: list[int] = []
    page.on("requestfinished", lambda one: sizes.append(one.sizes()["responseBodySize"]))
    page.goto(f"{url}/tugas/{item}", wait_until="networkidle")
    assert 0 < sum(sizes) <= 100_000
    page.get_by_label("Sumber dana").select_option(label="Lainnya")
    page.get_by_label("Modal").check()
    unfold(page)
    look_at(page)
    shown = page.locator("details.picture img")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True, timeout=20_000)
    assert shown.evaluate("picture => picture.naturalWidth") > 0
