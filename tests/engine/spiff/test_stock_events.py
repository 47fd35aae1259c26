"""Events: stock against ours. Most of what stock does not carry out it accepts without a word."""

from collections.abc import Callable
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from engine.spiff import compile_definition
from tests.engine.spiff.stock import (
    MESSAGE,
    MULAI,
    SELESAI,
    SHARED,
    SIGNAL,
    TIMER,
    Stock,
    flow,
    flows,
    node,
    steps,
    stock_file,
)
from workflows.errors import InvalidSopError

Drawn = Callable[..., Any]
LINK = '<linkEventDefinition name="L"/>'
ERROR = '<errorEventDefinition errorRef="e1"/>'
ESCALATION = '<escalationEventDefinition escalationRef="x1"/>'
UNDO = "<compensateEventDefinition/>"
UNDONE = node("boundaryEvent", "b", UNDO, attachedToRef="x")
UNDONE += '<association id="as" sourceRef="b" targetRef="batal" associationDirection="One"/>'


def event_sub_process(start: str, interrupting: str = "true") -> str:
    inner = node("startEvent", "h_mulai", start, isInterrupting=interrupting) + steps("h_kerja")
    inner += node("endEvent", "h_selesai") + flows("h_mulai h_kerja h_selesai")
    return node("subProcess", "penangan", inner, triggeredByEvent="true")


def around(inner: str) -> str:
    return MULAI + SELESAI + steps("a") + inner + flows("mulai a selesai")


def test_a_link_ends_the_case(drawn: Drawn) -> None:
    content = MULAI + SELESAI + node("intermediateThrowEvent", "ke", LINK) + steps("a")
    content += node("intermediateCatchEvent", "dari", LINK) + flows("mulai ke", "dari a selesai")
    stock = Stock(content)
    assert (stock.finished, stock.ready) == (True, [])
    assert drawn(content).nodes == ["a"]


def test_a_signal_end_event_says_nothing(drawn: Drawn) -> None:
    content = MULAI + SELESAI + node("parallelGateway", "bagi") + steps("a k")
    content += node("intermediateCatchEvent", "tunggu", SIGNAL) + node("endEvent", "siar", SIGNAL)
    content += flows("mulai bagi tunggu a selesai", "bagi k siar")
    stock, case = Stock(content), drawn(content, shared=SHARED)
    for one in (stock, case):
        one.complete("k")
    assert "tunggu" in stock.waiting
    assert case.nodes == ["a"]
    assert [one.name for one in case.step.thrown] == ["sirene"]


def test_an_end_event_throws_only_the_first_of_several(drawn: Drawn) -> None:
    content = MULAI + node("parallelGateway", "bagi") + steps("a b") + SELESAI
    content += node("endEvent", "akhir", '<messageEventDefinition messageRef="m"/>' + SIGNAL)
    content += node("intermediateCatchEvent", "tunggu", SIGNAL)
    content += flows("mulai bagi a akhir", "bagi tunggu b selesai")
    stock = Stock(content)
    stock.complete("a")
    assert "tunggu" in stock.waiting
    with pytest.raises(InvalidSopError, match="event_several"):
        drawn(content, shared=SHARED)


def test_a_compensation_throw_does_nothing(drawn: Drawn) -> None:
    content = MULAI + SELESAI + steps("x") + node("intermediateThrowEvent", "mundur", UNDO)
    content += node("userTask", "batal", isForCompensation="true") + flows("mulai x mundur selesai")
    stock = Stock(content)
    stock.complete("x")
    assert (stock.finished, stock.ready) == (True, [])
    with pytest.raises(InvalidSopError, match="compensation_unused"):
        drawn(content)

    content += UNDONE
    with pytest.raises(ValidationException):  # at least that
        Stock(content)
    case = drawn(content)
    case.complete("x")
    assert case.nodes == ["batal"]


def test_a_compensation_end_event_does_nothing(drawn: Drawn) -> None:
    content = MULAI + steps("x") + node("endEvent", "mundur", UNDO) + flows("mulai x mundur")
    stock = Stock(content)
    stock.complete("x")
    assert stock.finished
    case = drawn(content + node("userTask", "batal", isForCompensation="true") + UNDONE)
    case.complete("x")
    assert case.nodes == ["batal"]


