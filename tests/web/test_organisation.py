"""The pages of units, jabatan, holders and people: all read them, who manages them changes them."""

from __future__ import annotations

from io import BytesIO

import pytest

from engine.usecases import cases, grants, holdings, jabatan, organisation, work_items
from engine.usecases.holdings import Term
from tests.web.conftest import Site
from workflows.rights import OPERATOR

ORG = "/pengaturan/organisasi"
READABLE = (ORG, f"{ORG}/unit/BAPPEDA", "/pengaturan/jabatan/2", "/pengaturan/orang",
            "/pengaturan/orang/kepala", f"{ORG}/ekspor.csv")  # fmt: skip


def seat(site: Site, unit: str, name: str) -> int:
    lines = jabatan.list_jabatan(site.app, OPERATOR, site.now, unit=unit)
    return next(one.id for one in lines if one.name == name)


@pytest.mark.parametrize("login", ["kasubbag", "auditor", "kadis", "pengelola"])
def test_everybody_reads_the_directory(site: Site, login: str) -> None:
    visitor = site.visitor(login)
    for path in READABLE:
        assert visitor.get(path).status_code == 200, path
    page = visitor.get(ORG).text
    assert "Cempaka Contoh" in page and "Kosong, diminta SOP" in page  # Sekretaris Dinas


def test_rights_and_addresses_are_for_those_who_audit(site: Site) -> None:
    for login, sees in (("kasubbag", False), ("kadis", False), ("auditor", True)):
        page = site.visitor(login).get("/pengaturan/orang/kepala").text
        assert ("@contoh.example" in page, "Pengawas" in page) == (sees, sees)
    assert "@contoh.example" in site.visitor("kepala").get("/pengaturan/orang/kepala").text
    assert "Kelola unit ini" not in site.visitor("auditor").get(f"{ORG}/unit/BAPPEDA").text
    found = site.visitor("kasubbag").get("/pengaturan/orang?hak=administrator&berakhir=ya").text
    assert "Tanjung Contoh" in found and "Flamboyan" in found  # the filter is not theirs


@pytest.mark.parametrize("login", ["kasubbag", "auditor", "kadis"])
def test_nobody_else_changes_anything(site: Site, login: str) -> None:
    visitor = site.visitor(login)
    chief = seat(site, "BAPPEDA", "Kepala Badan")
    term = {"sebagai": "definitif", "sejak": "2026-12-01", "orang": "program"}
    for path, form in (
        (f"{ORG}/unit", {"kode": "X", "nama": "X", "jenis": "bidang", "induk": "BAPPEDA"}),
        (f"{ORG}/unit/BAPPEDA/ubah", {"nama": "X", "jenis": "pd", "zona": "Asia/Jakarta"}),
        (f"{ORG}/unit/BAPPEDA/pindah", {"induk": "DINAS"}),
        (f"{ORG}/unit/BAPPEDA-FORUM/akhiri", {"berakhir": "2026-11-20"}),
        (f"{ORG}/unit/BAPPEDA/jabatan", {"nama": "X"}),
        (f"/pengaturan/jabatan/{chief}/ubah", {"nama": "X"}),
        (f"/pengaturan/jabatan/{chief}/tunjuk", term),
        (f"/pengaturan/jabatan/{chief}/akhiri", {"berakhir": "2026-11-20"}),
        (f"/pengaturan/jabatan/{chief}/pemangku/2/perbaiki", term),
        (f"/pengaturan/jabatan/{chief}/pemangku/2/akhiri", {"sampai": "2026-11-20"}),
        (f"/pengaturan/jabatan/{chief}/pemangku/2/batalkan", {}),
        ("/pengaturan/orang/kepala/ubah", {"nama": "X", "surel": "x@contoh.example"}),
        ("/pengaturan/orang/kepala/akhiri", {"jabatan": "ya"}),
        ("/pengaturan/orang/kepala/hak", {"hak": "auditor", "unit": "BAPPEDA"}),
        ("/pengaturan/orang/pengelola/hak/4/cabut", {}),
    ):
        assert visitor.post(path, form).status_code == 403, path


