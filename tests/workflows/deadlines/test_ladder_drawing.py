"""Ladders in the drawing: they read back as they were written, and the lint says what is wrong."""

from __future__ import annotations

from datetime import time
from fractions import Fraction

import pytest

from tests.workflows.lint.drawings import chain, drawing, found, step
from workflows.deadlines import (
    DEFAULT_LADDER,
    DayBefore,
    Ladder,
    Offset,
    Rung,
    Share,
    draw_ladder,
    read_drawn,
)
from workflows.drawing import read_drawing
from workflows.errors import InvalidSopError
from workflows.lint import Surroundings, asked_units
from workflows.mutu_baku import parse_waktu
from workflows.reader import content_hash, read_sop, read_xml

OWN = Ladder(
    (
        Rung("h-3", DayBefore(3, "hari_kerja", time(8)), ("role", "unit:BAPPEDA"), "reminder"),
        Rung("b", Offset("before", parse_waktu("2 jam")), ("performer",), "reminder", ("email",)),
        Rung(
            "nanti", Offset("after", parse_waktu("1 hari kerja")), ("process_owner",), "escalation",
            (), "{langkah}: <segera> & \"tuntas\"", "Halo {nama},\nmohon ditindaklanjuti.", True,
        ),
        Rung("lewat", Share(Fraction(3, 2)), ("superior", "performer"), "overdue"),
    ),
    Fraction(2, 3),
)  # fmt: skip
GOOD = '<sop:anakTangga kunci="a" jenis="pengingat" bagian="1/2" kepada="pelaksana"/>'


def tangga(*rungs: str, risk: str = "") -> str:
    attribute = f' berisiko="{risk}"' if risk else ""
    return f"<sop:tangga{attribute}>{''.join(rungs)}</sop:tangga>"


def with_ladder(at_step: str, at_process: str = "", waktu: str = "3 hari kerja") -> str:
    """One step, with these extension elements at it and at the process."""
    text = drawing(step("satu", waktu), chain("awal", "satu", "akhir"), total="3 hari kerja")
    head, first, rest = text.partition("</bpmn:extensionElements>")
    body, at, tail = rest.partition("</bpmn:extensionElements>")
    return head + at_process + first + body + at_step + at + tail


def rung(changes: dict[str, str | None]) -> str:
    usual = {"kunci": "a", "jenis": "pengingat", "bagian": "1/2", "kepada": "pelaksana"}
    body = changes.get("isi") or ""
    kept = {key: text for key, text in {**usual, **changes}.items() if text is not None}
    written = "".join(f' {key}="{text}"' for key, text in kept.items() if key != "isi")
    return f"<sop:anakTangga{written}>{body}</sop:anakTangga>"


@pytest.mark.parametrize("ladder", [DEFAULT_LADDER, OWN])
def test_a_drawn_ladder_is_read_back_as_the_same_value(ladder: Ladder) -> None:
    drawn = draw_ladder(ladder)
    assert read_drawn(drawn) == ladder


def test_a_step_and_its_sop_have_the_ladders_that_are_drawn() -> None:
    text = with_ladder(
        tangga(
            '<sop:anakTangga kunci="h-1" jenis="pengingat" hari="1" satuan="hari" pukul="07:30" '
            'kepada="peran atasan unit:SETDA" saluran="email" setiapJam="true" perihal="Besok">'
            "\n  Halo {nama} &amp; rekan.\n</sop:anakTangga>",
        ),
        tangga(GOOD, risk="0.5"),
    )
    sop = read_sop(read_xml(text.encode()))
    one = Rung(
        "h-1", DayBefore(1, "hari", time(7, 30)), ("role", "superior", "unit:SETDA"), "reminder",
        ("email",), "Besok", "Halo {nama} & rekan.", any_hour=True,
    )  # fmt: skip
    assert sop.kegiatan[0].tangga == Ladder((one,))
    assert sop.tangga == Ladder(
        (Rung("a", Share(Fraction(1, 2)), ("performer",), "reminder"),), Fraction(1, 2)
    )
    assert found(text, "ladder_readable") == found(text, "extension_known") == []
    plain = read_sop(read_xml(with_ladder("").encode()))
    assert (plain.tangga, plain.kegiatan[0].tangga) == (None, None)


def test_a_ladder_belongs_to_the_content_of_a_version() -> None:
    texts = [with_ladder(""), with_ladder(tangga(GOOD)), with_ladder(tangga(GOOD, risk="1/2"))]
    assert len({content_hash(read_xml(text.encode()), {}) for text in texts}) == 3


