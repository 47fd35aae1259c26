"""Due moments by duration, by date and within months, with pauses."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.deadlines import (
    Stretch,
    at_risk_at,
    due_at,
    explain_due,
    joined,
    paused_time,
    shift,
)
from workflows.errors import InvalidTimeError
from workflows.mutu_baku import Jendela, MutuBaku, Relatif, Waktu, parse_waktu
from workflows.workdays import add_working_time, default_calendar, working_time_between

WIB = default_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+07:00")


def after(waktu: Waktu | None = None, jadwal=None) -> MutuBaku:
    return MutuBaku(waktu, "", (), (), jadwal=jadwal)


def pauses(*pairs: tuple[str, str | None]) -> list[Stretch]:
    return [Stretch(at(start), at(end) if end else None) for start, end in pairs]


MORNING = ("11-10T08:00", "11-10T09:00")


@pytest.mark.parametrize(
    ("found", "due"),
    [
        ([MORNING], "11-10T10:00"),
        ([MORNING, ("11-10T08:30", "11-10T09:00")], "11-10T10:00"),  # at once counts once
        ([MORNING, ("11-10T08:30", "11-10T09:30")], "11-10T10:30"),
        ([("11-10T16:00", "11-11T07:30")], "11-10T09:00"),  # begins when it is late already
        ([("11-09T16:30", "11-10T07:30")], "11-10T09:00"),  # no working time in it
        ([("11-10T08:30", None)], "11-10T09:00"),  # not over: nothing is known yet
        ([("11-10T08:30", "11-11T08:30")], "11-11T09:00"),
        ([("11-10T08:59", "11-10T09:59"), ("11-10T09:30", "11-10T10:29")], "11-10T10:30"),
        # the second begins after the first due moment, but before the one that the first leads to
        ([MORNING, ("11-10T09:30", "11-10T10:30")], "11-10T11:00"),
    ],
)
def test_a_pause_moves_the_due_moment_by_its_working_time(found, due: str) -> None:
    """Of an item of one hour that came on Tuesday at 08:00."""
    hour = after(parse_waktu("60 menit"))
    assert due_at(WIB, at("11-10T08:00"), hour, pauses=pauses(*found)) == at(due)


def test_a_week_of_pause_moves_a_calendar_deadline_by_a_week() -> None:
    fortnight = after(parse_waktu("2 minggu"))
    week = pauses(("04-13T10:00", "04-20T10:00"))
    assert due_at(WIB, at("04-06T10:00"), fortnight, pauses=week) == at("04-27T10:00")


def test_joined_pauses_do_not_overlap() -> None:
    found = pauses(("11-10T10:00", None), ("11-10T08:00", "11-10T09:00"), MORNING)
    found += pauses(("11-10T11:00", "11-10T12:00"))
    assert joined(found) == (*pauses(MORNING), *pauses(("11-10T10:00", None)))


def test_an_open_pause_counts_up_to_the_moment_asked_about() -> None:
    hours = paused_time(WIB, pauses(("11-10T08:00", None)), at("11-10T07:30"), at("11-10T10:00"))
    assert hours == at("11-10T10:00") - at("11-10T08:00")


MINUTES = st.integers(0, 60 * 24 * 30)


@given(st.lists(st.tuples(MINUTES, st.integers(1, 4000)), max_size=5), st.integers(1, 4000))
def test_what_is_paused_is_given_back_to_the_minute(drawn, minutes: int) -> None:
    """Working time up to the due moment, without pauses, is the standard again."""
    start = at("01-05T08:00")
    found = [
        Stretch(_after(start, begin), _after(start, begin + length)) for begin, length in drawn
    ]
    standard = parse_waktu(f"{minutes} menit")
    due = due_at(WIB, start, after(standard), pauses=found)
    assert due is not None
    worked = working_time_between(WIB, start, due) - paused_time(WIB, found, start, due)
    assert worked == timedelta(minutes=minutes)
    assert due >= add_working_time(WIB, start, worked)
    assert shift(WIB, due, [Stretch(due, _after(due, 60))]) == due


def _after(moment: datetime, minutes: int) -> datetime:
    return moment + timedelta(minutes=minutes)


def test_the_at_risk_moment_leaves_pauses_out() -> None:
    hour, pause = after(parse_waktu("60 menit")), pauses(("11-10T08:30", "11-10T10:30"))
    due = due_at(WIB, at("11-10T08:00"), hour, pauses=pause)
    risk = at_risk_at(WIB, at("11-10T08:00"), due, Fraction(3, 4), pause)
    assert (due, risk) == (at("11-10T11:00"), at("11-10T10:45"))
    assert at_risk_at(WIB, at("11-10T08:00"), None, Fraction(3, 4)) is None


H_3 = Relatif("Kegiatan", parse_waktu("3 hari kerja"), "before")


@pytest.mark.parametrize(
    ("jadwal", "anchor", "due"),
    [
        (H_3, "2026-11-13", "11-10T16:00"),
        (Relatif("Rapat", parse_waktu("3 hari kalender"), "before"), "2026-11-18", "11-13T16:30"),
        (Relatif("Perkada", parse_waktu("2 minggu"), "after"), "2026-04-06", "04-20T16:00"),
        (Relatif("Rapat", parse_waktu("2 jam"), "before"), "2026-11-11", "11-10T14:00"),
        (Relatif("Rapat", parse_waktu("2 jam"), "after"), "2026-11-11", "11-12T09:30"),
    ],
)
def test_a_date_is_counted_from_its_anchor(jadwal, anchor: str, due: str) -> None:
    given_date = date.fromisoformat(anchor)
    assert due_at(WIB, at("11-02T10:00"), after(jadwal=jadwal), anchor=given_date) == at(due)


def test_without_its_anchor_nothing_is_due() -> None:
    assert due_at(WIB, at("11-02T10:00"), after(jadwal=H_3)) is None
    assert explain_due(WIB, at("11-02T10:00"), after(jadwal=H_3)) == ()


def test_a_date_of_long_ago_is_due_long_ago_and_one_beyond_all_calendars_is_refused() -> None:
    long_ago = due_at(WIB, at("11-02T10:00"), after(jadwal=H_3), anchor=date(2016, 11, 11))
    assert long_ago is not None and long_ago.year == 2016
    with pytest.raises(InvalidTimeError) as refused:
        due_at(WIB, at("11-02T10:00"), after(jadwal=H_3), anchor=date(1, 1, 5))
    assert refused.value.code == "outside_calendar"


def test_a_pause_does_not_move_a_date_that_others_set() -> None:
    pause = pauses(("11-03T10:00", "11-04T10:00"))
    given_date = date(2026, 11, 13)
    moved = due_at(WIB, at("11-02T10:00"), after(jadwal=H_3), anchor=given_date, pauses=pause)
    assert moved == at("11-10T16:00")


@pytest.mark.parametrize(
    ("available", "jendela", "due"),
    [
        ("03-02T10:00", Jendela(4, 4), "04-30T16:00"),
        ("04-29T10:00", Jendela(4, 4), "04-30T16:00"),
        ("03-02T10:00", Jendela(4, 5), "05-29T16:30"),  # 31 May is a Sunday
        ("03-02T10:00", Jendela(4, 4, parse_waktu("2 hari kerja")), "04-02T16:00"),
        ("04-06T10:00", Jendela(4, 4, parse_waktu("2 hari kerja")), "04-08T10:00"),
        ("04-29T10:00", Jendela(4, 4, parse_waktu("5 hari kerja")), "04-30T16:00"),
    ],
)
def test_a_window_closes_with_its_last_working_day(available: str, jendela, due: str) -> None:
    assert due_at(WIB, at(available), after(jadwal=jendela)) == at(due)


@pytest.mark.parametrize(
    ("available", "closes"),
    [("2026-11-02", "2027-01-29"), ("2026-01-05", "2026-01-30"), ("2026-02-02", "2027-01-29")],
)
def test_a_window_over_new_year_is_the_first_that_is_not_over(available: str, closes: str) -> None:
    start = datetime.fromisoformat(f"{available}T08:00+07:00")
    due = due_at(WIB, start, after(jadwal=Jendela(12, 1)))
    assert due is not None and due.date().isoformat() == closes


def test_the_reckoning_is_that_of_what_counts() -> None:
    hour = after(parse_waktu("60 menit"))
    (row,) = explain_due(WIB, at("11-10T08:00"), hour, pauses=pauses(MORNING))
    assert (row.date, row.minutes) == (date(2026, 11, 10), 60)
    rows = explain_due(WIB, at("11-02T10:00"), after(jadwal=H_3), anchor=date(2026, 11, 13))
    assert [row.days for row in rows if row.days] == [1, 1, 1]
    assert explain_due(WIB, at("03-02T10:00"), after(jadwal=Jendela(4, 4))) == ()
    short = Jendela(4, 4, parse_waktu("2 hari kerja"))
    rows = explain_due(WIB, at("03-02T10:00"), after(jadwal=short))
    assert rows[-1].date == date(2026, 4, 2)
