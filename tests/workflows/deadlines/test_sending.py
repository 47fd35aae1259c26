"""When a person may be written to."""

from datetime import datetime, time

import pytest

from workflows.deadlines import send_at
from workflows.workdays import default_calendar

WIB = default_calendar()
NIGHT = (time(21), time(6))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+07:00")


@pytest.mark.parametrize(
    ("now", "any_hour", "quiet", "sent"),
    [
        ("11-10T10:00", False, None, "11-10T10:00"),
        ("11-10T12:30", False, None, "11-10T13:00"),
        ("11-13T17:00", False, None, "11-16T07:30"),
        ("11-13T17:00", True, None, "11-13T17:00"),
        ("11-13T22:00", True, NIGHT, "11-14T06:00"),
        ("11-14T05:59", True, NIGHT, "11-14T06:00"),
        ("11-14T06:00", True, NIGHT, "11-14T06:00"),
        ("11-10T08:00", False, (time(7), time(9)), "11-10T09:00"),
        ("11-09T22:00", False, (time(7), time(9)), "11-10T09:00"),
        ("11-10T13:30", False, (time(13), time(16)), "11-11T07:30"),
        ("11-10T10:00", False, (time(9), time(9)), "11-10T10:00"),  # no time at all
        ("11-10T10:00", False, (time(6), time(18)), "11-10T18:00"),  # all working hours
    ],
)
def test_working_hours_first_then_quiet_hours(now, any_hour, quiet, sent) -> None:
    found = send_at(WIB, at(now), any_hour=any_hour, quiet=quiet, zone="Asia/Jakarta")
    assert found == at(sent)


def test_quiet_hours_are_those_of_the_person() -> None:
    """At 08:00 in Jakarta it is 10:00 in Jayapura."""
    quiet = (time(10), time(11))
    found = send_at(WIB, at("11-10T08:00"), any_hour=False, quiet=quiet, zone="Asia/Jayapura")
    assert found == at("11-10T09:00")
