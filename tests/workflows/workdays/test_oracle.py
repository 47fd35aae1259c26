"""Counting against a walk minute by minute, on random calendars; and the laws it keeps."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction

import hypothesis.strategies as st
from hypothesis import given, settings

from workflows.mutu_baku import Waktu
from workflows.workdays import (
    ZONES,
    Calendar,
    Holiday,
    Period,
    WeekRule,
    Window,
    add,
    add_days,
    default_calendar,
    explain,
    explain_between,
    is_working_day,
    next_opening,
    subtract,
    subtract_days,
    to_local,
    to_utc,
    working_days_between,
    working_time_between,
)

laws = settings(deadline=None, print_blob=True, max_examples=35)
MINUTE = timedelta(minutes=1)
# Over a year's end and a 29 February.
DATES = st.dates(date(2027, 12, 1), date(2028, 3, 31))


@st.composite
def hours(draw: st.DrawFn) -> tuple[Window, ...]:
    edges = sorted(draw(st.sets(st.integers(0, 1439), max_size=6)))
    clock = [time(*divmod(edge, 60)) for edge in edges]
    return tuple(Window(*pair) for pair in zip(clock[::2], clock[1::2], strict=False))


@st.composite
def weeks(draw: st.DrawFn) -> tuple[tuple[Window, ...], ...]:
    usual = (Window(time(7, 30), time(12)), Window(time(13), time(16)))
    days = [draw(st.just(usual) | hours()) for _ in range(7)]
    days[draw(st.integers(0, 6))] = usual
    return tuple(days)


@st.composite
def spans(draw: st.DrawFn, longest: int) -> list[tuple[date, date]]:
    """Up to two stretches of dates that do not overlap."""
    edges = sorted(draw(st.sets(DATES, max_size=4)))
    pairs = zip(edges[::2], edges[1::2], strict=False)
    return [(first, min(last, first + timedelta(days=longest))) for first, last in pairs]


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    days = draw(st.sets(DATES, max_size=12))
    block = draw(DATES)  # as around Lebaran: many days off in a row
    days |= {block + timedelta(days=number) for number in range(draw(st.integers(0, 10)))}
    holidays = tuple(Holiday(day, f"libur {day}") for day in sorted(days))
    periods = tuple(Period("khusus", *span, draw(weeks())) for span in draw(spans(30)))
    rules = [WeekRule(*span, draw(weeks())) for span in draw(spans(90))]
    if draw(st.booleans()) and rules:
        rules[-1] = replace(rules[-1], last=None)
    zone = draw(st.sampled_from(ZONES))
    return Calendar(zone, draw(weeks()), holidays, periods, weeks=tuple(rules))


@st.composite
def minutes_of_time(draw: st.DrawFn) -> datetime:
    return datetime.combine(draw(DATES), time(*divmod(draw(st.integers(0, 1439)), 60)))


moments = st.datetimes(
    datetime.fromisoformat("2027-12-01"),
    datetime.fromisoformat("2028-03-31"),
    timezones=st.just(UTC),
)
amounts = st.integers(1, 900)
hundredths = st.integers(1, 400).map(lambda number: Fraction(number, 100))
wakta = (
    st.builds(Waktu, st.just("menit"), st.none(), amounts.map(Fraction))
    | st.builds(Waktu, st.just("hari_kerja"), st.none(), hundredths)
    | st.builds(
        Waktu,
        st.sampled_from(["hari_kerja", "hari", "minggu", "bulan"]),
        st.none(),
        st.integers(1, 9).map(Fraction),
    )
)


def menit(amount: int) -> Waktu:
    return Waktu("menit", None, Fraction(amount))


def is_worked(calendar: Calendar, minute: datetime) -> bool:
    """The definition, read off the calendar's fields for one minute of local time."""
    day, clock = minute.date(), minute.time()
    if day in {holiday.date for holiday in calendar.holidays}:
        return False
    special = [period.week for period in calendar.periods if period.first <= day <= period.last]
    usual = [
        rule.week
        for rule in calendar.weeks
        if (not rule.first or rule.first <= day) and (not rule.last or day <= rule.last)
    ]
    week = (special or usual or [calendar.week])[0]
    return any(window.opens <= clock < window.closes for window in week[day.weekday()])


