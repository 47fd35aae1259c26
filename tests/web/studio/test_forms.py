"""The forms of a draft: their list, the text area, and the editor under a real mouse."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from engine.errors import ConflictError
from engine.usecases import pens, sop_drafts, sop_forms
from tests.web.conftest import Site
from tests.web.studio.editor import OWNER, begin
from workflows.errors import InvalidSopError
from workflows.forms import read_form

FORM = "konsultasi.form"
UNCOVERED = """(node) => {
    const box = node.getBoundingClientRect();
    return node.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
}"""


def forms_of(site: Site, draft_id: int) -> dict[str, str]:
    found = sop_drafts.read_sop_draft(site.app, site.actor(OWNER), draft_id, site.now)
    return dict(found.forms)


def test_a_form_is_begun_for_a_step_renamed_and_deleted(site: Site) -> None:
    visitor, draft_id = site.visitor(OWNER), begin(site)
    path = f"/studio/{draft_id}/formulir"
    assert "Memprakarsai penyusunan Renja" in visitor.get(path).text
    assert visitor.post(f"{path}/{FORM}/nama", {"nama": "Prakarsa Renja"}).status_code == 303
    draft = sop_drafts.read_sop_draft(site.app, site.actor(OWNER), draft_id, site.now)
    assert 'formulir="prakarsa-renja.form"' in draft.xml
    assert {"prakarsa-renja.form"} - set(draft.forms) == set() and FORM not in draft.forms
    taken = visitor.post(path, {"nama": "prakarsa-renja"})
    assert taken.status_code == 409 and "sudah ada" in taken.text
    assert visitor.post(path, {"nama": "***"}).status_code == 422
    visitor.post(f"{path}/prakarsa-renja.form/hapus")
    page = visitor.get(path).text
    assert "Belum ada" in page
    assert visitor.post(path, {"nama": "prakarsa-renja.form"}).status_code == 303
    made = read_form(forms_of(site, draft_id)["prakarsa-renja.form"])
    assert (made.title, made.questions) == ("Memprakarsai penyusunan Renja", ())


def test_what_cannot_be_used_is_refused_with_a_sentence_and_stays_on_the_page(site: Site) -> None:
    visitor, draft_id = site.visitor(OWNER), begin(site)
    path = f"/studio/{draft_id}/formulir/{FORM}"
    mark = sop_forms.mark_of(forms_of(site, draft_id)[FORM])
    bad = '{"type": "default", "components": [{"type": "iframe", "id": "peta"}]}'
    page = visitor.post(path, {"skema": bad, "tanda": mark})
    assert page.status_code == 422
    assert "berjenis “iframe”, yang tidak didukung" in page.text and "peta" in page.text
    assert visitor.post(f"{path}/pratinjau", {"skema": "{"}).status_code == 422
    good = '{"type": "default", "components": [{"type": "textfield", "key": "a", "label": "Ä"}]}'
    shown = visitor.post(f"{path}/pratinjau", {"skema": good})
    assert shown.status_code == 200 and 'name="isi.a"' in shown.text
    file = good.replace("textfield", "filepicker")
    assert "Paling besar" in visitor.post(f"{path}/pratinjau", {"skema": file}).text
    assert visitor.post(path, {"skema": file, "cara": "lihat"}).status_code == 200
    assert visitor.post(path, {"skema": good, "tanda": mark}).status_code == 303
    late = visitor.post(path, {"skema": good.replace("Ä", "B"), "tanda": mark})
    assert late.status_code == 409 and "sudah disimpan" in late.text
    assert json.loads(forms_of(site, draft_id)[FORM])["components"][0]["label"] == "Ä"


def test_only_the_form_changes_and_the_pen_of_others_keeps_it_out(site: Site) -> None:
    app, actor, draft_id = site.app, site.actor(OWNER), begin(site)
    pens.hold_pen(app, actor, draft_id, "diagram", "take", site.now)
    before = forms_of(site, draft_id)
    text = before[FORM].replace("Tahun rencana", "Tahun")
    for number in range(3):
        at = site.now + timedelta(seconds=number)
        seen = sop_forms.mark_of(forms_of(site, draft_id)[FORM])
        sop_forms.save_draft_form(
            app, actor, draft_id, FORM, text + " " * number, at, seen=seen, kind="autosave"
        )
    assert {**before, FORM: text + "  "} == forms_of(site, draft_id)
    revisions = sop_drafts.list_revisions(app, actor, draft_id)
    assert [one.kind for one in revisions] == ["autosave", "created"]
    with pytest.raises(InvalidSopError):
        sop_forms.save_draft_form(app, actor, draft_id, FORM, "{", site.now, seen="")
    with pytest.raises(ConflictError) as caught:
        other = replace(actor, person_id=site.actor("sekretaris").person_id)
        sop_forms.delete_draft_form(app, other, draft_id, FORM, site.now)
    assert caught.value.code == "pen_taken"


def test_a_currency_field_is_added_by_mouse(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    draft_id = begin(site)
    page.goto(f"/studio/{draft_id}/formulir/{FORM}")
    page.wait_for_selector("#form-editor[data-siap]")
    _drag(page, "rupiah")
    expect(page.locator("#form-preview .amount")).to_contain_text("Rp")
    group = page.locator('.fjs-properties-container [data-group-id="group-general"]')
    group.locator(".bio-properties-panel-group-header").click()
    label = page.locator(
        '.fjs-properties-container [data-entry-id="label"] [contenteditable="true"]'
    )
    label.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("Pagu indikatif")
    page.keyboard.press("Tab")
    expect(page.locator("#form-preview")).to_contain_text("Pagu indikatif")
    expect(page.locator(".form-status")).to_have_attribute("data-keadaan", "saved", timeout=15_000)
    fields = read_form(forms_of(site, draft_id)[FORM]).questions
    assert [one.type for one in fields if one.label == "Pagu indikatif"] == ["currency"]
    mark = page.locator(".fjs-powered-by-link")
    mark.scroll_into_view_if_needed()
    assert mark.evaluate(UNCOVERED)
    assert page.evaluate("[...alurForm.untranslated]") == []
    assert errors == []


def _drag(page: Page, kind: str) -> None:
    source = page.locator(f'.fjs-palette-field[data-field-type="{kind}"]').bounding_box()
    target = page.locator(".fjs-form-container .fjs-form-field-textarea").bounding_box()
    assert source and target
    page.mouse.move(source["x"] + 30, source["y"] + 30)
    page.mouse.down()
    page.mouse.move(target["x"] + 60, target["y"] + target["height"] - 20, steps=15)
    page.mouse.move(target["x"] + 60, target["y"] + target["height"] + 5, steps=10)
    page.mouse.up()


def test_a_form_that_somebody_has_changed_meanwhile_is_not_overwritten(site: Site) -> None:
    app, actor, draft_id = site.app, site.actor(OWNER), begin(site)
    text = forms_of(site, draft_id)[FORM]
    seen = sop_forms.mark_of(text)
    sop_forms.save_draft_form(app, actor, draft_id, FORM, text + " ", site.now, seen=seen)
    with pytest.raises(ConflictError) as caught:
        sop_forms.save_draft_form(app, actor, draft_id, FORM, text + "\n", site.now, seen=seen)
    assert caught.value.code == "sop_form_changed"
    assert caught.value.fields["mark"] == sop_forms.mark_of(text + " ")


def test_what_cannot_be_sent_is_kept_in_the_browser_and_offered_again(
    context: BrowserContext, site: Site
) -> None:
    page, draft_id = context.new_page(), begin(site)
    address = f"/studio/{draft_id}/formulir/{FORM}"
    page.on("dialog", lambda dialog: dialog.accept())  # leaving with unsaved work asks
    page.goto(address)
    page.wait_for_selector("#form-editor[data-siap]")
    page.route("**/isi", lambda route: route.abort())
    page.get_by_label("Judul formulir").fill("Prakarsa baru")
    page.keyboard.press("Control+s")
    expect(page.locator(".form-status")).to_have_text(
        "Sambungan terputus, disimpan di peramban ini"
    )
    page.unroute("**/isi")
    page.goto("about:blank")
    page.goto(address)
    page.get_by_role("button", name="Pulihkan").click()
    expect(page.get_by_label("Judul formulir")).to_have_value("Prakarsa baru")
    expect(page.locator(".form-status")).to_have_attribute("data-keadaan", "saved", timeout=15_000)
    assert read_form(forms_of(site, draft_id)[FORM]).title == "Prakarsa baru"
