"""An administrator and a colleague at once: one of them is first, and both are told the truth."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from engine.errors import ConflictError
from engine.ticks import tick
from engine.usecases import cases, operations, trace, upkeep, work_items
from workflows.rights import OPERATOR

WHY = "Uji balapan."


def both(first: Callable[[], object], second: Callable[[], object]) -> list[str]:
    """What came of each: "done", or the code of the conflict."""
    barrier = Barrier(2)

    def run(call: Callable[[], object]) -> str:
        barrier.wait()
        try:
            call()
        except ConflictError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, (first, second)))


@pytest.mark.parametrize("_", range(5))
def test_complete_against_suspend(agency, _: int) -> None:
    case_id = agency.start()
    actor, item = agency.actor("kasubbag"), agency.inbox("kasubbag")[0]
    app, now = agency.app, agency.now
    completed, suspended = both(
        lambda: work_items.complete_work_item(app, actor, item.id, {}, now),
        lambda: operations.suspend_case(app, OPERATOR, case_id, WHY, now),
    )
    assert suspended == "done"
    detail = cases.read_case(app, OPERATOR, case_id, now)
    assert detail.line.state == "suspended"
    if completed == "done":
        assert detail.tokens == ("penyusunan_bidang",)
    else:
        assert (completed, detail.tokens) == ("case_suspended", ("konsultasi",))


@pytest.mark.parametrize("_", range(5))
def test_move_against_complete(agency, _: int) -> None:
    case_id = agency.walk_to_decision()
    actor, item = agency.actor("kepala"), agency.inbox("kepala")[0]
    app, now = agency.app, agency.now
    answers = {"keputusan": "kembalikan", "arahan": "Lengkapi."}
    completed, moved = both(
        lambda: work_items.complete_work_item(app, actor, item.id, answers, now),
        lambda: operations.move_token(app, OPERATOR, case_id, "telaah", "pembahasan", WHY, now),
    )
    assert sorted((completed, moved)).count("done") == 1
    tokens = cases.read_case(app, OPERATOR, case_id, now).tokens
    if moved == "done":
        assert (completed, tokens) == ("work_item_withdrawn", ("pembahasan",))
    else:
        assert (moved, tokens) == ("token_not_open", ("penyempurnaan",))
    active = [row for row in trace.trace_case(app, OPERATOR, case_id, now) if row.state == "active"]
    assert [row.node for row in active] == list(tokens)


def test_of_two_cancellations_one_wins_and_ticks_do_not_mind(agency) -> None:
    case_id = agency.start()
    app, now = agency.app, agency.now
    outcomes = both(
        lambda: operations.cancel_case(app, OPERATOR, case_id, WHY, now),
        lambda: operations.cancel_case(app, OPERATOR, case_id, WHY, now),
    )
    assert sorted(outcomes) == ["case_ended", "done"]
    assert tick(app, now).failed == 0
    assert all(check.ok for check in upkeep.check_health(app, now))