def test_who_administers_a_unit_does_so_there_alone(site: Site) -> None:
    visitor = site.visitor("kadis")
    made = {"kode": "DINAS-PRO", "nama": "Bidang Program", "jenis": "bidang", "induk": "DINAS"}
    assert visitor.post(f"{ORG}/unit", made).status_code == 303
    assert visitor.post(f"{ORG}/unit", {**made, "kode": "Y", "induk": ""}).status_code == 403
    assert visitor.post(f"{ORG}/unit/DINAS-PRO/pindah", {"induk": "BAPPEDA"}).status_code == 403
    assert "Kelola unit ini" in visitor.get(f"{ORG}/unit/DINAS").text
    assert "Tambah unit paling atas" not in visitor.get(ORG).text
    assert "Akhiri akun" not in visitor.get("/pengaturan/orang/kadis").text  # their own
    regional = {"nama": "Sekda Bayangan", "peran": "sekda"}
    assert visitor.post(f"{ORG}/unit/DINAS/jabatan", regional).status_code == 403
    wide = {"hak": "supervisor", "unit": ""}
    assert visitor.post("/pengaturan/orang/program/hak", wide).status_code == 403
    own = {**wide, "unit": "DINAS-SEK"}
    assert visitor.post("/pengaturan/orang/program/hak", own).status_code == 303
    log = site.visitor("pengelola").get("/pengaturan/catatan?orang=program").text
    assert "Pengawas · Sekretariat Dinas Contoh" in log
    assert "Matikan kode keduanya" not in visitor.get("/pengaturan/orang/program").text
    new = {"nama": "Baru Contoh", "login": "baru", "surel": "baru@contoh.example"}
    refused = visitor.post("/pengaturan/orang-baru", new)
    assert refused.status_code == 409 and "Pilih jabatan pertamanya" in refused.text
    vacant = seat(site, "DINAS-SEK", "Sekretaris Dinas")
    assert visitor.post("/pengaturan/orang-baru", {**new, "jabatan": vacant}).status_code == 303
    page = visitor.get("/pengaturan/orang/baru").text
    assert "Sekretaris Dinas" in page and "Belum punya kata sandi" in page


def test_a_form_that_is_refused_keeps_what_was_typed_beside_the_reason(site: Site) -> None:
    visitor = site.visitor("pengelola")
    chief = seat(site, "BAPPEDA", "Kepala Badan")
    typed = {"sebagai": "plt", "sejak": "2026-12-01", "orang": "Kamboja Contoh (kadis)"}
    answer = visitor.post(f"/pengaturan/jabatan/{chief}/tunjuk", typed)
    assert answer.status_code == 422 and 'id="tunjuk-surat-salah"' in answer.text
    assert 'value="Kamboja Contoh (kadis)"' in answer.text
    nobody = visitor.post(f"/pengaturan/jabatan/{chief}/tunjuk", {**typed, "orang": "Kamboja"})
    assert nobody.status_code == 422 and "tulis nama penggunanya" in nobody.text
    typed["orang"] = "kamboja contoh"  # where the browser shows no list
    letter = {"surat": "800/12", "tanggal_surat": "2026-11-20", "sampai": "2027-06-30"}
    answer = visitor.post(f"/pengaturan/jabatan/{chief}/tunjuk", {**typed, **letter})
    page = visitor.get(answer.location).text
    assert answer.status_code == 303 and "masih dipangku pejabat definitif" in page
    assert "melampaui 3 bulan" in page and "800/12" in page
    answer = visitor.post(f"{ORG}/unit/BAPPEDA/akhiri", {"berakhir": "2026-11-20"})
    assert answer.status_code == 409 and "masih punya bagian" in answer.text.casefold()


