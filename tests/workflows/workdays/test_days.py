"""Counting by date, against dates found elsewhere."""

from dataclasses import replace
from datetime import date

import pytest

from workflows.errors import InvalidTimeError
from workflows.mutu_baku import parse_waktu
from workflows.workdays import (
    Calendar,
    add_days,
    default_calendar,
    read_hours,
    subtract_days,
    working_days_between,
)

FIVE_DAYS = default_calendar()


def six_days() -> Calendar:
    hours = read_hours("07:30-12:00 13:00-14:45")
    return replace(FIVE_DAYS, week=((hours,) * 6 + ((),)))


@pytest.mark.parametrize(
    ("year", "five", "six"),
    [(2025, (9, 8), (9, 22)), (2026, (9, 7), (9, 21)), (2027, (9, 7), (9, 21))],
)
def test_budget_timetable(year: int, five: tuple[int, int], six: tuple[int, int]) -> None:
    """Sixty working days before 30 November, as in the Ministry's APBD timetable."""
    approval, sixty = date(year, 11, 30), parse_waktu("60 hari kerja")
    assert subtract_days(FIVE_DAYS, approval, sixty) == date(year, *five)
    assert subtract_days(six_days(), approval, sixty) == date(year, *six)
    assert subtract_days(FIVE_DAYS, approval, parse_waktu("60 hari kalender")) == date(year, 10, 1)


@pytest.mark.parametrize(("year", "days"), [(2024, 238), (2025, 237), (2026, 240), (2027, 242)])
def test_working_days_of_a_year(year: int, days: int) -> None:
    assert working_days_between(FIVE_DAYS, date(year - 1, 12, 31), date(year, 12, 31)) == days


@pytest.mark.parametrize(
    ("start", "text", "end"),
    [
        ("2026-03-17", "1 hari kerja", "2026-03-25"),
        ("2026-03-14", "1 hari kerja", "2026-03-16"),
        ("2026-03-09", "5 hari kalender", "2026-03-16"),
        ("2026-03-13", "1 minggu", "2026-03-25"),
        ("2028-01-31", "1 bulan", "2028-02-29"),
        ("2027-12-30", "2 hari kerja", "2028-01-03"),
    ],
)
def test_add_days(start: str, text: str, end: str) -> None:
    result = add_days(FIVE_DAYS, date.fromisoformat(start), parse_waktu(text))
    assert result == date.fromisoformat(end)


def test_backwards_a_day_off_moves_to_the_working_day_before() -> None:
    assert subtract_days(FIVE_DAYS, date(2026, 3, 25), parse_waktu("3 hari kalender")) == date(
        2026, 3, 17
    )


def test_days_between_undo_adding_in_both_directions() -> None:
    sunday, monday = date(2025, 11, 30), date(2025, 9, 8)
    assert working_days_between(FIVE_DAYS, sunday, monday) == -60
    assert working_days_between(FIVE_DAYS, monday, sunday) == 59
    assert working_days_between(FIVE_DAYS, monday, monday) == 0


@pytest.mark.parametrize("text", ["230 menit", "0,5 hari"])
def test_a_plain_date_has_no_clock(text: str) -> None:
    with pytest.raises(InvalidTimeError) as caught:
        add_days(FIVE_DAYS, date(2026, 3, 9), parse_waktu(text))
    assert caught.value.code == "needs_clock_time"
