from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, g

from tests.web.conftest import MONDAY
from web import language, moments
from workflows.rights import Actor


@pytest.fixture(params=["id", "en"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    flask = Flask("web")
    language.init_app(flask)
    cookie = f"{language.COOKIE}={request.param}"
    with flask.test_request_context(headers={"Cookie": cookie}):
        g.now = MONDAY
        yield request.param


def test_moments_are_read_in_the_units_zone(locale: str) -> None:
    indonesian = locale == "id"
    told = moments.format_moment(MONDAY, "Asia/Jakarta")
    assert told == ("Sen, 23 Nov 2026 09.00 WIB" if indonesian else "Mon, 23 Nov 2026 09:00 WIB")
    assert moments.format_moment(MONDAY, "Asia/Makassar").endswith(
        "10.00 WITA" if indonesian else "10:00 WITA"
    )
    assert moments.format_moment(MONDAY, "Asia/Jayapura").endswith("WIT")


def test_a_reader_with_a_zone_is_told_moments_in_it(locale: str) -> None:
    g.actor = Actor(1, "a", "A", locale, frozenset(), zone="Asia/Jayapura")
    assert moments.format_moment(MONDAY, "Asia/Jakarta").endswith(
        "11.00 WIT" if locale == "id" else "11:00 WIT"
    )
    late = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)  # 23.30 WIB, the next day in Jayapura
    assert moments.local_date(late, "Asia/Jakarta").day == 24
    assert moments.format_due(late, "Asia/Jakarta") == ("besok" if locale == "id" else "tomorrow")


def test_what_has_happened_has_happened_just_now(locale: str) -> None:
    told = moments.format_relative(MONDAY - timedelta(seconds=59))
    assert told == ("baru saja" if locale == "id" else "just now")


def test_a_span_names_its_day_once(locale: str) -> None:
    told = moments.format_span(MONDAY, "Asia/Jakarta", MONDAY + timedelta(minutes=15))
    assert told.endswith("09.00–09.15 WIB" if locale == "id" else "09:00–09:15 WIB")
    told = moments.format_span(MONDAY, "Asia/Jakarta", MONDAY + timedelta(days=1))
    assert told.count("WIB") == 2


@pytest.mark.parametrize(
    ("distance", "indonesian", "english"),
    [
        (timedelta(0), "sekarang", "now"),
        (timedelta(minutes=119), "1 jam lagi", "in 1 hour"),
        (timedelta(hours=23), "besok", "tomorrow"),
        (timedelta(hours=47), "2 hari lagi", "in 2 days"),
        (timedelta(minutes=-5), "terlambat 5 menit", "5 minutes late"),
        (timedelta(days=-3, hours=-2), "terlambat 3 hari", "3 days late"),
    ],
)
def test_due_moments_are_told_as_people_count(
    locale: str, distance: timedelta, indonesian: str, english: str
) -> None:
    told = moments.format_due(MONDAY + distance, "Asia/Jakarta")
    assert told == (indonesian if locale == "id" else english)


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (0, "0 menit"),
        (230, "230 menit"),
        (600, "1 hari kerja 2 jam 30 menit"),
        (900, "2 hari kerja"),
    ],
)
def test_working_minutes(minutes: int, told: str) -> None:
    flask = Flask("web")
    language.init_app(flask)
    with flask.test_request_context():
        assert moments.format_minutes(minutes) == told


def test_sizes(locale: str) -> None:
    assert moments.format_size(12) == "1 KB"
    assert moments.format_size(1_468_006) == ("1,4 MB" if locale == "id" else "1.4 MB")
