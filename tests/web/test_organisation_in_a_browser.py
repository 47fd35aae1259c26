"""Units, jabatan, holders and people in a real browser: without JavaScript, on a phone, in both
themes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from engine.usecases import holdings
from engine.usecases.holdings import Term
from tests.web.conftest import Site
from tests.web.looking import PHONE, look_at, unfold
from workflows.rights import OPERATOR

ORG = "/pengaturan/organisasi"
VACANT = 12  # Sekretaris Dinas
PATHS = (ORG, f"{ORG}/unit/DINAS-SEK", f"/pengaturan/jabatan/{VACANT}", "/pengaturan/orang",
         "/pengaturan/orang/kadis", "/pengaturan/orang-baru", f"{ORG}/impor")  # fmt: skip


@pytest.mark.browser
def test_on_a_phone_all_of_it_can_be_read_and_reached(site: Site, enter, url: str) -> None:
    today = site.now.date()
    plt = Term("plt", today, today.replace(month=12), "800/12/2026", today)
    holdings.appoint(site.app, OPERATOR, VACANT, "program", plt, site.now)
    page = enter("pengelola", viewport=PHONE, bypass_csp=True)
    for path in PATHS:
        page.goto(url + path)
        unfold(page)
        look_at(page)


@pytest.mark.browser
def test_without_javascript_a_unit_is_made_filled_and_ended(enter) -> None:
    page = enter("pengelola", ORG, java_script_enabled=False)
    page.get_by_role("link", name="Dinas Contoh", exact=True).first.click()
    page.get_by_text("Tambah unit di bawahnya").click()
    form = page.locator("#form-tambah")
    form.get_by_label("Nama").fill("Tim Penyusun Renja")
    form.get_by_label("Kode").fill("DINAS-TIM")
    form.get_by_label("Jenis").select_option("tim")
    form.get_by_role("button", name="Tambah unit").click()
    expect(page.get_by_role("status").first).to_have_text("Unit Tim Penyusun Renja ditambahkan.")
    page.get_by_role("link", name="Tim Penyusun Renja").click()
    page.get_by_text("Tambah jabatan").first.click()
    form = page.locator("#form-jabatan")
    form.get_by_label("Nama jabatan").fill("Anggota")
    form.get_by_label("Peran dalam SOP").select_option("tim_penyusun")
    form.get_by_label("Dipangku beberapa orang").check()
    form.get_by_role("button", name="Tambah jabatan").click()
    page.get_by_role("link", name="Anggota").click()
    page.get_by_text("Tunjuk pemangku").click()
    form = page.locator("#form-tunjuk")
    form.get_by_label("Orang").fill("Flamboyan Contoh (program)")
    form.get_by_label("Hari pertama").fill("2026-11-23")
    form.get_by_role("button", name="Catat pemangku").click()
    expect(page.get_by_role("status").first).to_contain_text("dicatat sebagai pemangku")
    expect(page.get_by_role("table").get_by_text("Sekarang", exact=True)).to_be_visible()
    page.get_by_role("link", name="Tim Penyusun Renja").click()
    page.get_by_text("Akhiri unit ini").click()
    page.get_by_role("button", name="Akhiri unit").click()
    expect(page.get_by_role("alert").first).to_contain_text("1 pemangku jabatan")


@pytest.mark.browser
def test_a_person_is_registered_given_a_right_and_ended(enter) -> None:
    page = enter("pengelola", "/pengaturan/orang")
    page.get_by_role("link", name="Daftarkan orang").click()
    page.get_by_label("Nama", exact=True).fill("Kantil Contoh")
    page.get_by_label("Nama pengguna").fill("Kantil")
    page.get_by_label("Surel").fill("kantil@contoh.example")
    page.get_by_label("Jabatan pertama").select_option(str(VACANT))
    page.get_by_role("button", name="Daftarkan dan undang").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kantil Contoh")
    expect(page.get_by_text("Belum punya kata sandi")).to_be_visible()
    page.get_by_text("Beri hak").first.click()
    form = page.locator("#form-hak")
    form.get_by_label("Hak").select_option("supervisor")
    form.get_by_label("Berlaku di").select_option("DINAS")
    form.get_by_role("button", name="Beri hak").click()
    expect(page.locator(".grant")).to_contain_text("Pengawas · Dinas Contoh")
    page.get_by_text("Akhiri akun").first.click()
    page.get_by_role("button", name="Akhiri akun").click()
    expect(page.get_by_role("alert").first).to_contain_text("masih memangku Sekretaris Dinas")
    page.get_by_label("Akhiri juga semua jabatannya hari ini").check()
    page.get_by_role("button", name="Akhiri akun").click()
    expect(page.get_by_text("Akun diakhiri", exact=True)).to_be_visible()


@pytest.mark.browser
def test_the_letter_is_asked_for_where_one_is_needed(enter) -> None:
    page = enter("pengelola", f"/pengaturan/jabatan/{VACANT}")
    page.get_by_text("Tunjuk pemangku").click()
    form = page.locator("#form-tunjuk")
    letter = form.get_by_label("Nomor surat perintah")
    expect(letter).to_be_hidden()
    form.get_by_label("Sebagai").select_option("plh")
    expect(letter).to_be_visible()
    form.get_by_label("Orang").fill("kadis")
    form.get_by_label("Hari terakhir").fill("2026-12-31")
    letter.fill("800/9")
    form.get_by_label("Tanggal surat").fill("2026-11-20")
    form.get_by_role("button", name="Catat pemangku").click()
    expect(page.get_by_text("untuk jabatan kosong tunjuk Plt.")).to_be_visible()
    expect(page.get_by_role("table")).to_contain_text("800/9")


@pytest.mark.browser
def test_a_file_is_looked_through_before_it_counts(enter) -> None:
    page = enter("pengelola", ORG, java_script_enabled=False)
    page.get_by_role("link", name="Impor CSV").click()
    text = "tipe;unit;nama;jenis;induk\nunit;DINAS-TIM;Tim Renja;tim;%s\n"

    def send(parent: str) -> None:
        content = (text % parent).encode()
        file = {"name": "o.csv", "mimeType": "text/csv", "buffer": content}
        page.get_by_label("Berkas CSV").set_input_files(files=[file])
        page.get_by_role("button", name="Lihat akibatnya").click()

    send("SALAH")
    expect(page.get_by_role("table")).to_contain_text("Unit ini tidak ada")
    expect(page.get_by_role("button", name="Terapkan semuanya")).to_have_count(0)
    send("DINAS")
    page.get_by_role("button", name="Terapkan semuanya").click()
    expect(page.get_by_role("status").first).to_contain_text("1 ditambahkan")
    expect(page.get_by_role("link", name="Tim Renja")).to_be_visible()
