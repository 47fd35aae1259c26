"""Pictures of SOPs: what they show, that nothing in a file can do harm, and what is refused."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from workflows.bpmn_xml import read_xml
from workflows.errors import InvalidSopError
from workflows.layout import lay_out, write_diagram
from workflows.layout.write import BPMNDI, DC, DI
from workflows.picture import Crop, Marks, draw_picture
from workflows.picture.di import read_plan
from workflows.picture.signs import event_sign, task_sign

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "bpmn/menyusun-rencana-kerja/menyusun-rencana-kerja.bpmn"
FILES = sorted([*ROOT.glob("tests/**/*.bpmn"), *ROOT.glob("bpmn/*/*.bpmn")])
SVG = "{http://www.w3.org/2000/svg}"
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
    f'xmlns:b="{BPMNDI[1:-1]}" xmlns:c="{DC[1:-1]}" xmlns:i="{DI[1:-1]}" targetNamespace="urn:t">'
)


def shipped() -> etree._Element:
    return read_xml(SHIPPED.read_bytes())


def process(body: str, diagram: str = "") -> etree._Element:
    plane = f'<b:BPMNDiagram><b:BPMNPlane bpmnElement="p">{diagram}</b:BPMNPlane></b:BPMNDiagram>'
    xml = f'{HEAD}<process id="p" isExecutable="true">{body}</process>{plane}</definitions>'
    return read_xml(xml.encode())


def at(name: str, *bounds: object) -> str:
    x, y, w, h = bounds
    place = f'<c:Bounds x="{x}" y="{y}" width="{w}" height="{h}"/>'
    return f'<b:BPMNShape bpmnElement="{name}">{place}</b:BPMNShape>'


def words(svg: str) -> str:
    return " ".join(one.text or "" for one in etree.fromstring(svg.encode()).iter(f"{SVG}text"))


def numbers(svg: str) -> tuple[float, ...]:
    box = etree.fromstring(svg.encode()).get("viewBox") or ""
    return tuple(float(number) for number in box.split())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_drawn_with_all_its_names_or_refused_by_its_reader(path: Path) -> None:
    try:
        root = read_xml(path.read_bytes())
    except InvalidSopError as error:
        assert error.code == "no_process"
        return
    svg = draw_picture(root, "Judul", "Uraian")
    assert draw_picture(root, "Judul", "Uraian") == svg
    shown = words(svg).replace(" ", "")
    for lane in root.iter("{*}lane", "{*}userTask", "{*}startEvent"):
        assert (lane.get("name") or "").replace(" ", "") in shown


def test_the_shipped_sop_is_small_and_stands_where_its_file_says() -> None:
    svg = draw_picture(shipped(), "Menyusun Rencana Kerja", "")
    assert len(svg) < 12_000
    assert numbers(svg) == (148, 68, 1674, 844)


def test_what_is_done_active_and_here_is_told_by_more_than_colour() -> None:
    marks = Marks(frozenset({"konsultasi"}), frozenset({"telaah"}), "telaah", "Anda di sini")
    svg = draw_picture(shipped(), "J", "U", marks)
    assert 'stroke-width="4"' in svg and "Anda di sini" in words(svg)
    plain = draw_picture(shipped(), "J", "U")
    assert svg.count("<circle") == plain.count("<circle") + 1  # the tick


def test_a_part_for_phones_shows_the_step_with_its_neighbours() -> None:
    marks = Marks(active=frozenset({"penyampaian"}), here="penyampaian", callout="Anda di sini")
    svg = draw_picture(shipped(), "J", "U", marks, Crop())
    shown = words(svg)
    assert all(word in shown for word in ("Menyampaikan", "Menelaah", "Sekretaris", "sini"))
    assert "Memprakarsai" not in shown
    assert numbers(svg)[2] <= 420 and numbers(svg)[3] <= 720
    assert numbers(draw_picture(shipped(), "J", "U", Marks(), Crop()))[2] > 1000


def test_what_runs_inside_a_closed_sub_process_marks_the_sub_process() -> None:
    body = '<subProcess id="s" name="Luar"><task id="t" name="Dalam"/></subProcess>'
    root = process(body, at("s", 0, 0, 100, 80))
    svg = draw_picture(root, "J", "", Marks(active=frozenset({"t"})))
    assert 'class="c"' in svg and "Dalam" not in words(svg)


def test_each_kind_of_event_and_task_has_a_sign_of_its_own() -> None:
    kinds = (
        "message timer signal error escalation link terminate compensate conditional cancel "
        "multiple parallel"
    ).split()
    assert len({event_sign(kind, False) for kind in kinds} - {""}) == len(kinds)
    tasks = "userTask manualTask serviceTask scriptTask sendTask receiveTask businessRuleTask"
    assert len({task_sign(tag) for tag in tasks.split()} - {""}) == 7
    assert task_sign("task") == "" and event_sign("", True) == ""


def test_nothing_in_a_picture_is_a_script_or_comes_from_elsewhere() -> None:
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&apos; onload=&quot;x"
    root = process(f'<task id="t" name="{evil}"/><startEvent id="s" name="{evil}"/>')
    svg = draw_picture(root, "<img onerror='x'>", 'a"b\x00\x0b\ud800', prefix="kasus-1")
    tree = etree.fromstring(svg.encode())
    names = {etree.QName(one).localname for one in tree.iter()}
    assert not names & {"script", "image", "use", "a", "foreignObject", "img", "animate", "set"}
    for one in tree.iter():
        assert not any(key.startswith("on") or "href" in key for key in one.keys())
        assert one.get("id", "kasus-1").startswith("kasus-1")
        assert "url(" not in (one.get("marker-end") or "").replace("url(#kasus-1-", "")
    assert "<script>" in words(svg)  # as letters


@pytest.mark.parametrize(
    "bounds",
    [("NaN",) * 4, ("1e400", 0, 100, 80), (0, 0, -5, 80), ("", 0, 1, 1), (9e15, 0, 100, 80)],
)
def test_places_that_no_picture_can_show_are_laid_out_anew(bounds: tuple[object, ...]) -> None:
    root = process('<task id="t" name="Kerja"/>', at("t", *bounds))
    assert read_plan(root) is None
    assert max(numbers(draw_picture(root, "J", ""))) < 500


def test_a_node_without_a_place_has_everything_laid_out() -> None:
    body = '<task id="t"/><task id="u"/><sequenceFlow id="f" sourceRef="t" targetRef="u"/>'
    assert read_plan(process(body, at("t", 0, 0, 100, 80))) is None
    both = at("t", 0, 0, 100, 80) + at("u", 200, 0, 100, 80)
    plan = read_plan(process(body, both))
    assert plan is not None and plan.edges["f"].points == ((100, 40), (200, 40))


def test_what_is_too_large_is_refused() -> None:
    crowd = "".join(f'<task id="t{number}"/>' for number in range(1501))
    with pytest.raises(InvalidSopError, match="picture_too_large"):
        draw_picture(process(crowd), "J", "")
    with pytest.raises(InvalidSopError, match="picture_too_large"):
        draw_picture(process('<task id="t"/>', at("t", 0, 0, 9, 9) * 3001), "J", "")


def test_a_written_layout_is_read_back_as_it_was() -> None:
    root = shipped()
    plan = lay_out(root)
    write_diagram(root, plan)
    again = read_plan(read_xml(etree.tostring(root)))
    assert again is not None
    assert {n: s.box for n, s in again.shapes.items()} == {n: s.box for n, s in plan.shapes.items()}
    assert again.edges == plan.edges
    gateway = root.find(f".//{BPMNDI}BPMNShape[@bpmnElement='keputusan_renja']")
    assert gateway is not None and gateway.get("isMarkerVisible") == "true"


def test_a_line_back_does_not_run_behind_the_steps_between() -> None:
    plan = lay_out(shipped())
    points = plan.edges["belum_sempurna"].points
    between = plan.shapes["telaah"].box
    level = [y for (x, y), (to_x, to_y) in pairwise(points) if y == to_y]
    assert all(y < between.y for y in level)
