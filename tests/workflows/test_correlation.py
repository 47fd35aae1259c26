"""Correlation keys are texts, whatever a program has written them as."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.correlation import check_keys, correlation, key_texts, named_case
from workflows.errors import InvalidAnswerError

TEXTS = st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=4)


@pytest.mark.parametrize(
    ("value", "text"),
    [("12", "12"), (12, "12"), (12.0, "12"), (12.5, "12.5"), (True, "true"), ("é", "é")],
)
def test_values_are_compared_as_texts(value: object, text: str) -> None:
    assert key_texts({"nomor": value}) == {"nomor": text}


@settings(deadline=None, print_blob=True)
@given(TEXTS, TEXTS)
def test_equal_keys_correlate_and_no_others(one: dict[str, str], other: dict[str, str]) -> None:
    assert (correlation(one) == correlation(other)) == (one == other)
    assert correlation(one) == correlation(dict(reversed(one.items())))


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"nomor": None}, "not_a_key"),
        ({"nomor": ["a"]}, "not_a_key"),
        ({"nomor": {}}, "not_a_key"),
        ({"case": "dua"}, "not_a_key"),
        ({"case": 0}, "not_a_key"),
        ({"case": 2**63}, "not_a_key"),
        ({"case": "٣"}, "not_a_key"),
        ({"": 1}, "invalid_name"),
        ({"nomor": "\x00"}, "not_text"),
        ({"nomor": float("nan")}, "not_a_number"),
    ],
)
def test_what_cannot_be_a_key_is_refused(keys: dict[str, object], reason: str) -> None:
    with pytest.raises(InvalidAnswerError) as refused:
        check_keys(keys)
    assert refused.value.fields["reason"] == reason


def test_the_key_case_names_a_case() -> None:
    assert named_case(check_keys({"case": 7})) == 7
    assert named_case(check_keys({"case": "7", "nomor": 1})) == 7
    assert named_case(check_keys({"nomor": 7})) is None
    assert named_case({"case": "tujuh"}) is None
