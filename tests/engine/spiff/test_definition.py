"""What is drawn is executed as drawn, or refused with the element's id."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from engine.spiff import compile_definition, complete, start
from workflows.errors import InvalidSopError

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FRAME = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"
  targetNamespace="urn:alurkerja:tests">
  <process id="p" isExecutable="true">{}</process></definitions>"""
FLOW = '<sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}"/>'
AROUND = '<startEvent id="a"/>{}<endEvent id="z"/>' + FLOW.format("a", "x") + FLOW.format("x", "z")
MOMENT = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
TIMER = '<timerEventDefinition id="t">{}</timerEventDefinition>'


def refusal(content: str) -> dict[str, object]:
    with pytest.raises(InvalidSopError) as caught:
        compile_definition(FRAME.format(content).encode())
    return {"code": caught.value.code} | caught.value.fields


@pytest.mark.parametrize(
    "kind",
    [
        "task",
        "scriptTask",
        "serviceTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "callActivity",
        "transaction",
        "adHocSubProcess",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
    ],
)
def test_nodes_that_are_not_executed(kind: str) -> None:
    found = refusal(AROUND.format(f'<{kind} id="x" name="Nama"/>'))
    assert found["code"] == "element_not_executed"
    assert (found["element"], found["name"], found["kind"]) == ("x", "Nama", kind)


@pytest.mark.parametrize(
    ("node", "event"),
    [
        ("intermediateCatchEvent", "messageEventDefinition"),
        ("intermediateCatchEvent", "linkEventDefinition"),
        ("intermediateCatchEvent", ""),
        ("intermediateThrowEvent", "signalEventDefinition"),
        ("intermediateThrowEvent", "compensateEventDefinition"),
        ("intermediateThrowEvent", "linkEventDefinition"),
    ],
)
def test_events_that_are_not_executed(node: str, event: str) -> None:
    inner = f'<{event} id="e"/>' if event else ""
    found = refusal(AROUND.format(f'<{node} id="x">{inner}</{node}>'))
    assert (found["code"], found["element"]) == ("event_not_executed", "x")


USER = '<userTask id="x"/>'


@pytest.mark.parametrize(
    ("content", "code", "element"),
    [
        (USER, "no_start_event", "p"),
        ('<startEvent id="a"/>' + USER + FLOW.format("a", "x"), "no_end_event", "p"),
        (AROUND.format(USER + '<startEvent id="b"/>'), "several_start_events", "b"),
        (AROUND.format(USER + '<userTask id="y"/>'), "dead_end", "y"),
        (AROUND.format(USER + '<userTask id="y"/>' + FLOW.format("y", "z")), "unreachable", "y"),
        (
            AROUND.format(USER + '<endEvent id="y"/>' + FLOW.format("x", "y")),
            "several_outgoing_flows",
            "x",
        ),
        (AROUND.format(USER + FLOW.format("x", "a_x")), "flow_leads_nowhere", "x_a_x"),
        (
            '<startEvent id="a"/><userTask id="x"/><endEvent id="z"/>'
            + FLOW.format("a", "x")
            + '<sequenceFlow id="dua" sourceRef="x" targetRef="z">'
            "<conditionExpression>a</conditionExpression></sequenceFlow>",
            "condition_not_executed",
            "dua",
        ),
        (
            AROUND.format(USER) + FLOW.format("x", "z").replace("x_z", "dua"),
            "flow_drawn_twice",
            "dua",
        ),
        (AROUND.format(USER + FLOW.format("x", "a")), "flow_into_start", "x_a"),
        (
            AROUND.format('<userTask id="x"><standardLoopCharacteristics/></userTask>'),
            "element_not_executed",
            "x",
        ),
        (
            AROUND.format('<userTask id="x"><multiInstanceLoopCharacteristics/></userTask>'),
            "loop_incomplete",
            "x",
        ),
        (
            AROUND.format('<subProcess id="x" triggeredByEvent="true"/>'),
            "element_not_executed",
            "x",
        ),
        (AROUND.format('<userTask id="x" isForCompensation="true"/>'), "element_not_executed", "x"),
        (
            AROUND.format(
                USER + '<boundaryEvent id="b" attachedToRef="x"/>' + FLOW.format("b", "z")
            ),
            "event_not_executed",
            "b",
        ),
        (
            AROUND.format(
                USER + f'<boundaryEvent id="b" attachedToRef="a">{MOMENT}</boundaryEvent>'
            )
            + FLOW.format("b", "z"),
            "boundary_not_attached",
            "b",
        ),
        (
            AROUND.format(
                '<intermediateCatchEvent id="x">'
                + TIMER.format("<timeCycle>R3/PT1H</timeCycle>")
                + "</intermediateCatchEvent>"
            ),
            "event_not_executed",
            "x",
        ),
        (
            AROUND.format(
                f'<intermediateCatchEvent id="x">{TIMER.format("")}</intermediateCatchEvent>'
            ),
            "timer_without_moment",
            "x",
        ),
    ],
)
def test_drawings_that_do_not_hold(content: str, code: str, element: str) -> None:
    found = refusal(content)
    assert (found["code"], found["element"]) == (code, element)


