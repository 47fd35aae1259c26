"""Drawing with the mouse, describing with the keyboard; the saved XML says what was meant."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.web.studio.editor import Editor
from workflows.drawing import Step
from workflows.reader import read_sop


def step_called(editor: Editor, name: str) -> Step:
    return next(one for one in editor.saved().steps if one.node.name == name)


@pytest.mark.browser
def test_a_step_is_appended_named_and_given_its_mutu_baku(editor: Editor) -> None:
    page = editor.page
    editor.select("konsultasi")
    editor.pad("alur.append-step")
    page.keyboard.type("Memeriksa usulan")  # bpmn-js asks for the name at once
    page.keyboard.press("Enter")
    expect(editor.field("nama")).to_have_value("Memeriksa usulan")
    editor.fill("waktu", "3 hari kerja")
    expect(page.locator(".studio-read:visible")).to_have_text("Dibaca: 3 hari kerja")
    editor.add_row("Tambah kelengkapan", "Usulan bidang")
    editor.add_row("Tambah kelengkapan", "Lembar periksa")
    editor.add_row("Tambah output", "Usulan yang diperiksa")
    editor.fill("petunjuk", "Bandingkan dengan Renstra.")
    editor.field("formulir").select_option("konsultasi.form")
    editor.page.get_by_text("Orang yang berbeda").click()
    page.get_by_role("button", name="Tambah langkah").click()
    editor.field("bedaOrang").select_option("konsultasi")
    editor.field("strategis").check()
    editor.wait_until_saved()
    step = step_called(editor, "Memeriksa usulan")
    assert step.mutu_baku is not None
    assert step.mutu_baku.waktu == "3 hari kerja"
    assert step.mutu_baku.kelengkapan == ("Usulan bidang", "Lembar periksa")
    assert step.mutu_baku.output == ("Usulan yang diperiksa",)
    assert step.documentation == ("Bandingkan dengan Renstra.",)
    assert (step.formulir, step.beda_orang, step.strategis) == (
        "konsultasi.form",
        ("konsultasi",),
        True,
    )
    assert step.node.lane == "jalur_kasubbag"
    flows = [(flow.source, flow.target) for flow in editor.saved().flows]
    assert ("konsultasi", step.node.id) in flows  # it comes between: nobody meant a fork
    assert [end for start, end in flows if start == "konsultasi"] == [step.node.id]
    assert len([end for start, end in flows if start == step.node.id]) == 1


@pytest.mark.browser
def test_drawing_goes_on_with_the_keyboard_alone(editor: Editor) -> None:
    """The letters are no short cuts to other pages here: a stray "g" and "k" lead nowhere."""
    page, before = editor.page, editor.ids()
    page.get_by_role("button", name="Cari di diagram").press("Enter")
    expect(page.get_by_role("textbox", name="Cari di diagram")).to_be_focused()
    page.keyboard.type("Memprakarsai")
    page.keyboard.press("Enter")
    expect(editor.field("nama")).to_have_value("Memprakarsai penyusunan Renja")
    page.keyboard.type("gka")
    page.locator(".djs-popup").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.type("Usulan lengkap?")
    page.keyboard.press("Enter")
    expect(editor.field("nama")).to_have_value("Usulan lengkap?")
    new = editor.ids() - before
    gateway = next(one for one in new if one.startswith("Gateway_") and "label" not in one)
    flows = "alurStudio.studio.registry.get('konsultasi').outgoing.map((one) => one.target.id)"
    assert page.evaluate(flows) == [gateway]
    editor.undo(2)
    assert editor.ids() == before


@pytest.mark.browser
def test_a_decision_gets_labels_conditions_from_forms_and_a_default(editor: Editor) -> None:
    page, before = editor.page, editor.ids()
    editor.select("telaah")
    editor.pad("alur.append-choice")
    page.keyboard.press("Escape")  # bpmn-js asks for a name at once
    gateway = next(one for one in editor.ids() - before if one.startswith("Gateway_"))
    editor.pad("alur.append-end")  # the other branch goes on to what came after the step
    page.keyboard.press("Escape")
    editor.select(gateway)
    editor.fill("nama", "Perlu dibahas lagi?")
    labels = page.locator('.studio-panel [name^="label-"]')
    expect(labels).to_have_count(2)
    labels.first.fill("Ya")
    labels.first.press("Tab")
    branch = page.locator('.studio-group:has([name^="label-"])').first
    branch.get_by_role("button", name="Keputusan: Belum sempurna").click()
    page.locator('select[name="bawaan"]').select_option(index=2)
    editor.wait_until_saved()
    asked, default = (one for one in editor.saved().flows if one.source == gateway)
    assert (asked.name, asked.condition) == ("Ya", 'keputusan == "kembalikan"')
    assert (asked.is_default, default.is_default) == (False, True)
    editor.undo()
    editor.wait_until_saved()
    assert not any(one.is_default for one in editor.saved().flows if one.source == gateway)


@pytest.mark.browser
def test_timeline_without_time_and_units_are_written_as_the_engine_reads_them(
    editor: Editor,
) -> None:
    editor.select("pembahasan")
    expect(editor.field("acuan")).to_have_count(0)
    editor.fill("waktu", "2 minggu setelah Perkada ditetapkan")
    editor.fill("acuan", "tanggal_perkada")
    editor.select("penyampaian")
    editor.field("tanpaWaktu").check()
    editor.fill("alasan", "Mengikuti jadwal Kepala Badan")
    editor.page.get_by_text("Dikerjakan berulang").click()
    editor.field("berulang").check()
    editor.field("daftar").select_option("daftar_bidang")
    editor.fill("butir", "1 bidang")
    expect(editor.field("butir")).to_have_attribute("aria-invalid", "true")
    editor.fill("butir", "satu_bidang")
    editor.field("unit").check()
    editor.wait_until_saved()
    steps = {one.node.id: one for one in editor.saved().steps}
    timeline, open_ended = steps["pembahasan"], steps["penyampaian"]
    assert timeline.mutu_baku and open_ended.mutu_baku
    assert timeline.mutu_baku.acuan == "tanggal_perkada"
    assert (open_ended.mutu_baku.tanpa_waktu, open_ended.mutu_baku.waktu) == (True, "")
    assert open_ended.mutu_baku.alasan == "Mengikuti jadwal Kepala Badan"
    assert (open_ended.unit, open_ended.item) == ("satu_bidang", "satu_bidang")


@pytest.mark.browser
def test_what_the_sop_says_of_itself_and_what_it_waits_for_are_saved(editor: Editor) -> None:
    page, before = editor.page, editor.ids()
    editor.fill("nama-sop", "Menyusun Renja Bappeda")
    expect(page.locator(".studio-head h1")).to_have_text("Menyusun Renja Bappeda")
    editor.fill("nomor", "000.1/\v23/2026")  # as pasted out of Word
    editor.fill("tanggalRevisi", "3 Januari 2026")
    page.get_by_text("Bagian lain lembar SOP").click()
    editor.add_row("Tambah dasar hukum", "Peraturan <contoh> & lampirannya")
    page.get_by_role("button", name="Tambah data awal").click()
    page.keyboard.type("daftar_seksi")
    page.keyboard.press("Tab")
    page.locator('[name="data-jenis"]').last.select_option(label="Seksi")
    editor.select("konsultasi")
    editor.pad("alur.append-wait")
    page.keyboard.type("Menunggu masukan")
    page.keyboard.press("Enter")
    editor.fill("waktu", "5 hari kerja")
    expect(page.locator(".studio-read:visible")).to_have_text("Dibaca: 5 hari kerja")
    timer = next(one for one in editor.ids() - before if re.fullmatch("Event_[^_]+", one))
    page.locator('.djs-context-pad.open [data-action="replace"]').click()
    page.locator('.djs-popup [data-id="replace-with-message-intermediate-catch"]').click()
    editor.fill("acara", "masukan_diterima")
    editor.wait_until_saved()
    sop, root = read_sop(editor.saved_root()), editor.saved_root()
    assert (sop.name, sop.identitas.nomor) == ("Menyusun Renja Bappeda", "000.1/23/2026")
    assert sop.identitas.tanggal_revisi == "3 Januari 2026"
    assert "Peraturan <contoh> & lampirannya" in sop.identitas.dasar_hukum
    assert (sop.data_awal[-1].nama, sop.data_awal[-1].jenis) == ("daftar_seksi", "seksi")
    message = root.find("{*}message[@name='masukan_diterima']")
    waiting = root.find(".//{*}messageEventDefinition")
    assert message is not None and waiting is not None
    assert waiting.get("messageRef") == message.get("id")
    editor.undo(2)  # the name of the message, its kind
    page.evaluate(
        "(id) => alurStudio.studio.selection.select(alurStudio.studio.registry.get(id))", timer
    )
    expect(editor.field("waktu")).to_have_value("5 hari kerja")
    editor.field("bentuk").select_option(label="Lama menurut kalender")
    expect(editor.field("waktu")).to_be_hidden()
    expect(editor.field("timeDuration")).to_have_value("P1D")
    editor.fill("timeDuration", "P2W")
    editor.wait_until_saved()
    duration = editor.saved_root().find(".//{*}timeDuration")
    assert duration is not None and duration.text == "P2W"
