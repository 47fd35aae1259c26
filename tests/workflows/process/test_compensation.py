"""Compensation: what undoes what, and what a throw may name."""

import pytest

from tests.workflows.process.models import (
    COMPENSATION,
    SIGNAL,
    around,
    flow,
    found,
    node,
    nodes,
    scope,
)

LOOP = "<standardLoopCharacteristics loopMaximum='2'/>"


def undone(name: str, inside: str = "") -> str:
    """A step with a compensation event `name`_b and what undoes it, `name`_u."""
    return (
        node("userTask", name, inside)
        + node("boundaryEvent", f"{name}_b", COMPENSATION, attachedToRef=name)
        + node("userTask", f"{name}_u", isForCompensation="true")
        + f'<association id="{name}_j" sourceRef="{name}_b" targetRef="{name}_u"/>'
    )


def throw(name: str, activity: str = "", waits: str = "") -> str:
    attributes = f' activityRef="{activity}"' if activity else ""
    attributes += f' waitForCompletion="{waits}"' if waits else ""
    return node("intermediateThrowEvent", name, f"<compensateEventDefinition{attributes}/>")


def test_a_step_and_what_undoes_it() -> None:
    read = nodes(around(undone("x") + throw("t", "x"), "a x t z"))
    assert (read["x_b"].handler, read["x_u"].compensates) == ("x_u", True)
    trigger = read["t"].trigger
    assert trigger is not None and (trigger.activity, trigger.waits) == ("x", True)


def test_the_association_may_point_either_way() -> None:
    content = around(undone("x")).replace(
        'sourceRef="x_b" targetRef="x_u"', 'sourceRef="x_u" targetRef="x_b"'
    )
    assert nodes(content)["x_b"].handler == "x_u"


def test_a_sub_process_can_be_undone_as_a_whole() -> None:
    inner = undone("y") + flow("x_a", "y")
    assert found(around(scope("subProcess", "x", "", inner) + throw("t", "x"), "a x t z")) == []
    assert found(around(scope("subProcess", "x", "", inner) + throw("t"), "a x t z")) == []


@pytest.mark.parametrize(
    ("content", "code", "element"),
    [
        (around(undone("x").replace("<association", "<group").replace("_j", "_g")),
         "compensation_without_handler", "x_b"),
        (around(undone("x").replace("<association", "<group")), "compensation_unused", "x_u"),
        (around(undone("x") + node("userTask", "v", isForCompensation="true")
                + '<association id="j" sourceRef="x_b" targetRef="v"/>'),
         "compensation_without_handler", "x_b"),
        (around(undone("x")) + flow("x_b", "z"), "flow_at_compensation", "x_b"),
        (around(undone("x")) + flow("x_u", "z"), "flow_at_compensation", "x_u_z"),
        (around(undone("x")) + flow("a", "x_u"), "flow_at_compensation", "a_x_u"),
        (around(undone("x", LOOP)), "compensation_of_loop", "x_b"),
        (around(undone("x") + throw("t", "z"), "a x t z"), "compensation_of_nothing", "t"),
        (around(node("userTask", "x") + throw("t", "x"), "a x t z"),
         "compensation_of_nothing", "t"),
        (around(undone("x") + throw("t", waits="false"), "a x t z"),
         "compensation_without_waiting", "t"),
        (around(scope("subProcess", "x", "", LOOP + undone("y") + flow("x_a", "y"))
                + throw("t"), "a x t z"), "compensation_of_loop", "t"),
        (around(scope("subProcess", "x", "", LOOP + undone("y") + flow("x_a", "y"))
                + throw("t", "x"), "a x t z"), "compensation_of_loop", "t"),
        (around(undone("x") + node("boundaryEvent", "v", SIGNAL, attachedToRef="x_u")),
         "boundary_on_compensation", "x_u"),
    ],
)  # fmt: skip
def test_compensation_that_would_not_happen(content: str, code: str, element: str) -> None:
    assert (code, element) in found(content)


def test_an_event_sub_process_undoes_what_was_done_around_it() -> None:
    def with_throw(inside: str, activity: str) -> list[tuple[str, str]]:
        sub = scope(
            "subProcess", "y", SIGNAL, inside + throw("t", activity), triggeredByEvent="true"
        )
        return found(around(undone("x") + sub) + flow("y_a", "t"))

    assert with_throw("", "x") == []
    assert ("compensation_of_nothing", "t") in with_throw(undone("w") + flow("y_a", "w"), "w")


def test_within_the_rounds_of_a_loop_there_is_compensation() -> None:
    inner = LOOP + undone("y") + throw("t") + flow("x_a", "y") + flow("y", "t")
    assert found(around(scope("subProcess", "x", "", inner))) == []
