"""Diagrams as pictures in a real browser: loaded when opened, on a phone, without JavaScript."""

from __future__ import annotations

import pytest
from lxml import etree
from playwright.sync_api import expect

from engine.usecases.definitions import deploy_definition
from tests.web.conftest import KEY, SHIPPED, Site
from tests.web.looking import PHONE, look_at, unfold
from workflows.bpmn_xml import read_xml
from workflows.layout import lay_out, write_diagram
from workflows.rights import OPERATOR


@pytest.mark.browser
def test_the_picture_of_a_task_is_loaded_when_it_is_opened(enter, url: str, site: Site) -> None:
    item = site.reach_decision()
    page = enter("kepala", viewport=PHONE, bypass_csp=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{url}/tugas/{item.id}")
    page.wait_for_load_state("networkidle")
    assert not any("diagram" in one for one in asked)
    page.get_by_text("Letak tugas ini dalam alur").click()
    picture = page.get_by_role("img", name="Diagram alur SOP di sekitar tugas ini")
    expect(picture).to_have_js_property("complete", True)
    box = picture.bounding_box()
    assert box is not None and 250 < box["width"] <= PHONE["width"]
    unfold(page)
    look_at(page)


@pytest.mark.browser
def test_without_javascript_the_diagram_is_a_picture(enter, url: str, site: Site) -> None:
    item = site.reach_decision()
    page = enter("kepala", java_script_enabled=False, viewport=PHONE)
    for path in (f"/kasus/{item.case_id}", f"/sop/{KEY}"):
        page.goto(url + path)
        page.locator(".picture > summary").click()  # its text is hidden from locators: noscript
        picture = page.locator(".picture img")
        expect(picture).to_be_visible()
        box = picture.bounding_box()
        assert box is not None and box["width"] > 1000


@pytest.mark.browser
def test_the_viewer_opens_what_the_layout_has_written(enter, url: str, site: Site) -> None:
    root = read_xml((SHIPPED / f"{KEY}.bpmn").read_bytes())
    write_diagram(root, lay_out(root))
    forms = {path.name: path.read_text("utf-8") for path in SHIPPED.glob("*.form")}
    deploy_definition(site.app, OPERATOR, etree.tostring(root), forms, site.now)
    page = enter("kepala")
    page.goto(f"{url}/sop/{KEY}")
    expect(page.locator("[data-diagram][data-ready]")).to_be_visible()
    expect(page.locator("[data-element-id=belum_sempurna] path").first).to_be_attached()
