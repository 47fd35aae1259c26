"""Sequence flows: where they lead, what they ask, what nothing reaches."""

import pytest

from tests.workflows.process.models import (
    MESSAGE,
    SIGNAL,
    around,
    flow,
    flows,
    found,
    node,
    nodes,
    scope,
)


def split(tag: str, *ways: str, **attributes: str) -> str:
    """`x` of this kind between the start and the ends y and z, left by these flows."""
    ends = node("endEvent", "y") + node("endEvent", "z")
    return (
        node("startEvent", "a") + node(tag, "x", **attributes) + ends + flows("a x") + "".join(ways)
    )


BARE, ASKED = flow("x", "y"), flow("x", "y", "pagu > 1")
OTHER, OTHER_ASKED = flow("x", "z"), flow("x", "z", "pagu > 2")

SPLITS: list[tuple[str, tuple[str, ...], dict[str, str], list[str]]] = [
    ("exclusiveGateway", (ASKED, OTHER), {"default": "x_z"}, []),
    ("exclusiveGateway", (ASKED, OTHER_ASKED), {}, []),
    ("exclusiveGateway", (ASKED, OTHER), {}, ["flow_without_condition"]),
    ("exclusiveGateway", (ASKED, OTHER_ASKED), {"default": "x_z"}, ["default_with_condition"]),
    ("exclusiveGateway", (ASKED, OTHER), {"default": "a_x"},
     ["default_flow_unknown", "flow_without_condition"]),
    ("exclusiveGateway", (BARE,), {}, ["unreachable"]),
    ("exclusiveGateway", (flow("x", "y", " "), OTHER), {"default": "x_z"},
     ["flow_without_condition"]),
    ("inclusiveGateway", (ASKED, OTHER), {"default": "x_z"}, []),
    ("inclusiveGateway", (ASKED, OTHER), {}, []),
    ("inclusiveGateway", (BARE, OTHER), {"default": "x_z"}, ["default_never_taken"]),
    ("parallelGateway", (BARE, OTHER), {}, []),
    ("parallelGateway", (ASKED, OTHER), {}, ["condition_not_executed"]),
    ("parallelGateway", (BARE, OTHER), {"default": "x_z"}, ["attribute_misplaced"]),
    ("userTask", (BARE, OTHER), {}, []),
    ("userTask", (ASKED, OTHER), {"default": "x_z"}, []),
    ("userTask", (ASKED, OTHER_ASKED), {}, []),
    ("userTask", (BARE, OTHER), {"default": "x_z"}, ["default_never_taken"]),
    ("subProcess", (ASKED, OTHER), {}, ["no_start_event"]),
    ("intermediateThrowEvent", (ASKED, OTHER), {}, []),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "ways", "attributes", "codes"), SPLITS)
def test_ways_out(
    tag: str, ways: tuple[str, ...], attributes: dict[str, str], codes: list[str]
) -> None:
    assert sorted(code for code, _ in found(split(tag, *ways, **attributes))) == sorted(codes)


def test_flows_keep_the_order_of_the_file() -> None:
    content = split(
        "exclusiveGateway", OTHER_ASKED, ASKED, node("endEvent", "w"), flow("x", "w"), default="x_w"
    )
    read = nodes(content)["x"]
    assert [way.target for way in read.outgoing] == ["z", "y", "w"]
    assert [way.condition for way in read.outgoing] == ["pagu > 2", "pagu > 1", None]
    assert read.default == "x_w"


@pytest.mark.parametrize(
    ("language", "text", "condition"),
    [
        ("", "${pagu > 1}", "${pagu > 1}"),
        ("juel", "pagu > 1", "${pagu > 1}"),
        ("feel", "pagu = 1", "=pagu = 1"),
        ("http://www.omg.org/spec/FEEL/20140401", "=pagu = 1", "=pagu = 1"),
    ],
)
def test_conditions_of_other_engines(language: str, text: str, condition: str) -> None:
    written = flow("x", "y", text.replace(">", "&gt;"))
    written = written.replace(
        "<conditionExpression>",
        f'<conditionExpression xsi:type="tFormalExpression" language="{language}">',
    )
    (first, _) = nodes(split("exclusiveGateway", written, OTHER, default="x_z"))["x"].outgoing
    assert first.condition == condition


