"""What lies between stretches of time, and what is left of one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.deadlines import Stretch, gaps, joined, without

START = datetime(2026, 11, 23, tzinfo=UTC)


def at(hour: int | None) -> datetime | None:
    return None if hour is None else START + timedelta(hours=hour)


def stretch(start: int, end: int | None) -> Stretch:
    return Stretch(START + timedelta(hours=start), at(end))


def test_gaps_lie_between_the_runs_and_stay_open_behind_the_last() -> None:
    assert gaps(START, []) == (stretch(0, None),)
    runs = [stretch(0, 2), stretch(5, 6), stretch(1, 3)]
    assert gaps(START, runs) == (stretch(3, 5), stretch(6, None))
    assert gaps(START, [*runs, stretch(6, None)]) == (stretch(3, 5),)


def test_a_run_without_its_pauses() -> None:
    assert without(stretch(0, 9), [stretch(2, 3), stretch(5, 9)]) == (stretch(0, 2), stretch(3, 5))
    assert without(stretch(0, None), [stretch(2, None)]) == (stretch(0, 2),)
    assert without(stretch(4, 6), [stretch(0, None)]) == ()


@settings(print_blob=True, max_examples=200)
@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(1, 5) | st.none()).map(
            lambda pair: stretch(pair[0], None if pair[1] is None else pair[0] + pair[1])
        ),
        max_size=6,
    )
)
def test_every_hour_belongs_to_a_run_or_a_gap(runs: list[Stretch]) -> None:
    """Runs and gaps together cover all time from the start on, and share none of it."""

    def holds(stretches: tuple[Stretch, ...], moment: datetime) -> bool:
        return any(s.start <= moment and (s.end is None or moment < s.end) for s in stretches)

    between = gaps(START, runs)
    for hour in range(30):
        moment = START + timedelta(hours=hour)
        assert holds(joined(runs), moment) != holds(between, moment)
