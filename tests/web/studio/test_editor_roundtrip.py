"""Opening and saving changes nothing that is ours; what is copied arrives in another draft."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree
from playwright.sync_api import BrowserContext, expect

from engine.usecases import sop_drafts
from tests.drawn_ladders import with_ladders
from tests.web.conftest import Site
from tests.web.studio.editor import OWNER, Editor
from workflows.bpmn_xml import SOP, read_xml
from workflows.process.read import read_process
from workflows.reader import read_sop

SHIPPED = sorted((Path(__file__).parents[3] / "bpmn").glob("*/*.bpmn"))


def ours(root: etree._Element) -> list[tuple[str, str, str]]:
    """Every attribute and element of our namespace, with where it stands."""
    found = []
    for one in root.iter(etree.Element):
        if one.tag.startswith(SOP):
            owner = next(up.get("id") for up in one.iterancestors() if up.get("id"))
            found.append((owner, one.tag, " ".join((one.text or "").split())))
        for name, value in one.attrib.items():
            if name.startswith(SOP) or one.tag.startswith(SOP):
                found.append((one.get("id") or one.tag, name, value))
    return sorted(found)


@pytest.mark.browser
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_process_loses_nothing(context: BrowserContext, site: Site, path: Path) -> None:
    xml = with_ladders(path.read_text("utf-8")).encode()
    forms = {one.name: one.read_text("utf-8") for one in path.parent.glob("*.form")}
    line = sop_drafts.import_draft(site.app, site.actor(OWNER), xml, forms, site.now).line
    editor = Editor(context.new_page(), site, line.id).open()
    expect(editor.notice("baca")).to_have_count(0)
    editor.page.get_by_role("button", name="Simpan", exact=True).click()
    editor.wait_until_saved()
    before, after = read_xml(xml), editor.saved_root()
    assert ours(after) == ours(before)
    assert read_sop(after) == read_sop(before)
    assert read_process(after).container == read_process(before).container


@pytest.mark.browser
def test_steps_are_copied_into_another_draft(
    editor: Editor, context: BrowserContext, site: Site
) -> None:
    owner = site.actor(OWNER)
    other = sop_drafts.create_draft(
        site.app, owner, "Menyusun Laporan", "menyusun-laporan", ["sekretaris"], site.now
    )
    editor.select("konsultasi")
    editor.page.keyboard.press("Control+c")
    target = Editor(context.new_page(), site, other.line.id).open()
    target.page.get_by_role("button", name="Tambah jalur").click()
    lane = target.page.locator(".djs-element.selected").bounding_box()
    assert lane is not None
    x, y = lane["x"] + lane["width"] * 0.5, lane["y"] + lane["height"] / 2
    target.page.mouse.click(x, y)
    target.page.keyboard.press("Control+v")
    target.page.mouse.move(x + 5, y + 5, steps=4)
    target.page.mouse.click(x + 5, y + 5)
    target.wait_until_saved()
    step = next(s for s in target.saved().steps if s.node.name == "Memprakarsai penyusunan Renja")
    assert step.mutu_baku is not None
    assert (step.mutu_baku.waktu, step.mutu_baku.output) == ("60 menit", ("Nota Dinas",))
