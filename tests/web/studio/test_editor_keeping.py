"""Nothing that was drawn is lost: without a connection, in two tabs, when somebody was faster."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from engine.usecases import pens, sop_drafts
from tests.web.conftest import Site, let_in
from tests.web.studio.editor import OWNER, Editor


def name_of(editor: Editor, node: str) -> str:
    return editor.saved().nodes[node].name


def no_line(page: Page) -> None:
    page.route("**/isi", lambda route: route.abort() if is_post(route) else route.continue_())


def is_post(route: Route) -> bool:
    return route.request.method == "POST"


@pytest.mark.browser
def test_a_lost_connection_keeps_the_drawing_and_offers_it_again(
    editor: Editor, context: BrowserContext, site: Site
) -> None:
    old = name_of(editor, "konsultasi")
    no_line(editor.page)
    editor.select("konsultasi")
    editor.field("nama").fill("Digambar tanpa sambungan")  # and not left
    expect(editor.status).to_have_text("Sambungan terputus, disimpan di peramban ini")
    editor.page.close()  # the browser is shut before the connection is back
    again = Editor(context.new_page(), site, editor.draft_id).open()
    assert name_of(again, "konsultasi") == old
    expect(again.notice("pulih")).to_contain_text("belum tersimpan")
    takeover = again.page.get_by_role("button", name="Ambil alih")
    if takeover.count():  # the tab that was shut may still hold the pen
        takeover.click()
        expect(takeover).to_have_count(0)
    again.page.get_by_role("button", name="Pulihkan").click()
    again.wait_until_saved()
    assert name_of(again, "konsultasi") == "Digambar tanpa sambungan"
    again.open()
    expect(again.notice("pulih")).to_have_count(0)


@pytest.mark.browser
def test_a_second_tab_reads_until_it_takes_the_pen(
    editor: Editor, context: BrowserContext, site: Site
) -> None:
    second = Editor(context.new_page(), site, editor.draft_id).open()
    expect(second.notice("pena")).to_contain_text("di tab lain")
    expect(second.page.locator(".djs-palette")).to_be_hidden()
    second.select("konsultasi")
    expect(second.field("nama")).to_be_disabled()
    expect(second.page.locator(".djs-context-pad.open .entry")).to_have_count(0)
    before = second.look()
    second.page.keyboard.press("Delete")
    assert second.look() == before
    editor.select("pembahasan")
    editor.fill("nama", "Membahas bersama Bidang")
    editor.wait_until_saved()
    second.page.get_by_role("button", name="Ambil alih").click()
    # It draws on what is newest, and not before that has been read.
    expect(second.field("nama")).to_be_enabled()
    second.fill("nama", "Dari tab kedua")
    second.wait_until_saved()
    assert name_of(second, "pembahasan") == "Membahas bersama Bidang"
    # The first tab does not know it yet; what it draws is not saved over that, and not lost.
    editor.field("nama").press("End")
    editor.field("nama").press_sequentially(" (tab pertama)")
    beat(editor.page)
    expect(editor.notice("pena")).to_contain_text("di tab lain")
    expect(editor.field("nama")).to_be_disabled()
    expect(editor.field("nama")).to_have_value("Membahas bersama Bidang (tab pertama)")
    expect(editor.page.get_by_role("button", name="Unduh gambar saya")).to_be_visible()
    assert name_of(editor, "pembahasan") == "Membahas bersama Bidang"
    editor.page.get_by_role("button", name="Ambil alih").click()
    expect(editor.notice("simpan")).to_contain_text("belum tersimpan")
    editor.page.get_by_role("button", name="Simpan gambar saya sebagai revisi baru").click()
    expect(editor.notice("simpan")).to_have_count(0)
    assert name_of(editor, "pembahasan") == "Membahas bersama Bidang (tab pertama)"


def beat(page: Page) -> None:
    """As when the tab is looked at again: it asks who has the pen."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


