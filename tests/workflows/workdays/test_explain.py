"""The reckoning that is shown as "Mengapa tanggal ini?"."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from workflows.errors import InvalidTimeError
from workflows.mutu_baku import parse_waktu
from workflows.workdays import Row, default_calendar, explain, explain_between

WIB = replace(default_calendar(), periods=())  # Ramadan: test_ramadan.py
Line = tuple[str, int, int, str | None]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+07:00")


def lines(rows: tuple[Row, ...]) -> list[Line]:
    """(month-day, minutes, days, reason), which is what matters here."""
    return [(f"{row.date:%m-%d}", row.minutes, row.days, row.reason) for row in rows]


def test_minutes_walk_over_the_weekend() -> None:
    rows = explain(WIB, at("03-13T15:30"), parse_waktu("230 menit"))
    assert lines(rows) == [
        ("03-13", 60, 0, None),
        ("03-14", 0, 0, "weekend"),
        ("03-15", 0, 0, "weekend"),
        ("03-16", 170, 0, None),
    ]
    assert [str(span) for span in rows[3].spans] == ["07:30-10:20"]


def test_holidays_are_named() -> None:
    rows = explain(WIB, at("03-17T16:00"), parse_waktu("10 menit"))
    assert [(row.reason, row.name) for row in rows] == [
        ("after_hours", ""),
        ("holiday", "Cuti Bersama Hari Suci Nyepi"),
        ("holiday", "Hari Suci Nyepi"),
        ("holiday", "Cuti Bersama Hari Raya Idul Fitri"),
        ("weekend", "Hari Raya Idul Fitri"),
        ("weekend", "Hari kedua dari Hari Raya Idul Fitri"),
        ("holiday", "Cuti Bersama Hari Raya Idul Fitri"),
        ("holiday", "Cuti Bersama Hari Raya Idul Fitri"),
        (None, ""),
    ]


def test_the_break_parts_the_hours_of_a_day() -> None:
    (row,) = explain(WIB, at("03-09T11:30"), parse_waktu("60 menit"))
    assert [str(span) for span in row.spans] == ["11:30-12:00", "13:00-13:30"]


def test_broken_minutes_are_carried_over() -> None:
    rows = explain(WIB, at("03-09T15:58:40"), parse_waktu("3 menit"))
    assert [row.minutes for row in rows] == [1, 2]


def test_working_days_leave_the_first_day_out() -> None:
    assert lines(explain(WIB, at("03-13T10:00"), parse_waktu("2 hari kerja"))) == [
        ("03-13", 0, 0, "start_day"),
        ("03-14", 0, 0, "weekend"),
        ("03-15", 0, 0, "weekend"),
        ("03-16", 0, 1, None),
        ("03-17", 0, 1, None),
    ]


def test_a_day_and_a_half() -> None:
    assert lines(explain(WIB, at("03-09T15:30"), parse_waktu("1,5 hari"))) == [
        ("03-09", 0, 0, "start_day"),
        ("03-10", 30, 1, None),
        ("03-11", 195, 0, None),
    ]


def test_a_calendar_date_on_a_day_off_is_moved() -> None:
    assert lines(explain(WIB, at("03-12T10:00"), parse_waktu("2 hari kalender"))) == [
        ("03-12", 0, 0, "start_day"),
        ("03-13", 0, 1, None),
        ("03-14", 0, 1, None),
        ("03-15", 0, 0, "weekend"),
        ("03-16", 0, 0, "moved"),
    ]


def test_backwards_rows_stand_in_order_of_date() -> None:
    rows = explain(WIB, at("03-16T10:00"), parse_waktu("1 hari kerja"), backwards=True)
    assert lines(rows) == [
        ("03-13", 0, 1, None),
        ("03-14", 0, 0, "weekend"),
        ("03-15", 0, 0, "weekend"),
        ("03-16", 0, 0, "start_day"),
    ]


def test_a_plain_date_is_counted_by_date() -> None:
    rows = explain(WIB, date(2026, 11, 30), parse_waktu("60 hari kerja"), backwards=True)
    assert sum(row.days for row in rows) == 60
    assert (rows[0].date, rows[0].days) == (date(2026, 9, 7), 1)
    assert (rows[-1].date, rows[-1].reason) == (date(2026, 11, 30), "start_day")


def test_between_two_moments_and_two_dates() -> None:
    assert lines(explain_between(WIB, at("03-09T12:10"), at("03-09T12:40"))) == [
        ("03-09", 0, 0, "break")
    ]
    assert lines(explain_between(WIB, at("03-09T15:50"), at("03-10T07:00"))) == [
        ("03-09", 10, 0, None),
        ("03-10", 0, 0, "before_hours"),
    ]
    assert lines(explain_between(WIB, date(2026, 3, 13), date(2026, 3, 16))) == [
        ("03-13", 0, 0, "start_day"),
        ("03-14", 0, 0, "weekend"),
        ("03-15", 0, 0, "weekend"),
        ("03-16", 0, 1, None),
    ]
    with pytest.raises(InvalidTimeError):
        explain_between(WIB, at("03-09T15:50"), date(2026, 3, 10))
