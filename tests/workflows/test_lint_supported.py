"""What may be drawn: everything that the engine carries out, and nothing that it would ignore."""

import ast
from pathlib import Path

import pytest

from workflows.lint import Finding, instead, lint
from workflows.lint.instead_elements import ELEMENTS
from workflows.reader import read_xml

ROOT = Path(__file__).parents[2]
CONTOH = (Path(__file__).parent / "fixtures" / "contoh.bpmn").read_text()
SATU = '<bpmn:userTask id="satu" name="Menyusun" sop:nomor="1" sop:formulir="satu.form">'
MORE = "<!-- more -->"
LOOP_END = '<bpmn:inputDataItem id="bidang" />'


def findings(*replacements: tuple[str, str]) -> list[Finding]:
    text = CONTOH
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return [one for one in lint(read_xml(text.encode())) if one.rule == "element_supported"]


def between(element: str) -> list[tuple[str, str]]:
    """The element `x` drawn between the first two steps."""
    flows = '<bpmn:sequenceFlow id="f9" sourceRef="x" targetRef="dua" />'
    return [('sourceRef="satu" targetRef="dua"', 'sourceRef="satu" targetRef="x"'),
            (MORE, element + flows)]  # fmt: skip


def event(tag: str, inside: str, attributes: str = "") -> str:
    return f'<bpmn:{tag} id="x" {attributes}>{inside}</bpmn:{tag}>'


def timer(slot: str, text: str) -> str:
    return (
        f"<bpmn:timerEventDefinition><bpmn:{slot}>{text}</bpmn:{slot}></bpmn:timerEventDefinition>"
    )


