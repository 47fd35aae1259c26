"""The benchmark of time runs for all that it measures; its figures come by `make bench`."""

from dataclasses import replace

from tests.bench.time.measuring import measure
from tests.bench.time.page import by_unit, report, wanted


def test_every_unit_is_measured_near_and_far() -> None:
    outcome = measure(count=20, rounds=1, seed=1)
    assert {*by_unit(outcome.rates)} == {"menit", "hari_kerja", "hari", "minggu", "bulan"}
    text = report(outcome)
    assert all(str(rate.waktu) in text for rate in outcome.rates)


def test_what_is_missed_is_told() -> None:
    outcome = measure(count=20, rounds=1, seed=1)
    even = replace(outcome, rates=tuple(replace(rate, add=300_000.0) for rate in outcome.rates))
    assert all(one.met for one in wanted(even))
    *rest, last = even.rates
    slow = replace(even, rates=(*rest, replace(last, add=150_000.0)))
    assert [one.met for one in wanted(slow)] == [False, True, True, True, True, False]
    assert report(slow).count("TIDAK TERPENUHI") == 2
