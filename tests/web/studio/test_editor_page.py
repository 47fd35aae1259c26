"""The page of the editor: what it weighs, what it says, the mark of bpmn.io, both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.studio.editor import Editor
from web.assets import MANIFEST, STATIC, read_manifest

BUDGET = 450 * 1024
WITH_MENU = ("konsultasi", "mulai", "selesai", "keputusan_renja", "belum_sempurna", "pool")
# Whether the mark is on top at each of its corners and in the middle.
MARK = """() => {
  const mark = document.querySelector('.bjs-powered-by');
  const { left, right, top, bottom, width, height } = mark.getBoundingClientRect();
  const points = [[left + 2, top + 2], [right - 2, top + 2], [left + 2, bottom - 2],
    [right - 2, bottom - 2], [(left + right) / 2, (top + bottom) / 2]];
  return width > 20 && height > 10 && right <= innerWidth && bottom <= innerHeight &&
    points.every(([x, y]) => mark.contains(document.elementFromPoint(x, y)));
}"""


def test_all_that_the_editor_loads_fits_its_budget() -> None:
    entry = read_manifest(MANIFEST)["studio"]
    files = [entry.script, *entry.preload, *entry.styles]
    paths = [STATIC / f"{file.removeprefix('/static/')}.br" for file in files]
    assert sum(path.stat().st_size for path in paths) <= BUDGET
    others = read_manifest(MANIFEST)["app"]
    assert entry.script not in (others.script, *others.preload)


@pytest.mark.browser
def test_every_menu_speaks_indonesian_and_nothing_covers_the_mark(editor: Editor) -> None:
    page = editor.page
    assert page.evaluate(MARK)
    for name in WITH_MENU:
        page.evaluate("(id) => alurStudio.studio.selection.select("
                      "alurStudio.studio.registry.get(id))", name)  # fmt: skip
        replace = page.locator('.djs-context-pad.open [data-action="replace"]')
        if replace.count():
            replace.click()
            expect(page.locator(".djs-popup")).to_be_visible()
            page.keyboard.press("Escape")
    page.get_by_role("button", name="Lainnya").click()
    expect(page.locator(".djs-popup").get_by_text("Tabel keputusan")).to_be_visible()
    page.keyboard.press("Escape")
    page.evaluate("alurStudio.studio.selection.select(['konsultasi', 'pembahasan', 'telaah']"
                  ".map((id) => alurStudio.studio.registry.get(id)))")  # fmt: skip
    page.locator('.djs-context-pad.open [data-action="align-elements"]').click()
    page.keyboard.press("Escape")
    page.locator(".djs-minimap .toggle").click()
    assert page.evaluate(MARK)
    page.get_by_role("button", name="Cari di diagram").click()
    page.keyboard.type("Menyempurnakan")
    page.keyboard.press("Enter")
    expect(editor.field("nama")).to_have_value("Menyempurnakan rancangan awal Renja")
    assert page.evaluate("[...alurStudio.untranslated]") == []


@pytest.mark.browser
def test_the_simulation_walks_in_indonesian_and_leaves_no_trace(editor: Editor) -> None:
    page, before = editor.page, editor.look()
    simulate = page.get_by_role("button", name="Simulasi", exact=True)
    simulate.click()
    expect(simulate).to_have_attribute("aria-pressed", "true")
    page.locator(".bts-context-pad[title='Picu kejadian ini']:visible").first.click()
    page.locator(".bts-entry[title='Buka atau tutup catatan simulasi']").click()
    expect(page.locator(".bts-log")).to_contain_text("Memprakarsai penyusunan Renja")
    said = page.locator("[class*='bts-'][title]").evaluate_all("all => all.map((o) => o.title)")
    assert not [one for one in said if "Simulation" in one or "animation" in one], said
    assert page.evaluate(MARK)
    simulate.click()
    expect(simulate).to_have_attribute("aria-pressed", "false")
    assert editor.look() == before
    expect(editor.status).to_have_attribute("data-keadaan", "clean")


@pytest.mark.browser
def test_findings_stand_at_their_elements_and_lead_there(editor: Editor) -> None:
    page = editor.page
    editor.select("konsultasi")
    editor.fill("waktu", "segera")
    badge = page.locator('.djs-overlays[data-container-id="konsultasi"] .alur-badge')
    expect(badge).to_be_visible()
    page.evaluate("alurStudio.studio.selection.select(null)")
    badge.click()
    line = page.locator('.studio-findings [data-elemen="konsultasi"]').first
    expect(line).to_contain_text("segera")
    page.evaluate("alurStudio.studio.selection.select(null)")
    line.get_by_role("button").click()
    expect(editor.field("waktu")).to_have_value("segera")
    expect(page.locator(".studio-read.bad:visible")).to_be_visible()


@pytest.mark.browser
def test_the_page_in_english_has_no_indonesian_tools(editor: Editor) -> None:
    page = editor.page
    page.goto(editor.address.replace(f"/studio/{editor.draft_id}", "/studio"))
    page.get_by_role("button", name="English").click()
    editor.open()
    for name in ("Undo (Ctrl+Z)", "Automatic layout", "Simulation", "Save"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()
    editor.select("konsultasi")
    expect(page.get_by_label("Activity", exact=True)).to_be_visible()
    expect(page.locator(".djs-context-pad.open [data-action='replace']")).to_have_attribute(
        "title", "Change element"
    )
