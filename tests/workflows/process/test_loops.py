"""Activities that are done several times."""

import pytest

from tests.workflows.process.models import around, extension, found, node, nodes
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
