"""The functions on values that they are not made for, and at the edges of those that they are."""

import json
from itertools import product

import pytest

from workflows.expressions import ExpressionError, compile_expression
from workflows.expressions.functions import FUNCTIONS

KINDS: dict[str, object] = {
    "null": None,
    "yes": True,
    "zero": 0,
    "minus": -3,
    "huge": 10**300,
    "part": 2.5,
    "nothing": "",
    "letters": "Renja",
    "day": "2024-02-29",
    "empty": [],
    "list": [3, 1, 2],
    "mixed": [1, "a", None, [2], {"b": 1}],
    "record": {"a": 1},
}
PLAIN = [name for name in FUNCTIONS if " " not in name]


def value(text: str, **variables: object) -> object:
    return compile_expression(text).evaluate(variables)


def error(text: str, **variables: object) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        value(text, **variables)
    return caught.value


@pytest.mark.parametrize("name", PLAIN)
def test_functions_are_total(name: str) -> None:
    """For any values: a JSON value or an ExpressionError; and what is given stays as it was."""
    function = FUNCTIONS[name]
    before = json.dumps(KINDS)
    for count in range(function.least, min(function.most, 3) + 1):
        for names in product(KINDS, repeat=count):
            try:
                json.dumps(value(f"{name}({', '.join(names)})", **KINDS))
            except ExpressionError as found:
                assert found.code in ("expression_failed", "expression_too_large")
    assert json.dumps(KINDS) == before


@pytest.mark.parametrize("name", PLAIN)
def test_the_number_of_arguments_is_checked_before_anything_runs(name: str) -> None:
    function = FUNCTIONS[name]
    for count in {function.least - 1, function.most + 1} - {101}:
        found = error(f"{name}({', '.join('a' * count)})")
        assert (found.code, found.fields["construct"]) == ("expression_not_allowed", f"{name}()")
        assert found.fields["reason"] == "arguments"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("date('2024-02-29')", "2024-02-29"),
        ("add_days('2024-02-28', 2)", "2024-03-01"),
        ("add_days('2026-01-01', -1)", "2025-12-31"),
        ("add_days('2026-01-01T08:00:00+07:00', 1)", "2026-01-02T08:00:00+07:00"),
        ("add_months('2024-01-31', 1)", "2024-02-29"),
        ("add_months('2026-12-31', 2)", "2027-02-28"),
        ("add_months('2026-01-31', -2)", "2025-11-30"),
        ("add_months('2026-03-15', -3)", "2025-12-15"),
        ("days_between('2026-03-01', '2026-02-01')", -28),
        ("days_between('2026-01-01T23:59', '2026-01-02T00:01')", 1),
        ("weekday('2026-01-04')", 7),
        ("date(2026.0, 1, 5)", "2026-01-05"),
        ("substring('abc', -2)", "bc"),
        ("substring('abc', -9, 1)", "a"),
        ("substring('abc', 9)", ""),
        ("substring('abc', 2, 0)", ""),
        ("substring_before('abc', 'x')", ""),
        ("sublist([1, 2, 3], -2)", [2, 3]),
        ("sublist([1, 2, 3], 2, 9)", [2, 3]),
        ("index_of([1, 2], 3)", None),
        ("index_of('abc', 'x')", None),
        ("distinct([1, true, 1.0, '1', null, null])", [1, True, "1", None]),
        ("join([1, null, true, 2.5])", "1true2.5"),
        ("string(1e20)", "1e+20"),
        ("number('-2.50')", -2.5),
        ("number('1 500', ' ')", 1500),
        ("number('2,5', null, ',')", 2.5),
        ("number(3)", 3),
        ("format_rupiah(0)", "Rp0"),
        ("format_rupiah(-1234.565)", "-Rp1.234,57"),
        ("format_rupiah(999.999)", "Rp1.000"),
        ("range(2, 2)", []),
        ("range(3, 1)", []),
        ("flatten([])", []),
        ("concatenate([1], [], [2])", [1, 2]),
    ],
)
def test_edges(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "date('2026-02-30')",
        "date('05-01-2026')",
        "date('20260105')",
        "date('2026-W01-1')",
        "date('2026-01-05T99:00')",
        "date('')",
        "date(2026, 1)",
        "date(2026.5, 1, 1)",
        "year('besok')",
        "add_days('9999-12-31', 1)",
        "add_days('2026-01-01', 1.5)",
        "add_months('0001-01-01', -1)",
        "substring('abc', 0)",
        "substring('abc', 1, -1)",
        "sublist([1], 0)",
        "split('abc', '')",
        "replace('abc', '', 'x')",
        "number('')",
        "number('12abc')",
        "number('1_000')",
        "number('٣')",
        "mean([])",
        "max([])",
        "sorted([1, 'a'])",
        "distinct([[1]])",
        "join([[1]])",
        "string([1])",
        "count('abc')",
    ],
)
def test_what_has_no_value(text: str) -> None:
    assert error(text).code == "expression_failed"


@pytest.mark.parametrize(
    "text",
    [
        "range(10001)",
        "join(xs, teks)",
        "replace(teks, 'x', 'yyyyy')",
        "concatenate(xs, xs, xs, xs, xs, xs, xs, xs, xs, xs, xs)",
        "flatten([xs, xs, xs, xs, xs, xs, xs, xs, xs, xs, xs])",
        "number('" + "9" * 300 + "') * 9999999999",
    ],
)
def test_nothing_is_made_larger_than_allowed(text: str) -> None:
    found = error(text, xs=list(range(9_999)), teks="x" * 90_000)
    assert found.code == "expression_too_large"
