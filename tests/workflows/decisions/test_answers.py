"""The shapes in which a business rule task takes an answer."""

from collections.abc import Callable

import pytest

from workflows.decisions import Decision, DecisionError, answer, read_decisions

Make = Callable[..., Decision]
ONE = [("< 10", "1"), ("< 20", "2")]
TWO = [("< 10", "1", '"a"'), ("< 20", "2", '"b"')]


@pytest.fixture
def plain(table: Make) -> Decision:
    return table(["x"], ["m"], ONE, policy="FIRST")


@pytest.fixture
def record(table: Make) -> Decision:
    return table(["x"], ["m", "n"], TWO, policy="FIRST")


@pytest.fixture
def values(table: Make) -> Decision:
    return table(["x"], ["m"], ONE, policy="COLLECT")


@pytest.fixture
def records(table: Make) -> Decision:
    return table(["x"], ["m", "n"], TWO, policy="RULE ORDER")


@pytest.fixture
def total(table: Make) -> Decision:
    return table(["x"], ["m"], ONE, policy="COLLECT", aggregation="SUM")


A, B = {"m": 1, "n": "a"}, {"m": 2, "n": "b"}


@pytest.mark.parametrize(
    ("name", "shape", "both", "second", "none"),
    [
        ("plain", "", 1, 2, None),
        ("plain", "singleEntry", 1, 2, None),
        ("plain", "singleResult", {"m": 1}, {"m": 2}, None),
        ("plain", "collectEntries", [1], [2], []),
        ("plain", "resultList", [{"m": 1}], [{"m": 2}], []),
        ("record", "", A, B, None),
        ("record", "singleEntry", "several_outputs", "several_outputs", "several_outputs"),
        ("record", "singleResult", A, B, None),
        ("record", "collectEntries", "several_outputs", "several_outputs", "several_outputs"),
        ("record", "resultList", [A], [B], []),
        ("values", "", [1, 2], [2], []),
        ("values", "singleEntry", "several_results", 2, None),
        ("values", "singleResult", "several_results", {"m": 2}, None),
        ("values", "collectEntries", [1, 2], [2], []),
        ("values", "resultList", [{"m": 1}, {"m": 2}], [{"m": 2}], []),
        ("records", "", [A, B], [B], []),
        ("records", "singleEntry", "several_outputs", "several_outputs", "several_outputs"),
        ("records", "singleResult", "several_results", B, None),
        ("records", "collectEntries", "several_outputs", "several_outputs", "several_outputs"),
        ("records", "resultList", [A, B], [B], []),
        ("total", "", 3, 2, None),
        ("total", "singleEntry", 3, 2, None),
        ("total", "singleResult", {"m": 3}, {"m": 2}, None),
        ("total", "collectEntries", [3], [2], []),
        ("total", "resultList", [{"m": 3}], [{"m": 2}], []),
    ],
)
def test_shapes(
    request: pytest.FixtureRequest,
    name: str,
    shape: str,
    both: object,
    second: object,
    none: object,
) -> None:
    decision = request.getfixturevalue(name)
    for x, expected in ((5, both), (15, second), (99, none)):
        try:
            assert answer(decision, {"x": x}, shape) == expected
        except DecisionError as error:
            assert error.code == "dmn_shape"
            fields = {"decision": "tabel", "shape": shape, "reason": expected}
            assert error.fields == fields


def test_an_unknown_shape_is_not_taken_for_another(plain: Decision) -> None:
    with pytest.raises(DecisionError) as caught:
        answer(plain, {"x": 5}, "singleentry")
    assert caught.value.fields["reason"] == "unknown_shape"


def test_the_shape_of_a_literal_expression(wrap: Callable[..., str]) -> None:
    formula = "<literalExpression><text>[x, x * 2]</text></literalExpression>"
    xml = wrap(f'<decision id="d"><variable name="hasil"/>{formula}</decision>')
    decision = read_decisions(xml)["d"]
    assert decision.evaluate({"x": 2}) == {"hasil": [2, 4]}
    assert answer(decision, {"x": 2}) == [2, 4]
    assert answer(decision, {"x": 2}, "singleEntry") == [2, 4]
    assert answer(decision, {"x": 2}, "collectEntries") == [[2, 4]]
    assert answer(decision, {"x": 2}, "singleResult") == {"hasil": [2, 4]}


def test_an_empty_output_is_null_and_not_no_answer(table: Make) -> None:
    decision = table(["x"], ["m"], [("1", ""), ("2", "null")])
    assert decision.evaluate({"x": 1}) == decision.evaluate({"x": 2}) == {"m": None}
    assert decision.evaluate({"x": 3}) is None
