"""Activities that are done several times."""

import pytest

from tests.workflows.process.models import SIGNAL, around, extension, found, node, nodes, warned
from workflows.process.model import Loop


def multiple(inside: str = "", attributes: str = "") -> str:
    tag = "multiInstanceLoopCharacteristics"
    return f"<{tag} {attributes}>{inside}</{tag}>"


LIST = "<loopDataInputRef>daftar</loopDataInputRef>"
ITEM = '<inputDataItem id="bidang"/>'


@pytest.mark.parametrize(
    ("inside", "attributes", "loop"),
    [
        (LIST + ITEM, "", Loop("parallel", collection="daftar", item="bidang")),
        (LIST, 'isSequential="true"', Loop("sequential", collection="daftar")),
        ("<loopCardinality>banyak + 1</loopCardinality>", 'isSequential="false"',
         Loop("parallel", cardinality="banyak + 1")),
        (LIST + '<loopDataOutputRef>hasil</loopDataOutputRef><outputDataItem id="usul"/>', "",
         Loop("parallel", collection="daftar", output="hasil", output_item="usul")),
        (LIST + "<completionCondition>nrOfCompletedInstances > 1</completionCondition>", "",
         Loop("parallel", collection="daftar", condition="nrOfCompletedInstances > 1")),
        ("", 'camunda:collection="daftar" camunda:elementVariable="satu"',
         Loop("parallel", collection="daftar", item="satu")),
        ("", 'flowable:collection="${daftar}" flowable:elementVariable="satu"',
         Loop("parallel", collection="${daftar}", item="satu")),
        (extension('<zeebe:loopCharacteristics inputCollection="=daftar" inputElement="satu" '
                   'outputCollection="hasil" outputElement="=satu.nilai"/>'), "",
         Loop("parallel", collection="=daftar", item="satu", output="hasil",
              output_item="=satu.nilai")),
    ],
)  # fmt: skip
@pytest.mark.parametrize("tag", ["userTask", "serviceTask", "callActivity", "subProcess"])
def test_multi_instance(tag: str, inside: str, attributes: str, loop: Loop) -> None:
    extra = {"serviceTask": extension('<sop:layanan jenis="luar" nama="a"/>'),
             "subProcess": node("startEvent", "b")}.get(tag, "")  # fmt: skip
    written = {"calledElement": "q"} if tag == "callActivity" else {}
    content = around(node(tag, "x", extra + multiple(inside, attributes), **written))
    assert nodes(content)["x"].loop == loop


def test_the_list_may_stand_behind_a_data_input() -> None:
    specification = (
        '<ioSpecification><dataInput id="di"/><inputSet/><outputSet/></ioSpecification>'
        "<dataInputAssociation><sourceRef>daftar</sourceRef><targetRef>di</targetRef>"
        "</dataInputAssociation>"
    )
    loop = multiple("<loopDataInputRef>di</loopDataInputRef>")
    extra = '<dataObject id="o"/><dataObjectReference id="daftar" dataObjectRef="o"/>'
    content = around(node("userTask", "x", specification + loop) + extra)
    assert nodes(content)["x"].loop == Loop("parallel", collection="daftar")
    empty = '<ioSpecification><dataInput id="di"/><inputSet/><outputSet/></ioSpecification>'
    assert found(around(node("userTask", "x", empty + loop))) == [("loop_incomplete", "x")]


@pytest.mark.parametrize(
    ("loop", "expected"),
    [
        ("<standardLoopCharacteristics loopMaximum='3'/>", Loop("standard", maximum=3)),
        ("<standardLoopCharacteristics testBefore='true'><loopCondition>belum</loopCondition>"
         "</standardLoopCharacteristics>",
         Loop("standard", condition="belum", test_before=True)),
    ],
)  # fmt: skip
def test_the_standard_loop(loop: str, expected: Loop) -> None:
    assert nodes(around(node("userTask", "x", loop)))["x"].loop == expected