GATEWAY = (
    '<startEvent id="a"/><exclusiveGateway id="x"{}/><endEvent id="z"/><endEvent id="y"/>'
    + FLOW.format("a", "x")
    + FLOW.format("x", "y")
    + '<sequenceFlow id="bersyarat" sourceRef="x" targetRef="z"><conditionExpression>{}'
    "</conditionExpression></sequenceFlow>"
)
BOMB = "__import__('os').system('id')"


def test_each_way_out_of_a_decision_has_a_condition() -> None:
    assert refusal(GATEWAY.format("", "pagu > 1"))["code"] == "flow_without_condition"
    assert refusal(GATEWAY.format("", "pagu > 1"))["element"] == "x_y"
    assert refusal(GATEWAY.format(' default="a_x"', "a"))["code"] == "default_flow_unknown"
    assert compile_definition(FRAME.format(GATEWAY.format(' default="x_y"', "a")).encode())


@pytest.mark.parametrize("text", [BOMB, "a = 1", "", "a +"])
def test_every_condition_is_compiled(text: str) -> None:
    found = refusal(GATEWAY.format(' default="x_y"', text))
    assert (found["code"], found["element"]) == ("invalid_expression", "bersyarat")
    assert found["slot"] == "condition"


@pytest.mark.parametrize("kind", ["timeDate", "timeDuration"])
@pytest.mark.parametrize("text", [BOMB, "P1", "2026-13-01", "besok pagi", "'PT1'"])
def test_every_timer_is_compiled(kind: str, text: str) -> None:
    timer = TIMER.format(f"<{kind}>{text}</{kind}>")
    content = AROUND.format(f'<intermediateCatchEvent id="x">{timer}</intermediateCatchEvent>')
    if text in ("P1", "'PT1'"):
        # Read as an expression: a name and a text. They become incidents at run time.
        compile_definition(FRAME.format(content).encode())
        return
    found = refusal(content)
    assert (found["code"], found["element"], found["slot"]) == ("invalid_expression", "x", kind)


@pytest.mark.parametrize(
    "loop",
    [
        f"<loopCardinality>{BOMB}</loopCardinality>",
        f"<loopDataInputRef>a</loopDataInputRef><completionCondition>{BOMB}</completionCondition>",
        "<loopDataInputRef>_a</loopDataInputRef>",
    ],
)
def test_every_loop_slot_is_compiled(loop: str) -> None:
    loops = f"<multiInstanceLoopCharacteristics>{loop}</multiInstanceLoopCharacteristics>"
    found = refusal(AROUND.format(f'<userTask id="x">{loops}</userTask>'))
    assert (found["code"], found["element"]) == ("invalid_expression", "x")


def test_all_problems_are_listed() -> None:
    found = refusal(AROUND.format('<task id="x"/><callActivity id="y"/>'))
    findings = found["findings"]
    assert isinstance(findings, list)
    assert {"x", "y"} <= {finding["element"] for finding in findings}


def test_documents_notes_and_groups_are_for_people() -> None:
    content = (
        '<startEvent id="a"/><userTask id="x"><documentation>…</documentation>'
        '<ioSpecification><dataInput id="i"/><inputSet/><outputSet/></ioSpecification>'
        "<dataInputAssociation><sourceRef>r</sourceRef><targetRef>i</targetRef>"
        '</dataInputAssociation></userTask><endEvent id="z"/>'
        '<dataObject id="o"/><dataObjectReference id="r" dataObjectRef="o"/>'
        '<dataStoreReference id="s"/><textAnnotation id="n"><text>…</text></textAnnotation>'
        + FLOW.format("a", "x")
        + FLOW.format("x", "z")
    )
    compiled = compile_definition(FRAME.format(content).encode())
    step = start(compiled, {}, NOW)
    assert complete(compiled, step.state, {}, step.opened[0].token, {}, NOW).finished


def test_a_long_process_compiles_and_runs() -> None:
    nodes = "".join(f'<userTask id="n{number}"/>' for number in range(2000))
    flows = "".join(FLOW.format(f"n{number}", f"n{number + 1}") for number in range(1999))
    ends = '<startEvent id="a"/><endEvent id="z"/>'
    ends += FLOW.format("a", "n0") + FLOW.format("n1999", "z")
    compiled = compile_definition(FRAME.format(ends + nodes + flows).encode())
    step = start(compiled, {}, NOW)
    size = len(step.state)
    for number in range(50):
        assert step.opened[0].node == f"n{number}"
        step = complete(compiled, step.state, {}, step.opened[0].token, {}, NOW)
    assert len(step.state) < size + 50


def test_one_definition_serves_many_threads() -> None:
    content = AROUND.format(
        '<userTask id="x"><multiInstanceLoopCharacteristics><loopDataInputRef>daftar'
        "</loopDataInputRef><loopDataOutputRef>hasil</loopDataOutputRef>"
        '<inputDataItem id="satu"/></multiInstanceLoopCharacteristics></userTask>'
    )
    xml = FRAME.format(content).encode()

    def walk(number: int) -> object:
        step = start(compile_definition(xml), {"daftar": [number, number + 1]}, NOW)
        for item in step.opened:
            compiled = compile_definition(xml)
            step = complete(compiled, step.state, step.data, item.token, {"n": number}, NOW)
        return step.data["hasil"] if step.finished else None

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(walk, range(200)))
    assert results == [
        [{"satu": number, "n": number}, {"satu": number + 1, "n": number}] for number in range(200)
    ]
