"""Texts that are computed: stock hands each of them to eval or exec, ours to its own compiler.

The payloads reach every class that the interpreter knows, or the operating system, and then do
nothing with it.
"""

from collections.abc import Callable
from typing import Any

import pytest
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.exceptions import WorkflowException
from SpiffWorkflow.spiff.parser import SpiffBpmnParser

from engine.spiff import compile_definition
from tests.engine.spiff.stock import (
    MULAI,
    SELESAI,
    TIMER,
    Stock,
    flow,
    flows,
    node,
    steps,
    stock_file,
)
from workflows.decisions.errors import InvalidDecisionError
from workflows.errors import InvalidSopError

Drawn = Callable[..., Any]
CLASSES = "len(().__class__.__base__.__subclasses__())"
IMPORT = "len(__import__('os').sep)"
CARDINALITY = (
    "<multiInstanceLoopCharacteristics><loopCardinality>{}</loopCardinality>"
    "</multiInstanceLoopCharacteristics>"
)


def condition(payload: str) -> str:
    content = MULAI + SELESAI + steps("tertulis aman") + flow("x", "tertulis", f"{payload} &gt; 0")
    content += '<exclusiveGateway id="x" default="x_ke_aman"/>'
    return content + flows("mulai x aman selesai", "tertulis selesai")


def script(payload: str) -> str:
    content = MULAI + SELESAI + steps("tertulis") + flows("mulai s tertulis selesai")
    return content + node("scriptTask", "s", f"<script>x = {payload}</script>")


def cardinality(payload: str) -> str:
    content = MULAI + SELESAI + flows("mulai tertulis selesai")
    return content + node("userTask", "tertulis", CARDINALITY.format(f"min(1, {payload})"))


def timer(payload: str) -> str:
    content = MULAI + SELESAI + steps("tertulis") + flows("mulai t tertulis selesai")
    written = TIMER.format(f"'P0D' if {payload} else 'P9D'")
    return content + node("intermediateCatchEvent", "t", written)


def conditional(payload: str) -> str:
    content = MULAI + SELESAI + steps("tertulis") + flows("mulai t tertulis selesai")
    inside = f"<condition>{payload} &gt; 0</condition>"
    definition = f"<conditionalEventDefinition>{inside}</conditionalEventDefinition>"
    return content + node("intermediateCatchEvent", "t", definition)


@pytest.mark.parametrize("payload", [CLASSES, IMPORT], ids=["classes", "import"])
@pytest.mark.parametrize("slot", [condition, script, cardinality, timer, conditional])
def test_every_slot_runs_what_it_is_given(
    drawn: Drawn, slot: Callable[[str], str], payload: str
) -> None:
    stock = Stock(slot(payload))
    stock.workflow.refresh_timers()
    stock.workflow.do_engine_steps()
    assert [name.removesuffix(" [child]") for name in stock.ready] == ["tertulis"]
    with pytest.raises(InvalidSopError) as caught:
        drawn(slot(payload))
    assert caught.value.code in ("invalid_expression", "invalid_script")
    assert caught.value.fields["element"]


@pytest.mark.parametrize("allowed", [{"__builtins__": {"len": len}}, {"__builtins__": {}}])
def test_an_environment_without_builtins_is_no_fence(allowed: dict[str, Any]) -> None:
    engine = PythonScriptEngine(TaskDataEnvironment(allowed))
    payload = CLASSES if allowed["__builtins__"] else CLASSES.removeprefix("len(")[:-1] + "[0]"
    assert Stock(script(payload), engine=engine).ready == ["tertulis"]


def test_a_script_may_fill_the_memory(drawn: Drawn) -> None:
    """Ten megabytes here; nothing keeps it from being ten gigabytes."""
    content = script("'a' * 10 ** 7")
    assert len(Stock(content).task("tertulis").data["x"]) == 10**7
    with pytest.raises(InvalidSopError, match="invalid_script"):
        drawn(content)


