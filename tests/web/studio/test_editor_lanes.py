"""Lanes: added, moved, renamed, and steps moved between them, without breaking the picture."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, expect

from engine.usecases import sop_drafts
from tests.web.conftest import Site
from tests.web.studio.editor import OWNER, Editor
from workflows.reader import read_sop

PLAIN = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:sop="urn:alurkerja:sop:1.0" targetNamespace="urn:contoh" id="contoh">
  <process id="polos" name="Memeriksa berkas" isExecutable="true">
    <extensionElements><sop:identitas nomor="7"/></extensionElements>
    <startEvent id="mulai"/><endEvent id="selesai"/>
    <userTask id="langkah" name="Memeriksa">
      <extensionElements><sop:mutuBaku waktu="30 menit"/></extensionElements>
    </userTask>
    <sequenceFlow id="a" sourceRef="mulai" targetRef="langkah"/>
    <sequenceFlow id="b" sourceRef="langkah" targetRef="selesai"/>
  </process></definitions>"""
# Every pair of shapes that overlap, and every flow that runs through a shape that is not its end.
TANGLED = """() => {
  const all = alurStudio.studio.registry.getAll();
  const isNode = (one) => one.businessObject.$instanceOf?.('bpmn:FlowNode') && !one.labelTarget;
  const nodes = all.filter(isNode);
  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width
    && a.y < b.y + b.height && b.y < a.y + a.height;
  const found = [];
  nodes.forEach((one, i) => nodes.slice(i + 1).forEach((other) => {
    const attached = one.host === other || other.host === one;
    if (!attached && meet(one, other)) found.push([one.id, other.id]);
  }));
  for (const flow of all.filter((one) => one.type === 'bpmn:SequenceFlow' && one.waypoints)) {
    flow.waypoints.slice(1).forEach((end, i) => {
      const start = flow.waypoints[i];
      const line = { x: Math.min(start.x, end.x), y: Math.min(start.y, end.y),
        width: Math.abs(start.x - end.x), height: Math.abs(start.y - end.y) };
      for (const node of nodes) {
        const inside = { x: node.x + 2, y: node.y + 2,
          width: node.width - 4, height: node.height - 4 };
        const isEnd = node === flow.source || node === flow.target;
        if (!isEnd && meet(line, inside)) found.push([flow.id, node.id]);
      }
    });
  }
  return found;
}"""

PLACE = "() => alurStudio.studio.registry.get('pembahasan').x"
MOVED_AWAY = "(x) => alurStudio.studio.registry.get('pembahasan').x !== x"


@pytest.mark.browser
def test_a_lane_is_added_and_a_step_moves_into_it(editor: Editor) -> None:
    page, before = editor.page, editor.look()
    editor.page.get_by_role("button", name="Tambah jalur").click()
    editor.field("pelaksana").select_option("tapd")
    expect(editor.field("nama")).to_have_value("TAPD")
    editor.fill("nama", "Tim Anggaran")
    editor.select("pembahasan")
    column = editor.look()["pembahasan"].split(",")[0]
    editor.field("jalur").select_option(label="Tim Anggaran")
    assert editor.look()["pembahasan"].split(",")[0] == column
    assert page.evaluate(TANGLED) == []
    editor.wait_until_saved()
    sop = read_sop(editor.saved_root())
    assert [one.name for one in sop.pelaksana][-1] == "Tim Anggaran"
    assert next(one.role for one in sop.kegiatan if one.node == "pembahasan") == "tapd"
    editor.undo(4)
    assert editor.look() == before
    page.get_by_role("button", name="Ulangi (Ctrl+Y)").click()
    assert len(editor.look()) == len(before) + 1


@pytest.mark.browser
def test_steps_share_a_lane_without_lying_on_each_other(editor: Editor) -> None:
    """Those that stand above each other, in a lane that was high enough for one."""
    page = editor.page
    for step in ("penyusunan_bidang", "pembahasan", "penyempurnaan", "konsultasi"):
        editor.select(step)
        editor.field("jalur").select_option("jalur_kepala_badan")
    assert page.evaluate(TANGLED) == []
    editor.undo(4)
    page.evaluate("alurStudio.studio.selection.select(null)")
    for _ in range(3):
        page.get_by_role("button", name="Turunkan Kasubbag").click()
    names = page.locator(".studio-lanes .link").all_inner_texts()
    assert names[3] == "Kasubbag Rencana Kerja dan Monev"
    assert page.evaluate(TANGLED) == []
    editor.wait_until_saved()
    drawing = editor.saved()
    assert [lane.name for lane in drawing.lanes.values()] == names
    assert drawing.nodes["konsultasi"].lane == "jalur_kasubbag"


@pytest.mark.browser
def test_a_process_that_nobody_has_drawn_gets_a_picture_and_its_first_lane(
    context: BrowserContext, site: Site
) -> None:
    line = sop_drafts.import_draft(site.app, site.actor(OWNER), PLAIN, {}, site.now).line
    editor = Editor(context.new_page(), site, line.id).open()
    expect(editor.element("langkah")).to_be_visible()
    editor.page.get_by_role("button", name="Tambah jalur").click()
    editor.field("pelaksana").select_option("sekretaris")
    editor.wait_until_saved()
    sop = read_sop(editor.saved_root())
    assert (sop.key, sop.identitas.nomor) == ("polos", "7")
    assert [one.role for one in sop.kegiatan] == ["sekretaris"]
    editor.undo(2)
    assert "langkah" in editor.ids()
    assert not any(one.startswith("Lane") for one in editor.ids())


@pytest.mark.browser
def test_the_automatic_layout_is_one_step_of_undo(editor: Editor) -> None:
    page, before = editor.page, editor.look()
    box = editor.element("pembahasan").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 30, steps=4)
    page.mouse.up()
    moved, at = editor.look(), page.evaluate(PLACE)
    assert moved != before
    page.get_by_role("button", name="Tata letak otomatis").click()
    page.wait_for_function(MOVED_AWAY, arg=at)
    assert page.evaluate(TANGLED) == []
    editor.undo()
    assert editor.look() == moved
    editor.undo()
    assert editor.look() == before
