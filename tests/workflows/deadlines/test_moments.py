"""When an item is due, and who hears of it when."""

from datetime import datetime, time, timedelta
from fractions import Fraction

import pytest

from workflows.deadlines import (
    DEFAULT_LADDER,
    DayBefore,
    Ladder,
    Offset,
    Rung,
    RungAt,
    Share,
    Stretch,
    due_at,
    due_rungs,
    next_moment,
    rungs_with_moments,
)
from workflows.mutu_baku import MutuBaku, parse_waktu
from workflows.workdays import default_calendar

WIB = default_calendar()
REMINDER, OVERDUE, ESCALATION = DEFAULT_LADDER.rungs
INSTANT = timedelta(microseconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+07:00")


def mutu(text: str) -> MutuBaku:
    return MutuBaku(parse_waktu(text), text, (), ())


def ladder_at(available: str, text: str, *rungs: Rung, pauses=()) -> tuple[RungAt, ...]:
    due = due_at(WIB, at(available), mutu(text), pauses=pauses)
    ladder = Ladder(rungs) if rungs else DEFAULT_LADDER
    return rungs_with_moments(WIB, at(available), due, ladder, pauses)


@pytest.fixture
def rungs() -> tuple[RungAt, ...]:
    """Of an item of 60 minutes that came on Friday at 15:45."""
    return ladder_at("11-13T15:45", "60 menit")


def test_an_item_without_waktu_is_never_due() -> None:
    assert due_at(WIB, at("11-13T15:45"), MutuBaku(None, "", (), ())) is None
    assert rungs_with_moments(WIB, at("11-13T15:45"), None, DEFAULT_LADDER) == ()
    assert next_moment((), at("11-13T15:45")) is None
    assert due_rungs((), at("11-13T15:45")) == ()


def test_the_shipped_ladder(rungs: tuple[RungAt, ...]) -> None:
    assert due_at(WIB, at("11-13T15:45"), mutu("60 menit")) == at("11-16T07:45")
    assert rungs == (
        RungAt(REMINDER, at("11-13T16:30")),
        RungAt(OVERDUE, at("11-16T07:45")),
        RungAt(ESCALATION, at("11-16T07:45")),
    )
    assert [one.rung.whom for one in rungs] == [("performer",), ("performer",), ("superior",)]


@pytest.mark.parametrize(
    ("available", "text", "reminder", "due"),
    [
        ("11-09T08:00", "10 menit", "11-09T08:07:30", "11-09T08:10"),
        ("11-14T10:00", "1 hari kalender", "11-16T07:30", "11-16T07:30"),  # no working time
    ],
)
def test_a_share_is_one_of_the_working_time(
    available: str, text: str, reminder: str, due: str
) -> None:
    moments = [one.at for one in ladder_at(available, text)]
    assert moments == [at(reminder), at(due), at(due)]


def test_moments_and_due_rungs_meet_without_gap(rungs: tuple[RungAt, ...]) -> None:
    reminder, overdue = at("11-13T16:30"), at("11-16T07:45")

    def heard(now: datetime) -> list[Rung]:
        return [one.rung for one in due_rungs(rungs, now)]

    assert next_moment(rungs, at("11-13T15:45")) == reminder
    assert heard(reminder - INSTANT) == []
    assert heard(reminder) == [REMINDER]
    assert next_moment(rungs, reminder) == overdue
    assert heard(overdue - INSTANT) == [REMINDER]
    assert heard(overdue) == [REMINDER]  # late is what comes after the due moment
    assert next_moment(rungs, overdue) == overdue
    assert heard(overdue + INSTANT) == [OVERDUE, ESCALATION]
    assert next_moment(rungs, overdue + INSTANT) is None


def test_after_an_outage_the_latest_rung_stands_for_the_earlier_ones(rungs) -> None:
    overdue, escalation = due_rungs(rungs, at("11-30T08:00"))
    assert (overdue.rung, overdue.whom, overdue.late) == (OVERDUE, "performer", (REMINDER,))
    assert (escalation.rung, escalation.whom, escalation.late) == (ESCALATION, "superior", ())


def test_one_rung_for_two_kinds_of_people_stands_alone_for_each() -> None:
    half = Rung("half", Share(Fraction(1, 2)), ("performer", "superior"), "reminder")
    rungs = ladder_at("11-09T08:00", "60 menit", half, REMINDER)
    found = due_rungs(rungs, at("11-09T08:50"))
    assert [(one.rung.key, one.whom, one.late) for one in found] == [
        ("reminder", "performer", (half,)),
        ("half", "superior", ()),
    ]


@pytest.mark.parametrize(
    ("when", "moment"),
    [
        (Share(Fraction(1, 2)), "11-10T14:45"),
        (Share(Fraction(3, 2)), "11-13T15:15"),
        (Offset("before", parse_waktu("1 hari kerja")), "11-11T10:00"),
        (Offset("after", parse_waktu("30 menit")), "11-12T10:30"),
        (DayBefore(2, "hari_kerja", time(8, 0)), "11-10T08:00"),
        (DayBefore(0, "hari", time(7, 30)), "11-12T07:30"),
    ],
)
def test_a_rung_stands_where_its_ladder_puts_it(when, moment: str) -> None:
    """Of an item of 3 working days that came on Monday at 10:00."""
    rung = Rung("own", when, ("performer",), "reminder")
    (one,) = ladder_at("11-09T10:00", "3 hari kerja", rung)
    assert one == RungAt(rung, at(moment))


def test_what_would_come_before_the_item_itself_is_left_out() -> None:
    early = Rung("h3", DayBefore(3, "hari_kerja", time(8, 0)), ("performer",), "reminder")
    assert ladder_at("11-09T10:00", "60 menit", early) == ()


def test_rungs_move_with_a_pause() -> None:
    pause = Stretch(at("11-09T08:30"), at("11-09T10:30"))
    moments = [one.at for one in ladder_at("11-09T08:00", "60 menit", pauses=[pause])]
    assert moments == [at("11-09T10:45"), at("11-09T11:00"), at("11-09T11:00")]
