"""Names that begin with a verb, roles that are held, and four eyes that there can be."""

import re
from pathlib import Path

import pytest

from tests.workflows.lint.drawings import chain, drawing, found, step
from workflows.drawing import read_drawing
from workflows.lint import Seat, Surroundings
from workflows.lint.verb_first import is_verb_first
from workflows.reader import read_xml

ROOT = Path(__file__).parents[3]
SEKRETARIS = Seat("sekretaris")


@pytest.mark.parametrize(
    "name",
    [
        "Menyusun rancangan", "Mengoreksi", "Memverifikasi berkas", "Mewawancarai", "Mereviu",
        "Berkoordinasi dengan Bappeda", "Diperiksa Sekretaris", "1. Menerima surat", "a) Membuat",
        "Periksa berkas", "Tanda tangani nota", "Sampaikanlah", "Verifikasi berkas", "Bekerja",
        "Me-review dokumen", "Review the draft", "«Menilai»", "审批", "3",
    ],
)  # fmt: skip
def test_verbs_are_known(name: str) -> None:
    assert is_verb_first(name)


@pytest.mark.parametrize(
    "name",
    [
        "Penyusunan rancangan", "Rapat", "Kepala Badan menelaah", "Berita acara", "Berkas lengkap",
        "Dinas memeriksa", "Direktur menyetujui", "Media sosial", "Tindakan", "Kebijakan umum",
        "Pendidikan", "Keputusan", "1) Laporan",
    ],
)  # fmt: skip
def test_nouns_are_told(name: str) -> None:
    assert not is_verb_first(name)


def test_no_shipped_step_and_no_step_of_the_examples_is_told_by_mistake() -> None:
    shipped = [*ROOT.glob("bpmn/*/*.bpmn"), *(ROOT / "workflows/lint/pages").glob("*.benar.bpmn")]
    names = [
        one.node.name for path in shipped for one in read_drawing(read_xml(path.read_bytes())).steps
    ]
    assert len(names) > 30
    assert [name for name in names if not is_verb_first(name)] == []


def four_eyes(surroundings: Surroundings | None) -> list[str]:
    xml = drawing(
        step("satu"), step("dua", bedaOrang="satu"), chain("awal", "satu", "dua", "akhir")
    )
    return [one.severity for one in found(xml, "four_eyes", surroundings=surroundings)]


def test_two_steps_of_one_seat_cannot_have_four_eyes() -> None:
    here = {SEKRETARIS: ("Dinas A",)}
    assert four_eyes(None) == []
    assert four_eyes(Surroundings({}, {SEKRETARIS: ()})) == []
    assert four_eyes(Surroundings({}, here)) == ["warning"]
    assert four_eyes(Surroundings({}, here, frozenset({SEKRETARIS}))) == ["error"]


def test_a_vacant_role_is_told_once_with_some_of_its_places() -> None:
    xml = drawing(step("satu"), step("dua"), chain("awal", "satu", "dua", "akhir"))
    vacant = Surroundings({SEKRETARIS: tuple(f"Dinas {n}" for n in range(5))}, {})
    (one,) = found(xml, "role_has_holder", surroundings=vacant)
    assert (one.element, one.severity) == ("satu", "warning")
    assert re.search(r"Dinas 0, Dinas 1, Dinas 2, dan 2 lainnya", one.message)
