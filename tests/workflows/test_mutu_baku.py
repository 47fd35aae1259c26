"""Durations as real sheets write them."""

from dataclasses import replace
from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from workflows.errors import InvalidTimeError
from workflows.mutu_baku import MutuBaku, Unit, Waktu, parse_waktu

OPEN = True


@pytest.mark.parametrize(
    ("text", "reading", "assumed"),
    [
        # found on sheets
        ("60 menit", "60 menit", False),
        ("5 Menit", "5 menit", False),
        ("1 jam", "60 menit", False),
        ("3 Jam", "180 menit", False),
        ("0,5 Hari", "0,5 hari kerja", OPEN),
        ("1 hari", "1 hari kerja", OPEN),
        ("10 hari", "10 hari kerja", OPEN),
        ("5 hari", "5 hari kerja", OPEN),
        ("1\nminggu", "1 minggu", OPEN),
        ("1 bulan", "1 bulan", False),
        ("± 5 - 10 Menit", "5-10 menit", OPEN),
        ("Maks. 1 Hari Kerja", "1 hari kerja", False),
        ("14 (empat belas) hari", "14 hari kerja", OPEN),
        ("satu (1) minggu", "1 minggu", OPEN),
        ("satu (1) bulan", "1 bulan", False),
        ("kurang dari satu (1) bulan", "1 bulan", False),
        # near to those
        ("½ jam", "30 menit", False),
        ("1½ jam", "90 menit", False),
        ("1 1/2 jam", "90 menit", False),
        ("setengah jam", "30 menit", False),
        ("satu setengah jam", "90 menit", False),
        ("1 jam 30 menit", "90 menit", False),
        ("0.5 hari", "0,5 hari kerja", OPEN),
        ("1-2 hari", "1-2 hari kerja", OPEN),
        ("1 \u2013 2 hari kerja", "1-2 hari kerja", False),
        ("3 s.d. 5 hari kerja", "3-5 hari kerja", False),
        ("2 sampai dengan 3 hari kerja", "2-3 hari kerja", False),
        ("30 menit s/d 1 jam", "30-60 menit", False),
        ("3 hari kerja", "3 hari kerja", False),
        ("7 hari kalender", "7 hari kalender", False),
        ("paling lama 5 (lima) hari kerja", "5 hari kerja", False),
        ("Selambat-lambatnya 3 hari kerja", "3 hari kerja", False),
        ("sehari", "1 hari kerja", OPEN),
        ("seratus dua puluh menit", "120 menit", False),
        ("60 menit / 1 jam", "60 menit", False),
        ("± 1 jam", "60 menit", OPEN),
        ("15 mnt.", "15 menit", False),
        ("1 minggu kalender", "1 minggu", False),
        ("1 tahun", "12 bulan", False),
    ],
)
def test_readings(text: str, reading: str, assumed: bool) -> None:
    waktu = parse_waktu(text)
    assert (str(waktu), waktu.assumed) == (reading, assumed)


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        # found on sheets
        ("", "no_duration", "empty"),
        (" - ", "no_duration", "empty"),
        ("Sesuai Jadwal", "no_duration", "as_scheduled"),
        ("H-3 Kegiatan", "relative_duration", "counted_from_event"),
        (
            "paling lambat 2 (dua) minggu setelah Perkada ditetapkan",
            "relative_duration",
            "counted_from_event",
        ),
        ("7 hari (Des t-1 / Jan t)", "window_duration", "calendar_window"),
        ("1 bulan (Feb\u2013Jun)", "window_duration", "calendar_window"),
        ("Dilaksanakan pada Bulan Januari", "window_duration", "calendar_window"),
        ("120 Menit / 3 Hari", "ambiguous_duration", "alternatives"),
        ("satu (1) minggu / satu (1) bulan", "ambiguous_duration", "alternatives"),
        # near to those
        ("1 x 24 jam", "ambiguous_duration", "clock_hours"),
        ("24 jam", "ambiguous_duration", "clock_hours"),
        ("minimal 3 hari", "ambiguous_duration", "lower_bound_only"),
        ("14 (tiga belas) hari", "ambiguous_duration", "number_and_words_differ"),
        ("1.000 menit", "ambiguous_duration", "thousands_or_decimal"),
        ("1 minggu kerja", "ambiguous_duration", "kind_of_unit"),
        ("1 hari - 2 jam", "ambiguous_duration", "mixed_units"),
        ("1 hari 2 jam", "invalid_duration", "unreadable"),
        ("2/3 hari", "invalid_duration", "unreadable"),
        ("1 hari (kerja)", "invalid_duration", "unreadable"),
        ("60", "invalid_duration", "unreadable"),
        ("menit", "invalid_duration", "unreadable"),
        ("-3 hari", "invalid_duration", "unreadable"),
        ("dua satu hari", "invalid_duration", "unreadable_number"),
        ("0 menit", "invalid_duration", "not_positive"),
        ("3-1 hari", "invalid_duration", "range_reversed"),
        ("1,5 minggu", "invalid_duration", "fraction_of_calendar_unit"),
        ("9999999 menit", "invalid_duration", "too_long"),
        ("20001 hari kerja", "invalid_duration", "too_long"),
        ("101 tahun", "invalid_duration", "too_long"),
        ("9" * 5000 + " menit", "invalid_duration", "text_too_long"),
    ],
)
def test_refusals(text: str, code: str, reason: str) -> None:
    with pytest.raises(InvalidTimeError) as caught:
        parse_waktu(text)
    assert (caught.value.code, caught.value.fields["reason"]) == (code, reason)
    assert caught.value.fields["text"] == text[:300]


