"""Ladders as documents: read, written, refused."""

from __future__ import annotations

from datetime import time
from fractions import Fraction

import pytest

from workflows.deadlines import (
    DEFAULT_LADDER,
    DayBefore,
    Ladder,
    Offset,
    Rung,
    read_ladder,
    write_ladder,
)
from workflows.errors import InvalidTimeError
from workflows.mutu_baku import parse_waktu

RUNG = {"key": "ingat", "at": {"share": "1/2"}, "whom": ["performer"], "kind": "reminder"}


def test_a_ladder_is_read_back_as_it_was_written() -> None:
    own = Ladder(
        (
            Rung("h3", DayBefore(3, "hari_kerja", time(8, 5)), ("role", "unit:SETDA"), "reminder"),
            Rung(
                "lambat",
                Offset("after", parse_waktu("1 hari kerja")),
                ("superior", "process_owner"),
                "escalation",
                ("email", "chat"),
                "{langkah} terlambat",
                "Yth. {nama}, {sop} di {unit}, tenggat {tenggat}. {{}}",
                any_hour=True,
            ),
        ),
        Fraction(6667, 10000),
    )
    for ladder in (own, DEFAULT_LADDER):
        assert read_ladder(write_ladder(ladder)) == ladder


def test_what_is_left_out_is_usual() -> None:
    ladder = read_ladder({"rungs": [RUNG]})
    assert ladder.at_risk == Fraction(3, 4)
    assert ladder.rungs[0].channels == ()


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"key": "a b"}, "key", "not_a_key"),
        ({"key": None}, "key", "not_a_key"),
        ({"key": "assigned"}, "key", "reserved"),
        ({"whom": []}, "whom", "empty"),
        ({"whom": ["everybody"]}, "whom", "unknown"),
        ({"whom": "performer"}, "whom", "not_a_list"),
        ({"kind": "assigned"}, "kind", "unknown"),
        ({"channels": ["E mail"]}, "channels", "unknown"),
        ({"any_hour": "ya"}, "any_hour", "not_yes_or_no"),
        ({"subject": "x" * 201}, "subject", "too_long"),
        ({"subject": 5}, "subject", "not_text"),
        ({"body": "a\x00b"}, "body", "not_text"),
        ({"body": "{password}"}, "body", "placeholder"),
        ({"body": "{nama.__class__}"}, "body", "placeholder"),
        ({"body": "{nama!r}"}, "body", "placeholder"),
        ({"body": "{nama:>99}"}, "body", "placeholder"),
        ({"body": "{"}, "body", "placeholder"),
        ({"at": None}, "at", "missing"),
        ({"at": {}}, "at", "unknown_field"),
        ({"at": {"share": "1/2", "before": "1 jam"}}, "at", "unknown_field"),
        ({"at": {"share": "1/0"}}, "at", "not_a_fraction"),
        ({"at": {"share": "1e999999999"}}, "at", "not_a_fraction"),
        ({"at": {"share": "-1"}}, "at", "not_a_fraction"),
        ({"at": {"share": "11"}}, "at", "out_of_range"),
        ({"at": {"before": "nanti"}}, "at", "not_a_duration"),
        ({"at": {"days_before": 400, "unit": "hari", "clock": "08:00"}}, "at", "out_of_range"),
        ({"at": {"days_before": 1, "unit": "menit", "clock": "08:00"}}, "at", "unknown"),
        ({"at": {"days_before": 1, "unit": "hari", "clock": "25:00"}}, "at", "not_a_clock_time"),
        ({"wat": 1}, "wat", "unknown_field"),
    ],
)
def test_what_is_wrong_is_named(changes: dict, field: str, reason: str) -> None:
    with pytest.raises(InvalidTimeError) as refused:
        read_ladder({"rungs": [RUNG | changes]})
    assert refused.value.code == "invalid_ladder"
    assert (refused.value.fields["field"], refused.value.fields["reason"]) == (field, reason)


@pytest.mark.parametrize(
    ("document", "field", "reason"),
    [
        ({}, "rungs", "no_rung"),
        ({"rungs": []}, "rungs", "no_rung"),
        ({"rungs": {}}, "rungs", "no_rung"),
        ({"rungs": [5]}, "rungs", "missing"),
        ({"rungs": [RUNG, RUNG]}, "key", "duplicate"),
        ({"rungs": [RUNG] * 21}, "rungs", "too_many"),
        ({"rungs": [RUNG], "at_risk": "2"}, "at_risk", "out_of_range"),
        ({"rungs": [RUNG], "at_risk": 0}, "at_risk", "out_of_range"),
        ({"rungs": [RUNG], "at_risk": True}, "at_risk", "not_a_fraction"),
        ({"rungs": [RUNG], "zone": "x"}, "zone", "unknown_field"),
    ],
)
def test_a_ladder_as_a_whole_can_be_wrong(document: dict, field: str, reason: str) -> None:
    with pytest.raises(InvalidTimeError) as refused:
        read_ladder(document)
    assert (refused.value.fields["field"], refused.value.fields["reason"]) == (field, reason)


@pytest.mark.parametrize(
    "at",
    [
        {"share": "0.9"},
        {"before": "1 hari kerja"},
        {"days_before": 0, "unit": "hari", "clock": "08:00"},
    ],
    ids=str,
)
def test_only_a_reminder_may_stand_before_the_due_moment(at: dict[str, object]) -> None:
    rung = {"key": "awal", "at": at, "whom": ["superior"], "kind": "reminder"}
    assert read_ladder({"rungs": [rung]}).rungs[0].key == "awal"
    with pytest.raises(InvalidTimeError) as caught:
        read_ladder({"rungs": [rung | {"kind": "escalation"}]})
    assert caught.value.fields["reason"] == "before_due"
