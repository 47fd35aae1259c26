"""When an item is due, and who hears of it when."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from workflows.deadlines import (
    DEFAULT_LADDER,
    Rung,
    RungAt,
    due_at,
    due_rungs,
    next_moment,
    rungs_with_moments,
)
from workflows.mutu_baku import parse_waktu
from workflows.workdays import default_calendar

WIB = default_calendar()
REMINDER, OVERDUE, ESCALATION = DEFAULT_LADDER
INSTANT = timedelta(microseconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+07:00")


@pytest.fixture
def rungs() -> tuple[RungAt, ...]:
    """Of an item of 60 minutes that came on Friday at 15:45."""
    return rungs_with_moments(WIB, at("03-13T15:45"), parse_waktu("60 menit"))


def test_an_item_without_waktu_is_never_due() -> None:
    assert due_at(WIB, at("03-13T15:45"), None) is None
    assert rungs_with_moments(WIB, at("03-13T15:45"), None) == ()
    assert next_moment((), at("03-13T15:45")) is None
    assert due_rungs((), at("03-13T15:45")) == ()


def test_the_shipped_ladder(rungs: tuple[RungAt, ...]) -> None:
    assert due_at(WIB, at("03-13T15:45"), parse_waktu("60 menit")) == at("03-16T07:45")
    assert rungs == (
        (REMINDER, at("03-13T16:30")),
        (OVERDUE, at("03-16T07:45")),
        (ESCALATION, at("03-16T07:45")),
    )
    assert [rung.whom for rung, _ in rungs] == ["performer", "performer", "superior"]


@pytest.mark.parametrize(
    ("available", "text", "reminder", "due"),
    [
        ("03-09T08:00", "10 menit", "03-09T08:07:30", "03-09T08:10"),
        ("03-09T10:00", "2 hari kerja", "03-10T14:45", "03-11T10:00"),
        ("03-09T10:00", "1 minggu", "03-13T08:07:30", "03-16T10:00"),
        ("03-14T10:00", "1 hari kalender", "03-16T07:30", "03-16T07:30"),  # no working time
    ],
)
def test_a_fraction_is_one_of_the_working_time(
    available: str, text: str, reminder: str, due: str
) -> None:
    rungs = rungs_with_moments(WIB, at(available), parse_waktu(text))
    assert [moment for _, moment in rungs] == [at(reminder), at(due), at(due)]


def test_moments_and_due_rungs_meet_without_gap(rungs: tuple[RungAt, ...]) -> None:
    reminder, overdue = at("03-13T16:30"), at("03-16T07:45")
    assert next_moment(rungs, at("03-13T15:45")) == reminder
    assert due_rungs(rungs, reminder - INSTANT) == ()
    assert due_rungs(rungs, reminder) == (REMINDER,)
    assert next_moment(rungs, reminder) == overdue
    assert due_rungs(rungs, overdue - INSTANT) == (REMINDER,)
    assert due_rungs(rungs, overdue) == (REMINDER,)  # late is what comes after the due moment
    assert next_moment(rungs, overdue) == overdue
    assert due_rungs(rungs, overdue + INSTANT) == (OVERDUE, ESCALATION)
    assert next_moment(rungs, overdue + INSTANT) is None


def test_after_an_outage_the_reminder_is_not_sent_any_more(rungs: tuple[RungAt, ...]) -> None:
    assert due_rungs(rungs, at("03-30T08:00")) == (OVERDUE, ESCALATION)


def test_a_ladder_of_ones_own() -> None:
    half = Rung("reminder", Fraction(1, 2), "superior")
    (pair,) = rungs_with_moments(WIB, at("03-09T08:00"), parse_waktu("60 menit"), (half,))
    assert pair == (half, at("03-09T08:30"))
