"""Data of a case: stock against ours."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.util.deep_merge import DeepMerge

from tests.engine.spiff.stock import MULAI, SELESAI, Stock, flow, flows, node, steps

Drawn = Callable[..., Any]
SCRIPT = "<script>orang['alamat']['kota'] = 'Babat'</script>"
LINE = MULAI + SELESAI + steps("a b") + flows("mulai a b selesai")
MOMENT = "<timerEventDefinition><timeDate>batas</timeDate></timerEventDefinition>"
PERSON = {"alamat": {"kota": "Lamongan"}}


def test_a_script_changes_what_was_answered_before(drawn: Drawn) -> None:
    content = MULAI + SELESAI + steps("a b") + node("scriptTask", "ubah", SCRIPT)
    content += flows("mulai a ubah b selesai")
    stock = Stock(content)
    stock.complete("a", orang={"alamat": {"kota": "Lamongan"}})
    assert stock.task("a").data == {"orang": {"alamat": {"kota": "Babat"}}}

    case = drawn(content)
    answers = {"orang": {"alamat": {"kota": "Lamongan"}}}
    step = case.complete("a", **answers)
    assert answers == {"orang": PERSON}  # which is what the event of the case keeps
    assert step.data == {"orang": {"alamat": {"kota": "Babat"}}}


def test_a_branch_changes_what_another_one_shows(drawn: Drawn) -> None:
    """In stock also a branch that fails half-way has changed it already."""
    failing = "<script>orang['alamat']['kota'] = 'Babat'\nx = 1 / 0</script>"
    content = MULAI + SELESAI + steps("i b") + node("parallelGateway", "bagi")
    content += node("scriptTask", "ubah", failing) + SELESAI.replace("selesai", "s2")
    content += flows("mulai i bagi b selesai", "bagi ubah s2")
    stock = Stock(content)
    with pytest.raises(Exception, match="division"):
        stock.complete("i", orang={"alamat": {"kota": "Lamongan"}})
    assert stock.task("b").data == {"orang": {"alamat": {"kota": "Babat"}}}

    case = drawn(content)
    step = case.complete("i", orang=PERSON)
    assert [one.node for one in step.incidents] == ["ubah"]
    assert step.data == {"orang": PERSON}


def test_a_form_cannot_make_a_list_shorter(drawn: Drawn) -> None:
    stored = {"kota": ["Pune", "Delhi"]}
    assert DeepMerge.merge(stored, {"kota": ["Mumbai"]}) == {"kota": ["Pune"]}

    case = drawn(LINE, kota=["Pune", "Delhi"])
    assert case.complete("a", kota=["Mumbai"]).data == {"kota": ["Mumbai"]}


def split() -> str:
    content = steps("a b k") + node("parallelGateway", "bagi") + node("parallelGateway", "gabung")
    return content + flows("bagi a gabung k", "bagi b gabung")


def test_a_join_undoes_what_a_branch_answered(drawn: Drawn) -> None:
    content = MULAI + SELESAI + steps("i") + split() + flows("mulai i bagi", "k selesai")
    stock, case = Stock(content), drawn(content)
    for one in (stock, case):
        one.complete("i", kota=["Pune", "Delhi"])
        one.complete("a", kota=["Mumbai"])
        one.complete("b")
    assert stock.task("k").data["kota"] == ["Pune", "Delhi"]
    assert case.data["kota"] == ["Mumbai"]


def test_a_join_in_a_loop_brings_back_what_was_emptied(drawn: Drawn) -> None:
    content = MULAI + SELESAI + split() + '<exclusiveGateway id="masuk"/>'
    content += '<exclusiveGateway id="lagi" default="lagi_ke_masuk"/>'
    content += flows("mulai masuk bagi", "k lagi masuk") + flow("lagi", "selesai", "setuju")
    stock = Stock(content)
    stock.complete("a", catatan="salah")
    stock.complete("b")
    del stock.task("k").data["catatan"]
    stock.complete("k", setuju=False)
    stock.complete("a")
    stock.complete("b")
    assert stock.task("k").data["catatan"] == "salah"

    case = drawn(content)
    case.complete("a", catatan="salah")
    case.complete("b")
    case.complete("k", setuju=False, catatan=None)
    case.complete("a")
    case.complete("b")
    assert case.data["catatan"] is None


def test_all_data_are_lost_when_keys_change_their_order(drawn: Drawn) -> None:
    stock = Stock(LINE)
    stock.complete("a", kota="Lamongan")
    stock.restore()
    assert stock.task("b").data == {"kota": "Lamongan"}
    stock.restore(other_order=True)
    assert stock.task("b").data == {}

    # Ours is bytes; nothing of it can be sorted on the way, and data are no part of it.
    case = drawn(LINE)
    case.complete("a", kota="Lamongan")
    assert isinstance(case.step.state, bytes)
    assert b"Lamongan" not in case.step.state


def test_a_field_named_typename_makes_a_case_unreadable(drawn: Drawn) -> None:
    many = '<multiInstanceLoopCharacteristics isSequential="true"><loopDataInputRef>daftar'
    many += '</loopDataInputRef><inputDataItem id="satu"/></multiInstanceLoopCharacteristics>'
    content = MULAI + SELESAI + steps("a z") + node("userTask", "b", many)
    content += flows("mulai a b z selesai")
    forms = [
        {"typename": "x"},
        {"typename": "UUID", "value": "12345678123456781234567812345678"},
    ]

    stock = Stock(LINE)
    stock.complete("a", isi=forms[0])
    with pytest.raises(TypeError):
        stock.restore()
    stock = Stock(LINE)
    stock.complete("a", isi=forms[1])
    stock.restore()
    assert stock.task("b").data == {"isi": UUID(forms[1]["value"])}

    # Here they are even within the state: as the elements that still have their turn.
    case = drawn(content)
    case.complete("a", daftar=forms)
    for form in forms:
        assert case.variables == [{"satu": form}]
        case.complete("b")
    assert case.nodes == ["z"]


def test_a_moment_among_the_data_cannot_be_stored(drawn: Drawn) -> None:
    stock = Stock(LINE)
    stock.complete("a", batas=datetime(2027, 1, 1, tzinfo=UTC))
    with pytest.raises(TypeError):
        json.dumps(BpmnWorkflowSerializer().to_dict(stock.workflow))

    # Moments are texts, also those that the engine keeps for itself.
    content = LINE + node("boundaryEvent", "t", MOMENT, attachedToRef="a")
    content += node("endEvent", "e") + flow("t", "e")
    case = drawn(content, batas="2027-01-01T00:00:00Z")
    case.tick(days=1)
    assert [timer.due_at for timer in case.step.timers] == [datetime(2027, 1, 1, tzinfo=UTC)]