@pytest.mark.parametrize("event", [ERROR, ESCALATION], ids=["error", "escalation"])
def test_a_handler_of_errors_begins_with_the_process(drawn: Drawn, event: str) -> None:
    content = around(event_sub_process(event))
    assert sorted(Stock(content).ready) == ["a", "h_kerja"]
    case = drawn(content, shared=SHARED)
    assert case.nodes == ["a"]
    assert case.complete("a").finished


def test_a_handler_with_a_timer_keeps_the_case_open(drawn: Drawn) -> None:
    content = around(event_sub_process(TIMER.format("'P1D'")))
    stock, case = Stock(content), drawn(content)
    stock.complete("a")
    assert (stock.finished, stock.ready) == (False, [])
    assert [timer.node for timer in case.step.timers] == ["penangan"]
    assert case.complete("a").finished


def test_an_interrupting_handler_interrupts_nothing(drawn: Drawn) -> None:
    content = around(event_sub_process(MESSAGE))
    stock, case = Stock(content), drawn(content, shared=SHARED)
    stock.send("surat")
    case.send("surat")
    assert sorted(stock.ready) == ["a", "h_kerja"]
    assert case.nodes == ["h_kerja"]


def test_a_handler_in_a_sub_process_is_ignored(drawn: Drawn) -> None:
    inner = node("startEvent", "i") + steps("a") + node("endEvent", "z") + flows("i a z")
    inner += event_sub_process(MESSAGE, "false")
    content = MULAI + SELESAI + node("subProcess", "dalam", inner) + flows("mulai dalam selesai")
    stock, case = Stock(content), drawn(content, shared=SHARED)
    stock.send("surat")
    case.send("surat")
    assert stock.ready == ["a"]
    assert case.nodes == ["a", "h_kerja"]


def test_one_case_changes_the_process_of_all(drawn: Drawn) -> None:
    content = around(event_sub_process(MESSAGE, "false"))
    stock = Stock(content)
    outgoing = [one.name for one in stock.specs[0].start.outputs]
    stock.send("surat")
    changed = [getattr(one, "name", one) for one in stock.specs[0].start.outputs]
    assert outgoing == ["mulai"]
    assert changed == ["mulai", "penangan"]

    case = drawn(content, shared=SHARED)
    spec = case.compiled.spec
    before = {name: dict(vars(one)) for name, one in spec.task_specs.items()}
    case.send("surat")
    case.send("surat")
    case.complete("h_kerja")
    after = {name: dict(vars(one)) for name, one in spec.task_specs.items()}
    assert after == before
    assert drawn(content, shared=SHARED).nodes == ["a"]


def test_a_message_that_comes_early_is_lost(drawn: Drawn) -> None:
    """Keeping it is the store's part: it finds a subscription as soon as there is one."""
    content = MULAI + SELESAI + steps("a b") + node("intermediateCatchEvent", "tunggu", MESSAGE)
    content += flows("mulai a tunggu b selesai")
    stock, case = Stock(content), drawn(content, shared=SHARED)
    stock.send("surat", nomor=1)
    stock.complete("a")
    assert "tunggu" in stock.waiting
    case.complete("a")
    (waiting,) = case.step.subscriptions
    assert (waiting.kind, waiting.name, waiting.node) == ("message", "surat", "tunggu")
    case.send("surat", nomor=1)
    assert (case.nodes, case.data) == (["b"], {"nomor": 1})


def correlated() -> str:
    """Two keys that a message must match."""
    keys, properties = "", ""
    for name in ("tahun", "unit"):
        path = f'<correlationPropertyRetrievalExpression messageRef="m"><messagePath>{name}'
        path += "</messagePath></correlationPropertyRetrievalExpression>"
        properties += f'<correlationProperty id="{name}" name="{name}">{path}</correlationProperty>'
        reference = f"<correlationPropertyRef>{name}</correlationPropertyRef>"
        keys += f'<correlationKey id="k_{name}" name="k_{name}">{reference}</correlationKey>'
    participant = '<participant id="kolam" processRef="p"/>'
    return properties + f'<collaboration id="c">{participant}{keys}</collaboration>'


