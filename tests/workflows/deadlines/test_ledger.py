"""Whose clock ran when."""

from datetime import datetime
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workflows.deadlines import Interruption, Stay, Stretch, usage
from workflows.workdays import default_calendar, working_time_between

WIB = default_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-10T{text}+07:00")


def pause(who: str, start: str, end: str | None) -> Interruption:
    return Interruption(who, Stretch(at(start), at(end) if end else None))


STAYS = [
    Stay("Sekretaris", "waiting", at("08:00"), at("09:00")),
    Stay("Melati", "working", at("09:00"), at("11:00")),
]


def test_two_clocks_and_what_of_them_was_paused() -> None:
    rows = usage(WIB, STAYS, [pause("Dinas", "09:30", "10:30")], 120)
    assert [(row.who, row.clock, row.minutes, row.share) for row in rows] == [
        ("Sekretaris", "waiting", 60, Fraction(1, 2)),
        ("Melati", "working", 30, Fraction(1, 4)),
        ("Dinas", "paused", 60, None),
        ("Melati", "working", 30, Fraction(1, 4)),
    ]


def test_a_pause_over_a_claim_is_one_row() -> None:
    rows = usage(WIB, STAYS, [pause("Dinas", "08:30", "09:30")])
    assert [(row.clock, row.minutes, row.share) for row in rows] == [
        ("waiting", 30, None),
        ("paused", 60, None),
        ("working", 90, None),
    ]


def test_of_two_pauses_the_first_has_the_time_they_share() -> None:
    found = [pause("tangguh", "09:30", None), pause("Dinas", "09:00", "10:00")]
    rows = usage(WIB, STAYS, found)
    assert [(row.who, row.minutes) for row in rows] == [
        ("Sekretaris", 60),
        ("Dinas", 60),
        ("tangguh", 60),
    ]


MINUTE = st.integers(0, 239)


@given(st.lists(st.tuples(MINUTE, MINUTE | st.none()), max_size=5), MINUTE)
def test_the_rows_are_all_the_time_there_is(drawn, taken: int) -> None:
    def clock(minute: int) -> datetime:
        return at(f"{8 + minute // 60:02}:{minute % 60:02}")

    stays = [
        Stay("role", "waiting", at("08:00"), clock(taken)),
        Stay("person", "working", clock(taken), at("12:00")),
    ]
    found = [
        Interruption("x", Stretch(clock(start), clock(max(start, end)) if end else None))
        for start, end in drawn
    ]
    rows = usage(WIB, stays, found)
    assert sum(row.minutes for row in rows) == 240
    for earlier, later in pairwise(rows):
        assert earlier.end == later.start
    assert all(
        working_time_between(WIB, row.start, row.end).total_seconds() == row.minutes * 60
        for row in rows
    )