ACCEPTED = {
    "milestone": between(event("intermediateThrowEvent", "")),
    "waiting timer": between(event("intermediateCatchEvent", timer("timeDuration", "P3D"))),
    "timer by expression": between(
        event("intermediateCatchEvent", timer("timeDate", "tanggal_rapat"))
    ),
    "parallel gateway": between('<bpmn:parallelGateway id="x" />'),
    "plain sub-process": between(
        '<bpmn:subProcess id="x"><bpmn:startEvent id="m"/><bpmn:endEvent id="s"/>'
        '<bpmn:sequenceFlow id="g" sourceRef="m" targetRef="s"/></bpmn:subProcess>'
    ),
    "interrupting timer": [
        (MORE, event("boundaryEvent", timer("timeDuration", "PT1H"), 'attachedToRef="satu"')
         + '<bpmn:sequenceFlow id="f9" sourceRef="x" targetRef="selesai" />')],
    "timer that does not interrupt": [
        (MORE, event("boundaryEvent", timer("timeDuration", "PT1H"),
                     'attachedToRef="satu" cancelActivity="false"')
         + '<bpmn:sequenceFlow id="f9" sourceRef="x" targetRef="selesai" />')],
    "terminate end": [
        ('<bpmn:endEvent id="selesai" />', '<bpmn:endEvent id="selesai">'
         "<bpmn:terminateEventDefinition /></bpmn:endEvent>")],
    "sequential": [("<bpmn:multiInstanceLoopCharacteristics>",
                    '<bpmn:multiInstanceLoopCharacteristics isSequential="true">')],
    "completion condition": [
        (LOOP_END, LOOP_END + "<bpmn:completionCondition>setuju</bpmn:completionCondition>")],
    "notes and data objects": [
        (MORE, '<bpmn:dataObject id="d"/><bpmn:dataObjectReference id="r" dataObjectRef="d"/>'
               '<bpmn:textAnnotation id="t"><bpmn:text>Catatan</bpmn:text></bpmn:textAnnotation>'
               '<bpmn:association id="a" sourceRef="satu" targetRef="t"/><bpmn:group id="k"/>')],
    "data of a step": [
        (SATU, SATU + '<bpmn:property id="p"/><bpmn:dataInputAssociation id="di">'
         "<bpmn:targetRef>p</bpmn:targetRef></bpmn:dataInputAssociation>")],
    "what another organisation sends": [
        ("</bpmn:collaboration>", '<bpmn:messageFlow id="pesan" sourceRef="pool" '
         'targetRef="satu"/><bpmn:conversation id="cakap"/></bpmn:collaboration>')],
    "inclusive gateway": between('<bpmn:inclusiveGateway id="x" />'),
    "call": between('<bpmn:callActivity id="x" calledElement="lain" />'),
    "script": between('<bpmn:scriptTask id="x"><bpmn:script>a = 1</bpmn:script></bpmn:scriptTask>'),
    "error at the border": [
        (MORE, event("boundaryEvent", "<bpmn:errorEventDefinition/>", 'attachedToRef="satu"')
         + '<bpmn:sequenceFlow id="f9" sourceRef="x" targetRef="selesai" />')],
    "condition at the border": [
        (MORE, event("boundaryEvent", "<bpmn:conditionalEventDefinition><bpmn:condition>a &gt; 1"
                     "</bpmn:condition></bpmn:conditionalEventDefinition>", 'attachedToRef="satu"')
         + '<bpmn:sequenceFlow id="f9" sourceRef="x" targetRef="selesai" />')],
    "repeating timer at the border": [
        (MORE, event("boundaryEvent", timer("timeCycle", "R3/PT1H"),
                     'attachedToRef="satu" cancelActivity="false"'))],
    "event sub-process": [
        (MORE, '<bpmn:subProcess id="x" triggeredByEvent="true"><bpmn:startEvent id="v">'
               f'{timer("timeDuration", "P1D")}</bpmn:startEvent></bpmn:subProcess>')],
    "standard loop": [
        (SATU, SATU + '<bpmn:standardLoopCharacteristics loopMaximum="3" />')],
    "two flows out of a step": [
        (MORE, '<bpmn:sequenceFlow id="f9" sourceRef="satu" targetRef="putusan" />')],
    "condition after a step": [
        ('<bpmn:sequenceFlow id="f2" sourceRef="satu" targetRef="dua" />',
         '<bpmn:sequenceFlow id="f2" sourceRef="satu" targetRef="dua">'
         "<bpmn:conditionExpression>true</bpmn:conditionExpression></bpmn:sequenceFlow>")],
    "another organisation's empty pool": [
        ('<bpmn:participant id="pool"', '<bpmn:participant id="luar" name="Gubernur" />'
         '<bpmn:participant id="pool"')],
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_carried_out_may_be_drawn(name: str) -> None:
    assert findings(*ACCEPTED[name]) == []


REFUSED_NODES = [
    "transaction", "adHocSubProcess", "complexGateway", "implicitThrowEvent", "choreographyTask",
]  # fmt: skip


@pytest.mark.parametrize("tag", REFUSED_NODES)
def test_a_kind_that_is_not_carried_out_is_refused(tag: str) -> None:
    (found,) = findings(*between(f'<bpmn:{tag} id="x" name="Ini" />'))
    assert (found.severity, found.element) == ("error", "x")
    assert '"Ini"' in found.message and "belum dapat dijalankan" in found.message


BARE_NODES = ["scriptTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask",
              "callActivity"]  # fmt: skip


@pytest.mark.parametrize("tag", BARE_NODES)
def test_a_kind_that_says_nothing_of_what_to_do_is_refused(tag: str) -> None:
    found = findings(*between(f'<bpmn:{tag} id="x" name="Ini" />'))
    assert ("error", "x") in [(one.severity, one.element) for one in found]


@pytest.mark.parametrize("tag", ["intermediateThrowEvent", "intermediateCatchEvent"])
@pytest.mark.parametrize("kind", ["message", "signal", "link", "cancel", "error"])
def test_events_that_name_nothing_are_refused(tag: str, kind: str) -> None:
    found = findings(*between(event(tag, f"<bpmn:{kind}EventDefinition />")))
    assert {(one.severity, one.element) for one in found} == {("error", "x")}


REFUSED: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "start by timer": ("mulai", [('<bpmn:startEvent id="mulai" />',
        f'<bpmn:startEvent id="mulai">{timer("timeDuration", "P1D")}</bpmn:startEvent>')]),
    "end by message": ("selesai", [('<bpmn:endEvent id="selesai" />',
        '<bpmn:endEvent id="selesai"><bpmn:messageEventDefinition/></bpmn:endEvent>')]),
    "waiting for nothing": ("x", between(event("intermediateCatchEvent", ""))),
    "waiting for two": ("x", between(
        event("intermediateCatchEvent", timer("timeDuration", "P1D") * 2))),
    "repeating timer": ("x", between(
        event("intermediateCatchEvent", timer("timeCycle", "R3/PT1H")))),
    "empty timer": ("x", between(event("intermediateCatchEvent", timer("timeDate", " ")))),
    "timer without moment": ("x", between(
        event("intermediateCatchEvent", "<bpmn:timerEventDefinition/>"))),
    "border of an event": ("x", [(MORE, event(
        "boundaryEvent", timer("timeDuration", "P1D"), 'attachedToRef="mulai"')
        + '<bpmn:sequenceFlow id="f9" sourceRef="x" targetRef="selesai" />')]),
    "compensation without an event": ("x", [
        (MORE, '<bpmn:serviceTask id="x" isForCompensation="true"><bpmn:extensionElements>'
               '<sop:layanan jenis="luar" nama="a"/></bpmn:extensionElements></bpmn:serviceTask>')
    ]),
    "quantity": ("satu", [('sop:nomor="1"', 'completionQuantity="2"')]),
    "standard loop": ("satu", [(SATU, SATU + "<bpmn:standardLoopCharacteristics />")]),
    "loop without list": ("dua", [
        ("<bpmn:loopDataInputRef>daftar_bidang</bpmn:loopDataInputRef>", "")]),
    "loop event": ("dua", [("<bpmn:multiInstanceLoopCharacteristics>",
        '<bpmn:multiInstanceLoopCharacteristics behavior="One">')]),
    "choreography": ("tari", [
        ("</bpmn:collaboration>", '</bpmn:collaboration><bpmn:choreography id="tari"/>')]),
    "unknown element": ("aneh", [(MORE, '<bpmn:sesuatu id="aneh"/>')]),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_would_be_ignored_is_refused_at_its_element(name: str) -> None:
    element, replacements = REFUSED[name]
    found = findings(*replacements)
    assert [one.element for one in found] == [element]
    assert found[0].severity == "error" and found[0].message.count(".") >= 1


def test_a_box_without_a_symbol_is_a_step_with_a_warning() -> None:
    (found,) = findings(*between('<bpmn:task id="x" name="Ini" />'))
    assert (found.severity, found.element) == ("warning", "x")


TABLES = (
    instead.STARTS, instead.FLOWS, instead.REACH, instead.DECISIONS, instead.EXPRESSIONS,
    instead.TIMES, instead.FOREIGN,
)  # fmt: skip


def codes() -> set[str]:
    """Every code that the reader may give, as it is written in its source."""
    given = set()
    for path in (ROOT / "workflows" / "process").glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
                if call.func.attr in ("refuse", "warn") and call.args:
                    values = [
                        one for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant)
                    ]
                    given |= {str(one.value) for one in values if one.value}
    return given


def test_every_refusal_has_one_sentence_in_one_rule() -> None:
    tables = [ELEMENTS, *TABLES]
    said = [code for table in tables for code in table]
    assert len(said) == len(set(said))
    assert set(said) == codes() and len(said) > 80
    for table in tables:
        for code, sentence in table.items():
            assert sentence.endswith(".") and ". " in sentence, code
