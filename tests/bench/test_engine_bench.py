"""The benchmark runs on every model for all that it compares; its figures come by `make bench`."""

from dataclasses import replace

import pytest

from tests.bench.engine.measuring import Outcome, Point, measure
from tests.bench.engine.models import Model, all_models, linear, revise_loop
from tests.bench.engine.page import report, wanted


@pytest.mark.parametrize("model", all_models(), ids=lambda model: model.name)
def test_every_model_is_driven_by_all_three(model: Model) -> None:
    far = min(model.far, 12)
    brief = replace(model, points=(1,), blocks=1, laps=2, runs=1, far=far, pairs=1)
    outcome = measure(replace(brief, to_the_end=False))
    point = outcome.points[0]
    assert point.ours > 0 and point.bare and point.stock
    assert point.stock_size and point.ours_size < point.stock_size
    if model.far:
        assert outcome.size_growth is not None and outcome.size_growth <= 1.1


def test_what_is_missed_is_told() -> None:
    slow = Outcome(linear(20, 0), [Point(0, 300.0, 100.0, 900.0, 150, 9000)])
    grown = Outcome(revise_loop(), [Point(10, 50.0, 100.0, 900.0, 150, 9000)], 1.25, 2.0, 334)
    grown.points.append(Point(10_000, 62.0, None, None, 300, None))
    assert [one.met for one in wanted([slow, grown])] == [False, True, False]
    text = report([slow, grown])
    assert text.count("TIDAK TERPENUHI") == 2 and "terpenuhi dalam toleransi" in text
    assert "macet di putaran 334" in text and "10.000" in text
