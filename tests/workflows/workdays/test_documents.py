"""Calendars as documents: read, written, refused with the place that is wrong."""

import copy
import json
from datetime import date, datetime
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from workflows.errors import InvalidTimeError
from workflows.mutu_baku import parse_waktu
from workflows.workdays import (
    DayOff,
    Holiday,
    add,
    default_calendar,
    is_settled,
    is_working_day,
    standard_minutes,
    year_view,
)
from workflows.workdays.comparing import compare_with_shipped
from workflows.workdays.documents import canonical_document, default_document, read_calendar

DATE_TEXTS = st.sampled_from(
    ["2026-04-02", "2027-01-01", "0001-01-01", "9999-12-31", "08:00-12:00"]
)
OFFICE = ["07:30-12:00 13:00-16:00"] * 4 + ["07:30-11:30 13:00-16:30", "", ""]
SIX_DAYS = ["08:00-14:00"] * 6 + [""]


def document(**changes: Any) -> dict[str, Any]:
    return {**default_document(), **changes}


def week(first: str | None, last: str | None, hours: list[str]) -> dict[str, Any]:
    return {"from": first, "until": last, "hours": hours}


def period(first: str, last: str, hours: list[str] = OFFICE, **more: Any) -> dict[str, Any]:
    return {"name": "Masa", "from": first, "until": last, "hours": hours, **more}


def test_the_default_document_is_the_shipped_calendar() -> None:
    for zone in ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"):
        assert read_calendar(default_document(zone)) == default_calendar(zone)
        assert read_calendar(default_document(), zone) == default_calendar(zone)
    assert json.loads(json.dumps(default_document())) == default_document()


def test_the_canonical_document_means_the_same_and_stays() -> None:
    written = {
        "zone": "Asia/Makassar",
        "weeks": [
            week(None, None, [" 07:30-12:00   13:00-16:00 ", *OFFICE[1:]]),
            week("2028-01-01", None, SIX_DAYS),
            week("2027-01-01", "2027-12-31", SIX_DAYS),
        ],
        "holidays": [
            {"date": "2027-04-02", "name": " Hari  jadi ", "kind": "libur_lokal"},
            {"date": "2026-04-02", "name": "Hari jadi", "estimated": True},
        ],
        "workdays": [{"date": "2026-12-26", "name": "Masuk"}, {"date": "2026-12-24", "name": "A"}],
    }
    untouched = copy.deepcopy(written)
    canonical = canonical_document(written)
    assert written == untouched
    assert canonical_document(canonical) == canonical
    assert read_calendar(canonical) == read_calendar(written)
    assert canonical["weeks"][0]["hours"][0] == "07:30-12:00 13:00-16:00"
    assert [one["date"] for one in canonical["holidays"]] == ["2026-04-02", "2027-04-02"]
    assert [one["from"] for one in canonical["weeks"]] == [None, "2027-01-01", "2028-01-01"]
    assert canonical["periods"] == [] and canonical["national"] is canonical["joint_leave"] is True


def test_a_week_holds_within_its_dates() -> None:
    calendar = read_calendar(
        document(
            weeks=[week(None, None, OFFICE), week("2027-01-01", "2027-06-30", SIX_DAYS)],
            periods=[],
        )
    )
    saturdays = [date(2026, 12, 19), date(2027, 1, 9), date(2027, 7, 3)]
    assert [is_working_day(calendar, day) for day in saturdays] == [False, True, False]
    assert calendar.day_off(date(2027, 7, 3)) == DayOff("weekend")
    start = datetime.fromisoformat("2027-01-08T13:30+07:00")
    due = datetime.fromisoformat("2027-01-09T08:30+07:00")
    assert add(calendar, start, parse_waktu("60 menit")) == due


def test_a_part_of_a_day_is_one_of_the_usual_week() -> None:
    six = read_calendar(default_document(days=6))
    assert six.minutes_per_day == 375
    assert standard_minutes(parse_waktu("0,5 hari kerja"), six) == 188
    assert standard_minutes(parse_waktu("2 hari kerja"), six) == 750
    start = datetime.fromisoformat("2026-01-05T07:30+07:00")
    due = datetime.fromisoformat("2026-01-05T10:37:30+07:00")
    assert add(six, start, parse_waktu("0,5 hari kerja")) == due


def test_own_days_override_the_shipped_ones() -> None:
    may_day, eve = date(2026, 5, 1), date(2026, 12, 24)
    calendar = read_calendar(
        document(
            holidays=[{"date": "2026-05-01", "name": "Hari jadi", "kind": "libur_lokal"}],
            workdays=[{"date": "2026-12-24", "name": "Tetap masuk"}],
        )
    )
    assert calendar.holiday_on(may_day) == Holiday(may_day, "Hari jadi", "libur_lokal")
    assert is_working_day(calendar, eve) and not is_working_day(default_calendar(), eve)


