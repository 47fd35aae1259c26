"""Every form of an input entry: what matches, what does not, what is refused or an error."""

from collections.abc import Callable

import pytest

from workflows.decisions import (
    Decision,
    DecisionError,
    InvalidDecisionError,
    answer,
    read_decisions,
)

Make = Callable[..., Decision]
CASE = {
    "batas": 10,
    "kota": "Solo",
    "ya": True,
    "tidak": False,
    "kosong": None,
    "daftar": [1, 2, 3],
    "surat": {"nomor": 7, "sah": True},
    "hari": "2026-05-01",
}


def matches(make: Make, cell: str, value: object, kind: str = "") -> bool:
    column = f"masukan:{kind}" if kind else "masukan"
    decision = make([column], ["cocok"], [(cell, "true")], defaults=["false"])
    return answer(decision, {**CASE, "masukan": value}) is True


@pytest.mark.parametrize(
    ("cell", "right", "wrong"),
    [
        ("-", [None, 0, "", False, [], "x"], []),
        ("", [None, 1], []),
        (" - ", [None, 1], []),
        ("5", [5, 5.0], [4, None, "5", True]),
        ("-5", [-5], [5]),
        ("- 5", [-5], [5]),
        ("1.5", [1.5], [1]),
        ("1", [1], [True]),
        ("true", [True], [False, 1, None, "true"]),
        ("false", [False], [True, 0, None]),
        ('"Solo"', ["Solo"], ["solo", None, 5]),
        ("'Solo'", ["Solo"], ["Pati"]),
        (r'"a \"b\", c"', ['a "b", c'], ["a"]),
        ('"-"', ["-"], ["x", None]),
        ('"1, 2"', ["1, 2"], ["1"]),
        ("null", [None], [0, "", False]),
        ("< 5", [4, 4.99, -1], [5, 6, None]),
        ("<5", [4], [5]),
        ("<= 5", [5, 4], [5.01, None]),
        ("> 5", [5.5], [5, None]),
        (">= 5", [5], [4]),
        ("= 5", [5], [4, None]),
        ("== 5", [5], [4]),
        ("!= 5", [4, None, "5"], [5, 5.0]),
        ("> -5", [-4], [-5]),
        ('< "b"', ["a"], ["b", "c", None]),
        ("[1..5]", [1, 3, 5], [0.99, 5.01, None]),
        ("(1..5)", [1.01, 4.99], [1, 5]),
        ("]1..5[", [1.01, 4.99], [1, 5, None]),
        ("[1..5)", [1, 4.9], [5]),
        ("[1..5[", [1, 4.9], [5]),
        ("(1..5]", [5], [1]),
        ("]1..5]", [5], [1]),
        ("[1..1]", [1], [2]),
        ("[-5..-1.5]", [-5, -1.5], [-1]),
        ("[ 1 .. 5 ]", [1], [6]),
        ('["a".."c"]', ["a", "b"], ["cc", None]),
        ("1, 2,3", [1, 3], [4, None]),
        ('"a","b"', ["b"], ["c"]),
        ("< 1, [5..6], 9", [0, 5.5, 9], [1, 7]),
        ("]1..2[, ]3..4[", [1.5, 3.5], [2, 2.5, 3]),
        ("null, 1", [None, 1], [2]),
        ("not(5)", [4, None, "x"], [5]),
        ("not (5)", [4], [5]),
        ("not(1, 2)", [3, None], [1, 2]),
        ("not([1..5))", [5, 0], [1, None]),
        ("not(]1..5[)", [1, 5], [3]),
        ("not((1..5])", [1], [5]),
        ("not(< 5)", [5, 6], [4, None]),
        ("not(< 5, > 9)", [5, 9], [4, 10, None]),
        ("not(null)", [0, ""], [None]),
        ("not(true)", [False, None], [True]),
        ('not("a", "b")', ["c"], ["a"]),
    ],
)
def test_forms_without_variables(
    table: Make, cell: str, right: list[object], wrong: list[object]
) -> None:
    assert [value for value in right if not matches(table, cell, value)] == []
    assert [value for value in wrong if matches(table, cell, value)] == []


