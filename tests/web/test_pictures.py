"""The diagrams as SVG: who may see them, what they mark, and that they can do nothing."""

from __future__ import annotations

from lxml import etree

from engine.usecases.definitions import deploy_definition
from tests.web.conftest import KEY, SHIPPED, Site
from workflows.bpmn_xml import read_xml
from workflows.layout.write import BPMNDI
from workflows.rights import OPERATOR

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: bytes) -> str:
    return " ".join(text.text or "" for text in etree.fromstring(svg).iter(f"{SVG}text"))


def test_a_case_shows_what_is_done_and_what_runs(site: Site) -> None:
    visitor, case = site.visitor("kasubbag"), site.start()
    before = visitor.get(f"/kasus/{case}/diagram.svg")
    assert 'class="c"' in before.text and 'class="d"' not in before.text
    site.do("kasubbag")
    after = visitor.get(f"/kasus/{case}/diagram.svg")
    assert after.text.count('class="d"') == 1 and after.text.count('class="c"') == 1
    assert before.headers["ETag"] != after.headers["ETag"]


def test_the_step_of_a_task_is_marked_and_the_part_around_it_is_small(site: Site) -> None:
    item = site.reach_decision()
    whole = site.visitor("kepala").get(f"/tugas/{item.id}/diagram.svg")
    part = site.visitor("kepala").get(f"/tugas/{item.id}/diagram.svg?potong=1")
    for answer in (whole, part):
        assert "Anda di sini" in texts(answer.data)
    assert "Memprakarsai" in texts(whole.data) and "Memprakarsai" not in texts(part.data)
    assert float(etree.fromstring(part.data).get("width") or 0) <= 480


def test_the_picture_of_a_task_that_is_done_is_about_it_but_points_nowhere(site: Site) -> None:
    site.start()
    item = site.first("kasubbag")
    site.do("kasubbag")
    part = site.visitor("kasubbag").get(f"/tugas/{item.id}/diagram.svg?potong=1")
    assert "Memprakarsai" in texts(part.data) and "Anda di sini" not in texts(part.data)


def test_an_sop_that_nobody_has_drawn_is_shown_as_laid_out(site: Site) -> None:
    root = read_xml((SHIPPED / f"{KEY}.bpmn").read_bytes())
    for diagram in root.findall(f"{BPMNDI}BPMNDiagram"):
        root.remove(diagram)
    forms = {path.name: path.read_text("utf-8") for path in SHIPPED.glob("*.form")}
    deploy_definition(site.app, OPERATOR, etree.tostring(root), forms, site.now)
    visitor = site.visitor("kasubbag")
    page = visitor.get(f"/sop/{KEY}").text
    assert "disusun otomatis" in page and "<noscript>" not in page.partition("disusun")[2]
    assert "Memprakarsai" in texts(visitor.get(f"/sop/{KEY}/diagram.svg").data)


def test_a_picture_can_do_nothing_and_is_asked_for_again(site: Site) -> None:
    visitor = site.visitor("kasubbag")
    site.start()
    answer = visitor.get(f"/sop/{KEY}/diagram.svg")
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    again = visitor.get(
        f"/sop/{KEY}/diagram.svg", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304 and not again.data


def test_only_who_may_read_the_case_sees_its_picture(site: Site) -> None:
    item = site.reach_decision()
    for path in (f"/kasus/{item.case_id}/diagram.svg", f"/tugas/{item.id}/diagram.svg"):
        assert site.stranger().get(path).status_code == 303
        assert site.visitor("kepala").get(path).status_code == 200
    assert site.visitor("kepala").get("/kasus/999/diagram.svg").status_code == 404
    assert site.visitor("kepala").get("/sop/tidak-ada/diagram.svg").status_code == 404


def test_the_pages_offer_the_picture_where_no_script_runs(site: Site) -> None:
    item = site.reach_decision()
    visitor = site.visitor("kepala")
    page = visitor.get(f"/tugas/{item.id}").text
    assert (
        f'<img loading="lazy" decoding="async" src="/tugas/{item.id}/diagram.svg?potong=1"' in page
    )
    for path in (f"/kasus/{item.case_id}", f"/sop/{KEY}"):
        unscripted = visitor.get(path).text.partition("<noscript>")[2].partition("</noscript>")[0]
        assert f'src="{path}/diagram.svg' in unscripted
