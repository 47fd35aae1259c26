"""Data that a case starts with: kept as it is, or refused with the variable that is at fault."""

import json

import pytest

from workflows.case_data import MAX_BYTES, check_case_data
from workflows.errors import InvalidAnswerError


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth - 1):
        value = [value]
    return value


def refusal(data: dict) -> dict[str, object]:
    with pytest.raises(InvalidAnswerError) as refused:
        check_case_data(data)
    assert refused.value.code == "invalid_payload"
    json.dumps(refused.value.fields, ensure_ascii=False).encode()
    return refused.value.fields


def test_every_kind_of_json_value_is_kept() -> None:
    data = {"tahun": 2027, "ya": True, "kosong": None, "pagu": 1.5, "daftar": [{"a": "ñ\n"}]}
    assert check_case_data(data) == data
    assert check_case_data({}) == {}
    assert check_case_data({"x": nested(32)}) == {"x": nested(32)}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (float("nan"), "not_a_number"),
        ([float("inf")], "not_a_number"),
        (10**400, "not_a_number"),
        ("a\x00", "not_text"),
        ({"a": ["\ud800"]}, "not_text"),
        ({"a\x00": 1}, "not_text"),
        ({1: 1}, "not_text"),
        ((1, 2), "not_json"),
        (b"x", "not_json"),
        ({1}, "not_json"),
        (nested(33), "too_deep"),
        (nested(100_000), "too_deep"),
    ],
)
def test_a_value_that_cannot_be_kept_names_its_variable(value: object, reason: str) -> None:
    fields = refusal({"baik": 1, "buruk": value})
    assert (fields["field"], fields["reason"]) == ("buruk", reason)


@pytest.mark.parametrize("name", ["", " a", "a\x00", "a\nb", "\ud800", "x" * 201, 7])
def test_a_name_that_cannot_be_one_is_refused(name: object) -> None:
    assert refusal({name: 1})["reason"] == "invalid_name"


def test_all_together_stay_small() -> None:
    half = "é" * (MAX_BYTES // 4)
    assert check_case_data({"a": half}) == {"a": half}
    fields = refusal({"a": half, "b": half})
    assert (fields["field"], fields["reason"], fields["limit"]) == ("", "too_large", MAX_BYTES)
