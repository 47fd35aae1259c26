"""What a calendar may be, and how special periods and holidays lie over the week."""

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from workflows.errors import InvalidTimeError
from workflows.mutu_baku import parse_waktu
from workflows.workdays import (
    DEFAULT_WEEK,
    Calendar,
    DayOff,
    Holiday,
    Period,
    Window,
    add,
    default_calendar,
    explain,
    is_settled,
    is_working_day,
    national_holidays,
    read_hours,
    to_local,
    working_time_between,
    zone_info,
    zone_label,
)

DAY = read_hours("08:00-12:00")
PLAIN = Calendar("Asia/Jakarta", DEFAULT_WEEK)
FASTING = (read_hours("08:00-12:00 12:30-15:00"),) * 4 + (read_hours("08:00-11:30 12:30-15:30"),)
RAMADAN = Period("Ramadan", date(2026, 2, 19), date(2026, 3, 19), (*FASTING, (), ()))


def refusal(code: str) -> "pytest.RaisesExc[InvalidTimeError]":
    return pytest.raises(InvalidTimeError, check=lambda error: error.code == code)


def test_impossible_calendars_are_refused() -> None:
    with refusal("unknown_zone"):
        Calendar("Europe/Paris", DEFAULT_WEEK)
    with refusal("no_working_hours"):
        Calendar("Asia/Jakarta", ((),) * 7)
    with refusal("impossible_week"):
        Calendar("Asia/Jakarta", (DAY,) * 6)
    with refusal("overlapping_hours"):
        Calendar("Asia/Jakarta", (read_hours("08:00-12:00 11:00-16:00"),) * 7)
    with refusal("overlapping_periods"):
        replace(PLAIN, periods=(RAMADAN, replace(RAMADAN, first=date(2026, 3, 19))))
    with refusal("impossible_period"):
        replace(RAMADAN, last=date(2026, 1, 1))
    with refusal("impossible_hours"):
        Window(time(12), time(12))


@pytest.mark.parametrize("text", ["8-12", "08:00", "16:00-08:00", "a-b", "08:00-25:00"])
def test_unreadable_hours_are_refused(text: str) -> None:
    with refusal("impossible_hours"):
        read_hours(text)


def test_hours_are_written_as_they_are_read() -> None:
    hours = read_hours("07:30-12:00 13:00-16:00")
    assert " ".join(str(window) for window in hours) == "07:30-12:00 13:00-16:00"
    assert read_hours("") == ()


def test_the_default_week_has_37_and_a_half_hours_and_ramadan_32_and_a_half() -> None:
    monday, next_monday = (datetime(2026, 2, day, tzinfo=UTC) for day in (23, 28))
    assert working_time_between(PLAIN, monday, next_monday) == timedelta(hours=37.5)
    fasting = replace(PLAIN, periods=(RAMADAN,))
    assert working_time_between(fasting, monday, next_monday) == timedelta(hours=32.5)


def test_a_special_period_counts_its_own_hours_and_is_named() -> None:
    fasting = replace(PLAIN, periods=(RAMADAN,))
    start = datetime.fromisoformat("2026-02-18T15:30+07:00")  # the day before
    due = add(fasting, start, parse_waktu("60 menit"))
    assert due == datetime.fromisoformat("2026-02-19T08:30+07:00")
    before, during = explain(fasting, start, parse_waktu("60 menit"))
    assert (before.name, before.minutes) == ("", 30)
    assert (during.name, during.minutes, during.spans) == (
        "Ramadan",
        30,
        (Window(time(8), time(8, 30)),),
    )


def test_a_period_may_close_a_day_or_open_a_weekend() -> None:
    week = ((), DAY, DAY, DAY, DAY, DAY, ())
    moved = replace(
        PLAIN, periods=(Period("tukar hari", date(2026, 3, 9), date(2026, 3, 14), week),)
    )
    assert moved.day_off(date(2026, 3, 9)) == DayOff("closed", "tukar hari")
    assert is_working_day(moved, date(2026, 3, 14))
    assert moved.day_off(date(2026, 3, 15)) == DayOff("weekend")


def test_a_later_holiday_overrides_and_a_weekend_stays_one() -> None:
    monday, sunday = date(2026, 3, 9), date(2026, 3, 8)
    calendar = replace(
        PLAIN,
        holidays=(Holiday(monday, "A"), Holiday(monday, "B", "libur_lokal"), Holiday(sunday, "C")),
    )
    assert calendar.day_off(monday) == DayOff("holiday", "B")
    assert calendar.day_off(sunday) == DayOff("weekend", "C")
    assert calendar.day_off(date(2026, 3, 10)) is None


def test_a_changed_copy_does_not_keep_the_old_days() -> None:
    monday = date(2026, 3, 9)
    start = datetime.fromisoformat("2026-03-06T16:00+07:00")
    assert add(PLAIN, start, parse_waktu("1 jam")).day == 9
    stricter = replace(PLAIN, holidays=(Holiday(monday, "baru"),))
    assert add(stricter, start, parse_waktu("1 jam")).day == 10
    assert pickle.loads(pickle.dumps(stricter)) == stricter


def test_the_shipped_holidays_of_2026_are_those_of_the_joint_decree() -> None:
    year = [holiday for holiday in national_holidays() if holiday.date.year == 2026]
    joint = {holiday.date for holiday in year if holiday.kind == "cuti_bersama"}
    assert len(year) - len(joint) == 17
    days = [(2, 16), (3, 18), (3, 20), (3, 23), (3, 24), (5, 15), (5, 28), (12, 24)]
    assert joint == {date(2026, *day) for day in days}
    named = default_calendar().holiday_on(date(2026, 3, 20))
    assert named is not None
    assert named.name == "Cuti Bersama Hari Raya Idul Fitri"


def test_years_without_decree_are_counted_but_not_settled() -> None:
    calendar = default_calendar()
    assert is_settled(calendar, 2026)
    assert is_settled(calendar, 2027)
    assert not is_settled(calendar, 2035)
    assert not is_settled(calendar, 2150)
    eid = calendar.holiday_on(date(2028, 2, 27))
    assert eid is not None
    assert eid.estimated
    late = datetime(2150, 3, 2, 3, tzinfo=UTC)
    assert add(calendar, late, parse_waktu("1 jam")) == late + timedelta(hours=1)


def test_zones_have_labels_and_offsets() -> None:
    moment = datetime(2026, 3, 9, 1, tzinfo=UTC)
    labels = {
        "Asia/Jakarta": ("WIB", 8),
        "Asia/Makassar": ("WITA", 9),
        "Asia/Jayapura": ("WIT", 10),
    }
    for zone, (label, hour) in labels.items():
        assert zone_label(zone) == label
        assert to_local(zone, moment).hour == hour
        assert moment.astimezone(zone_info(zone)).tzname() == label
