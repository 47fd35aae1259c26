"""Units and jabatan as files, and what Plt and Plh are warned of: no database."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

import pytest

from workflows.errors import InvalidAnswerError
from workflows.mandates import Tenure, doubts, months_after
from workflows.organisation import check_nip, check_role, runs_into
from workflows.organisation_csv import OrgRow, read_rows, write_rows
from workflows.organisation_plan import PlanLine, Standing, in_order, plan_import
from workflows.rights import DEFINITIVE, PLH, PLT

HEAD = "tipe;unit;nama;jenis;induk;zona;peran;atasan;atasan_unit;banyak;berakhir\n"
PLAIN = """unit;P;Pemda Contoh;pemda;;WIB;;;;;
unit;B;Badan Contoh;pd;P;WIB;;;;;
jabatan;B;Kepala Badan;;;;kepala_badan;;;tidak;
jabatan;B;Staf;;;;Penyusun Program;Kepala Badan;;ya;
"""


def standing(text: str = PLAIN, **options: object) -> Standing:
    lines = plan_import(read_rows(HEAD + text), Standing({}))
    return Standing({line.row.key: line.row for line in lines}, **options)


def plan(text: str, now: Standing | None = None) -> list[PlanLine]:
    return [*plan_import(read_rows(HEAD + text), now or standing())]


def wrong(text: str, now: Standing | None = None) -> list[tuple[int, str, str]]:
    lines = plan(text, now)
    return [(one.row.line, one.problem.column, one.problem.reason) for one in lines if one.problem]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_spreadsheets_write_the_same_rows_in_many_ways(separator: str, bom: str) -> None:
    text = bom + (HEAD + PLAIN).replace(";", separator).replace("\n", "\r\n")
    assert read_rows(text) == read_rows(HEAD + PLAIN)


def test_what_is_written_is_read_back_and_no_formula() -> None:
    rows = [
        OrgRow(0, "unit", "P", "=HYPERLINK(1)", kind="pemda", zone="Asia/Jakarta"),
        OrgRow(0, "jabatan", "P", '+Kepala; "Biro"', role="", superior=("", ""), many=True,
               ended_on=date(2026, 1, 31)),
    ]  # fmt: skip
    text = write_rows(rows)
    cells = [cell for row in csv.reader(StringIO(text[1:]), delimiter=";") for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    back = [one for one in read_rows(text)]
    assert [(one.key, one.name, one.many, one.ended_on, one.problem) for one in back] == [
        (("P", ""), "=HYPERLINK(1)", None, None, None),
        (("P", '+Kepala; "Biro"'), '+Kepala; "Biro"', True, date(2026, 1, 31), None),
    ]


def test_a_file_that_is_none_is_refused_with_its_place() -> None:
    for text, place in (
        ("", (1, "", "empty_file")),
        ("tipe;unit\n", (1, "nama", "column_missing")),
        ("\ntipe;unit;nama;warna\n", (2, "warna", "unknown_column")),
    ):
        with pytest.raises(InvalidAnswerError) as refused:
            read_rows(text)
        fields = refused.value.fields
        assert (fields["line"], fields["column"], fields["reason"]) == place


def test_errors_stand_at_their_rows_and_the_rest_is_planned() -> None:
    text = (
        "unit;C;Bidang;bidang;B;;;;;;\n"
        "unit;C;Lagi;bidang;B;;;;;;\n"
        "unit;D;Tanpa jenis;;B;;;;;;\n"
        "unit;E;Yatim;bidang;X;;;;;;\n"
        "jabatan;B;Kabid;;;;peran_asing;;;;\n"
        "jabatan;C;Kabid;;;;kepala_bidang;Tidak Ada;;;\n"
        "orang;C;Siapa;;;;;;;;\n"
        "jabatan;C;Kabid Contoh;;;;kepala_bidang;Kepala Badan;B;;\n"
        "jabatan;B;Staf;;;;;;;;31/02/2026\n"
    )
    assert wrong(text) == [
        (3, "", "twice"),
        (4, "jenis", "required"),
        (5, "induk", "unknown_unit"),
        (6, "peran", "unknown_role"),
        (7, "atasan", "unknown_jabatan"),
        (8, "tipe", "unknown_type"),
        (10, "berakhir", "not_a_date"),
    ]
    assert [one.act for one in plan(text) if one.act != "error"] == ["add", "add"]


def test_loops_are_seen_across_the_rows_of_a_file() -> None:
    units = "unit;C;Bidang;bidang;B;;;;;;\nunit;B;Badan Contoh;pd;C;;;;;;\n"
    assert {reason for _, _, reason in wrong(units)} == {"in_itself"}
    jabatan = "jabatan;B;Kepala Badan;;;;kepala_badan;Staf;;tidak;\n"
    assert wrong(jabatan) == [(2, "atasan", "above_itself")]


def test_what_is_not_named_stays_and_only_differences_are_changes() -> None:
    (same, changed) = plan("unit;P;Pemda Contoh;;;;;;;;\nunit;B;Bappeda;;;WITA;;;;;\n")
    assert (same.act, changed.act) == ("same", "change")
    assert changed.changes == (
        ("nama", "Badan Contoh", "Bappeda"),
        ("zona", "Asia/Jakarta", "Asia/Makassar"),
    )


def test_an_end_is_refused_while_something_is_in_the_way() -> None:
    today = date(2026, 11, 23)
    ends = "unit;B;Badan Contoh;;;;;;;;2026-11-22\n"
    assert wrong(ends, standing(busy={("B", "")}, today=today)) == [(2, "berakhir", "still_busy")]
    assert wrong(ends.replace("B;Badan", "P;Pemda"), standing(today=today)) == [
        (2, "berakhir", "has_parts")
    ]
    assert wrong(ends.replace("22", "24"), standing(today=today)) == [
        (2, "berakhir", "in_the_future")
    ]
    assert [one.act for one in plan(ends, standing(today=today))] == ["end"]


def test_who_manages_a_unit_alone_imports_nothing_elsewhere() -> None:
    own = standing(reach={"B"})
    text = (
        "unit;C;Bidang;bidang;B;;;;;;\n"
        "jabatan;C;Kabid;;;;kepala_bidang;Kepala Badan;B;;\n"
        "unit;P;Pemda Lain;;;;;;;;\n"
        "unit;Q;Puncak;pemda;;;;;;;\n"
        "jabatan;B;Sekda;;;;sekda;;;;\n"
    )
    assert [(line, reason) for line, _, reason in wrong(text, own)] == [
        (4, "out_of_reach"),
        (5, "out_of_reach"),
        (6, "out_of_reach"),
    ]


def test_a_file_in_any_order_is_done_from_the_top() -> None:
    text = (
        "jabatan;D;Kasi;;;;;Kabid;C;;\njabatan;C;Kabid;;;;;;;;\n"
        "unit;D;Seksi;seksi;C;;;;;;\nunit;C;Bidang;bidang;B;;;;;;\n"
    )
    assert [one.row.key for one in in_order(plan(text))] == [
        ("C", ""),
        ("D", ""),
        ("C", "Kabid"),
        ("D", "Kasi"),
    ]


def tenure(kind: str, since: str, until: str | None, person: int = 1) -> Tenure:
    last = date.fromisoformat(until) if until else None
    return Tenure(person, kind, date.fromisoformat(since), last)


def test_three_months_and_three_more() -> None:
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    first = tenure(PLT, "2026-01-15", "2026-04-14")
    assert doubts(first, []) == ()
    longer = tenure(PLT, "2026-01-15", "2026-04-15")
    assert doubts(longer, []) == ("plt_extended",)
    extension = tenure(PLT, "2026-04-15", "2026-07-14")
    assert doubts(extension, [first]) == ("plt_extended",)
    assert doubts(tenure(PLT, "2026-04-15", "2026-07-15"), [first]) == ("plt_too_long",)
    other = tenure(PLT, "2026-04-15", "2026-07-14", person=2)
    assert doubts(other, [first]) == ()


def test_a_plt_is_for_a_vacant_jabatan_and_a_plh_for_a_hindered_holder() -> None:
    holder = tenure(DEFINITIVE, "2020-01-01", None, person=9)
    plt, plh = (tenure(kind, "2026-03-01", "2026-03-31") for kind in (PLT, PLH))
    assert doubts(plt, [holder]) == ("plt_not_vacant",)
    assert doubts(plh, []) == ("plh_vacant",)
    assert doubts(plh, [holder]) == ("plh_present",)
    leave = [(9, date(2026, 2, 20), date(2026, 3, 5))]
    assert doubts(plh, [holder], leave) == ()
    assert doubts(tenure(PLH, "2026-03-01", "2026-08-01"), [holder], leave) == ("plh_long",)
    assert doubts(tenure(DEFINITIVE, "2026-03-01", None), [holder]) == ()


def test_words_of_sheets_name_roles_and_loops_end() -> None:
    assert (check_role("Kepala Dinas"), check_role(""), check_nip("19800101 200501 1 001")) == (
        "kepala_badan",
        "",
        "198001012005011001",
    )
    assert runs_into({1: 2, 2: 3, 3: 2}, 1, 3) and not runs_into({1: 2, 2: 3, 3: 2}, 1, 9)