@pytest.mark.parametrize(
    ("ladder", "said"),
    [
        (tangga(), "tangga pengingat belum punya anak tangga"),
        (tangga(*[rung({"kunci": f"k{n}"}) for n in range(21)]), "punya lebih dari 20"),
        (tangga(GOOD, risk="banyak"), 'tangga pengingat: berisiko "banyak" bukan bagian'),
        (tangga(GOOD, risk="2"), 'berisiko "2" harus lebih dari 0'),
        (tangga(GOOD, GOOD), 'anak tangga 2: kunci "a" dipakai dua kali'),
        (tangga(rung({"kunci": None})), "anak tangga 1: kunci bukan kunci"),
        (tangga(rung({"kunci": "snoozed"})), 'kunci "snoozed" dipakai Alur sendiri'),
        (tangga(rung({"jenis": "reminder"})), 'jenis "reminder" tidak dikenal'),
        (tangga(rung({"jenis": "laporan"})), 'anak tangga 1: jenis "laporan" berlaku sebelum'),
        (tangga(rung({"kepada": None})), "anak tangga 1: kepada belum diisi"),
        (tangga(rung({"kepada": "performer"})), 'kepada "performer" memuat penerima'),
        (tangga(rung({"saluran": "Merpati!"})), 'saluran "Merpati!" memuat nama saluran'),
        (tangga(rung({"perihal": "{siapa}"})), 'perihal "{siapa}" hanya boleh memuat {nama}'),
        (tangga(rung({"isi": "x" * 2001})), "…\" terlalu panjang"),
        (tangga(rung({"setiapJam": "ya"})), 'setiapJam "ya" harus'),
        (tangga(rung({"bagian": None})), "anak tangga 1 tidak menyebut saatnya"),
        (tangga(rung({"bagian": "separuh"})), "anak tangga 1: bagian \"separuh\" bukan bagian"),
        (tangga(rung({"bagian": "11"})), "terlalu kecil, terlalu besar"),
        (tangga(rung({"sebelum": "1 jam"})), "dengan lebih dari satu cara"),
        (tangga(rung({"bagian": None, "sebelum": "segera"})), 'Tulis misalnya "2 hari kerja"'),
        (tangga(rung({"bagian": None, "hari": "3"})), "tidak lengkap"),
        (
            tangga(rung({"bagian": None, "hari": "x", "satuan": "hari", "pukul": "08:00"})),
            'hari "x" terlalu kecil',
        ),
        (
            tangga(rung({"bagian": None, "hari": "1", "satuan": "bulan", "pukul": "08:00"})),
            "satuan \"bulan\" tidak dikenal",
        ),
        (
            tangga(rung({"bagian": None, "hari": "1", "satuan": "hari", "pukul": "8"})),
            'Tulis misalnya "08:00"',
        ),
        (tangga(GOOD) + tangga(GOOD), "ada lebih dari satu tangga pengingat"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_at_its_step_and_its_sop(ladder: str, said: str) -> None:
    (at_step,) = found(with_ladder(ladder), "ladder_readable")
    assert (at_step.element, at_step.severity) == ("satu", "error")
    assert at_step.message.startswith('Langkah "Memeriksa satu": ') and said in at_step.message
    assert at_step.message.endswith(".") and ".." not in at_step.message
    (at_process,) = found(with_ladder("", ladder), "ladder_readable")
    assert at_process.element == read_drawing(read_xml(with_ladder("").encode())).key
    assert at_process.message.startswith('SOP "') and said in at_process.message


def test_a_file_that_the_lint_has_not_judged_is_refused_at_its_element() -> None:
    with pytest.raises(InvalidSopError, match="invalid_ladder") as refused:
        read_sop(read_xml(with_ladder(tangga(rung({"kepada": ""}))).encode()))
    fields = refused.value.fields
    assert (fields["element"], fields["rung"], fields["reason"]) == ("satu", "a", "empty")


def test_what_leads_nowhere_is_warned_of() -> None:
    text = with_ladder(tangga(rung({"kepada": "unit:DINKES unit:SETDA"})))
    assert asked_units(read_drawing(read_xml(text.encode()))) == {"DINKES", "SETDA"}
    around = Surroundings({}, {}, missing_units=frozenset({"SETDA"}))
    (one,) = found(text, "ladder_readable", surroundings=around)
    assert one.severity == "warning" and one.message.endswith("tidak ada: SETDA. Ganti unitnya.")
    idle = with_ladder(tangga(GOOD)).replace('waktu="3 hari kerja"', 'tanpaWaktu="true" alasan="x"')
    (two,) = found(idle, "ladder_readable")
    assert two.severity == "warning" and "tanpa waktu" in two.message
