"""The whole SOP in a real browser, as each role in turn, on a real installation.

`WRITE_DOCS=1` keeps the two screenshots of the README.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parents[2]
PASSWORD = "contoh-alur"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1366, "height": 900}
DRAFTERS = ("kabid1", "kabid2", "kabid3")


class Visitors:
    """One browser context a person, as on machines of their own."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.pages: dict[str, Page] = {}
        self.problems: list[str] = []

    def page(self, login: str) -> Page:
        """The person's page, logged in; staff on a phone, the head on a desktop."""
        if login not in self.pages:
            size = DESKTOP if login == "kepala" else PHONE
            page = self.browser.new_context(viewport=size, locale="id-ID").new_page()
            page.set_default_timeout(15_000)
            page.on("pageerror", lambda error: self.problems.append(str(error)))
            page.on("console", self.note)
            page.goto(f"{self.url}/masuk")
            page.get_by_label("Nama pengguna").fill(login)
            page.get_by_label("Kata sandi").fill(PASSWORD)
            page.get_by_role("button", name="Masuk").click()
            expect(page.get_by_role("heading", level=1)).to_contain_text("Tugas")
            self.pages[login] = page
        return self.pages[login]

    def note(self, message) -> None:
        refused = "422"  # the answer to a form with something missing is part of the walk
        if message.type == "error" and refused not in message.text:
            self.problems.append(message.text)

    def open_item(self, login: str, name: str) -> Page:
        """From the inbox into the item, as a person would."""
        page = self.page(login)
        page.goto(f"{self.url}/tugas")
        page.get_by_role("link", name=name).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        return page

    def complete(self, login: str, name: str) -> None:
        page = self.open_item(login, name)
        page.get_by_role("button", name="Selesaikan tugas").click()
        expect(page.get_by_role("status").first).to_contain_text("Selesai.")


@pytest.fixture
def visitors(start_installation, browser) -> Iterator[Visitors]:
    site = start_installation()
    visitors = Visitors(browser, site.url)
    yield visitors
    for page in visitors.pages.values():
        page.context.close()


@pytest.mark.browser
def test_each_role_in_turn_brings_the_case_to_the_signature(visitors, tmp_path: Path) -> None:
    start_the_case(visitors)
    set_the_time(visitors)
    consult(visitors, tmp_path)
    for login in DRAFTERS:
        visitors.complete(login, "Menyusun rencana kerja bidang")
    visitors.complete("sekretaris", STEPS[2])
    visitors.complete("kasubbag", STEPS[3])
    visitors.complete("sekretaris", STEPS[4])
    give_back(visitors)
    page = visitors.open_item("kasubbag", STEPS[3])
    expect(page.get_by_text("Putaran 2").first).to_be_visible()
    expect(page.get_by_role("blockquote")).to_have_text("Lengkapi target triwulan.")
    picture(page, "inbox", visitors)
    visitors.complete("kasubbag", STEPS[3])
    visitors.complete("sekretaris", STEPS[4])
    look_at_the_case(visitors)
    sign(visitors)
    assert visitors.problems == []


STEPS = {
    1: "Memprakarsai penyusunan Renja",
    2: "Membahas rencana kerja bersama",
    3: "Menyempurnakan rancangan awal Renja",
    4: "Menyampaikan rancangan kepada Kepala Badan",
    5: "Menelaah dan memutuskan rancangan Renja",
}


def start_the_case(visitors: Visitors) -> None:
    page = visitors.page("kasubbag")
    page.goto(f"{visitors.url}/kasus")
    page.get_by_role("link", name="Mulai SOP").click()
    page.get_by_role("button", name="Mulai sekarang").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Menyusun Rencana Kerja")


