"""The section “Kelola” in a real browser: on a phone, in both themes, and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from engine.usecases import cases, definitions, operations
from tests.web.conftest import Site
from tests.web.looking import PHONE, look_at, unfold
from workflows.rights import OPERATOR


@pytest.fixture
def stuck(site: Site) -> int:
    """A case that cannot go on."""
    case = site.start()
    wrong = {"daftar_bidang": "bukan daftar"}
    operations.correct_data(site.app, OPERATOR, case, wrong, "Uji.", site.now)
    site.do("kasubbag")
    return case


@pytest.mark.browser
def test_on_a_phone_all_of_it_can_be_read_and_reached(stuck: int, enter, url: str) -> None:
    page = enter("pengelola", viewport=PHONE, bypass_csp=True)
    for path in ("/insiden", f"/kasus/{stuck}"):
        page.goto(url + path)
        unfold(page, "#kelola")
        look_at(page)


@pytest.mark.browser
def test_without_javascript_a_case_is_sent_elsewhere_and_suspended(enter, site: Site) -> None:
    case = site.start()
    page = enter("pengelola", f"/kasus/{case}", java_script_enabled=False)
    page.get_by_text("Kelola", exact=True).click()
    page.get_by_text("Kembalikan atau pindahkan ke langkah lain").click()
    page.get_by_label("Langkah tujuan").select_option(label="Membahas rencana kerja bersama")
    page.locator("#alasan-pindahkan").fill("Sudah dibahas dalam rapat.")
    page.get_by_role("button", name="Lihat akibatnya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Yang akan terjadi")
    page.get_by_role("button", name="Ya, pindahkan").click()
    expect(page.get_by_role("status").first).to_have_text("Alur sudah dipindahkan.")
    page.get_by_text("Kelola", exact=True).click()
    page.get_by_text("Tangguhkan kasus", exact=True).click()
    page.locator("#alasan-tangguhkan").fill("Menunggu pagu indikatif.")
    page.get_by_role("button", name="Tangguhkan").click()
    expect(page.get_by_text("Alasan: Menunggu pagu indikatif.")).to_be_visible()


@pytest.mark.browser
def test_a_value_that_is_no_text_is_proposed_as_json(enter, site: Site) -> None:
    case = site.start()
    page = enter("pengelola", f"/kasus/{case}")
    page.get_by_text("Kelola", exact=True).click()
    page.get_by_text("Perbaiki data kasus", exact=True).click()
    text, json = (
        page.locator("[name=bentuk][value=teks]"),
        page.locator("[name=bentuk][value=json]"),
    )
    name, value = page.locator("#data-nama"), page.locator("#data-nilai")
    expect(text).to_be_checked()
    for typed, kind in (("12", json), ("12 Maret", text), ("false", json), ("x", text)):
        value.fill(typed)
        expect(kind).to_be_checked()
    name.fill("daftar_bidang")  # a list until now
    expect(json).to_be_checked()
    text.check(force=True)
    value.fill("[1]")
    expect(text).to_be_checked()  # whoever has chosen is not corrected


FORK = b"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"
 targetNamespace="urn:alurkerja:bpmn"><bpmn:message id="m" name="surat" />
 <bpmn:process id="dua" name="Dua surat" isExecutable="true"><bpmn:startEvent id="a" />
 <bpmn:receiveTask id="s1" name="Surat satu" messageRef="m" />
 <bpmn:receiveTask id="s2" name="Surat dua" messageRef="m" />
 <bpmn:sequenceFlow id="f1" sourceRef="a" targetRef="s1" />
 <bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="s2" /></bpmn:process></bpmn:definitions>"""


@pytest.mark.browser
def test_of_several_open_steps_the_chosen_one_is_no_target(enter, site: Site) -> None:
    definitions.deploy_definition(site.app, OPERATOR, FORK, {}, site.now)
    case = cases.start_case(site.app, OPERATOR, "dua", "BAPPEDA", {}, site.now).line.id
    page = enter("pengelola", f"/kasus/{case}")
    page.get_by_text("Kelola", exact=True).click()
    page.get_by_text("Kembalikan atau pindahkan ke langkah lain").click()
    page.locator("#pindah-ke").select_option("s2")
    for chosen, barred in (("Surat satu", "s1"), ("Surat dua", "s2")):
        page.locator("#pindah-dari").select_option(label=chosen)
        found = page.locator("#pindah-ke option:disabled").evaluate_all(
            "all => all.map(o => o.value)"
        )
        assert found == [barred]
    expect(page.locator("#pindah-ke")).to_have_value("")  # it stood on what cannot be any more
