from collections.abc import Callable
from typing import Any

import pytest

Begin = Callable[..., Any]

BIDANG = ["BIDANG-1", "BIDANG-2", "BIDANG-3"]


@pytest.mark.parametrize("order", [(0, 0, 0), (2, 1, 0), (1, 0, 0)])
def test_parallel_iterations_are_collected_in_order(begin: Begin, order: tuple[int, ...]) -> None:
    case = begin("mi_parallel", daftar=BIDANG, usulan="milik perkara")
    assert case.nodes == ["rencana"] * 3
    assert case.variables == [{"bidang": one} for one in BIDANG]
    assert case.step.tokens == ("rencana",)
    for which in order:
        item = list(case.open.values())[which]
        case.complete("rencana", which, usulan=f"usul {item.variables['bidang']}")
        assert case.data["usulan"] == "milik perkara"
    assert case.nodes == ["rapat"]
    assert case.variables == [{}]
    assert case.data["hasil"] == [{"bidang": one, "usulan": f"usul {one}"} for one in BIDANG]
    assert "bidang" not in case.data
    assert case.complete("rapat").finished


def test_sequential_iterations_come_one_by_one(begin: Begin) -> None:
    case = begin("mi_sequential", daftar=BIDANG)
    for one in BIDANG:
        assert case.variables == [{"bidang": one}]
        case.complete("rencana", usulan=[one])
    assert case.nodes == ["rapat"]
    assert case.data["hasil"] == [{"bidang": one, "usulan": [one]} for one in BIDANG]


@pytest.mark.parametrize("name", ["mi_parallel", "mi_sequential"])
def test_an_empty_list_is_passed_straight_through(begin: Begin, name: str) -> None:
    case = begin(name, daftar=[])
    assert case.nodes == ["rapat"]
    assert case.data["hasil"] == []


def test_a_later_change_of_the_list_does_not_change_the_iterations(begin: Begin) -> None:
    case = begin("mi_sequential", daftar=BIDANG)
    case.data["daftar"] = []
    case.complete("rencana")
    assert case.variables == [{"bidang": "BIDANG-2"}]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({}, "expression_failed"),
        ({"daftar": "BIDANG-1"}, "collection_not_a_list"),
        ({"daftar": None}, "collection_not_a_list"),
        ({"daftar": [1] * 1001}, "too_many_iterations"),
    ],
)
@pytest.mark.parametrize("name", ["mi_parallel", "mi_sequential"])
def test_a_list_that_is_none_is_an_incident(
    begin: Begin, name: str, data: dict[str, object], reason: str
) -> None:
    case = begin(name, **data)
    assert case.nodes == []
    assert case.step.tokens == ("rencana",)
    assert [(one.node, one.reason) for one in case.step.incidents] == [("rencana", reason)]
    assert not case.step.finished
    case.retry(daftar=BIDANG[:1])
    assert case.step.incidents == ()
    assert case.variables == [{"bidang": "BIDANG-1"}]


def test_a_completion_condition_withdraws_the_rest(begin: Begin) -> None:
    case = begin("mi_enough", jumlah=4)
    assert case.variables == [{"loopCounter": number} for number in (1, 2, 3, 4)]
    step = case.complete("paraf", 1, tolak=False)
    assert step.closed == ()
    step = case.complete("paraf", 2, tolak=False)
    assert len(step.closed) == 2
    assert case.nodes == ["rapat"]
    assert [one["loopCounter"] for one in case.data["hasil"]] == [2, 4]


def test_a_completion_condition_sees_the_latest_answers(begin: Begin) -> None:
    case = begin("mi_enough", jumlah=4)
    case.complete("paraf", tolak=True)
    assert case.nodes == ["rapat"]


def test_a_failing_completion_condition_keeps_the_others_open(begin: Begin) -> None:
    case = begin("mi_enough", jumlah=3)
    case.complete("paraf")
    assert [one.reason for one in case.step.incidents] == ["expression_failed"]
    assert case.nodes == ["paraf", "paraf"]
    case.complete("paraf", tolak=False)
    assert case.step.incidents == ()
    assert case.nodes == ["rapat"]


@pytest.mark.parametrize("jumlah", ["3", 1.5, True, -1, None])
def test_a_cardinality_is_a_number(begin: Begin, jumlah: object) -> None:
    case = begin("mi_enough", jumlah=jumlah)
    assert case.step.incidents[0].reason == "cardinality_not_a_number"


def test_a_sub_process_may_be_iterated(begin: Begin) -> None:
    case = begin("mi_subprocess", daftar=BIDANG, isi="milik perkara")
    assert case.nodes == ["b_tulis"] * 3
    case.complete("b_tulis", 1, isi="dua", lengkap=True)
    item = case.open[case.tokens("b_kirim")[0]]
    assert item.variables == {"bidang": "BIDANG-2", "isi": "dua", "lengkap": True}
    case.complete("b_tulis", 0, isi="satu", lengkap=False)
    assert sorted(case.nodes) == ["b_kirim", "b_tulis", "b_tulis"]
    case.complete("b_kirim")
    for _ in range(2):
        case.complete("b_tulis", lengkap=True)
        case.complete("b_kirim", selesai="ya")
    assert case.nodes == ["rapat"]
    assert case.data["isi"] == "milik perkara"
    assert [one["bidang"] for one in case.data["hasil"]] == BIDANG
    assert case.data["hasil"][1] == {"bidang": "BIDANG-2", "isi": "dua", "lengkap": True}
    assert case.complete("rapat").finished
