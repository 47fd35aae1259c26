"""Files as the usual editors write them: they run as meant there, or the element is named."""

from pathlib import Path

import pytest

from workflows.decisions import Decision, InvalidDecisionError, answer, read_decisions

FILES = Path(__file__).parent / "files"


def read(name: str, decision: str) -> Decision:
    return read_decisions((FILES / name).read_bytes())[decision]


@pytest.mark.parametrize(
    ("pagu", "sumber", "diajukan", "jalur", "hari"),
    [
        (1_000_000, "APBD", "2026-12-01", "kepala", 1),
        (1_000_000, "APBD", "2026-11-30", "bidang", 3),
        (1_000_000, "DAK", None, "kepala", 5),
        (50_000_000, "APBN", None, "sekretaris", 6),
        (200_000_000, "APBN", None, "kepala", 5),
        (None, "APBD", None, "kepala", 5),
    ],
)
def test_camunda_7(
    pagu: int | None, sumber: str, diajukan: str | None, jalur: str, hari: int
) -> None:
    case = {"pagu": pagu, "rencana": {"sumber": sumber, "hari": 4}, "diajukan": diajukan}
    found = answer(read("camunda7.dmn", "Decision_jalur"), case, "singleResult")
    assert found == {"jalur": jalur, "hari": hari}


@pytest.mark.parametrize(
    ("bulan", "peserta", "expected"),
    [
        (1, 10, ["tenda"]),
        (12, 101, ["tenda", "kursi hujan"]),
        (4, 500, ["kursi kemarau"]),
        (9, 1, []),
    ],
)
def test_dmn_io(bulan: int, peserta: int, expected: list[str]) -> None:
    decision = read("dmn_io.dmn", "lampiran")
    case = {"bulan": bulan, "peserta": peserta}
    assert answer(decision, case, "collectEntries") == answer(decision, case) == expected
    assert decision.reads == {"bulan", "peserta"}


@pytest.mark.parametrize(
    ("golongan", "omzet", "diskon"),
    [
        ("UMKM", 500_000_000, 50),
        ("Besar", 1, 0),
        ("UMKM", 600_000_000, 20),
        ("UMKM", 800_000_000, 10),
        ("UMKM", 1_000_000_000, None),
    ],
)
def test_flowable(golongan: str, omzet: int, diskon: int | None) -> None:
    decision = read("flowable.dmn", "diskonRetribusi")
    assert answer(decision, {"golongan": golongan, "omzet": omzet}) == diskon


@pytest.mark.parametrize(
    ("umur", "sekolah", "kelompok", "bantuan"),
    [(70, True, "Pelajar", 5000), (70, False, "Lansia", 5000), (30, False, "Umum", 0)],
)
def test_drools(umur: int, sekolah: bool, kelompok: str, bantuan: int) -> None:
    case = {"Pemohon": {"umur": umur, "sekolah": sekolah}, "Jarak Tempuh": 10}
    first = read("drools.dmn", "_4055D956-1C47-479C-B3F4-BAEB61F1C929")
    assert first.name == "Kelompok Penumpang"
    assert first.evaluate(case) == {"Kelompok Penumpang": kelompok}
    second = read("drools.dmn", "_8A408366-D8E9-4626-ABF3-5F69AA01F880")
    assert answer(second, case) == bantuan
    assert second.reads == {"Pemohon", "Jarak Tempuh"}


def test_what_only_one_engine_knows_is_refused_by_its_place() -> None:
    with pytest.raises(InvalidDecisionError) as caught:
        read("flowable_methods.dmn", "awalan")
    assert caught.value.code == "dmn_cell_invalid"
    place = {"decision": "awalan", "row": 1, "column": "nama", "text": ".startsWith('Kab')"}
    assert place.items() <= caught.value.fields.items()
    with pytest.raises(InvalidDecisionError) as caught:
        read("drools_boxed.dmn", "_ANG")
    assert caught.value.code == "dmn_element_not_supported"
    assert (caught.value.fields["element"], caught.value.fields["line"]) == ("_PMT", 3)