def test_alternatives_are_offered() -> None:
    with pytest.raises(InvalidTimeError) as caught:
        parse_waktu("120 Menit / 3 Hari")
    assert caught.value.fields["choices"] == ["120 menit", "3 hari kerja"]


def test_a_range_keeps_both_ends_and_counts_the_upper() -> None:
    waktu = parse_waktu("1-2 hari")
    assert (waktu.minimum, waktu.amount) == (Fraction(1), Fraction(2))
    assert waktu == Waktu("hari_kerja", Fraction(1), Fraction(2))


def test_assumptions_do_not_make_another_value() -> None:
    assert parse_waktu("1 hari") == parse_waktu("1 hari kerja")
    assert MutuBaku(parse_waktu("1 hari"), "1 hari", (), ()) == MutuBaku(
        parse_waktu("1 hari kerja"), "1 hari", (), ()
    )


@pytest.mark.parametrize(
    ("unit", "minimum", "maximum"),
    [
        ("menit", None, Fraction(0)),
        ("menit", None, Fraction(1, 3)),
        ("bulan", None, Fraction(1, 2)),
        ("hari", Fraction(3), Fraction(2)),
        ("menit", None, Fraction(10) ** 400),
    ],
)
def test_impossible_values(unit: Unit, minimum: Fraction | None, maximum: Fraction) -> None:
    with pytest.raises(InvalidTimeError):
        Waktu(unit, minimum, maximum)


units: st.SearchStrategy[Unit] = st.sampled_from(["menit", "hari_kerja", "hari", "minggu", "bulan"])


@settings(deadline=None, print_blob=True, max_examples=200)
@given(units, st.integers(1, 90_000), st.integers(0, 50))
def test_what_is_written_is_read_back(unit: Unit, number: int, more: int) -> None:
    fine = unit in ("menit", "hari_kerja")
    minimum = Fraction(number, 100) if fine else Fraction(number // 100 + 1)
    waktu = Waktu(unit, minimum if more else None, minimum + more)
    assert parse_waktu(str(waktu)) == waktu
    assert replace(waktu, assumed=True) == waktu


@settings(deadline=None, print_blob=True, max_examples=200)
@given(st.text(max_size=40) | st.text("0123456789 ,./()-x±½¼jamhrienit", max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert parse_waktu(text).maximum > 0
    except InvalidTimeError as error:
        assert error.fields["reason"]
