"""A definition is compiled once, serves everybody, and tells what it refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from engine.spiff import Surroundings, compile_definition, complete, definition_digest, start
from workflows.errors import InvalidSopError

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FRAME = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"
  targetNamespace="urn:alurkerja:tests">
  <process id="p" isExecutable="true">{}</process></definitions>"""
FLOW = '<sequenceFlow id="{0}_{1}" sourceRef="{0}" targetRef="{1}"/>'
AROUND = '<startEvent id="a"/>{}<endEvent id="z"/>' + FLOW.format("a", "x") + FLOW.format("x", "z")


def test_all_that_is_refused_is_listed() -> None:
    content = AROUND.format('<complexGateway id="x" name="Rumit"/><transaction id="y"/>')
    with pytest.raises(InvalidSopError) as caught:
        compile_definition(FRAME.format(content).encode())
    findings = caught.value.fields["findings"]
    assert isinstance(findings, list)
    assert {"x", "y"} <= {finding["element"] for finding in findings}
    assert {finding["code"] for finding in findings} >= {caught.value.code}


@pytest.mark.parametrize("name", ["Start", "End", "p"])
def test_any_id_may_be_drawn(name: str, around: Surroundings) -> None:
    content = AROUND.replace('"x"', f'"{name}"').replace("{}", f'<userTask id="{name}"/>')
    frame = FRAME.replace('id="p"', 'id="q"')
    compiled = compile_definition(frame.format(content).encode())
    assert [one.node for one in start(compiled, {}, NOW, around).opened] == [name]


def test_decisions_belong_to_the_digest_and_forms_do_not() -> None:
    xml = FRAME.format(AROUND.format('<userTask id="x"/>')).encode()
    plain = definition_digest(xml)
    assert plain == definition_digest(xml, {"isian.form": "{}"})
    assert (
        len({plain, definition_digest(xml, {"a.dmn": "x"}), definition_digest(xml, {"b.dmn": "x"})})
        == 3
    )


def test_a_long_process_compiles_and_runs(around: Surroundings) -> None:
    nodes = "".join(f'<userTask id="n{number}"/>' for number in range(2000))
    flows = "".join(FLOW.format(f"n{number}", f"n{number + 1}") for number in range(1999))
    ends = '<startEvent id="a"/><endEvent id="z"/>'
    ends += FLOW.format("a", "n0") + FLOW.format("n1999", "z")
    compiled = compile_definition(FRAME.format(ends + nodes + flows).encode())
    step = start(compiled, {}, NOW, around)
    size = len(step.state)
    for number in range(50):
        assert step.opened[0].node == f"n{number}"
        step = complete(compiled, step.state, {}, step.opened[0].token, {}, NOW, around)
    assert len(step.state) < size + 50


def test_one_definition_serves_many_threads(around: Surroundings) -> None:
    content = AROUND.format(
        '<userTask id="x"><multiInstanceLoopCharacteristics><loopDataInputRef>daftar'
        "</loopDataInputRef><loopDataOutputRef>hasil</loopDataOutputRef>"
        '<inputDataItem id="satu"/></multiInstanceLoopCharacteristics></userTask>'
    )
    xml = FRAME.format(content).encode()

    def walk(number: int) -> object:
        step = start(compile_definition(xml), {"daftar": [number, number + 1]}, NOW, around)
        for item in step.opened:
            compiled = compile_definition(xml)
            step = complete(compiled, step.state, step.data, item.token, {"n": number}, NOW, around)
        return step.data["hasil"] if step.finished else None

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(walk, range(200)))
    assert results == [
        [{"satu": number, "n": number}, {"satu": number + 1, "n": number}] for number in range(200)
    ]
