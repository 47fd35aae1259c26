"""The cost and the bounds of history: stock against ours."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.task import TaskState

from tests.engine.spiff.stock import MULAI, SELESAI, TIMER, Stock, flow, flows, node, steps

Drawn = Callable[..., Any]
GATEWAY = '<exclusiveGateway id="putusan" default="putusan_ke_masuk"/>'
LOOP = MULAI + SELESAI + '<exclusiveGateway id="masuk"/>' + GATEWAY
LOOP += flow("mulai", "masuk") + flow("putusan", "masuk") + flow("putusan", "selesai", "setuju")


@contextmanager
def shallow(depth: int) -> Iterator[None]:
    """Fewer levels of calls than usual, so that few rounds are enough to run out of them."""
    frame, used = sys._getframe(), 0
    while frame is not None:
        frame, used = frame.f_back, used + 1  # type: ignore[assignment]
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(used + depth)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def test_a_revise_loop_goes_blind_and_counts_as_completed(drawn: Drawn) -> None:
    events = [f"e{number}" for number in range(38)]
    content = LOOP + steps("susun") + "".join(node("intermediateThrowEvent", one) for one in events)
    content += flows(f"masuk {' '.join(events)} susun putusan")

    stock = Stock(content)
    rounds = 0
    while stock.ready:
        stock.complete("susun", setuju=False)
        rounds += 1
    assert rounds < 30  # the tree is a thousand levels deep
    assert stock.finished  # though somebody still has to do this:
    assert stock.workflow.get_tasks(state=TaskState.READY, max_depth=10**9) != []

    case = drawn(content)
    for _ in range(60):
        case.complete("susun", setuju=False)
    assert case.nodes == ["susun"]
    assert case.complete("susun", setuju=True).finished


def test_a_parallel_split_in_a_loop_runs_out_of_stack(drawn: Drawn) -> None:
    content = LOOP + steps("a b") + node("parallelGateway", "bagi")
    content += node("parallelGateway", "gabung") + flows("masuk bagi a gabung putusan")
    content += flows("bagi b gabung")

    stock = Stock(content)
    with shallow(80), pytest.raises(RecursionError):
        for _ in range(60):
            stock.complete("a", setuju=False)
            stock.complete("b", setuju=False)

    case = drawn(content)
    with shallow(80):
        for _ in range(60):
            case.complete("a", setuju=False)
            case.complete("b", setuju=False)
    assert case.nodes == ["a", "b"]


def test_a_boundary_timer_in_a_loop_runs_out_of_stack(drawn: Drawn) -> None:
    content = LOOP + steps("a") + node("endEvent", "lewat") + flows("masuk a putusan", "t lewat")
    content += node("boundaryEvent", "t", TIMER.format("'P9D'"), attachedToRef="a")

    stock = Stock(content)
    with shallow(80), pytest.raises(RecursionError):
        for _ in range(60):
            stock.complete("a", setuju=False)

    case = drawn(content)
    with shallow(80):
        for _ in range(60):
            case.complete("a", setuju=False)
    assert [timer.node for timer in case.step.timers] == ["t"]


def test_the_state_grows_with_every_round_and_holds_the_process(drawn: Drawn) -> None:
    content = LOOP + steps("susun") + flows("masuk susun putusan")
    stock, case = Stock(content), drawn(content)
    stored, ours = [], []
    for _ in range(31):
        stored.append(stock.stored())
        ours.append(case.step.state)
        stock.complete("susun", setuju=False)
        case.complete("susun", setuju=False)
    assert len(stored[30]) > 5 * len(stored[0])
    assert '"task_specs"' in stored[0]

    assert len(ours[30]) <= 1.1 * len(ours[1])
    assert b"putusan" not in ours[30]


def test_a_long_process_cannot_be_read(drawn: Drawn) -> None:
    names = [f"s{number}" for number in range(600)]
    content = MULAI + SELESAI + steps(" ".join(names)) + flows(f"mulai {' '.join(names)} selesai")
    with pytest.raises(ValidationException, match="RecursionError"):
        Stock(content)
    case = drawn(content)
    for name in names[:3]:
        case.complete(name)
    assert case.nodes == ["s3"]


def test_an_inclusive_join_in_a_loop_fires_early(drawn: Drawn) -> None:
    content = LOOP + steps("a b c k") + node("inclusiveGateway", "gabung")
    content += '<inclusiveGateway id="bagi" default="bagi_ke_c"/>'
    content += flows("masuk bagi c gabung k putusan", "a gabung", "b gabung")
    content += flow("bagi", "a", "dua") + flow("bagi", "b", "dua")
    # A key, for the conditions of the first round are asked before anybody has answered.
    content = content.replace('<startEvent id="mulai"/>', MULAI + steps("isi"))
    content = content.replace(flow("mulai", "masuk"), flows("mulai isi masuk"))

    for case in (Stock(content), drawn(content)):
        case.complete("isi", dua=True)
        case.complete("a")
        assert open_of(case) == ["b"]
        case.complete("b")
        case.complete("k", setuju=False)
        case.complete("a")
        # In the second round stock does not wait for b.
        assert open_of(case) == (["k", "b"] if isinstance(case, Stock) else ["b"])


def test_a_second_token_at_a_parallel_join_is_lost(drawn: Drawn) -> None:
    content = MULAI + SELESAI + steps("a b c z") + node("parallelGateway", "bagi")
    content += node("exclusiveGateway", "temu") + node("parallelGateway", "gabung")
    content += flows("mulai bagi a temu gabung z selesai", "bagi b temu", "bagi c gabung")
    stock, case = Stock(content), drawn(content)
    for one in (stock, case):
        for name in "abcz":
            one.complete(name)
    assert stock.finished
    assert [one.reason for one in case.step.incidents] == ["join_never_complete"]


def test_a_join_that_can_never_be_complete_waits_in_silence(drawn: Drawn) -> None:
    content = MULAI + SELESAI + steps("a b") + node("parallelGateway", "gabung")
    content += '<exclusiveGateway id="pilih" default="pilih_ke_b"/>'
    content += flow("pilih", "a", "True") + flows("mulai pilih b gabung selesai", "a gabung")
    stock, case = Stock(content), drawn(content)
    for one in (stock, case):
        one.complete("a")
    assert (stock.finished, stock.ready) == (False, [])
    assert [(one.node, one.reason) for one in case.step.incidents] == [
        ("gabung", "join_never_complete")
    ]


def open_of(case: Any) -> list[str]:
    return list(case.ready if isinstance(case, Stock) else case.nodes)