@pytest.mark.parametrize(
    ("cell", "right", "wrong"),
    [
        ("batas", [10], [9, None]),
        ("< batas", [9], [10, None]),
        ("[0..batas]", [10], [11]),
        ("(batas - 5..batas * 2)", [6, 19], [5, 20]),
        ("[surat.nomor..len(daftar) + 9[", [7, 11], [12]),
        ("surat.nomor", [7], [10]),
        ("[0..daftar[2]]", [0, 2], [3]),
        ("]0..daftar[2][", [1], [0, 2]),
        ("(daftar[1]..daftar[3])", [2], [1, 3]),
        ("> surat.nomor + 1", [9], [8]),
        ('kota, "Pati"', ["Solo", "Pati"], ["kota", None]),
        ("kosong", [None], [0]),
        ("< kosong", [], [1, None]),
        ("ya", [True], [False, None]),
        ("surat.sah", [True], [False]),
        ("tidak", [False], [True, None]),
        ("daftar", [1, 3], [4, None, "1", True]),
        ("[1, 2]", [2], [3]),
        ("daftar + [9]", [9], [10]),
        ("batas * 2", [20], [10]),
        # Yes or no, computed: a condition of its own.
        ("batas > 5", [1, None, "x", False, True], []),
        ("batas > 50", [], [1, None, True, False]),
        ('contains("Solo", "ol")', [1, False], []),
        ("not(batas)", [9], [10]),
    ],
)
def test_variables_and_computed_values(
    table: Make, cell: str, right: list[object], wrong: list[object]
) -> None:
    assert [value for value in right if not matches(table, cell, value)] == []
    assert [value for value in wrong if matches(table, cell, value)] == []


@pytest.mark.parametrize(
    ("cell", "right", "wrong"),
    [
        ('contains(?, "ol")', ["Solo"], ["Pati", None]),
        ('starts with(?, "S")', ["Solo"], ["Pati"]),
        ('not(contains(?, "ol"))', ["Pati"], ["Solo", None]),
        ("? > 5 and ? < batas", [6], [5, 10]),
        ("? * 2 = batas", [5], [6]),
        ("(? > 5)", [6], [5]),
        ("? in [1..5]", [5], [6]),
        ("? in (1, 3)", [3], [2]),
        ("? != null and ? > 3", [4], [3, None]),
        ("? = null", [None], [0]),
        ('length(?) = 3, "x"', ["abc", "x"], ["ab"]),
        ("? > 5, ? = 1", [6, 1], [5]),
        ("cellInput > 5", [6], [5, None]),
        ("${cellInput > 5 && cellInput < 8}", [6], [5, 8]),
        ("${masukan eq 'a?b'}", ["a?b"], ["a"]),
        ('contains(?, "?")', ["a?"], ["a"]),
        ('"?"', ["?"], ["x"]),
    ],
)
def test_questions_about_the_value(
    table: Make, cell: str, right: list[object], wrong: list[object]
) -> None:
    assert [value for value in right if not matches(table, cell, value)] == []
    assert [value for value in wrong if matches(table, cell, value)] == []


