"""The shipped SOP "Menyusun Rencana Kerja" says what the sheet says."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from workflows.bpmn_xml import BPMN
from workflows.drawing import read_drawing
from workflows.errors import InvalidAnswerError
from workflows.forms import Form, check_answers, read_form
from workflows.lint import lint
from workflows.mutu_baku import parse_waktu
from workflows.reader import read_sop, read_xml
from workflows.sop import Kegiatan, Sop

FOLDER = Path(__file__).parents[2] / "bpmn" / "menyusun-rencana-kerja"
FORMS = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.form")}
ROOT = read_xml((FOLDER / "menyusun-rencana-kerja.bpmn").read_bytes())
SOP = read_sop(ROOT)
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"

# Row of the sheet: pelaksana, kelengkapan, waktu, output.
SHEET = {
    "1": ("kasubbag_renja_monev", ["Konsep pendahuluan Renja"], "60 menit", ["Nota Dinas"]),
    "2": (
        "sekretaris",
        ["Undangan Rapat"],
        "120 menit",
        ["Draft Rancangan awal Renja", "Hasil Kesepakatan"],
    ),
    "3": (
        "kasubbag_renja_monev",
        ["Koreksian/perbaikan"],
        "30 menit",
        ["Rancangan awal Renja"],
    ),
    "4": ("sekretaris", [], "10 menit", ["Rancangan awal Renja"]),
    "5": ("kepala_badan", ["Disposisi"], "10 menit", ["Rancangan awal Renja"]),
}


def numbered(sop: Sop) -> list[Kegiatan]:
    return [one for one in sop.kegiatan if one.nomor]


def test_the_lint_has_nothing_to_say() -> None:
    assert lint(ROOT, FORMS) == ()


def test_the_key_is_the_name_of_the_folder() -> None:
    assert SOP.key == FOLDER.name and SOP.name == "Menyusun Rencana Kerja"


def test_the_times_add_up_to_the_total_of_the_sheet() -> None:
    times = [one.mutu_baku.waktu for one in numbered(SOP)]
    minutes = [time.amount for time in times if time is not None and time.unit == "menit"]
    assert minutes == [60, 120, 30, 10, 10]
    assert sum(minutes) == Fraction(230) == parse_waktu(SOP.identitas.jumlah_waktu).amount


@pytest.mark.parametrize("nomor", SHEET)
def test_a_row_of_the_sheet(nomor: str) -> None:
    (step,) = [one for one in SOP.kegiatan if one.nomor == nomor]
    role, kelengkapan, waktu, output = SHEET[nomor]
    assert step.role == role
    assert list(step.mutu_baku.kelengkapan) == kelengkapan
    assert step.mutu_baku.waktu_teks == waktu
    assert list(step.mutu_baku.output) == output


def test_the_five_activities_are_in_order_with_their_sentences() -> None:
    assert [one.nomor for one in numbered(SOP)] == ["1", "2", "3", "4", "5"]
    starts = ["Melakukan konsultasi", "Rencana Kerja yang telah dibuat", "Hasil pembahasan"]
    starts += ["Rencana Kerja yang telah disempurnakan", "Kepala Badan menelaah"]
    for step, start in zip(numbered(SOP), starts, strict=True):
        assert step.documentation.startswith(start)


def test_each_bidang_drafts_its_plan_between_one_and_two() -> None:
    step = SOP.kegiatan[1]
    assert [one.nomor for one in SOP.kegiatan] == ["1", "", "2", "3", "4", "5"]
    assert (step.role, step.multi_instance, step.unit_variable) == ("kepala_bidang", True, "bidang")
    assert step.mutu_baku.waktu is None and step.mutu_baku.alasan
    (data,) = SOP.data_awal
    assert (data.nama, data.sumber, data.jenis) == ("daftar_bidang", "unit-bawahan", "bidang")
    loop = ROOT.find(f".//{BPMN}multiInstanceLoopCharacteristics")
    assert loop is not None and loop.get("isSequential", "false") == "false"
    assert loop.findtext(f"{BPMN}loopDataInputRef") == "daftar_bidang"
    assert loop.findtext(f"{BPMN}loopDataOutputRef") == "rencana_bidang"


def test_the_lanes_are_the_columns_of_the_sheet() -> None:
    assert [(one.name, one.role, one.collective) for one in SOP.pelaksana] == [
        ("Kasubbag Rencana Kerja dan Monev", "kasubbag_renja_monev", False),
        ("Sekretaris", "sekretaris", False),
        ("Kepala Bidang", "kepala_bidang", False),
        ("Kepala Badan", "kepala_badan", False),
        ("Forum SKPD", "forum_skpd", True),
    ]


def test_the_decision_signs_only_when_told_to_and_else_returns_to_three() -> None:
    drawing = read_drawing(ROOT)
    (signed, returned) = drawing.outgoing["keputusan_renja"]
    assert (signed.name, signed.target) == ("telah sempurna", "selesai")
    assert (signed.condition, signed.is_default) == ('keputusan == "tanda_tangan"', False)
    assert (returned.name, returned.target) == ("belum sempurna", "penyempurnaan")
    assert (returned.condition, returned.is_default) == (None, True)
    step = SOP.kegiatan_at("penyempurnaan")
    assert step is not None and step.nomor == "3"


def test_the_identity_block_is_complete() -> None:
    identitas = SOP.identitas
    assert identitas.nama == "Menyusun Rencana Kerja"
    assert identitas.unit == "Badan Perencanaan Pembangunan Daerah"
    assert identitas.dasar_hukum == (
        "Undang-undang Nomor 25 Tahun 2004",
        "Undang-undang Nomor 32 Tahun 2004 tentang Pemerintahan Daerah",
        "Peraturan Daerah Provinsi Kalimantan Barat Nomor 9 Tahun 2009",
        "Peraturan Daerah Nomor 10 Tahun 2008 tentang Susunan Organisasi Perangkat Daerah "
        "Provinsi Kalimantan Barat",
        "Peraturan Gubernur Nomor 58 Tahun 2008 tentang Tugas Pokok, Fungsi dan Tata Kerja Badan "
        "Perencanaan Pembangunan Daerah Provinsi Kalimantan Barat",
        "Peraturan Gubernur Nomor 10 Tahun 2010",
    )
    assert identitas.kualifikasi_pelaksana == (
        "Pendidikan Minimal S1",
        "Memiliki Pengetahuan Perencanaan",
    )
    assert identitas.keterkaitan == ("SOP Penyusunan RKA",)
    assert identitas.peralatan == ("Alat tulis kantor, komputer dan printer",)
    assert identitas.peringatan == (
        "Untuk menghindari duplikasi, inkonsistensi dan ketidak efektifan dalam perencanaan "
        "program",
    )


def test_what_the_sheet_leaves_open_is_left_open() -> None:
    block = SOP.identitas
    assert block.pencatatan == ()
    assert {block.nomor, block.tanggal_pembuatan, block.tanggal_revisi} == {""}
    assert {block.tanggal_efektif, block.disahkan_oleh} == {""}


def test_inferences_are_marked_as_such() -> None:
    marked = [one for one in ROOT.iter(f"{BPMN}documentation") if "[INF]" in (one.text or "")]
    for one in marked:
        assert (one.text or "").startswith("[INF] Disimpulkan, belum diverifikasi: ")
    owners = {parent.get("id") for one in marked if (parent := one.getparent()) is not None}
    assert owners >= {"belum_sempurna", "kesepakatan_forum", "jalur_forum_skpd"}
    assert owners >= {one.node for one in SOP.kegiatan}


def test_the_oddities_of_the_sheet_are_told() -> None:
    (process,) = ROOT.findall(f"{BPMN}process")
    text = " ".join(one.text or "" for one in process.findall(f"{BPMN}documentation"))
    assert "Nomor 23 Tahun 2014" in text and "KUALITAS PELAKSANA" in text


def test_every_element_is_drawn() -> None:
    drawn = [one.get("bpmnElement") for one in ROOT.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")]
    drawing = read_drawing(ROOT)
    expected = {*drawing.nodes, *drawing.lanes, *(flow.id for flow in drawing.flows), "pool"}
    assert set(drawn) == expected and len(drawn) == len(expected)


def test_flows_run_level_or_upright() -> None:
    for edge in ROOT.iter(f"{DI}BPMNEdge"):
        points = [
            (float(one.get("x", "")), float(one.get("y", "")))
            for one in edge.iterchildren(etree.Element)
            if one.get("x")
        ]
        for (x, y), (next_x, next_y) in pairwise(points):
            assert x == next_x or y == next_y, edge.get("bpmnElement")


def test_every_form_is_used_and_asks_nothing_but_the_decision() -> None:
    assert {one.formulir for one in SOP.kegiatan} == set(FORMS)
    required = {
        (name, field.key)
        for name, text in FORMS.items()
        for field in read_form(text).questions
        if field.required
    }
    assert required == {("keputusan.form", "keputusan"), ("keputusan.form", "arahan")}
    for text in FORMS.values():
        assert read_form(text).title


def decision() -> Form:
    return read_form(FORMS["keputusan.form"])


def test_the_decision_is_two_buttons_and_a_note() -> None:
    keputusan, arahan = decision().fields
    assert keputusan.appearance == "tombol" and arahan.appearance == "arahan"
    assert [(one.value, one.label) for one in keputusan.options] == [
        ("tanda_tangan", "Telah sempurna: tandatangani"),
        ("kembalikan", "Belum sempurna: kembalikan dengan arahan"),
    ]
    assert arahan.shown_for == ("keputusan", "kembalikan")


def test_signing_needs_no_note_and_returning_does() -> None:
    assert check_answers(decision(), {"keputusan": "tanda_tangan", "arahan": ""}) == {
        "keputusan": "tanda_tangan"
    }
    note = {"keputusan": "kembalikan", "arahan": "Lengkapi lampiran"}
    assert check_answers(decision(), note) == note
    for answers, field in (({"keputusan": "kembalikan"}, "arahan"), ({}, "keputusan")):
        with pytest.raises(InvalidAnswerError) as caught:
            check_answers(decision(), answers)
        assert (caught.value.fields["field"], caught.value.fields["reason"]) == (field, "required")