def test_shipped_days_can_be_left_out() -> None:
    may_day, eve = date(2026, 5, 1), date(2026, 12, 24)
    without = read_calendar(document(joint_leave=False))
    assert not is_working_day(without, may_day) and is_working_day(without, eve)
    assert not is_settled(without, 2026)
    without = read_calendar(document(national=False))
    assert is_working_day(without, may_day) and not is_working_day(without, eve)
    decree = {"date": "2029-05-15", "name": "Cuti bersama", "kind": "cuti_bersama"}
    assert is_settled(read_calendar(document(holidays=[decree])), 2029)
    assert not is_settled(read_calendar(document(holidays=[{**decree, "estimated": True}])), 2029)


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"zona": "x"}, "zona", "unknown_field"),
        ({"zone": "Europe/Paris"}, "zone", "unknown_zone"),
        ({"zone": ["Asia/Jakarta"]}, "zone", "unknown_zone"),
        ({"weeks": []}, "weeks", "required"),
        ({"weeks": {}}, "weeks", "not_a_list"),
        ({"weeks": ["Senin"]}, "weeks[0]", "not_an_object"),
        ({"weeks": [{"hours": OFFICE, "from": None}]}, "weeks[0].until", "required"),
        ({"weeks": [week(None, None, [""] * 7)]}, "weeks[0].hours", "no_working_hours"),
        ({"weeks": [week(None, None, OFFICE[1:])]}, "weeks[0].hours", "not_texts"),
        ({"weeks": [week(None, None, [*OFFICE[:6], None])]}, "weeks[0].hours[6]", "not_text"),  # type: ignore[list-item]
        (
            {"weeks": [week(None, None, ["8-16", *OFFICE[1:]])]},
            "weeks[0].hours[0]",
            "impossible_hours",
        ),
        (
            {"weeks": [week(None, None, [*OFFICE[:6], "08:00:30-12:00"])]},
            "weeks[0].hours[6]",
            "impossible_hours",
        ),
        (
            {"weeks": [week(None, None, [*OFFICE[:4], "08:00-12:00 11:00-13:00", "", ""])]},
            "weeks[0].hours[4]",
            "overlapping_hours",
        ),
        ({"weeks": [week("2026-01-01", None, OFFICE)]}, "weeks[0].from", "first_week_dated"),
        (
            {"weeks": [week(None, None, OFFICE), week("2027-01-01", "2026-01-01", OFFICE)]},
            "weeks[1].until",
            "ends_before_start",
        ),
        (
            {"weeks": [week(None, None, OFFICE)] + [week("2027-01-01", None, OFFICE)] * 2},
            "weeks[2].from",
            "overlap",
        ),
        (
            {"periods": [period("2026-01-02", "2026-01-01")]},
            "periods[0].until",
            "ends_before_start",
        ),
        ({"periods": [period("2026-01-02", "2027-01-03")]}, "periods[0].until", "period_too_long"),
        ({"periods": [period("2026-1-2", "2026-01-03")]}, "periods[0].from", "not_a_date"),
        ({"periods": [period("2026-02-30", "2026-03-03")]}, "periods[0].from", "not_a_date"),
        ({"periods": [period("1026-01-02", "2026-01-03")]}, "periods[0].from", "outside_calendar"),
        (
            {"periods": [period("2026-01-01", "2026-01-05", estimated="ya")]},
            "periods[0].estimated",
            "not_yes_or_no",
        ),
        (
            {
                "periods": [
                    period("2026-03-01", "2026-03-05"),
                    period("2026-02-01", "2026-03-01"),
                ]
            },
            "periods[0].from",
            "overlap",
        ),
        ({"national": 1}, "national", "not_yes_or_no"),
        ({"holidays": [{"date": "2026-01-05"}]}, "holidays[0].name", "required"),
        ({"holidays": [{"date": "2026-01-05", "name": "  "}]}, "holidays[0].name", "required"),
        ({"holidays": [{"date": None, "name": "A"}]}, "holidays[0].date", "not_a_date"),
        (
            {"holidays": [{"date": "2026-01-05", "name": "A\x00"}]},
            "holidays[0].name",
            "name_unusable",
        ),
        (
            {"holidays": [{"date": "2026-01-05", "name": "A", "kind": "libur"}]},
            "holidays[0].kind",
            "unknown_kind",
        ),
        ({"holidays": [{"date": "2026-01-05", "name": "A"}] * 2}, "holidays[1].date", "twice"),
        ({"holidays": [{}] * 5001}, "holidays", "too_many"),
        (
            {
                "holidays": [{"date": "2026-12-24", "name": "A"}],
                "workdays": [{"date": "2026-12-24", "name": "B"}],
            },
            "workdays[0].date",
            "twice",
        ),
    ],
)
def test_what_is_impossible_is_refused_with_its_place(
    changes: dict[str, Any], field: str, reason: str
) -> None:
    with pytest.raises(InvalidTimeError) as caught:
        read_calendar(document(**changes))
    found = caught.value.fields
    assert (caught.value.code, found["field"], found["reason"]) == (
        "invalid_calendar",
        field,
        reason,
    )