@pytest.mark.browser
def test_who_may_only_read_is_told_so_and_sees_who_draws(
    editor: Editor, browser: Browser, url: str, site: Site
) -> None:
    with browser.new_context(base_url=url, locale="id-ID") as other:
        reader = Editor(
            let_in(other, site, url, "sekretaris").new_page(), site, editor.draft_id
        ).open()
        expect(reader.notice("pena")).to_contain_text("hanya dapat membaca")
        expect(reader.page.get_by_role("button", name="Ambil alih")).to_have_count(0)
        expect(reader.page.locator(".studio-present")).to_contain_text("Tanjung Contoh")
        reader.page.locator("#tab-temuan").click()
        expect(reader.page.locator("#studio-temuan")).to_contain_text("di halaman Terbitkan")
        assert reader.page.get_by_role("link", name="Coba jalankan").count() == 0


@pytest.mark.browser
def test_what_somebody_else_has_saved_is_not_overwritten(editor: Editor, site: Site) -> None:
    app, owner = site.app, site.actor(OWNER)
    draft = sop_drafts.read_sop_draft(app, owner, editor.draft_id, site.now)
    theirs = draft.xml.replace("Membahas rencana kerja bersama", "Membahas bersama Bidang")
    save_elsewhere(site, editor.draft_id, theirs, draft.forms)
    editor.select("konsultasi")
    editor.fill("nama", "Gambar saya")
    expect(editor.notice("simpan")).to_contain_text("sudah menyimpan revisi lain")
    assert name_of(editor, "pembahasan") == "Membahas bersama Bidang"
    editor.page.get_by_role("button", name="Simpan gambar saya sebagai revisi baru").click()
    expect(editor.notice("simpan")).to_have_count(0)
    assert name_of(editor, "konsultasi") == "Gambar saya"
    numbers = [one.number for one in sop_drafts.list_revisions(app, owner, editor.draft_id)]
    assert sorted(numbers) == [1, 2, 3]  # what they had saved is still there


@pytest.mark.browser
def test_forms_changed_elsewhere_are_joined_without_a_question(editor: Editor, site: Site) -> None:
    app, owner = site.app, site.actor(OWNER)
    draft = sop_drafts.read_sop_draft(app, owner, editor.draft_id, site.now)
    forms = {**draft.forms, "baru.form": draft.forms["konsultasi.form"]}
    save_elsewhere(site, editor.draft_id, draft.xml, forms)
    editor.select("konsultasi")
    editor.fill("nama", "Memprakarsai bersama")
    editor.wait_until_saved()
    after = sop_drafts.read_sop_draft(app, owner, editor.draft_id, site.now)
    assert "baru.form" in after.forms
    assert name_of(editor, "konsultasi") == "Memprakarsai bersama"


def save_elsewhere(site: Site, draft_id: int, xml: str, forms: Mapping[str, str]) -> None:
    """As another page of the same person does, which lets go of the pen afterwards."""
    app, owner = site.app, site.actor(OWNER)
    pens.hold_pen(app, owner, draft_id, "lain", "take_over", site.now)
    sop_drafts.save_sop_draft(
        app, owner, draft_id, xml.encode(), forms, site.now, revision=1, tab="lain"
    )
    pens.hold_pen(app, owner, draft_id, "lain", "release", site.now)


@pytest.mark.browser
def test_a_draft_that_cannot_be_read_whole_says_what_would_be_lost(
    editor: Editor, site: Site
) -> None:
    app, owner = site.app, site.actor(OWNER)
    draft = sop_drafts.read_sop_draft(app, owner, editor.draft_id, site.now)
    broken = re.sub(r"</(\w+:)?process>", r'<\1tidakAda id="hilang"/>\g<0>', draft.xml, count=1)
    assert broken != draft.xml
    save_elsewhere(site, editor.draft_id, broken, draft.forms)
    editor.open()
    expect(editor.notice("baca")).to_contain_text("tidakAda")
    with editor.page.expect_download() as download:
        editor.notice("baca").get_by_role("button", name="Unduh berkasnya").click()
    assert download.value.path().read_text("utf-8") == broken