@pytest.mark.parametrize(
    ("kind", "cell", "right", "wrong"),
    [
        ("date", 'date("2026-05-01")', ["2026-05-01"], ["2026-05-02", None]),
        ("date", '< date("2026-05-01")', ["2026-04-30"], ["2026-05-01", None]),
        ("date", '[date("2026-01-01")..date("2026-12-31")]', ["2026-06-01"], ["2027-01-01"]),
        ("date", '@"2026-05-01"', ["2026-05-01"], ["2026-05-02"]),
        ("date", "> hari", ["2026-05-02"], ["2026-05-01"]),
        ("date", "hari", ["2026-05-01"], ["2026-05-02"]),
        ("date", '? > "2026-05-01"', ["2026-05-02"], ["2026-05-01"]),
        ("date", "weekday(?) = 1", ["2026-11-23"], ["2026-11-24", None]),
        ("", '>= date("2026-05-01")', ["2026-05-01"], ["2026-04-30", None]),
        ("time", '< time("08:00:00")', ["07:59:59"], ["08:00:00"]),
        ("time", '["07:30".."16:00"]', ["07:30:00", "16:00:00"], ["16:00:01"]),
        ("dateTime", '@"2026-05-01T08:00:00+07:00"', ["2026-05-01T01:00:00Z"], []),
        (
            "dateTime",
            '< date and time("2026-05-01T08:00:00+07:00")',
            ["2026-05-01T00:59:59Z", "2026-05-01T09:00:00+09:00"],
            ["2026-05-01T01:00:00Z", None],
        ),
    ],
)
def test_dates_and_times(
    table: Make, kind: str, cell: str, right: list[object], wrong: list[object]
) -> None:
    assert [value for value in right if not matches(table, cell, value, kind)] == []
    assert [value for value in wrong if matches(table, cell, value, kind)] == []


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("5,", "empty_test"),
        (",5", "empty_test"),
        ("<", "empty_test"),
        ("not()", "nested_not"),
        ("not(ya) or ya", "nested_not"),
        ("[1..]", "empty_test"),
        ("[..5]", "empty_test"),
        ("[1..5", "unbalanced"),
        ("1..5", "unreadable"),
        ("[5..1]", "reversed_interval"),
        ('["b".."a"]', "reversed_interval"),
        ("[1..5] and 3", "unbalanced"),
        ("(1", "unbalanced"),
        ("1)", "unbalanced"),
        ('"Solo', "unreadable"),
        ("'a' 'b'", "unreadable"),
        ("Solo Baru", "unreadable"),
        ("1, not(2)", "nested_not"),
        ("not(not(2))", "nested_not"),
        ("not(1), not(2)", "nested_not"),
        ("< < 5", "unreadable"),
        ("??", "unreadable"),
        ("umur? > 1", "unreadable"),
        ("5 6", "unreadable"),
        ("${", "unbalanced"),
        ("=> 5", "unreadable"),
        ('date("kemarin")', "not_a_moment"),
        ('date("2026-02-30")', "not_a_moment"),
        ('@"2026"', "not_a_moment"),
        ('[1.."a"]', "cannot_compare"),
        ("x" * 4001, "too_large"),
        ("[1..2" + "," * 4000, "too_large"),
        ("(" * 3000, "unbalanced"),
        ("(" * 1500 + ")" * 1500, "too_large"),
        ("9" * 400, "too_large"),
    ],
)
def test_a_bad_cell_is_refused_with_its_place(table: Make, cell: str, reason: str) -> None:
    with pytest.raises(InvalidDecisionError) as caught:
        table(["a", "umur"], ["b"], [("1", "2", "3"), ("1", cell, "3")])
    fields = caught.value.fields
    assert caught.value.code == "dmn_cell_invalid"
    assert (fields["decision"], fields["row"], fields["column"]) == ("tabel", 2, "umur")
    assert fields["text"] == cell[:200]
    assert fields["reason"] == reason


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [
        ("< 5", "4", "cannot_compare"),
        ("< 5", True, "cannot_compare"),
        ("< 5", [1], "cannot_compare"),
        ("[1..5]", "3", "cannot_compare"),
        ('< "b"', 1, "cannot_compare"),
        ('< date("2026-05-01")', "kemarin", "cannot_compare"),
        ('date("2026-05-01")', "kemarin", "cannot_compare"),
        ('< date and time("2026-05-01T08:00:00")', "2026-05-01T08:00:00Z", "cannot_compare"),
        ('@"2026-05-01T08:00:00"', "2026-05-01T08:00:00Z", "cannot_compare"),
        ("tidak_ada", 1, "unknown_name"),
        ("< surat.tidak_ada", 1, "missing_key"),
        ("? + 1", 1, "not_a_condition"),
        ("${cellInput}", 1, "not_a_condition"),
        ("? > 5", "x", "failed"),
        ("tidak_ada(?)", 1, None),
        ("? > tidak_ada", None, "unknown_name"),
        ("< 1 / 0", 1, "failed"),
    ],
)
def test_a_cell_that_cannot_be_answered_is_an_error(
    table: Make, cell: str, value: object, reason: str | None
) -> None:
    if reason is None:
        with pytest.raises(InvalidDecisionError):
            table(["umur"], ["b"], [(cell, "1")])
        return
    with pytest.raises(DecisionError) as caught:
        matches(table, cell, value)
    fields = caught.value.fields
    assert caught.value.code == "dmn_cell_failed"
    assert (fields["row"], fields["column"], fields["text"]) == (1, "masukan", cell)
    assert fields["reason"] == reason


def test_camunda_may_name_the_value_otherwise(table_xml: Callable[..., str]) -> None:
    xml = table_xml(["umur"], ["b"], [("usia > 5", "1")])
    xml = xml.replace("<input ", '<input camunda:inputVariable="usia" ')
    root = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"'
    space = 'xmlns:camunda="http://camunda.org/schema/1.0/dmn"'
    decision = read_decisions(f"{root} {space}>{xml}</definitions>")["tabel"]
    assert answer(decision, {"umur": 6}) == 1
    assert decision.reads == {"umur"}
