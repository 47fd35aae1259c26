"""Moments, durations and cycles: due when the calendar of the zone says so."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.errors import InvalidTimeError
from workflows.process.iso import (
    check_literal,
    due_moment,
    looks_like_cron,
    next_in_cycle,
    occurrence,
    read_literal,
)

WIB = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 1, 31, 1, 0, tzinfo=UTC)  # 08:00 in Jakarta
laws = settings(deadline=None, print_blob=True, max_examples=150)


def local(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(WIB).strftime("%Y-%m-%d %H:%M")


def rounds(text: str, count: int, armed: datetime = NOW) -> list[str]:
    return [local(occurrence(text, armed, number, WIB)) for number in range(count)]


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("P3D", "P3D"), (' "PT1H" ', "PT1H"), ("'R3/PT10M'", "R3/PT10M"),
        ("2026-12-31", "2026-12-31"), ("R/2026-01-01T08:00/P1D", "R/2026-01-01T08:00/P1D"),
        ("batas", None), ("P", None), ("PT", None), ("${x}", None), ('"P3D" + x', None),
    ],
)  # fmt: skip
def test_what_is_written_as_it_stands(text: str, literal: str | None) -> None:
    assert read_literal(text) == literal


@pytest.mark.parametrize(
    ("kind", "text", "due"),
    [
        ("timeDuration", "PT1H30M", "2026-01-31 09:30"),
        ("timeDuration", "P1M", "2026-02-28 08:00"),
        ("timeDuration", "P1Y", "2027-01-31 08:00"),
        ("timeDuration", "P2W", "2026-02-14 08:00"),
        ("timeDuration", "P0,5D", "2026-01-31 20:00"),
        ("timeDate", "2026-12-31", "2026-12-31 00:00"),
        ("timeDate", "2026-12-31T16:00", "2026-12-31 16:00"),
        ("timeDate", "2026-12-31T16:00Z", "2026-12-31 23:00"),
        ("timeCycle", "R3/PT10M", "2026-01-31 08:10"),
        ("timeCycle", "R3/2026-02-01T08:00/P1D", "2026-02-01 08:00"),
        ("timeCycle", "R3/2020-02-01T08:00/P1D", "2026-01-31 08:00"),  # all missed: at once
    ],
)  # fmt: skip
def test_when_a_timer_is_due(kind: str, text: str, due: str) -> None:
    assert local(due_moment(kind, text, NOW, WIB)) == due  # type: ignore[arg-type]


def test_the_rounds_of_a_cycle() -> None:
    assert rounds("R3/PT10M", 4) == ["2026-01-31 08:10", "2026-01-31 08:20", "2026-01-31 08:30", ""]
    assert rounds("R/P1M", 3) == ["2026-02-28 08:00", "2026-03-31 08:00", "2026-04-30 08:00"]
    assert rounds("R3/2026-02-01T08:00/P1D", 4) == [
        "2026-02-01 08:00", "2026-02-02 08:00", "2026-02-03 08:00", ""
    ]  # fmt: skip
    assert rounds("R5/2026-01-30T07:00/P1D", 4) == [
        "2026-02-01 07:00", "2026-02-02 07:00", "2026-02-03 07:00", ""
    ]  # fmt: skip
    assert rounds("R3/P1D/2026-12-31", 4) == [
        "2026-12-29 00:00", "2026-12-30 00:00", "2026-12-31 00:00", ""
    ]  # fmt: skip
    assert rounds("R/P1D/2026-02-02", 4) == ["2026-02-01 00:00", "2026-02-02 00:00", "", ""]
    assert rounds("R2/2026-02-01/2026-02-03", 3) == ["2026-02-01 00:00", "2026-02-03 00:00", ""]


def test_a_cycle_from_long_ago_is_not_counted_round_by_round() -> None:
    assert rounds("R/1900-01-01T00:00:00/PT1S", 1) == ["2026-01-31 08:00"]
    assert rounds("R/P0.000001D/9999-12-31", 1) != [""]


def test_missed_rounds_happen_as_one() -> None:
    text, late = "R/PT10M", NOW + timedelta(hours=1, minutes=5)
    found = next_in_cycle(text, NOW, 0, late, WIB)
    assert found == (5, NOW + timedelta(hours=1))
    assert next_in_cycle(text, NOW, 6, late, WIB) == (6, NOW + timedelta(minutes=70))
    assert next_in_cycle("R3/PT10M", NOW, 0, late, WIB) == (2, NOW + timedelta(minutes=30))
    assert next_in_cycle("R3/PT10M", NOW, 3, late, WIB) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("timeDate", "2026-13-01"), ("timeDate", "P1D"), ("timeDuration", "2026-01-01"),
        ("timeDuration", "P9999Y"), ("timeCycle", "R3/2026-01-01"), ("timeCycle", "R0/P1D"),
        ("timeCycle", "R/PT0S"), ("timeCycle", "PT1H"), ("timeCycle", "R3/2026-02-30/P1D"),
        ("timeCycle", "R3/2026-02-03/2026-02-01"),
    ],
)  # fmt: skip
def test_what_yields_no_moment(kind: str, text: str) -> None:
    with pytest.raises(InvalidTimeError) as caught:
        check_literal(kind, text)  # type: ignore[arg-type]
    assert caught.value.code == "invalid_timer"


@pytest.mark.parametrize("value", [None, 5, "besok", "", [], "R3/PT10M"])
def test_values_that_an_expression_may_yield(value: object) -> None:
    with pytest.raises(InvalidTimeError):
        due_moment("timeDuration", value, NOW, WIB)


@pytest.mark.parametrize("text", ["0 0 9 * * ?", "0/5 * * * *", "'0 0 12 1/1 * ? *'"])
def test_cron_is_recognised(text: str) -> None:
    assert looks_like_cron(text) and read_literal(text) is None


@laws
@given(
    st.integers(1, 400), st.sampled_from(["PT7M", "P1D", "P1M", "P1Y2M3DT4H", "PT0.5S"]),
    st.integers(-500, 500), st.integers(0, 30), st.sampled_from(["start", "end", "armed"]),
)  # fmt: skip
def test_rounds_are_those_of_counting_them_all(
    times: int, length: str, hours: int, number: int, anchored: str
) -> None:
    anchor = NOW + timedelta(hours=hours)
    written = anchor.strftime("%Y-%m-%dT%H:%M:%S+00:00")
    text = {
        "start": f"R{times}/{written}/{length}",
        "end": f"R{times}/{length}/{written}",
        "armed": f"R{times}/{length}",
    }[anchored]
    step = occurrence(f"R2/{written}/{length}", anchor - timedelta(seconds=1), 1, UTC)
    assert step is not None
    found = [occurrence(text, NOW, one, UTC) for one in range(times + 1)]
    moments = [one for one in found if one is not None]
    assert found == [*moments, *[None] * (times + 1 - len(moments))]
    assert moments == sorted(moments) and all(one > NOW for one in moments)
    if anchored == "end" and moments:
        assert moments[-1] == anchor
    if anchored == "armed":
        assert len(moments) == times
    if anchored == "start" and anchor > NOW:
        assert (len(moments), moments[0]) == (times, anchor)
    late = NOW + timedelta(hours=random.Random(hours).randrange(2000))
    ahead = next_in_cycle(text, NOW, 0, late, UTC)
    past = [one for one in moments if one <= late]
    assert ahead == ((len(past) - 1, past[-1]) if past else (0, moments[0]) if moments else None)
