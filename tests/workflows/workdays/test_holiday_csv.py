"""Days off from and to CSV files, as spreadsheets write them."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from workflows.errors import InvalidTimeError
from workflows.workdays.documents import default_document
from workflows.workdays.holiday_csv import holidays_from_csv, holidays_to_csv, with_holidays

OWN = {
    **default_document(),
    "holidays": [
        {"date": "2026-08-17", "name": 'Nama, "kutip"; titik', "kind": "libur_nasional"},
        {"date": "2026-04-02", "name": "Hari jadi", "kind": "libur_lokal", "estimated": True},
    ],
    "workdays": [{"date": "2026-12-24", "name": "Tetap masuk"}],
}


def test_what_is_written_is_read_back() -> None:
    text = holidays_to_csv(OWN)
    assert text.splitlines()[:2] == [
        "tanggal,nama,jenis,perkiraan",
        "2026-04-02,Hari jadi,libur_lokal,ya",
    ]
    again = with_holidays(default_document(), holidays_from_csv(text))
    assert holidays_to_csv(again) == text
    assert again["workdays"] == OWN["workdays"]


def test_a_name_is_never_a_formula() -> None:
    named = [{"date": "2026-04-02", "name": "=1+1", "kind": "libur_lokal", "estimated": False}]
    text = holidays_to_csv({**default_document(), "holidays": named})
    assert ",'=1+1," in text
    assert holidays_from_csv(text) == named


@settings(deadline=None, print_blob=True, max_examples=150)
@given(st.lists(st.text("tanggl,;\"'\t\n\r 0123456789-/=yk\u2028\x00", max_size=40), max_size=5))
def test_any_file_is_read_or_refused(lines: list[str]) -> None:
    text = "\n".join(["tanggal,nama,jenis,perkiraan", *lines])
    try:
        rows = holidays_from_csv(text)
    except InvalidTimeError as error:
        assert error.code == "invalid_holiday_csv" and error.fields["line"]
    else:
        again = with_holidays(default_document(), rows)
        assert len(again["holidays"]) + len(again["workdays"]) == len(rows)


@pytest.mark.parametrize(
    "text",
    [
        "tanggal,nama\n2026-04-02,Hari jadi\n2026-12-24,Natal\n",
        "\ufefftanggal;nama;jenis;perkiraan\r\n02/04/2026;Hari jadi;;\r\n24/12/2026;Natal;;\r\n",
        "TANGGAL\tNama\r02-04-2026\tHari  jadi\r24-12-2026\tNatal",
        'nama,tanggal,jenis\n"Hari jadi",2/4/2026,libur_lokal\n\n,,\nNatal,24.12.2026,Libur Lokal',
        "\n\ntanggal;nama;perkiraan\n2026-04-02;Hari jadi;TIDAK\n2026-12-24;Natal;0\n",
    ],
)
def test_spreadsheets_may_write_it_their_way(text: str) -> None:
    common = {"kind": "libur_lokal", "estimated": False}
    assert holidays_from_csv(text) == [
        {"date": "2026-04-02", "name": "Hari jadi", **common},
        {"date": "2026-12-24", "name": "Natal", **common},
    ]


HEAD = "tanggal,nama,jenis,perkiraan\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "reason"),
    [
        ("", 1, "", "empty_file"),
        ("\n \n", 1, "", "empty_file"),
        ("tanggal,libur\n", 1, "libur", "unknown_column"),
        ("tanggal,nama,nama\n", 1, "nama", "unknown_column"),
        ("tanggal,jenis\n", 1, "nama", "column_missing"),
        (f"{HEAD}2026-04-02,A\n2026-02-30,B\n", 3, "tanggal", "not_a_date"),
        (f"{HEAD}13/13/2026,B\n", 2, "tanggal", "not_a_date"),
        (f"{HEAD}1/1/26,B\n", 2, "tanggal", "not_a_date"),
        (f"{HEAD},B\n", 2, "tanggal", "not_a_date"),
        (f"{HEAD}2226-01-01,B\n", 2, "tanggal", "outside_calendar"),
        (f"{HEAD}2026-04-02, \n", 2, "nama", "required"),
        (f"{HEAD}2026-04-02,{'x' * 201}\n", 2, "nama", "name_unusable"),
        (f"{HEAD}2026-04-02,A,libur\n", 2, "jenis", "unknown_kind"),
        (f"{HEAD}2026-04-02,A,,mungkin\n", 2, "perkiraan", "not_yes_or_no"),
        (f"{HEAD}2026-04-02,A\n\n02/04/2026,B\n", 4, "tanggal", "twice"),
        (f"{HEAD}2026-04-02,A,,,x\n", 2, "", "too_many_cells"),
        (f"{HEAD}2026-04-02,{'x' * 200_000}\n", 2, "", "line_too_long"),
        ("x" * 1_000_001, 1, "", "too_many"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(
    text: str, line: int, column: str, reason: str
) -> None:
    with pytest.raises(InvalidTimeError) as caught:
        holidays_from_csv(text)
    found = caught.value.fields
    assert (found["line"], found["column"], found["reason"]) == (line, column, reason)


def test_a_date_that_is_written_twice_names_the_other_line() -> None:
    with pytest.raises(InvalidTimeError) as caught:
        holidays_from_csv(f"{HEAD}2026-04-02,A\n2026-04-03,B\n2026-04-02,C\n")
    assert caught.value.fields["other"] == 2
