"""What the measurement of the inbox counts; its figures come by `make bench`."""

from __future__ import annotations

from tests.bench.inbox.measuring import Spent, quantile, report
from tests.bench.inbox.town import Town

TOWN = Town(100_000, ("a", "b"))


def test_ninety_five_of_a_hundred_are_quick_enough() -> None:
    spent = Spent({"semua": [10.0] * 95 + [49.0] * 5})
    assert quantile(spent.all, 0.5) == 10.0 and spent.p95 == 49.0
    assert "terpenuhi" in report(spent, TOWN) and "TIDAK" not in report(spent, TOWN)


def test_what_is_too_slow_is_told() -> None:
    assert "TIDAK TERPENUHI" in report(Spent({"semua": [10.0] * 90 + [51.0] * 10}), TOWN)
