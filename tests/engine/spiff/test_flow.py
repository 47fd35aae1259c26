"""Tokens: sequence, decisions, loops, splits and joins, sub-processes, ends."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import ConflictError

Begin = Callable[..., Any]


def test_steps_follow_each_other(begin: Begin) -> None:
    case = begin("linear", unit="BAPPEDA")
    assert case.nodes == ["tulis"]
    assert case.step.tokens == ("tulis",)
    assert case.step.data == {"unit": "BAPPEDA"}
    step = case.complete("tulis", isi="Renja")
    assert [item.node for item in step.opened] == ["antar"]
    assert step.opened[0].variables == {}
    assert step.data == {"unit": "BAPPEDA", "isi": "Renja"}
    step = case.complete("antar")
    assert step.finished
    assert (step.opened, step.closed, step.tokens, step.timers) == ((), (), (), ())


def test_only_an_open_work_item_can_be_completed(begin: Begin) -> None:
    case = begin("linear")
    token = case.tokens("tulis")[0]
    first = case.step
    case.complete("tulis")
    for wrong in (token, "nobody", "", "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(ConflictError) as caught:
            case.complete_token(wrong, {})
        assert caught.value.code == "work_item_not_open"
        assert caught.value.fields["token"] == wrong
    case.complete("antar")
    with pytest.raises(ConflictError):
        case.complete_token(token, {})
    # A state is a value: the earlier one can still be moved on, and is not changed by it.
    case.step, case.open = first, {token: first.opened[0]}
    assert case.complete("tulis").opened[0].node == "antar"


def test_the_default_flow_is_taken_when_no_condition_holds(begin: Begin) -> None:
    case = begin("revise")
    case.complete("susun")
    case.complete("telaah", keputusan="kembalikan")
    assert case.nodes == ["susun"]
    case.complete("susun")
    assert case.complete("telaah", keputusan="setuju").finished


def test_four_hundred_rounds_cost_what_the_first_did(begin: Begin) -> None:
    case = begin("revise")
    sizes = []
    for number in range(400):
        case.complete("susun", putaran=number)
        case.complete("telaah", keputusan="kembalikan")
        assert case.nodes == ["susun"]
        sizes.append(len(case.step.state))
    assert sizes[-1] <= sizes[1]
    case.complete("susun")
    assert case.complete("telaah", keputusan="setuju").finished
    assert case.data["putaran"] == 399


def test_a_loop_with_a_join_and_boundary_timers_goes_on_too(begin: Begin) -> None:
    case = begin("revise_parallel", keputusan="kembalikan")
    sizes = []
    for number in range(400):
        case.complete("susun")
        case.complete("gambar" if number % 2 else "hitung")
        assert "telaah" not in case.nodes
        assert "gabung" in case.step.tokens
        case.complete("hitung" if number % 2 else "gambar")
        assert [timer.node for timer in case.step.timers] == ["ingat", "lewat"]
        if number % 7 == 0:
            case.tick(days=3)
            case.complete("tegur")
        if number % 5 == 0:
            step = case.tick(days=9)
            assert len(step.closed) == 1
            for _ in case.tokens("tegur"):
                case.complete("tegur")
        else:
            case.complete("telaah", keputusan="kembalikan")
        assert case.nodes == ["susun"]
        assert case.step.timers == ()
        sizes.append(len(case.step.state))
    assert max(sizes) <= sizes[1] * 1.1


def test_a_branch_may_loop_while_another_waits(begin: Begin) -> None:
    case = begin("parallel")
    assert case.nodes == ["hitung", "gambar"]
    sizes = []
    for _ in range(200):
        case.complete("hitung", cukup=False)
        sizes.append(len(case.step.state))
    assert sizes[-1] <= sizes[1]
    case.complete("hitung", cukup=True)
    assert case.nodes == ["gambar"]
    assert set(case.step.tokens) == {"gabung", "gambar"}
    case.complete("gambar")
    assert case.nodes == ["telaah"]
    assert case.complete("telaah").finished


@pytest.mark.parametrize("order", [("b_satu", "b_dua"), ("b_dua", "b_satu")])
def test_a_sub_process_ends_with_its_last_token(begin: Begin, order: tuple[str, str]) -> None:
    case = begin("subprocess")
    assert case.nodes == ["b_satu", "b_dua"]
    assert set(case.step.tokens) == {"bahas", "b_satu", "b_dua"}
    case.complete(order[0], catatan="a")
    assert case.nodes == [order[1]]
    case.complete(order[1])
    assert case.nodes == ["rapat"]
    assert case.data == {"catatan": "a"}
    assert case.step.timers == ()
    assert case.complete("rapat").finished


def test_a_terminate_end_withdraws_all_other_work(begin: Begin) -> None:
    case = begin("terminate")
    token = case.tokens("kerja")[0]
    step = case.complete("batal")
    assert step.finished
    assert step.closed == (token,)
    assert step.tokens == ()


def test_an_ordinary_end_does_not(begin: Begin) -> None:
    case = begin("terminate")
    assert not case.complete("kerja").finished
    assert case.complete("batal").finished


def test_a_loop_without_a_wait_stops_as_an_incident(begin: Begin) -> None:
    case = begin("runaway", cukup=False)
    assert [incident.reason for incident in case.step.incidents] == ["step_limit"]
    assert not case.step.finished
    assert len(case.step.state) < 1000
    assert case.retry(cukup=True).finished
