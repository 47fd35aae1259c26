"""A reminder ladder in the panel, with the mouse and the keyboard; the saved XML has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from fractions import Fraction

import pytest
from playwright.sync_api import expect

from tests.web.studio.editor import Editor
from workflows.deadlines import DEFAULT_LADDER, DayBefore, Ladder, read_drawn


@pytest.mark.browser
def test_a_ladder_of_its_own_is_made_judged_and_taken_away(editor: Editor) -> None:
    page = editor.page
    ladder = page.locator('[data-isian="tangga"]')
    ladder.get_by_text("Tangga pengingat").click()
    ladder.get_by_role("button", name="Buat tangga sendiri").click()  # of the whole SOP
    editor.fill("tangga-berisiko", "66,7")
    editor.select("pembahasan")
    ladder.get_by_text("Tangga pengingat").click()
    expect(ladder.get_by_text("Mengikuti tangga SOP ini:")).to_be_visible()
    ladder.get_by_role("button", name="Buat tangga sendiri").click()
    expect(editor.field("tangga-jenis")).to_be_focused()  # of the first rung
    page.keyboard.press("Tab")
    page.keyboard.type("H-")  # chosen by its first letters
    editor.fill("tangga-hari", "tiga")
    said = ladder.locator(".studio-read.bad")
    expect(said).to_have_text("Nilainya terlalu kecil atau terlalu besar.")
    expect(editor.field("tangga-hari")).to_have_attribute("aria-invalid", "true")
    editor.fill("tangga-hari", "3")
    expect(said).to_have_count(0)
    editor.field("tangga-kepada-atasan").check()
    ladder.get_by_text("Kata-kata sendiri").first.click()
    editor.fill("tangga-perihal", "Tiga hari lagi, {nama}")
    ladder.locator(".studio-rung > summary").nth(2).click()
    ladder.get_by_role("button", name="Hapus pengingat ini").nth(1).click()
    expect(ladder.get_by_role("button", name="Tambah pengingat")).to_be_focused()
    expect(ladder.locator(".studio-rung > summary")).to_have_text(
        [
            "Pengingat H-3 (hari kerja) pukul 08:00, kepada pelaksana, atasan",
            "Terlambat pada tenggatnya, kepada pelaksana",
        ]
    )
    editor.wait_until_saved()
    first, overdue, _ = DEFAULT_LADDER.rungs
    own = replace(
        first,
        at=DayBefore(3, "hari_kerja", time(8)),
        whom=("performer", "superior"),
        subject="Tiga hari lagi, {nama}",
    )
    saved = editor.saved()
    (step,) = (one for one in saved.steps if one.node.id == "pembahasan")
    assert [read_drawn(one) for one in step.tangga] == [Ladder((own, overdue), Fraction(667, 1000))]
    assert [read_drawn(one) for one in saved.tangga] == [
        replace(DEFAULT_LADDER, at_risk=Fraction(667, 1000))
    ]
    editor.undo()
    expect(ladder.locator(".studio-rung")).to_have_count(3)
    ladder.get_by_role("button", name="Hapus tangga ini").click()
    expect(ladder.get_by_text("Mengikuti tangga SOP ini:")).to_be_visible()
    editor.wait_until_saved()
    assert [one.tangga for one in editor.saved().steps if one.tangga] == []
    assert len(editor.saved().tangga) == 1
