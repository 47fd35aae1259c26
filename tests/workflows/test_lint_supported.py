"""What may be drawn: everything that the engine carries out, and nothing that it would ignore."""

from pathlib import Path

import pytest

from workflows.lint import Finding, lint
from workflows.reader import read_xml

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
    "another organisation's empty pool": [
        ('<bpmn:participant id="pool"', '<bpmn:participant id="luar" name="Gubernur" />'
         '<bpmn:participant id="pool"')],
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_carried_out_may_be_drawn(name: str) -> None:
    assert findings(*ACCEPTED[name]) == []


REFUSED_NODES = [
    "task", "scriptTask", "serviceTask", "sendTask", "receiveTask", "businessRuleTask",
    "callActivity", "transaction", "adHocSubProcess", "inclusiveGateway", "complexGateway",
    "eventBasedGateway", "implicitThrowEvent",
]  # fmt: skip


@pytest.mark.parametrize("tag", REFUSED_NODES)
def test_a_kind_that_is_not_carried_out_is_refused(tag: str) -> None:
    (found,) = findings(*between(f'<bpmn:{tag} id="x" name="Ini" />'))
    assert (found.severity, found.element) == ("error", "x")
    assert '"Ini"' in found.message and "belum dapat dijalankan" in found.message


@pytest.mark.parametrize("tag", ["intermediateThrowEvent", "intermediateCatchEvent"])
@pytest.mark.parametrize(
    "kind", ["message", "signal", "link", "compensate", "escalation", "conditional"]
)
def test_events_with_a_meaning_of_their_own_are_refused(tag: str, kind: str) -> None:
    found = findings(*between(event(tag, f"<bpmn:{kind}EventDefinition />")))
    assert [(one.severity, one.element) for one in found] == [("error", "x")]


REFUSED: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "start by timer": ("mulai", [('<bpmn:startEvent id="mulai" />',
        f'<bpmn:startEvent id="mulai">{timer("timeDuration", "P1D")}</bpmn:startEvent>')]),
    "end by message": ("selesai", [('<bpmn:endEvent id="selesai" />',
        '<bpmn:endEvent id="selesai"><bpmn:messageEventDefinition/></bpmn:endEvent>')]),
    "waiting for nothing": ("x", between(event("intermediateCatchEvent", ""))),
    "waiting for two": ("x", between(
        event("intermediateCatchEvent", timer("timeDuration", "P1D") * 2))),
    "event by reference": ("x", between(event(
        "intermediateCatchEvent", "<bpmn:eventDefinitionRef>mulai</bpmn:eventDefinitionRef>"))),
    "repeating timer": ("x", between(
        event("intermediateCatchEvent", timer("timeCycle", "R3/PT1H")))),
    "empty timer": ("x", between(event("intermediateCatchEvent", timer("timeDate", " ")))),
    "timer without moment": ("x", between(
        event("intermediateCatchEvent", "<bpmn:timerEventDefinition/>"))),
    "error at the border": ("x", [(MORE, event(
        "boundaryEvent", "<bpmn:errorEventDefinition/>", 'attachedToRef="satu"')
        + '<bpmn:sequenceFlow id="f9" sourceRef="x" targetRef="selesai" />')]),
    "border of an event": ("x", [(MORE, event(
        "boundaryEvent", timer("timeDuration", "P1D"), 'attachedToRef="mulai"')
        + '<bpmn:sequenceFlow id="f9" sourceRef="x" targetRef="selesai" />')]),
    "event sub-process": ("x", between('<bpmn:subProcess id="x" triggeredByEvent="true" />')),
    "compensation": ("satu", [('sop:nomor="1"', 'isForCompensation="true"')]),
    "quantity": ("satu", [('sop:nomor="1"', 'completionQuantity="2"')]),
    "standard loop": ("satu", [(SATU, SATU + "<bpmn:standardLoopCharacteristics />")]),
    "loop without list": ("dua", [
        ("<bpmn:loopDataInputRef>daftar_bidang</bpmn:loopDataInputRef>", "")]),
    "loop item with a bad name": ("dua", [('id="bidang"', 'id="bi-dang"')]),
    "loop event": ("dua", [("<bpmn:multiInstanceLoopCharacteristics>",
        '<bpmn:multiInstanceLoopCharacteristics behavior="One">')]),
    "repeated sub-process": ("x", between('<bpmn:subProcess id="x"><bpmn:startEvent id="m"/>'
        "<bpmn:multiInstanceLoopCharacteristics/></bpmn:subProcess>")),
    "performer": ("satu", [(SATU, SATU + "<bpmn:potentialOwner/>")]),
    "two flows out of a step": ("satu", [
        (MORE, '<bpmn:sequenceFlow id="f9" sourceRef="satu" targetRef="putusan" />')]),
    "condition after a step": ("f2", [(
        '<bpmn:sequenceFlow id="f2" sourceRef="satu" targetRef="dua" />',
        '<bpmn:sequenceFlow id="f2" sourceRef="satu" targetRef="dua">'
        "<bpmn:conditionExpression>true</bpmn:conditionExpression></bpmn:sequenceFlow>")]),
    "message flow": ("pesan", [("</bpmn:collaboration>",
        '<bpmn:messageFlow id="pesan" sourceRef="pool" targetRef="satu"/></bpmn:collaboration>')]),
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
