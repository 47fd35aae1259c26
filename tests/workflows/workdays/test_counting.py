"""Counting on the shipped calendar: worked examples, local time with its offset."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from workflows.errors import InvalidTimeError
from workflows.mutu_baku import parse_waktu
from workflows.workdays import (
    add,
    add_working_time,
    default_calendar,
    next_opening,
    standard_minutes,
    subtract,
    working_days_between,
    working_time_between,
)

WIB = replace(default_calendar("Asia/Jakarta"), periods=())  # Ramadan: test_ramadan.py


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+07:00")


@pytest.mark.parametrize(
    ("start", "text", "due"),
    [
        # minutes
        ("03-09T08:00", "60 menit", "03-09T09:00"),
        ("03-09T11:30", "60 menit", "03-09T13:30"),  # over the break
        ("03-09T12:20", "10 menit", "03-09T13:10"),  # from within the break
        ("03-09T05:00", "10 menit", "03-09T07:40"),  # before opening
        ("03-09T15:00", "60 menit", "03-09T16:00"),  # ends with the day
        ("03-09T16:00", "1 menit", "03-10T07:31"),  # closing time is out of hours
        ("03-13T11:00", "60 menit", "03-13T13:30"),  # Friday's longer break
        ("03-13T15:30", "230 menit", "03-16T10:20"),  # over a weekend
        ("03-17T15:30", "31 menit", "03-25T07:31"),  # over Nyepi and Idulfitri
        ("03-13T15:30", "0,5 hari", "03-16T10:15"),
        # working days
        ("03-09T10:00", "1 hari kerja", "03-10T10:00"),
        ("03-09T17:00", "1 hari kerja", "03-10T16:00"),  # after closing
        ("03-09T06:00", "1 hari kerja", "03-10T07:30"),  # before opening
        ("03-10T12:30", "1 hari kerja", "03-11T12:00"),  # from within the break
        ("03-12T16:00", "1 hari kerja", "03-13T16:00"),
        ("03-13T16:30", "1 hari kerja", "03-16T16:00"),  # Friday closes later
        ("03-14T10:00", "1 hari kerja", "03-16T16:00"),  # a Saturday stands for Friday's end
        ("03-17T09:00", "2 hari kerja", "03-26T09:00"),
        ("03-17T15:30", "1,5 hari kerja", "03-26T10:45"),
        # the calendar
        ("03-09T10:00", "3 hari kalender", "03-12T10:00"),
        ("03-09T10:00", "5 hari kalender", "03-16T07:30"),  # a Saturday moves to the next opening
        ("03-09T17:00", "1 minggu", "03-16T16:00"),
        ("03-13T10:00", "1 minggu", "03-25T07:30"),  # falls on cuti bersama
        ("01-31T10:00", "1 bulan", "03-02T07:30"),  # 28 February is a Saturday
        ("08-31T08:00", "1 bulan", "09-30T16:00"),  # a short month stands for its last day's end
    ],
)
def test_add(start: str, text: str, due: str) -> None:
    result = add(WIB, at(start), parse_waktu(text))
    assert result == at(due)
    assert result.tzinfo is UTC


@pytest.mark.parametrize(
    ("end", "text", "start"),
    [
        ("03-09T09:00", "60 menit", "03-09T08:00"),
        ("03-16T10:20", "230 menit", "03-13T15:30"),
        ("03-25T07:30", "30 menit", "03-17T15:30"),
        ("03-10T07:45", "465 menit", "03-09T07:30"),  # starts with the day
        ("03-10T10:00", "1 hari kerja", "03-09T10:00"),
        ("03-14T10:00", "1 hari kerja", "03-13T07:30"),  # a Saturday stands for Monday's start
        ("03-25T10:00", "3 hari kalender", "03-17T16:00"),  # 22 March moves to the closing before
        ("03-31T10:00", "1 bulan", "02-27T16:30"),
    ],
)
def test_subtract(end: str, text: str, start: str) -> None:
    assert subtract(WIB, at(end), parse_waktu(text)) == at(start)


def test_a_range_is_due_at_its_upper_end() -> None:
    start = at("03-09T10:00")
    assert add(WIB, start, parse_waktu("1-2 hari")) == add(WIB, start, parse_waktu("2 hari"))


def test_over_the_new_year_and_29_february() -> None:
    leap = datetime.fromisoformat("2028-02-28T15:00+07:00")
    assert add(WIB, leap, parse_waktu("1 bulan")) == datetime.fromisoformat(
        "2028-03-28T15:00+07:00"
    )
    assert add(WIB, leap, parse_waktu("90 menit")).date().isoformat() == "2028-02-29"
    # 31 December 2026 is a Thursday, 1 January 2027 a Friday and a holiday.
    eve = at("12-31T15:30")
    monday = datetime.fromisoformat("2027-01-04T08:00+07:00")
    assert add(WIB, eve, parse_waktu("60 menit")) == monday
    assert subtract(WIB, monday, parse_waktu("60 menit")) == eve
    assert working_time_between(WIB, eve, monday) == timedelta(hours=1)


def test_seconds_are_kept() -> None:
    start = at("03-09T15:59:30")
    due = add(WIB, start, parse_waktu("1 menit"))
    assert due == at("03-10T07:30:30")
    assert working_time_between(WIB, start, due) == timedelta(minutes=1)


def test_a_zone_is_its_own_working_day() -> None:
    # 15:30 in Jakarta is 17:30 in Jayapura: there the day is over.
    moment = at("03-09T15:30")
    wit = replace(default_calendar("Asia/Jayapura"), periods=())
    assert add(wit, moment, parse_waktu("10 menit")).isoformat() == "2026-03-09T22:40:00+00:00"
    assert working_time_between(wit, moment, at("03-09T16:00")) == timedelta()


def test_between_is_signed() -> None:
    early, late = at("03-13T15:30"), at("03-16T10:20")
    assert working_time_between(WIB, early, late) == timedelta(minutes=230)
    assert working_time_between(WIB, late, early) == timedelta(minutes=-230)


def test_next_opening() -> None:
    assert next_opening(WIB, at("03-09T10:00")) == at("03-09T10:00")
    assert next_opening(WIB, at("03-09T12:30")) == at("03-09T13:00")
    assert next_opening(WIB, at("03-17T16:00")) == at("03-25T07:30")


def test_adding_no_working_time_stays() -> None:
    assert add_working_time(WIB, at("03-14T10:00"), timedelta()) == at("03-14T10:00")
    assert add_working_time(WIB, at("03-14T10:00"), timedelta(minutes=5)) == at("03-16T07:35")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("230 menit", 230), ("3 hari kerja", 1350), ("0,5 hari", 225), ("1 minggu", None)],
)
def test_standard_minutes(text: str, minutes: int | None) -> None:
    assert standard_minutes(parse_waktu(text), WIB) == minutes


@pytest.mark.parametrize("text", ["1000000 menit", "20000 hari", "1000 bulan"])
def test_beyond_the_calendar_is_refused(text: str) -> None:
    late = datetime(2199, 12, 1, tzinfo=UTC)
    with pytest.raises(InvalidTimeError) as caught:
        add(WIB, late, parse_waktu(text))
    assert caught.value.code == "outside_calendar"
    with pytest.raises(InvalidTimeError, match="outside_calendar"):
        subtract(WIB, datetime(1970, 1, 2, tzinfo=UTC), parse_waktu(text))


@pytest.mark.parametrize("text", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-11:00"])
def test_the_ends_of_time_are_beyond_the_calendar(text: str) -> None:
    moment, now = datetime.fromisoformat(text), datetime(2026, 1, 5, tzinfo=UTC)
    with pytest.raises(InvalidTimeError, match="outside_calendar"):
        add(WIB, moment, parse_waktu("1 menit"))
    with pytest.raises(InvalidTimeError, match="outside_calendar"):
        working_time_between(WIB, moment, now)
    for day in (date.min, date.max):
        with pytest.raises(InvalidTimeError, match="outside_calendar"):
            working_days_between(WIB, now.date(), day)


def test_a_moment_without_offset_is_refused() -> None:
    naive = datetime.fromisoformat("2026-03-09T10:00")
    with pytest.raises(InvalidTimeError) as caught:
        add(WIB, naive, parse_waktu("1 hari"))
    assert caught.value.code == "naive_moment"


def test_a_ten_year_old_start_is_counted() -> None:
    start = datetime.fromisoformat("2016-11-21T08:00+07:00")
    assert add(WIB, start, parse_waktu("60 menit")) == start + timedelta(hours=1)
