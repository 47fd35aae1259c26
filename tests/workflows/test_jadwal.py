"""Times of sheets that are not a duration alone, and every text that was found on sheets."""

import csv
from fractions import Fraction
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from workflows.bpmn_xml import read_xml
from workflows.errors import InvalidTimeError
from workflows.lint import lint
from workflows.mutu_baku import Jendela, MutuBaku, Relatif, Waktu, parse_waktu, read_waktu
from workflows.reader import read_sop

FIXTURES = Path(__file__).parent / "fixtures"
with open(FIXTURES / "duration_texts.csv", encoding="utf-8", newline="") as file:
    FOUND = list(csv.DictReader(file))
CONTOH = (FIXTURES / "contoh.bpmn").read_text("utf-8")


@pytest.mark.parametrize("row", FOUND, ids=lambda row: row["teks"])
def test_texts_found_on_sheets(row: dict[str, str]) -> None:
    if row["ditolak"]:
        with pytest.raises(InvalidTimeError) as caught:
            read_waktu(row["teks"])
        assert caught.value.code == row["ditolak"]
        return
    waktu, jadwal = read_waktu(row["teks"])
    assert (str(waktu or ""), str(jadwal or "")) == (row["waktu"], row["jadwal"])


def hari(amount: int, *, kerja: bool = False) -> Waktu:
    return Waktu("hari_kerja" if kerja else "hari", None, Fraction(amount))


@pytest.mark.parametrize(
    ("text", "jadwal", "assumed"),
    [
        ("H-3", Relatif("", hari(3), "before"), True),
        ("h – 7 hari kerja kegiatan", Relatif("kegiatan", hari(7, kerja=True), "before"), False),
        ("H-7 sebelum rapat", Relatif("rapat", hari(7), "before"), True),
        ("H+2 hari kerja sesudah rapat", Relatif("rapat", hari(2, kerja=True), "after"), False),
        ("H+2 (hari kalender) Musrenbang", Relatif("Musrenbang", hari(2), "after"), False),
        (
            "3 hari kerja sejak berkas diterima lengkap",
            Relatif("berkas diterima lengkap", hari(3, kerja=True), "after"),
            False,
        ),
        ("30 menit sebelum rapat", Relatif("rapat", parse_waktu("30 menit"), "before"), False),
        ("maks. 5 hari sebelum rapat", Relatif("rapat", hari(5, kerja=True), "before"), True),
        (
            "1 bulan terhitung sejak Perkada ditetapkan",
            Relatif("Perkada ditetapkan", parse_waktu("1 bulan"), "after"),
            False,
        ),
    ],
)
def test_relative_to_an_event(text: str, jadwal: Relatif, assumed: bool) -> None:
    waktu, found = read_waktu(text)
    assert (waktu, found) == (None, jadwal)
    assert isinstance(found, Relatif) and found.waktu.assumed == assumed


@pytest.mark.parametrize(
    ("text", "jadwal", "assumed"),
    [
        ("triwulan I", Jendela(1, 3), False),
        ("Triwulan ke-3", Jendela(7, 9), False),
        ("semester II", Jendela(7, 12), False),
        ("Feb-Jun", Jendela(2, 6), False),
        ("Jan. s/d Mar.", Jendela(1, 3), False),
        ("pada bulan Agt", Jendela(8, 8), False),
        ("Des / Jan", Jendela(12, 1), True),
        ("Des t-1 - Jan t", Jendela(12, 1), False),
        ("3 hari kerja pada triwulan IV", Jendela(10, 12, hari(3, kerja=True)), False),
    ],
)
def test_windows_of_months(text: str, jadwal: Jendela, assumed: bool) -> None:
    waktu, found = read_waktu(text)
    assert (waktu, found) == (jadwal.waktu, jadwal)
    assert isinstance(found, Jendela) and found.assumed == assumed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("H-7 setelah rapat", "relative_duration"),
        ("H-7 s.d. H-3", "relative_duration"),
        ("setelah rapat", "relative_duration"),
        ("2 minggu setelah", "relative_duration"),
        ("1 hari setelah rapat dan 2 hari sebelum sidang", "relative_duration"),
        ("H-0 rapat", "invalid_duration"),
        ("24 jam setelah rapat", "ambiguous_duration"),
        ("10 Januari", "window_duration"),
        ("minggu ke-2 Januari", "window_duration"),
        ("Januari 2026", "window_duration"),
        ("Jan atau Feb", "window_duration"),
        ("Des t / Jan t", "window_duration"),
        ("setiap triwulan", "window_duration"),
        ("marahari", "invalid_duration"),
    ],
)
def test_what_stays_open_is_refused(text: str, code: str) -> None:
    with pytest.raises(InvalidTimeError) as caught:
        read_waktu(text)
    assert (caught.value.code, caught.value.fields["text"]) == (code, text)