@pytest.mark.parametrize("language", ["groovy", "javascript", "http://www.w3.org/1999/XPath"])
def test_conditions_in_other_languages_are_refused(language: str) -> None:
    written = ASKED.replace("<conditionExpression>", f'<conditionExpression language="{language}">')
    content = split("exclusiveGateway", written, OTHER, default="x_z")
    assert found(content) == [("expression_language", "x_y")]
    file = flow("x", "y", "-").replace(">-<", ' camunda:resource="a.groovy"><')
    content = split("exclusiveGateway", file, OTHER, default="x_z")
    assert ("expression_language", "x_y") in found(content)


@pytest.mark.parametrize(
    "text", ["pagu = 1", "__import__('os').system('id')", "pagu >", "(" * 5000]
)
def test_every_condition_is_compiled(text: str) -> None:
    written = flow("x", "y", text.replace("<", "&lt;"))
    assert found(split("exclusiveGateway", written, OTHER, default="x_z")) == [
        ("invalid_expression", "x_y")
    ]


STEP = node("userTask", "x")
EVENT_SUB = scope("subProcess", "y", SIGNAL, triggeredByEvent="true")


@pytest.mark.parametrize(
    ("content", "code", "element"),
    [
        (around(STEP) + flow("z", "x"), "flow_after_end", "z_x"),
        (around(STEP) + flow("x", "a"), "flow_into_start", "x_a"),
        (around(STEP + node("boundaryEvent", "b", MESSAGE, attachedToRef="x")) + flow("x", "b"),
         "flow_into_start", "x_b"),
        (around(STEP) + flow("x", "d"), "flow_leads_nowhere", "x_d"),
        (around(STEP) + '<sequenceFlow id="f" sourceRef="x"/>', "flow_leads_nowhere", "f"),
        (around(STEP) + flow("x", "z").replace("x_z", "f"), "flow_drawn_twice", "f"),
        (around(scope("subProcess", "x")) + flow("x_a", "z"), "flow_crosses_scope", "x_a_z"),
        (around(STEP + EVENT_SUB) + flow("x", "y"), "flow_at_event_subprocess", "x_y"),
        (around(STEP + EVENT_SUB) + flow("y", "z"), "flow_at_event_subprocess", "y_z"),
        (around(STEP) + node("userTask", "y"), "unreachable", "y"),
        (around(STEP) + node("userTask", "y") + flow("y", "z"), "unreachable", "y"),
        (around(STEP) + node("userTask", "y") + flow("y", "y"), "unreachable", "y"),
        (STEP, "no_start_event", "p"),
        (around(STEP) + "<userTask/>", "missing_id", "p"),
        (around(STEP) + '<sequenceFlow sourceRef="x" targetRef="z"/>', "missing_id", "p"),
    ],
)  # fmt: skip
def test_flows_that_lead_astray(content: str, code: str, element: str) -> None:
    assert (code, element) in found(content)


def test_two_answers_may_lead_to_one_step() -> None:
    again = flow("x", "y", "pagu > 2").replace("x_y", "lagi")
    content = split("exclusiveGateway", ASKED, again, OTHER, default="x_z")
    assert [way.id for way in nodes(content)["x"].outgoing] == ["x_y", "lagi", "x_z"]


def test_a_flow_belongs_to_its_nodes_wherever_it_is_written() -> None:
    content = around(scope("subProcess", "x", "", node("userTask", "t"))) + flow("x_a", "t")
    assert [way.target for way in nodes(content)["x_a"].outgoing] == ["t"]


def test_an_end_event_is_not_needed() -> None:
    assert found(node("startEvent", "a") + STEP + flows("a x")) == []


def test_what_needs_no_flow_is_reached() -> None:
    border = node("boundaryEvent", "b", MESSAGE, attachedToRef="x")
    assert found(around(STEP + border + EVENT_SUB + node("userTask", "t")) + flow("b", "t")) == []
    unreached = node("userTask", "t") + node("boundaryEvent", "b", MESSAGE, attachedToRef="t")
    assert set(found(around(STEP) + unreached)) == {("unreachable", "t"), ("unreachable", "b")}
