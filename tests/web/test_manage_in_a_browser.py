"""The section “Kelola” in a real browser: on a phone, in both themes, and without JavaScript."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from engine.usecases import cases, definitions, operations
from tests.web.conftest import Site
from workflows.rights import OPERATOR

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def stuck(site: Site) -> int:
    """A case that cannot go on."""
    case = site.start()
    wrong = {"daftar_bidang": "bukan daftar"}
    operations.correct_data(site.app, OPERATOR, case, wrong, "Uji.", site.now)
    site.do("kasubbag")
    return case


def log_in(browser: Browser, url: str, **options: object) -> Page:
    page = browser.new_context(locale="id-ID", **options).new_page()
    page.goto(f"{url}/masuk")
    page.get_by_label("Nama pengguna").fill("pengelola")
    page.get_by_label("Kata sandi").fill("contoh-alur")
    page.get_by_role("button", name="Masuk").click()
    return page


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_all_of_it_can_be_read_and_reached(
    browser: Browser, url: str, stuck: int, scheme: str
) -> None:
    page = log_in(browser, url, viewport=PHONE, color_scheme=scheme, bypass_csp=True)
    for path in ("/insiden", f"/kasus/{stuck}"):
        page.goto(url + path)
        page.evaluate(
            "for (const one of document.querySelectorAll('#kelola details')) {"
            " one.removeAttribute('name'); one.open = true; }"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    page.context.close()


@pytest.mark.browser
def test_without_javascript_a_case_is_sent_elsewhere_and_suspended(
    browser: Browser, url: str, site: Site
) -> None:
    case = site.start()
    page = log_in(browser, url, java_script_enabled=False)
    page.goto(f"{url}/kasus/{case}")
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
    page.context.close()


@pytest.mark.browser
def test_a_value_that_is_no_text_is_proposed_as_json(
    browser: Browser, url: str, site: Site
) -> None:
    case = site.start()
    page = log_in(browser, url)
    page.goto(f"{url}/kasus/{case}")
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
    page.context.close()


FORK = b"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"
 targetNamespace="urn:alurkerja:bpmn"><bpmn:message id="m" name="surat" />
 <bpmn:process id="dua" name="Dua surat" isExecutable="true"><bpmn:startEvent id="a" />
 <bpmn:receiveTask id="s1" name="Surat satu" messageRef="m" />
 <bpmn:receiveTask id="s2" name="Surat dua" messageRef="m" />
 <bpmn:sequenceFlow id="f1" sourceRef="a" targetRef="s1" />
 <bpmn:sequenceFlow id="f2" sourceRef="a" targetRef="s2" /></bpmn:process></bpmn:definitions>"""


@pytest.mark.browser
def test_of_several_open_steps_the_chosen_one_is_no_target(
    browser: Browser, url: str, site: Site
) -> None:
    definitions.deploy_definition(site.app, OPERATOR, FORK, {}, site.now)
    case = cases.start_case(site.app, OPERATOR, "dua", "BAPPEDA", {}, site.now).line.id
    page = log_in(browser, url)
    page.goto(f"{url}/kasus/{case}")
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
    page.context.close()
