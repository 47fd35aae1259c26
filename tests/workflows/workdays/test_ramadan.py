"""The shipped calendar in Ramadan, and where its dates come from."""

from datetime import date, datetime, timedelta

import pytest
from hijridate import Hijri

from workflows.mutu_baku import parse_waktu
from workflows.workdays import (
    add,
    default_calendar,
    explain,
    national_holidays,
    six_day_week,
    working_time_between,
)
from workflows.workdays.documents import default_document, read_calendar
from workflows.workdays.ramadan import RAMADANS, Ramadan

WIB = default_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.mark.parametrize("ramadan", RAMADANS, ids=lambda one: str(one.hijri))
def test_each_agrees_with_the_hijri_calendar_and_the_shipped_idul_fitri(ramadan: Ramadan) -> None:
    reckoned = Hijri(ramadan.hijri, 9, 1).to_gregorian()
    late = (ramadan.first - reckoned).days
    assert late == 0 if ramadan.estimated else late in (0, 1)  # sighted a day later at most
    assert (ramadan.last - ramadan.first).days + 1 in (29, 30)
    eid = ramadan.last + timedelta(days=1)
    assert any(one.date == eid and "Idul Fitri" in one.name for one in national_holidays())


def test_2024_to_2030_are_covered_and_the_future_is_estimated() -> None:
    assert {day.year for one in RAMADANS for day in (one.first,)} == {*range(2024, 2031)}
    assert [one.hijri for one in RAMADANS] == [*range(1445, 1453)]  # twice in 2030
    assert [one.hijri for one in RAMADANS if not one.estimated] == [1445, 1446, 1447]


@pytest.mark.parametrize("days", [5, 6])
def test_a_week_of_ramadan_has_32_and_a_half_hours_and_another_37_and_a_half(days: int) -> None:
    calendar = read_calendar(default_document(days=days))
    monday, sunday = at("2026-02-23T00:00"), at("2026-03-01T23:59")
    assert working_time_between(calendar, monday, sunday) == timedelta(hours=32.5)
    monday, sunday = at("2026-04-06T00:00"), at("2026-04-12T23:59")
    assert working_time_between(calendar, monday, sunday) == timedelta(hours=37.5)


def test_six_working_days_are_a_template() -> None:
    assert [bool(hours) for hours in six_day_week()] == [True] * 6 + [False]


@pytest.mark.parametrize(
    ("start", "text", "due"),
    [
        ("2026-02-18T15:30", "60 menit", "2026-02-19T08:30"),  # into Ramadan
        ("2026-02-23T11:50", "20 menit", "2026-02-23T12:40"),  # break of half an hour
        ("2026-02-20T11:30", "1 menit", "2026-02-20T12:31"),  # Friday an hour
        ("2026-02-23T16:00", "1 hari kerja", "2026-02-24T15:00"),  # closes at three
        ("2026-03-17T14:30", "60 menit", "2026-03-25T08:00"),  # Nyepi and Idul Fitri, then usual
    ],
)
def test_due_moments_in_ramadan(start: str, text: str, due: str) -> None:
    assert add(WIB, at(start), parse_waktu(text)) == at(due)


def test_the_reckoning_names_ramadan() -> None:
    before, during = explain(WIB, at("2026-02-18T15:30"), parse_waktu("60 menit"))
    assert (before.name, during.name) == ("", "Ramadan 1447 H")
    assert [str(span) for span in during.spans] == ["08:00-08:30"]


def test_a_part_of_a_day_does_not_depend_on_ramadan() -> None:
    assert WIB.minutes_per_day == 450
    assert add(WIB, at("2026-02-23T08:00"), parse_waktu("0,5 hari kerja")) == at("2026-02-23T11:45")


def test_estimates_are_marked_in_the_calendar() -> None:
    inside = [WIB.period_on(date(year, 2, 20)) for year in (2026, 2027)]
    assert [one.estimated for one in inside if one] == [False, True]