def test_one_equal_key_of_several_is_enough(drawn: Drawn) -> None:
    content = MULAI + SELESAI + steps("a") + flows("mulai satu dua a selesai")
    content += node("intermediateCatchEvent", "satu", MESSAGE)
    content += node("intermediateCatchEvent", "dua", MESSAGE)
    stock = Stock(content, shared=SHARED + correlated())
    stock.send("surat", tahun=2027, unit="BAPPEDA")
    other = {"k_tahun": {"tahun": 2027}, "k_unit": {"unit": "DINKES"}}
    stock.send("surat", other, tahun=2027, unit="DINKES")
    assert stock.ready == ["a"]

    rows = '<sop:kunci nama="tahun" nilai="tahun"/><sop:kunci nama="unit" nilai="unit"/>'
    inside = f"<extensionElements>{rows}</extensionElements>{MESSAGE}"
    content = MULAI + node("intermediateCatchEvent", "satu", inside) + flow("mulai", "satu")
    case = drawn(content, shared=SHARED, tahun=2027, unit="BAPPEDA")
    (waiting,) = case.step.subscriptions
    assert waiting.keys == {"tahun": 2027, "unit": "BAPPEDA"}  # all must equal those of a message


def test_an_error_that_nobody_catches_is_swallowed(drawn: Drawn) -> None:
    inner = node("startEvent", "i") + steps("k") + node("endEvent", "gagal", ERROR)
    inner += flows("i k gagal")
    content = MULAI + SELESAI + node("subProcess", "dalam", inner) + steps("lanjut")
    content += flows("mulai dalam lanjut selesai")
    stock, case = Stock(content), drawn(content, shared=SHARED)
    for one in (stock, case):
        one.complete("k")
    assert stock.ready == ["lanjut"]
    assert case.nodes == []
    assert [(one.node, one.reason) for one in case.step.incidents] == [
        ("gagal", "error_not_caught")
    ]


def test_a_condition_on_a_flow_from_a_step_is_ignored(drawn: Drawn) -> None:
    content = MULAI + SELESAI + steps("a b") + flow("a", "b", "boleh")
    content += flows("mulai a", "b selesai")
    stock, case = Stock(content), drawn(content)
    for one in (stock, case):
        one.complete("a", boleh=False)
    assert stock.ready == ["b"]
    assert case.nodes == []
    assert [(one.node, one.reason) for one in case.step.incidents] == [("a", "no_flow_holds")]


def test_several_flows_from_a_step_are_refused(drawn: Drawn) -> None:
    content = MULAI + SELESAI + steps("a b c") + flows("mulai a b selesai", "a c selesai")
    with pytest.raises(ValidationException):
        Stock(content)
    case = drawn(content)
    case.complete("a")
    assert case.nodes == ["b", "c"]


NEVER = '<standardLoopCharacteristics loopMaximum="-1"/>'
MANY = (
    '<multiInstanceLoopCharacteristics behavior="None"><loopCardinality>2</loopCardinality>'
    "</multiInstanceLoopCharacteristics>"
)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (node("userTask", "a", startQuantity="2"), "quantity"),
        (node("userTask", "a", completionQuantity="2"), "quantity"),
        (node("userTask", "a", MANY), "loop_behavior"),
        (node("userTask", "a", NEVER), "loop_maximum"),
    ],
    ids=["startQuantity", "completionQuantity", "behavior", "loopMaximum"],
)
def test_what_is_not_carried_out_is_accepted(content: str, code: str) -> None:
    whole = MULAI + SELESAI + content + flows("mulai a selesai")
    assert Stock(whole).ready != []
    with pytest.raises(InvalidSopError, match=code):
        compile_definition(stock_file(whole))


def test_an_ad_hoc_sub_process_breaks_when_it_begins() -> None:
    content = MULAI + SELESAI + node("adHocSubProcess", "a", steps("x y"))
    content += flows("mulai a selesai")
    with pytest.raises(TypeError):
        Stock(content)
    with pytest.raises(InvalidSopError, match="element_not_executed"):
        compile_definition(stock_file(content))