def test_zone_and_weeks_must_be_there() -> None:
    for name in ("zone", "weeks"):
        lacking = {key: value for key, value in default_document().items() if key != name}
        with pytest.raises(InvalidTimeError) as caught:
            read_calendar(lacking)
        assert (caught.value.fields["field"], caught.value.fields["reason"]) == (name, "required")
    with pytest.raises(InvalidTimeError):
        read_calendar(["zone"])  # type: ignore[arg-type]
    for zone, days in (("Asia/Tokyo", 5), ("Asia/Jakarta", 7)):
        with pytest.raises(InvalidTimeError):
            default_document(zone, days)


def test_the_diff_against_the_shipped_days() -> None:
    ours = document(
        holidays=[
            {"date": "2026-04-02", "name": "Hari jadi"},
            {"date": "2026-05-01", "name": "Hari Buruh", "kind": "libur_nasional"},
            {"date": "2026-08-17", "name": "Kemerdekaan", "kind": "libur_lokal"},
            {"date": "2027-04-02", "name": "Hari jadi"},
        ],
        workdays=[{"date": "2026-12-24", "name": "Tetap masuk"}],
    )
    found = compare_with_shipped(ours, [2026])
    assert [(f"{one.date:%m-%d}", one.how) for one in found] == [
        ("04-02", "added"),
        ("05-01", "renamed"),
        ("08-17", "kind"),
        ("12-24", "removed"),
    ]
    assert found[0].shipped is None and found[3].ours is None
    assert found[1].shipped and found[1].shipped.name == "Hari Buruh Internasional"
    assert compare_with_shipped(default_document(), range(2024, 2031)) == ()


def test_a_year_shows_each_day_with_its_reason() -> None:
    days = year_view(default_calendar(), 2028)
    assert [len(days), days[59].date] == [366, date(2028, 2, 29)]
    by_date = {day.date: day for day in days}
    usual, fasting = by_date[date(2028, 5, 2)], by_date[date(2028, 2, 2)]
    assert (usual.minutes, usual.off, usual.kind, usual.name, usual.period) == (
        450,
        None,
        None,
        "",
        "",
    )
    assert (fasting.minutes, fasting.period, fasting.estimated) == (390, "Ramadan 1449 H", True)
    eid = by_date[date(2028, 2, 28)]
    assert (eid.minutes, eid.kind, eid.estimated) == (0, "libur_nasional", True)
    assert eid.off == DayOff("holiday", eid.name) and "Idul Fitri" in eid.name
    assert by_date[date(2028, 5, 6)].off == DayOff("weekend")
    with pytest.raises(InvalidTimeError):
        year_view(default_calendar(), 1969)


@pytest.mark.parametrize(("year", "working_days"), [(2025, 237), (2026, 240)])
def test_the_working_days_of_a_year_are_those_with_minutes(year: int, working_days: int) -> None:
    assert sum(day.minutes > 0 for day in year_view(default_calendar(), year)) == working_days


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | DATE_TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(deadline=None, print_blob=True, max_examples=200)
@given(st.data())
def test_any_document_is_read_or_refused(data: st.DataObject) -> None:
    """One place after the other of a good document becomes anything."""
    spoilt = document(holidays=[{"date": "2026-04-02", "name": "A"}], workdays=[])
    for _ in range(data.draw(st.integers(1, 2))):
        place: Any = spoilt
        while isinstance(place, dict | list) and place:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            key = data.draw(st.sampled_from(keys))
            if data.draw(st.booleans()) or not isinstance(place[key], dict | list):
                place[key] = data.draw(ANYTHING)
                break
            place = place[key]
    try:
        calendar = read_calendar(spoilt)
    except InvalidTimeError as error:
        assert error.code == "invalid_calendar" and error.fields["reason"]
    else:
        assert read_calendar(canonical_document(spoilt)) == calendar