def test_a_file_is_looked_through_and_then_applied_as_it_was_seen(site: Site) -> None:
    visitor = site.visitor("pengelola")
    text = (
        "tipe;unit;nama;jenis;induk;peran;banyak\nunit;DINAS-TIM;Tim Renja Ber\xe9;tim;DINAS;;\n"
        "jabatan;DINAS-TIM;Anggota;;;tim_penyusun;ya\n"
    )
    file = {"berkas": (BytesIO(text.encode("cp1252")), "organisasi.csv")}
    page = visitor.post(f"{ORG}/impor", file, content_type="multipart/form-data").text
    assert "2 ditambahkan" in page and "Tim Renja Beré" in page
    digest = page.split('name="sidik" value="')[1].split('"')[0]
    stale = visitor.post(f"{ORG}/impor/terapkan", {"isi": text, "sidik": "0"})
    assert stale.status_code == 409 and "berubah sejak pratinjau" in stale.text
    done = visitor.post(f"{ORG}/impor/terapkan", {"isi": text, "sidik": digest})
    assert done.status_code == 303
    assert "Tim Renja Beré" in visitor.get(f"{ORG}/unit/DINAS-TIM").text
    wrong = {"berkas": (BytesIO(b"tipe;unit;nama;induk\nunit;Z;Z;TIDAK\n"), "x.csv")}
    page = visitor.post(f"{ORG}/impor", wrong, content_type="multipart/form-data").text
    assert "1 salah" in page and "Terapkan semuanya" not in page
    sheet = {"berkas": (BytesIO(b"PK\x03\x04\x00\x00"), "organisasi.xlsx")}
    page = visitor.post(f"{ORG}/impor", sheet, content_type="multipart/form-data").text
    assert "Ini bukan berkas CSV" in page


def test_plt_stands_on_the_records_and_is_warned_at_a_strategic_step(site: Site) -> None:
    chief, today = seat(site, "BAPPEDA", "Kepala Badan"), site.now.date()
    grants.give_grant(site.app, OPERATOR, "kadis", "auditor", "BAPPEDA", site.now)
    held = holdings.list_holdings(site.app, OPERATOR, site.now, unit="BAPPEDA")
    holdings.end_holding(site.app, OPERATOR, held[0].id, today.replace(day=1), site.now)
    plt = Term("plt", today, today.replace(month=12), "800/12", today)
    holdings.appoint(site.app, OPERATOR, chief, "kadis", plt, site.now)
    site.start()
    for login in ("kasubbag", "kabid1", "kabid2", "kabid3", "sekretaris", "kasubbag"):
        site.do(login)
    site.do("sekretaris")
    line = site.first("kadis")
    page = site.visitor("kadis").get(f"/tugas/{line.id}").text
    assert "Anda bertindak sebagai Plt. Kepala Badan" in page
    assert "Plt. Kepala Badan, Badan Perencanaan" in page  # the user menu
    work_items.claim_work_item(site.app, site.actor("kadis"), line.id, site.now)
    page = site.visitor("kasubbag").get(f"/kasus/{line.case_id}").text
    assert "(Plt. Kepala Badan)" in page
    steps = cases.list_steps(site.app, OPERATOR, line.case_id, site.now)
    assert steps[-1].performed_as is not None and steps[-1].performed_as.kind == "plt"
    english = site.visitor("kadis")
    english.post("/bahasa", {"bahasa": "en"})
    assert "You act as Plt. Kepala Badan" in english.get(f"/tugas/{line.id}").text


def test_an_account_that_ends_is_out_at_once(site: Site) -> None:
    gone, admin = site.visitor("kabid1"), site.visitor("pengelola")
    assert gone.get("/tugas").status_code == 200
    refused = admin.post("/pengaturan/orang/kabid1/akhiri")
    assert refused.status_code == 409 and "masih memangku" in refused.text
    assert admin.post("/pengaturan/orang/kabid1/akhiri", {"jabatan": "ya"}).status_code == 303
    assert gone.get("/tugas").status_code == 303
    node = organisation.read_unit(site.app, OPERATOR, "BAPPEDA-EKO", site.now).node
    assert node.jabatan[0].vacant
    assert admin.post("/pengaturan/orang/kabid1/aktifkan").status_code == 303
    own = admin.post("/pengaturan/orang/pengelola/akhiri", {"jabatan": "ya"})
    assert own.status_code == 409 and "Akun Anda sendiri" in own.text