def walk(calendar: Calendar, local: datetime, count: int, step: timedelta) -> datetime:
    """The end of `count` worked minutes before or after a full minute."""
    while count:
        minute = local if step > timedelta() else local + step
        count -= is_worked(calendar, minute)
        local += step
    return local


@laws
@given(calendars(), minutes_of_time(), amounts)
def test_add_is_the_walk_forward(calendar: Calendar, local: datetime, amount: int) -> None:
    result = add(calendar, to_utc(calendar.zone, local), menit(amount))
    assert to_local(calendar.zone, result) == walk(calendar, local, amount, MINUTE)


@laws
@given(calendars(), minutes_of_time(), amounts)
def test_subtract_is_the_walk_backward(calendar: Calendar, local: datetime, amount: int) -> None:
    result = subtract(calendar, to_utc(calendar.zone, local), menit(amount))
    assert to_local(calendar.zone, result) == walk(calendar, local, amount, -MINUTE)


@laws
@given(calendars(), minutes_of_time(), st.integers(0, 15_000))
def test_between_counts_the_worked_minutes(
    calendar: Calendar, local: datetime, length: int
) -> None:
    count = sum(is_worked(calendar, local + number * MINUTE) for number in range(length))
    start, end = to_utc(calendar.zone, local), to_utc(calendar.zone, local + length * MINUTE)
    assert working_time_between(calendar, start, end) == count * MINUTE
    assert working_time_between(calendar, end, start) == -count * MINUTE


@laws
@given(calendars(), DATES, st.integers(1, 70))
def test_working_days_are_stepped_one_by_one(calendar: Calendar, day: date, count: int) -> None:
    waktu = Waktu("hari_kerja", None, Fraction(count))
    for step, reached in (
        (1, add_days(calendar, day, waktu)),
        (-1, subtract_days(calendar, day, waktu)),
    ):
        walked, left = day, count
        while left:
            walked += timedelta(days=step)
            left -= is_working_day(calendar, walked)
        assert reached == walked
        assert working_days_between(calendar, day, reached) == step * count


@laws
@given(calendars(), moments, amounts)
def test_subtract_undoes_add(calendar: Calendar, moment: datetime, amount: int) -> None:
    end = add(calendar, moment, menit(amount))
    assert subtract(calendar, end, menit(amount)) == next_opening(calendar, moment)
    assert working_time_between(calendar, moment, end) == amount * MINUTE


@laws
@given(calendars(), moments, amounts, amounts)
def test_two_stretches_are_one(calendar: Calendar, moment: datetime, one: int, two: int) -> None:
    middle = add(calendar, moment, menit(one))
    assert add(calendar, middle, menit(two)) == add(calendar, moment, menit(one + two))


@laws
@given(calendars(), moments, moments, moments)
def test_times_between_add_up(
    calendar: Calendar, one: datetime, two: datetime, three: datetime
) -> None:
    parts = working_time_between(calendar, one, two) + working_time_between(calendar, two, three)
    assert parts == working_time_between(calendar, one, three)


@laws
@given(calendars(), moments, moments, wakta)
def test_a_later_start_never_ends_earlier(
    calendar: Calendar, one: datetime, two: datetime, waktu: Waktu
) -> None:
    early, late = sorted((one, two))
    assert add(calendar, early, waktu) <= add(calendar, late, waktu)
    assert subtract(calendar, early, waktu) <= subtract(calendar, late, waktu)