def test_a_window_has_months() -> None:
    with pytest.raises(InvalidTimeError):
        Jendela(0, 12)


@settings(deadline=None, print_blob=True, max_examples=150)
@given(st.text("hH-+0123456789 ()/tebruiJanMpsglm.setelah", max_size=60) | st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        waktu, jadwal = read_waktu(text)
    except InvalidTimeError as error:
        assert error.fields["reason"]
    else:
        assert waktu or jadwal


def contoh(attributes: str) -> bytes:
    assert 'waktu="90 menit"' in CONTOH
    return CONTOH.replace('waktu="90 menit"', attributes).encode()


def standard(attributes: str) -> MutuBaku:
    step = read_sop(read_xml(contoh(attributes))).kegiatan_at("satu")
    assert step is not None
    return step.mutu_baku


def test_a_drawing_names_the_variable_of_the_event() -> None:
    found = standard('waktu="H-3 rapat" acuan="tanggal_rapat"')
    assert (found.waktu, found.acuan) == (None, "tanggal_rapat")
    assert found.jadwal == Relatif("rapat", hari(3), "before")
    window = standard('waktu="7 hari (Des/Jan)"')
    assert window.jadwal == Jendela(12, 1, window.waktu)


@pytest.mark.parametrize("text", ["Sesuai jadwal", "120 menit / 3 hari", "Des t / Jan t"])
def test_what_is_ambiguous_stays_as_written(text: str) -> None:
    found = standard(f'waktu="{text}"')
    assert (found.waktu, found.jadwal, found.waktu_teks) == (None, None, text)


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ('waktu="120 menit / 3 hari"', "Pilih salah satu: 120 menit atau 3 hari kerja."),
        ('waktu="1 x 24 jam"', "Pilih salah satu: 1 hari kalender atau 1 hari kerja."),
        ('waktu="14 (tiga belas) hari"', "Pilih salah satu: 14 hari atau 13 hari."),
        ('waktu="Sesuai jadwal"', "tanpa tenggat sampai ditulis jelas."),
        ('waktu="2 hari kerja setelah rapat"', "tanpa tenggat sampai acuan diisi"),
        ('waktu="H-3 rapat" acuan="a"', 'tulis misalnya "3 hari kerja"'),
        ('waktu="1-2 hari"', 'tulis misalnya "1-2 hari kalender"'),
        ('waktu="2 minggu"', 'tulis misalnya "10 hari kerja"'),
        ('waktu="± 1 jam"', "Tulis lebih jelas"),
        ('waktu="Des/Jan"', "dibaca sebagai Desember sampai Januari."),
        ('waktu="1 jam" acuan="a"', 'acuan "a" tidak dipakai'),
    ],
)
def test_the_process_owner_is_asked(attributes: str, said: str) -> None:
    found = [one for one in lint(read_xml(contoh(attributes))) if one.rule == "waktu_readable"]
    assert any(said in one.message for one in found)
    assert all(one.severity == "warning" for one in found)


def test_a_date_relative_to_a_named_variable_is_not_asked_about() -> None:
    drawing = contoh('waktu="2 hari kerja setelah rapat" acuan="tanggal_rapat"')
    assert not [one for one in lint(read_xml(drawing)) if one.rule == "waktu_readable"]
