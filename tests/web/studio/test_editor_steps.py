"""Drawing with the mouse, describing with the keyboard; the saved XML says what was meant."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.web.studio.editor import Editor
from workflows.drawing import Step


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
    assert [flow.source for flow in editor.saved().flows if flow.target == step.node.id] == [
        "konsultasi"
    ]


@pytest.mark.browser
def test_a_decision_gets_labels_conditions_from_forms_and_a_default(editor: Editor) -> None:
    page, before = editor.page, editor.ids()
    editor.select("telaah")
    editor.pad("alur.append-choice")
    page.keyboard.press("Escape")  # bpmn-js asks for a name at once
    gateway = next(one for one in editor.ids() - before if one.startswith("Gateway_"))
    for _ in range(2):
        editor.pad("alur.append-end")
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