@laws
@given(calendars(), moments, wakta, st.sets(DATES, min_size=1, max_size=3))
def test_a_new_holiday_never_makes_a_date_earlier(
    calendar: Calendar, moment: datetime, waktu: Waktu, days: set[date]
) -> None:
    more = tuple(Holiday(day, "libur baru") for day in sorted(days))
    stricter = replace(calendar, holidays=(*calendar.holidays, *more))
    assert add(calendar, moment, waktu) <= add(stricter, moment, waktu)
    assert subtract(stricter, moment, waktu) <= subtract(calendar, moment, waktu)


@laws
@given(calendars(), moments, wakta)
def test_results_lie_in_working_hours(calendar: Calendar, moment: datetime, waktu: Waktu) -> None:
    for result in (add(calendar, moment, waktu), subtract(calendar, moment, waktu)):
        local = to_local(calendar.zone, result)
        hours = calendar.hours_on(local.date())
        assert any(window.opens <= local.time() <= window.closes for window in hours)
        assert result.tzinfo is UTC


@laws
@given(calendars(), moments, wakta, st.booleans())
def test_explain_adds_up(
    calendar: Calendar, moment: datetime, waktu: Waktu, backwards: bool
) -> None:
    rows = explain(calendar, moment, waktu, backwards=backwards)
    end = (subtract if backwards else add)(calendar, moment, waktu)
    minutes, days = sum(row.minutes for row in rows), sum(row.days for row in rows)
    if waktu.unit == "menit":
        assert (Fraction(minutes), days) == (waktu.maximum, 0)
    elif waktu.unit == "hari_kerja":
        whole = waktu.maximum // 1
        assert days == whole
        assert abs(minutes - (waktu.maximum - whole) * calendar.minutes_per_day) <= Fraction(1, 2)
    elif waktu.unit != "bulan":
        assert (minutes, days) == (0, int(waktu.maximum) * (7 if waktu.unit == "minggu" else 1))
    dates = [row.date for row in rows]
    first, last = sorted(to_local(calendar.zone, edge).date() for edge in (moment, end))
    assert dates == [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert all(bool(row.reason) == (not row.days and not row.spans) for row in rows)


@laws
@given(calendars(), moments, moments, DATES, DATES)
def test_explain_between_adds_up(
    calendar: Calendar, one: datetime, two: datetime, day: date, other: date
) -> None:
    rows = explain_between(calendar, one, two)
    worked = abs(working_time_between(calendar, one, two))
    assert abs(sum(row.minutes for row in rows) * MINUTE - worked) <= MINUTE / 2
    rows = explain_between(calendar, day, other)
    assert sum(row.days for row in rows) == abs(working_days_between(calendar, day, other))


@laws
@given(calendars(), st.lists(minutes_of_time(), min_size=2, max_size=2), amounts)
def test_what_was_asked_before_changes_no_answer(
    calendar: Calendar, locals_: list[datetime], amount: int
) -> None:
    """The tables of a calendar grow in both directions, and a growing table says the same."""
    moment, other = (to_utc(calendar.zone, local) for local in locals_)
    fresh = replace(calendar)
    far = Waktu("hari_kerja", None, Fraction(300))
    for asked in (other, add(calendar, other, far), subtract(calendar, other, far)):
        add(calendar, asked, far)
        subtract(calendar, asked, far)
    assert add(calendar, moment, menit(amount)) == add(fresh, moment, menit(amount))
    fresh = replace(calendar)
    assert subtract(calendar, moment, menit(amount)) == subtract(fresh, moment, menit(amount))


def test_threads_share_a_calendar() -> None:
    shipped = replace(default_calendar())
    moments = [datetime(1995 + 3 * n, 3, 1, 3, tzinfo=UTC) for n in range(12)]
    hours = Waktu("menit", None, Fraction(60))
    years = Waktu("hari_kerja", None, Fraction(600))

    def ends(moment: datetime) -> tuple[datetime, ...]:
        back = subtract(shipped, add(shipped, moment, years), hours)
        return back, add(shipped, moment, hours), next_opening(shipped, moment)

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(ends, [*moments, *reversed(moments)]))
    assert together[:12] == list(map(ends, moments)) == together[:11:-1]
