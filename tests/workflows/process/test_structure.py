"""What may stand where, which process of a file is meant, and how the reader keeps pace."""

from collections.abc import Callable
from time import process_time

import pytest

from tests.workflows.process.models import (
    HEAD,
    SHARED,
    around,
    file,
    flow,
    flows,
    found,
    node,
    read,
    scope,
    warned,
)
from workflows.bpmn_xml import MAX_ELEMENTS, read_xml
from workflows.errors import InvalidSopError
from workflows.lint import lint
from workflows.process.read import read_process

STEP = node("userTask", "x")


@pytest.mark.parametrize(
    ("content", "code", "element"),
    [
        (node("userTask", "x", '<script id="sk">a = 1</script>'), "element_not_executed", "sk"),
        (node("userTask", "x", '<timerEventDefinition id="t"/>'), "element_misplaced", "t"),
        (node("parallelGateway", "x", '<standardLoopCharacteristics id="t" loopMaximum="1"/>'),
         "element_misplaced", "t"),
        (node("userTask", "x", calledElement="q"), "attribute_misplaced", "x"),
        (node("userTask", "x", instantiate="true"), "attribute_misplaced", "x"),
        (node("intermediateThrowEvent", "x", default="a_x"), "attribute_misplaced", "x"),
        (STEP + '<sesuatu id="s1"/>', "element_not_executed", "s1"),
        (STEP + node("transaction", "t1"), "element_not_executed", "t1"),
        (STEP + node("boundaryEvent", "b", "<messageEventDefinition messageRef='m'/>",
                     attachedToRef="x", isInterrupting="false"), "attribute_misplaced", "b"),
    ],
)  # fmt: skip
def test_what_stands_where_it_means_nothing(content: str, code: str, element: str) -> None:
    assert (code, element) in found(around(content))


def test_an_attribute_that_bpmn_does_not_know_is_reported() -> None:
    content = around(node("userTask", "x", retries="3"))
    assert (found(content), warned(content)) == ([], [("attribute_unknown", "x")])


def test_what_must_be_understood_is_refused() -> None:
    extension = '<extension definition="x:penting" mustUnderstand="{}"/>'
    assert found(around(STEP), SHARED + extension.format("true")) == [("extension_required", "d")]
    assert found(around(STEP), SHARED + extension.format("false")) == []


def test_a_choreography_is_refused() -> None:
    assert found(around(STEP), '<choreography id="tari"/>') == [("element_not_executed", "tari")]


def processes(*written: str) -> bytes:
    inner = node("startEvent", "a{0}") + node("userTask", "x{0}") + flow("a{0}", "x{0}")
    bodies = (f"<process {one}>{inner.format(n)}</process>" for n, one in enumerate(written))
    return f"{HEAD}{''.join(bodies)}</definitions>".encode()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (('id="p" isExecutable="true"',), "p"),
        (('id="p" isExecutable="1"', 'id="q" isExecutable="false"'), "p"),
        (('id="p"', 'id="q" isExecutable="true"', 'id="r"'), "q"),
    ],
)
def test_the_executable_process_is_meant(written: tuple[str, ...], key: str) -> None:
    assert read_process(read_xml(processes(*written))).key == key


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (('id="p"',), "no_process"),
        (('id="p" isExecutable="false"', 'id="q" isExecutable="0"'), "no_process"),
        (('id="p" isExecutable="true"', 'id="q" isExecutable="true"'), "several_processes"),
        (('isExecutable="true"',), "invalid_id"),
    ],
)
def test_no_process_is_guessed(written: tuple[str, ...], code: str) -> None:
    with pytest.raises(InvalidSopError) as caught:
        read_xml(processes(*written))
    assert caught.value.code == code


def test_partners_are_documentation() -> None:
    collaboration = (
        '<collaboration id="c"><participant id="pp" processRef="p"/><participant id="pq" '
        'processRef="q"/><participant id="kosong"/><messageFlow id="mf" sourceRef="x1" '
        'targetRef="x0"/></collaboration>'
    )
    data = processes('id="p" isExecutable="true"', 'id="q" isExecutable="false"')
    data = data.replace(b"<process", collaboration.encode() + b"<process", 1)
    reading = read_process(read_xml(data))
    assert reading.refusals == () and list(reading.container.nodes) == ["a0", "x0"]


def test_prefixes_before_references_are_understood() -> None:
    event = node("intermediateCatchEvent", "x", '<messageEventDefinition messageRef="tns:m"/>')
    content = around(event).replace('targetRef="x"', 'targetRef="tns:x"')
    assert found(content) == []


def test_refusals_stand_in_the_order_of_the_file() -> None:
    drawn = [node("startEvent", "a"), node("task", "y"), node("transaction", "t"), flows("a y")]
    refusals = read("\n".join(drawn)).refusals
    assert [one.element for one in refusals] == ["y", "t", "t"]


def chain(count: int) -> str:
    names = ["a", *(f"n{n}" for n in range(count)), "z"]
    tasks = "".join(node("userTask", name) for name in names[1:-1])
    return node("startEvent", "a") + tasks + node("endEvent", "z") + flows(" ".join(names))


def fan(count: int) -> str:
    names = [f"n{n}" for n in range(count)]
    split = node("parallelGateway", "g") + node("parallelGateway", "j")
    tasks = "".join(node("userTask", name) for name in names)
    paths = flows("a g", *(f"g {name} j" for name in names), "j z")
    return node("startEvent", "a") + split + tasks + node("endEvent", "z") + paths


def links(count: int) -> str:
    link = '<linkEventDefinition name="A"/>'
    throws = "".join(node("intermediateThrowEvent", f"t{n}", link) for n in range(count))
    catch = node("intermediateCatchEvent", "c", link) + node("parallelGateway", "g")
    paths = flows("a g", *(f"g t{n}" for n in range(count)), "c z")
    return node("startEvent", "a") + catch + throws + node("endEvent", "z") + paths


def undone(count: int) -> str:
    definition = "<compensateEventDefinition/>"
    parts = "".join(
        node("boundaryEvent", f"b{n}", definition, attachedToRef="x")
        + node("userTask", f"u{n}", isForCompensation="true")
        + f'<association id="j{n}" sourceRef="b{n}" targetRef="u{n}"/>'
        for n in range(count)
    )
    return around(STEP + parts)


def scopes(count: int) -> str:
    names = [f"s{n}" for n in range(count)]
    parts = "".join(scope("subProcess", name) for name in names)
    return node("startEvent", "a") + parts + flows(" ".join(["a", *names]))


def parameters(count: int) -> str:
    rows = "".join(f'<sop:masuk nama="v{n}" nilai="a"/>' for n in range(count))
    return around(node("userTask", "x", f"<extensionElements>{rows}</extensionElements>"))


def foreign(count: int) -> str:
    rows = "".join('<zeebe:sesuatu a="1"/>' for _ in range(count))
    return around(node("userTask", "x", f"<extensionElements>{rows}</extensionElements>"))


@pytest.mark.parametrize("draw", [chain, fan, links, undone, scopes, parameters, foreign])
def test_large_drawings_are_read_in_time(draw: Callable[[int], str]) -> None:
    """As many elements as the parser lets pass, within time of the processor's own."""
    count = 100
    each = read_xml(file(draw(count))).xpath("count(//*)") / count
    data = file(draw(int((MAX_ELEMENTS - 500) / each)))
    if len(data) > 2_000_000:
        data = file(draw(int(1_900_000 / (len(data) / ((MAX_ELEMENTS - 500) / each)))))
    root = read_xml(data)
    started = process_time()
    read_process(root)
    lint(root)
    assert process_time() - started < 5