DMN = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
  namespace="urn:alurkerja:tests"><decision id="kelas" name="kelas">
  <decisionTable id="t" hitPolicy="UNIQUE">
    <input id="i"><inputExpression id="e"><text>pagu</text></inputExpression></input>
    <output id="o" name="kelas"/>
    <rule id="r1"><inputEntry id="a1"><text>&lt; 100</text></inputEntry>
      <outputEntry id="b1"><text>{}</text></outputEntry></rule>
    <rule id="r2"><inputEntry id="a2"><text>&lt; 50</text></inputEntry>
      <outputEntry id="b2"><text>"dua"</text></outputEntry></rule>
  </decisionTable></decision></definitions>"""


def stock_decision(table: str) -> dict[str, Any]:
    called = "<spiffworkflow:calledDecisionId>kelas</spiffworkflow:calledDecisionId>"
    namespace = 'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
    inside = f"<extensionElements {namespace}>{called}</extensionElements>"
    content = MULAI + SELESAI + steps("i z") + node("businessRuleTask", "r", inside)

    class Parser(SpiffBpmnParser):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.add_dmn_str(table.encode())

    stock = Stock(content + flows("mulai i r z selesai"), parser=Parser)
    stock.complete("i", pagu=10)
    return dict(stock.task("z").data)


def test_a_decision_table_runs_python_and_takes_the_first_of_several(drawn: Drawn) -> None:
    assert stock_decision(DMN.format("().__class__.__name__"))["kelas"] == "tuple"
    assert stock_decision(DMN.format('"satu"'))["kelas"] == "satu"

    content = MULAI + '<businessRuleTask id="r" sop:keputusan="kelas" sop:hasil="kelas"/>'
    content += steps("z") + flows("mulai r z")
    with pytest.raises(InvalidDecisionError, match="not_allowed"):
        drawn(content, files={"kelas.dmn": DMN.format("().__class__.__name__")}, pagu=10)
    case = drawn(content, files={"kelas.dmn": DMN.format('"satu"')}, pagu=10)
    assert [one.node for one in case.step.incidents] == ["r"]


def test_a_bare_duration_is_taken_for_a_name(drawn: Drawn) -> None:
    content = MULAI + SELESAI + node("intermediateCatchEvent", "t", TIMER.format("PT1H"))
    content += flows("mulai t selesai")
    with pytest.raises(WorkflowException):
        Stock(content)
    for written in ("PT1H", "'PT1H'", "${'PT1H'}", '="PT1H"'):
        case = drawn(content.replace("PT1H", written))
        assert [timer.node for timer in case.step.timers] == ["t"]


@pytest.mark.parametrize("written", ["${setuju}", "=setuju"])
def test_notations_of_other_engines(drawn: Drawn, written: str) -> None:
    content = MULAI + SELESAI + steps("i a b") + flow("x", "a", written)
    content += '<exclusiveGateway id="x" default="x_ke_b"/>'
    content += flows("mulai i x b selesai", "a selesai")
    stock = Stock(content)
    with pytest.raises(WorkflowException):
        stock.complete("i", setuju=True)
    case = drawn(content)
    case.complete("i", setuju=True)
    assert case.nodes == ["a"]


def test_a_reference_may_search_the_whole_file(drawn: Drawn) -> None:
    """An id is put into an XPath as it stands."""
    escape = "zz&quot; or @id=&quot;m"
    definition = f'<messageEventDefinition messageRef="{escape}"/>'
    content = MULAI + SELESAI + node("intermediateCatchEvent", "t", definition)
    content += flows("mulai t selesai")
    stock = Stock(content, parser=SpiffBpmnParser)
    assert stock.specs[0].task_specs["t"].event_definition.name == "surat"
    with pytest.raises(InvalidSopError):
        drawn(content)


def test_a_document_type_is_read(drawn: Drawn) -> None:
    content = MULAI + SELESAI + flows("mulai a selesai")
    content += node("userTask", "a", "<documentation>&amp;</documentation>")
    written = b'<!DOCTYPE d [<!ENTITY isi "terbaca">]>'
    file = written + stock_file(content).replace(b"&amp;", b"&isi;")
    parser = BpmnParser()
    parser.add_bpmn_str(file)
    assert parser.get_spec("p").task_specs["a"].documentation == "terbaca"
    with pytest.raises(InvalidSopError):
        compile_definition(file)
