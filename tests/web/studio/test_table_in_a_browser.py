"""The table view: what is typed, pasted and moved in it is in the saved XML and in the diagram."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lxml import etree
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.web.conftest import Site
from tests.web.looking import violations
from tests.web.studio.editor import Editor, begin
from tests.web.studio.test_editor_lanes import TANGLED
from workflows.drawing import Drawing, Step
from workflows.sheet_order import in_sheet_order

DC = "{http://www.omg.org/spec/DD/20100524/DC}"
BLOCK = (
    "Kegiatan\tPelaksana\tKelengkapan\tWaktu\tOutput\n"
    'Mengundang peserta\tsekretaris\t"- Daftar peserta\n- Jadwal"\t15 menit\tUndangan\n'
    "Menyiapkan ruang\tPramubakti\t\tsegera\tRuang siap\n"
    "Mencatat jalannya rapat\tKasubbag Rencana Kerja dan Monev\tLaptop\t2 jam\tNotulen"
)
SHEET = (
    "No\tKegiatan\tPelaksana\tMutu Baku\t\t\tKeterangan\n\t\t\tKelengkapan\tWaktu\tOutput\t\n"
    "1\tMenerima surat\tSekretaris\tSurat\t1 jam\tDisposisi\t\n\tMencatat surat\tSekretaris"
)
# As a spreadsheet program does: onto the field that has the focus.
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""
TOO_SMALL = """() => [...document.querySelectorAll('.studio-table :is(button, .input, summary)')]
  .filter((one) => one.checkVisibility() && !one.matches('.link'))
  .map((one) => [one.className, one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44).map(([name]) => name)"""


@pytest.fixture
def table(context: BrowserContext, site: Site) -> Iterator[Editor]:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    editor = Editor(page, site, begin(site))
    open_table(editor)
    yield editor
    assert errors == []


def open_table(editor: Editor) -> None:
    editor.page.goto(f"{editor.address}?tampilan=tabel")
    editor.page.wait_for_selector("#studio[data-siap]")
    expect(row(editor.page, "konsultasi")).to_be_visible()


def row(page: Page, step: str) -> Locator:
    return page.locator(f'.table-step[data-langkah="{step}"]')


def cell(page: Page, step: str, name: str) -> Locator:
    return row(page, step).locator(f'[name="{name}"]')


def write(page: Page, step: str, name: str, text: str) -> None:
    cell(page, step, name).fill(text)
    cell(page, step, name).press("Tab")


def shown(page: Page) -> list[str]:
    """The steps as the rows name them."""
    names: list[str] = page.locator('.table-step [name="nama"]').evaluate_all(
        "all => all.map((one) => one.value)"
    )
    return names


def ordered(drawing: Drawing) -> list[Step]:
    return list(in_sheet_order(drawing))


def bounds(root: etree._Element, element: str) -> tuple[float, float, float, float]:
    box = root.find(f".//*[@bpmnElement='{element}']/{DC}Bounds")
    assert box is not None
    x, y, width, height = (float(box.get(name, "")) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def is_inside(root: etree._Element, element: str, lane: str) -> bool:
    inner, outer = bounds(root, element), bounds(root, lane)
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2:] <= outer[2:]


def flows_to(drawing: Drawing, target: str) -> list[str]:
    return [one.source for one in drawing.flows if one.target == target]


@pytest.mark.browser
def test_cells_are_written_and_the_picture_follows(table: Editor) -> None:
    page, before = table.page, table.look()
    assert shown(page) == [one.node.name for one in ordered(table.saved())]
    write(page, "konsultasi", "nama", "Memprakarsai Renja")
    write(page, "penyampaian", "waktu", "3 hari")
    expect(row(page, "penyampaian").locator(".studio-read")).to_have_text("Dibaca: 3 hari kerja")
    needs = cell(page, "penyampaian", "kelengkapan")
    needs.click()
    page.keyboard.type("Nota dinas")
    page.keyboard.press("Enter")
    page.keyboard.type("Rancangan akhir")
    page.keyboard.press("Tab")
    cell(page, "pembahasan", "pelaksana").select_option("jalur_kepala_badan")
    cell(page, "penyempurnaan", "pelaksana").select_option("peran:tapd")
    assert page.evaluate(TANGLED) == []
    table.wait_until_saved()
    drawing, root = table.saved(), table.saved_root()
    steps = {one.node.id: one for one in drawing.steps}
    standard = steps["penyampaian"].mutu_baku
    assert steps["konsultasi"].node.name == "Memprakarsai Renja"
    assert standard and (standard.waktu, standard.kelengkapan) == (
        "3 hari",
        ("Nota dinas", "Rancangan akhir"),
    )
    assert steps["pembahasan"].node.lane == "jalur_kepala_badan"
    assert is_inside(root, "pembahasan", "jalur_kepala_badan")
    added = drawing.lanes[str(steps["penyempurnaan"].node.lane)]
    assert (added.pelaksana, is_inside(root, "penyempurnaan", added.id)) == ("tapd", True)
    # Both views are of one model: what is undone in one is gone in the other.
    page.get_by_role("button", name="Diagram", exact=True).click()
    table.select("konsultasi")
    expect(table.field("nama")).to_have_value("Memprakarsai Renja")
    table.fill("nama", "Dari diagram")
    page.get_by_role("button", name="Tabel", exact=True).click()
    expect(cell(page, "konsultasi", "nama")).to_have_value("Dari diagram")
    cell(page, "konsultasi", "nama").focus()
    for _ in range(6):
        page.keyboard.press("Control+z")
    assert table.look() == before
    expect(cell(page, "penyampaian", "kelengkapan")).to_have_value("")


@pytest.mark.browser
def test_steps_are_added_moved_and_deleted_as_one_act_each(table: Editor) -> None:
    page, before = table.page, table.look()
    page.get_by_role("button", name="Tambah langkah sesudah 1", exact=True).click()
    expect(page.locator(".studio-table > [role=status].sr")).to_have_text("Langkah ditambahkan.")
    page.keyboard.type("Memeriksa konsep")  # its name has the focus
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Naikkan langkah 2", exact=True).click()
    assert shown(page)[:2] == ["Memeriksa konsep", "Memprakarsai penyusunan Renja"]
    page.get_by_role("button", name="Naikkan langkah 1", exact=True).click()
    expect(page.locator(".table-report")).to_contain_text("sudah yang pertama")
    page.get_by_role("button", name="Turunkan langkah 6", exact=True).click()
    expect(page.locator(".table-report")).to_contain_text("Pindahkan di diagram")
    page.get_by_role("button", name="Hapus langkah 3", exact=True).click()
    assert page.evaluate(TANGLED) == []
    table.wait_until_saved()
    drawing = table.saved()
    assert shown(page) == [one.node.name for one in ordered(drawing)]
    new = next(one.node.id for one in drawing.steps if one.node.name == "Memeriksa konsep")
    assert [one.nomor for one in ordered(drawing)] == ["1", "2", "", "3", "4", "5"]
    assert flows_to(drawing, new) == ["mulai"]
    assert flows_to(drawing, "konsultasi") == [new]
    assert flows_to(drawing, "penyusunan_bidang") == ["konsultasi"]
    assert flows_to(drawing, "kesepakatan_forum") == ["penyusunan_bidang"]
    assert drawing.nodes[new].lane == "jalur_kasubbag"
    # A decision is part of simple SOPs, too: it goes on, or back to where its author says.
    page.get_by_role("button", name="Tambah keputusan sesudah 1", exact=True).click()
    page.locator("dialog [name^='arah-']").first.select_option("penyampaian")
    page.locator("dialog[open]").get_by_role("button", name="Tutup").click()
    assert page.evaluate(TANGLED) == []
    expect(page.locator(".table-between[data-jenis='ExclusiveGateway']").first).to_contain_text(
        "Bila Tidak → kembali ke langkah 1"
    )
    cell(page, "konsultasi", "nama").focus()
    for _ in range(6):
        page.keyboard.press("Control+z")
    assert table.look() == before


@pytest.mark.browser
def test_a_block_of_a_spreadsheet_becomes_steps(table: Editor) -> None:
    page, before = table.page, table.look()
    cell(page, "pembahasan", "nama").focus()
    page.evaluate(PASTE, BLOCK)
    report = page.locator(".table-report")
    expect(report).to_contain_text("3 langkah ditambahkan")
    expect(report).to_contain_text('Baris 2: pelaksana "Pramubakti" tidak dikenal')
    expect(report).to_contain_text("segera")  # no time that anybody can count
    assert page.evaluate(TANGLED) == []
    table.wait_until_saved()
    steps = {one.nomor: one for one in table.saved().steps if one.nomor}
    made = [steps[number] for number in ("3", "4", "5")]
    assert [one.node.name for one in made] == [
        "Mengundang peserta",
        "Menyiapkan ruang",
        "Mencatat jalannya rapat",
    ]
    assert [one.node.lane for one in made] == [
        "jalur_sekretaris",
        "jalur_sekretaris",
        "jalur_kasubbag",
    ]
    standards = [one.mutu_baku for one in made]
    assert [one and one.waktu for one in standards] == ["15 menit", "segera", "2 jam"]
    assert standards[0] and standards[0].kelengkapan == ("Daftar peserta", "Jadwal")
    assert len(steps) == 8
    finding = page.locator(".table-step .table-found").filter(has_text="segera")
    expect(finding).to_be_visible()
    page.keyboard.press("Control+z")
    assert table.look() == before
    expect(report).to_be_empty()


@pytest.mark.browser
def test_a_block_of_the_official_sheet_and_a_column_of_times(table: Editor) -> None:
    page, steps = table.page, len(shown(table.page))
    cell(page, "konsultasi", "nama").focus()
    page.evaluate(PASTE, SHEET)
    assert shown(page)[1:3] == ["Menerima surat", "Mencatat surat"]
    assert len(shown(page)) == steps + 2
    first = page.locator(".table-step").nth(1)
    for name, text in (("kelengkapan", "Surat"), ("waktu", "1 jam"), ("output", "Disposisi")):
        expect(first.locator(f'[name="{name}"]')).to_have_value(text)
    page.keyboard.press("Control+z")
    cell(page, "konsultasi", "waktu").focus()
    page.evaluate(PASTE, "10 menit\tBerkas\n\n20 menit\tSurat")
    for at, text in enumerate(("10 menit", "", "20 menit")):
        time = page.locator(".table-step").nth(at).locator('[name="waktu"]')
        expect(time).to_have_value(text)
    assert len(shown(page)) == steps
    cell(page, "konsultasi", "kelengkapan").fill("")
    page.evaluate(PASTE, '"- Daftar peserta\n- Jadwal"')  # one cell with lines of its own
    page.keyboard.press("Tab")
    expect(cell(page, "konsultasi", "kelengkapan")).to_have_value("Daftar peserta\nJadwal")


@pytest.mark.browser
def test_the_keyboard_goes_from_cell_to_cell(table: Editor) -> None:
    page = table.page
    cell(page, "konsultasi", "waktu").click()
    page.keyboard.press("Enter")
    expect(cell(page, "penyusunan_bidang", "waktu")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(cell(page, "penyusunan_bidang", "output")).to_be_focused()
    page.keyboard.press("Control+ArrowUp")
    expect(cell(page, "konsultasi", "output")).to_be_focused()
    for name in ("waktu", "kelengkapan", "pelaksana"):
        page.keyboard.press("Control+Home")  # the caret goes first
        page.keyboard.press("ArrowLeft")
        expect(cell(page, "konsultasi", name)).to_be_focused()
    cell(page, "konsultasi", "nama").press("Enter")
    expect(cell(page, "penyusunan_bidang", "nama")).to_be_focused()
    page.keyboard.press("Control+Enter")
    page.keyboard.type("Baru")
    page.keyboard.press("Tab")
    assert shown(page)[2] == "Baru"


@pytest.mark.browser
def test_a_cell_that_was_changed_meanwhile_is_not_overwritten(table: Editor) -> None:
    page, name = table.page, cell(table.page, "konsultasi", "nama")
    note = row(page, "konsultasi").locator(".table-note:visible")
    for press, kept in (("Simpan isian saya", "Saya"), ("Pakai yang tersimpan", "Orang lain")):
        name.click()
        name.fill("Saya")
        page.evaluate(
            "alurStudio.studio.modeling.updateLabel("
            "alurStudio.studio.registry.get('konsultasi'), 'Orang lain')"
        )
        page.keyboard.press("Tab")
        expect(note).to_contain_text('diubah menjadi "Orang lain"')
        expect(name).to_have_value("Saya")
        page.get_by_role("button", name=press).click()
        expect(name).to_be_focused()
        expect(name).to_have_value(kept)
        expect(note).to_have_count(0)
        name.fill("Lagi")  # not what either of them has
        name.press("Tab")


@pytest.mark.browser
def test_a_lost_pen_keeps_what_is_typed(table: Editor, context: BrowserContext, site: Site) -> None:
    page = table.page
    address = table.address
    other = Editor(context.new_page(), site, table.draft_id)
    other.page.goto(address)
    other.page.get_by_role("button", name="Ambil alih").click()
    expect(other.notice("pena")).to_have_count(0)
    write(page, "pembahasan", "nama", "Sudah diketik")  # what is saved now is refused
    typing = cell(page, "konsultasi", "nama")
    typing.fill("Sedang diketik")
    expect(page.get_by_role("button", name="Ambil alih")).to_be_visible(timeout=25_000)
    expect(typing).not_to_be_editable()
    page.get_by_role("button", name="Ambil alih").focus()
    note = row(page, "konsultasi").locator(".table-note:visible")
    expect(note).to_contain_text("Belum tersimpan")
    expect(typing).to_have_value("Sedang diketik")
    page.get_by_role("button", name="Ambil alih").click()
    expect(typing).to_be_editable()
    table.wait_until_saved()
    nodes = table.saved().nodes
    assert (nodes["pembahasan"].name, nodes["konsultasi"].name) == (
        "Sudah diketik",
        "Sedang diketik",
    )


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_anybody_can_use_it_on_any_screen(table: Editor, width: int, scheme: str) -> None:
    page = table.page
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 740})
    page.locator(".table-identity summary").click()
    page.locator(".table-paste summary").click()
    expect(page.locator("[name='nama-sop']:visible")).to_have_value("Menyusun Rencana Kerja")
    write(page, "konsultasi", "waktu", "segera")
    expect(row(page, "konsultasi").locator(".table-found")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(TOO_SMALL) == []
    page.goto(table.address)  # a phone begins with the table, a desk with the diagram
    page.wait_for_selector("#studio[data-siap]")
    expect(row(page, "konsultasi")).to_be_visible(visible=width == 360)