@pytest.mark.parametrize(
    ("loop", "code"),
    [
        (multiple(), "loop_incomplete"),
        (multiple(LIST + "<loopCardinality>3</loopCardinality>"), "loop_incomplete"),
        (multiple(LIST, 'camunda:collection="lain"'), "loop_incomplete"),
        (multiple(LIST, 'behavior="One"'), "loop_behavior"),
        (multiple(LIST + '<complexBehaviorDefinition id="c"/>'), "element_not_executed"),
        (multiple(LIST + '<inputDataItem id="bi-dang"/>'), "invalid_name"),
        (multiple(LIST + '<outputDataItem id="usul"/>'), "loop_output_unnamed"),
        (multiple("<loopCardinality>banyak +</loopCardinality>"), "invalid_expression"),
        (multiple(LIST + "<completionCondition>open(1)</completionCondition>"),
         "invalid_expression"),
        (multiple(LIST) + multiple(LIST), "loop_several"),
        ("<standardLoopCharacteristics/>", "loop_without_end"),
        ("<standardLoopCharacteristics loopMaximum='-1'/>", "loop_maximum"),
        ("<standardLoopCharacteristics loopMaximum='0'/>", "loop_maximum"),
        ("<standardLoopCharacteristics loopMaximum='banyak'/>", "loop_maximum"),
        ("<standardLoopCharacteristics loopMaximum='1234567890'/>", "loop_maximum"),
        (f"<standardLoopCharacteristics loopMaximum='{'9' * 5_000}'/>", "loop_maximum"),
        (multiple(extension('<zeebe:loopCharacteristics inputCollection="=daftar"/>' * 2)),
         "loop_several"),
        ("<standardLoopCharacteristics loopMaximum='3'/>" + multiple(LIST), "loop_several"),
        ("<standardLoopCharacteristics><loopCondition>belum =</loopCondition>"
         "</standardLoopCharacteristics>", "invalid_expression"),
    ],
)  # fmt: skip
def test_loops_that_cannot_be_counted(loop: str, code: str) -> None:
    refusals = found(around(node("userTask", "x", loop)))
    assert [each for each, _ in refusals] == [code]


def test_events_and_gateways_do_not_loop() -> None:
    for tag in ("exclusiveGateway", "intermediateThrowEvent"):
        assert found(around(node(tag, "x", multiple(LIST)))) == [("element_misplaced", "x")]


@pytest.mark.parametrize("loop", [multiple(LIST), "<standardLoopCharacteristics loopMaximum='3'/>"])
def test_event_sub_processes_do_not_loop(loop: str) -> None:
    inner = node("startEvent", "b", SIGNAL) + loop
    content = around(node("userTask", "x") + node("subProcess", "y", inner, triggeredByEvent="1"))
    assert found(content) == [("loop_at_event_subprocess", "y")]


OWN = '<sop:layanan jenis="luar" nama="a"{}/>'
SCRIPT = node("startEvent", "b") + node("scriptTask", "t", "<script>n = 1</script>")
SCRIPT += '<sequenceFlow id="f" sourceRef="b" targetRef="t"/>'
WRITERS = {
    "a script": ("scriptTask", "<script>n = 1</script>", {}),
    "a result": ("serviceTask", extension(OWN.format(' hasil="h"')), {}),
    "a program that may bring anything": ("serviceTask", extension(OWN.format("")), {}),
    "an output": ("userTask", extension('<sop:keluar nama="n" nilai="1"/>'), {}),
    "an output of Camunda": (
        "callActivity", extension('<camunda:out source="n" target="m"/>'), {"calledElement": "q"}),
    "a decision": ("businessRuleTask", "", {"sop__keputusan": "k", "sop__hasil": "h"}),
    "a message": ("receiveTask", "", {"messageRef": "m"}),
    "a script inside": ("subProcess", SCRIPT, {}),
    "a script further inside": (
        "subProcess", node("startEvent", "c") + node("subProcess", "i", SCRIPT)
        + '<sequenceFlow id="g" sourceRef="c" targetRef="i"/>', {}),
}  # fmt: skip
NAMED = "<loopDataOutputRef>hasil</loopDataOutputRef>"


@pytest.mark.parametrize("name", WRITERS)
def test_rounds_that_write_over_each_other(name: str) -> None:
    tag, inside, attributes = WRITERS[name]

    def told(loop: str) -> list[tuple[str, str]]:
        content = around(node(tag, "x", inside + loop, **attributes))
        assert found(content) == []
        return [one for one in warned(content) if one[0] == "loop_result_lost"]

    assert told(multiple(LIST)) == [("loop_result_lost", "x")]
    assert told(multiple(LIST + NAMED)) == []
    assert told("<standardLoopCharacteristics loopMaximum='3'/>") == []


def test_answers_of_people_stay_with_their_work_items() -> None:
    assert warned(around(node("userTask", "x", multiple(LIST)))) == []


def test_an_inner_loop_is_told_of_itself() -> None:
    def inner(loop: str) -> str:
        script = node("scriptTask", "t", "<script>n = 1</script>" + loop)
        start = node("startEvent", "b") + script
        return start + '<sequenceFlow id="f" sourceRef="b" targetRef="t"/>' + multiple(LIST)

    lost, kept = inner(multiple(LIST)), inner(multiple(LIST + NAMED))
    assert warned(around(node("subProcess", "x", lost))) == [("loop_result_lost", "t")]
    assert warned(around(node("subProcess", "x", kept))) == [("loop_result_lost", "x")]
