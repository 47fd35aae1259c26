"""Data lives at the case and is replaced key by key; states and steps share nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.errors import StuckError
from engine.spiff import complete, open_tokens, start

Begin = Callable[..., Any]


def test_an_answer_replaces_the_value_of_its_key(begin: Begin) -> None:
    case = begin("linear", kota=["Pune", "Delhi"], surat={"nomor": "1", "lampiran": ["a"]}, tetap=1)
    case.complete("tulis", kota=["Mumbai"], surat={"nomor": "2"})
    assert case.data == {"kota": ["Mumbai"], "surat": {"nomor": "2"}, "tetap": 1}


def test_parallel_branches_see_the_case_and_not_copies(begin: Begin) -> None:
    case = begin("parallel", pagu={"a": 1})
    case.complete("hitung", cukup=True, pagu={"b": 2})
    case.complete("gambar", gambar="denah")
    assert case.data == {"pagu": {"b": 2}, "cukup": True, "gambar": "denah"}


AWKWARD = {
    "typename": "UUID",
    "value": {"typename": "x"},
    "z": 1,
    "a": [1.5, -0.0, True, None, "é \u2028 \U0001f600 'x'"],
    "": {"": []},
    "_children": {"id": "x", "parent": None},
    "data_objects": {"x": 1},
    "besar": 2**70,
    "bulan": "2026-11-22T00:00:00",
}


def test_user_data_survives_exactly(begin: Begin) -> None:
    case = begin("linear", **AWKWARD)
    case.complete("tulis", isian=AWKWARD)
    assert case.data == AWKWARD | {"isian": AWKWARD}
    assert list(case.data) == [*AWKWARD, "isian"]
    assert case.complete("antar").finished


def test_user_data_in_an_iteration_survives_exactly(begin: Begin) -> None:
    case = begin("mi_sequential", daftar=[AWKWARD, {"typename": "datetime"}])
    assert case.variables == [{"bidang": AWKWARD}]
    case.complete("rencana", isian=AWKWARD, typename="Task")
    assert case.variables == [{"bidang": {"typename": "datetime"}}]
    case.complete("rencana")
    assert case.data["hasil"] == [
        {"bidang": AWKWARD, "isian": AWKWARD, "typename": "Task"},
        {"bidang": {"typename": "datetime"}},
    ]
    assert list(case.data["hasil"][0]["isian"]) == list(AWKWARD)


def test_nothing_is_shared_with_the_caller(begin: Begin) -> None:
    case = begin("linear")
    kota = ["Pune"]
    data: dict[str, object] = {"kota": kota}
    answers: dict[str, object] = {"isi": kota}
    compiled, now = case.compiled, case.now
    around = case.around
    first = start(compiled, data, now, around)
    second = complete(
        compiled, first.state, first.data, first.opened[0].token, answers, now, around
    )
    kota.append("Delhi")
    assert first.data == {"kota": ["Pune"]}
    assert second.data == {"kota": ["Pune"], "isi": ["Pune"]}
    assert second.data["kota"] is not first.data["kota"]


def test_the_state_holds_no_case_data(begin: Begin) -> None:
    case = begin("revise", rahasia="12345678")
    case.complete("susun", isi="87654321")
    assert b"12345678" not in case.step.state
    assert b"87654321" not in case.step.state


def test_the_case_data_may_be_corrected_between_two_moves(begin: Begin) -> None:
    case = begin("revise")
    case.complete("susun")
    case.data["keputusan"] = "setuju"
    assert case.complete("telaah").finished


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (b"", "state_version_unknown"),
        (b"{}", "state_version_unknown"),
        (b"alur-state/0\n{}", "state_version_unknown"),
        (b"alur-state/999\n{}", "state_version_unknown"),
        (b"\xff\xfe\n", "state_version_unknown"),
        (b"alur-state/1\n{", "state_unreadable"),
    ],
)
def test_a_state_of_another_version_is_named(begin: Begin, state: bytes, code: str) -> None:
    case = begin("linear")
    with pytest.raises(StuckError) as caught:
        open_tokens(case.compiled, state, case.around)
    assert caught.value.code == code


def test_a_state_of_another_definition_is_named(begin: Begin) -> None:
    case = begin("linear")
    with pytest.raises(StuckError) as caught:
        open_tokens(case.compiled, begin("parallel").step.state, case.around)
    assert caught.value.code == "state_of_another_definition"


def test_definitions_are_compiled_once(begin: Begin) -> None:
    assert begin("linear").compiled is begin("linear").compiled