def set_the_time(visitors: Visitors) -> None:
    """The administrator gives the agency a day off of its own; the kasubbag reads WIT."""
    day = datetime.now(UTC).date() + timedelta(days=200)
    page = visitors.page("pengelola")
    page.goto(f"{visitors.url}/pengaturan/kalender/BAPPEDA/ubah")
    page.get_by_role("button", name="Tambah hari libur").click()
    page.locator("[name='libur.0.tanggal']").fill(day.isoformat())
    page.locator("[name='libur.0.nama']").fill("Hari Jadi Daerah")
    page.get_by_role("button", name="Lihat akibatnya").click()
    page.get_by_label("Dasar perubahan").fill("Keputusan Kepala Daerah")
    page.get_by_role("button", name="Terapkan").click()
    expect(page.get_by_role("status").first).to_contain_text("Kalender disimpan")
    page.goto(f"{visitors.url}/pengaturan/kalender/BAPPEDA?tahun={day.year}")
    expect(page.locator(f"#bulan-{day.month}")).to_contain_text("Hari Jadi Daerah")
    page = visitors.page("kasubbag")
    page.goto(f"{visitors.url}/saya/pemberitahuan")
    page.get_by_label("Zona waktu").select_option("Asia/Jayapura")
    page.get_by_role("button", name="Simpan").click()
    page.goto(f"{visitors.url}/tugas")
    expect(page.get_by_text("WIT").first).to_be_visible()


def consult(visitors: Visitors, folder: Path) -> None:
    """Activity 1: claim, see why it is due then, attach the output, complete."""
    file = folder / "nota-dinas.txt"
    file.write_text("Nota dinas contoh", "utf-8")
    page = visitors.open_item("kasubbag", STEPS[1])
    page.get_by_role("button", name="Ambil tugas ini").click()
    expect(page.get_by_text("Sedang Anda kerjakan")).to_be_visible()
    page.get_by_text("Mengapa tanggal ini?").click()
    expect(page.get_by_role("table").first).to_contain_text("menit")
    page.get_by_role("checkbox", name="Konsep pendahuluan Renja").check()
    page.get_by_label("Tahun rencana").fill("2027")
    page.get_by_label(re.compile("Lampirkan dokumen")).set_input_files(file)
    page.get_by_role("button", name="Selesaikan tugas").click()
    expect(page.get_by_role("status").first).to_contain_text("Menyusun rencana kerja bidang")


def give_back(visitors: Visitors) -> None:
    """Activity 5b: without a note it is refused at the field, with one it goes back."""
    page = visitors.open_item("kepala", STEPS[5])
    expect(page.get_by_role("link", name="nota-dinas.txt", exact=True)).to_be_visible()
    page.get_by_role("button", name=re.compile("kembalikan")).click()
    expect(page.get_by_role("alert")).to_contain_text("Arahan")
    page.get_by_label(re.compile("Arahan")).fill("Lengkapi target triwulan.")
    page.get_by_role("button", name=re.compile("kembalikan")).click()
    expect(page.get_by_role("status").first).to_contain_text(STEPS[3])


def look_at_the_case(visitors: Visitors) -> None:
    """The supervisor's page: the diagram with the token, the table, the watermark uncovered."""
    page = visitors.page("kepala")
    page.goto(f"{visitors.url}/kasus/1")
    diagram = page.locator("[data-diagram]")
    expect(diagram.locator(".djs-shape").first).to_be_visible()
    expect(diagram.locator('[data-element-id="telaah"]').first).to_be_visible()
    expect(page.get_by_role("table").first).to_contain_text("60")
    mark = diagram.locator(".bjs-powered-by")
    expect(mark).to_be_visible()
    mark.scroll_into_view_if_needed()
    covered = mark.evaluate(
        """mark => {
            const box = mark.getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return !mark.contains(top);
        }"""
    )
    assert covered is False
    page.evaluate("scrollTo(0, 0)")
    picture(page, "case", visitors)


def sign(visitors: Visitors) -> None:
    page = visitors.open_item("kepala", STEPS[5])
    page.get_by_role("button", name=re.compile("tandatangani")).click()
    expect(page.get_by_role("status").first).to_contain_text("tuntas")
    page.goto(f"{visitors.url}/kasus/1")
    expect(page.get_by_text("Selesai").first).to_be_visible()


def picture(page: Page, name: str, visitors: Visitors) -> None:
    if not os.environ.get("WRITE_DOCS"):
        return
    if name == "inbox":
        page.goto(f"{visitors.url}/tugas")
    (ROOT / "docs/images").mkdir(exist_ok=True)
    page.screenshot(path=ROOT / f"docs/images/{name}.png", full_page=True)
