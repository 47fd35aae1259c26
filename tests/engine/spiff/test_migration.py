"""A running case is moved to another version without losing what is open."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from engine.spiff import Compiled, Migration, Step, compile_definition, migrate, propose_mapping

Drawn = Callable[..., Any]
FRAME = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
    'targetNamespace="urn:alurkerja:tests"><process id="p" isExecutable="true">{}</process>'
    "</definitions>"
)
TIMER = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"


def version(content: str) -> Compiled:
    return compile_definition(FRAME.format(content).encode())


def line(*nodes: str) -> str:
    return "".join(
        f'<sequenceFlow id="{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairwise(nodes)
    )


def steps(**names: str) -> str:
    return "".join(f'<userTask id="{key}" name="{name}"/>' for key, name in names.items())


def carry(case: Any, new: Compiled, **mapping: str) -> Migration:
    plan = propose_mapping(case.compiled, new) | mapping
    at = (case.step.state, case.data, plan, case.now, case.around)
    return migrate(case.compiled, new, *at)


def take(case: Any, new: Compiled, found: Migration) -> Step:
    assert found.step is not None
    assert found.step.closed == ()
    case.compiled = new
    case.step = found.step
    case.open |= {one.token: one for one in found.step.opened}
    return found.step


MULAI = '<startEvent id="mulai"/>'
DEADLINE = (
    '<boundaryEvent id="batas" attachedToRef="{}">' + TIMER.format("P30D") + "</boundaryEvent>"
)
OLD = MULAI + steps(a="Susun", t="Tegur", b="Telaah") + DEADLINE.format("a")
OLD += line("mulai", "a", "b") + line("batas", "t")


def test_the_mapping_goes_by_id_and_then_by_name() -> None:
    old = version(MULAI + steps(a="Susun", b="Telaah") + line("mulai", "a", "b"))
    new = version(MULAI + steps(a="Lain", c="Telaah") + line("mulai", "a", "c"))
    assert propose_mapping(old, new) == {"mulai": "mulai", "a": "a", "b": "c"}


def test_a_token_keeps_its_id_and_its_deadline_its_moment(drawn: Drawn) -> None:
    case = drawn(OLD)
    token, due = case.tokens("a")[0], case.step.timers[0].due_at
    case.tick(days=10)
    new = version(
        MULAI
        + steps(susun="Susun", t="Tegur", baru="Baru")
        + DEADLINE.format("susun")
        + line("mulai", "susun", "baru")
        + line("batas", "t")
    )
    found = carry(case, new)
    assert found.moved == (("a", "susun"),)
    step = take(case, new, found)
    assert step.opened == ()
    assert [(one.node, one.due_at) for one in step.timers] == [("batas", due)]
    case.complete_token(token, {})
    assert case.nodes[-1] == "baru"


def test_events_that_are_gone_are_disarmed_and_new_ones_armed(drawn: Drawn) -> None:
    case = drawn(OLD)
    case.tick(days=1)
    new = version(
        MULAI
        + steps(a="Susun", t="Tegur")
        + '<boundaryEvent id="lain" attachedToRef="a">'
        + TIMER.format("P2D")
        + "</boundaryEvent>"
        + line("mulai", "a")
        + line("lain", "t")
    )
    step = take(case, new, carry(case, new))
    assert [(one.node, one.due_at) for one in step.timers] == [
        ("lain", case.now + timedelta(days=2))
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (steps(c="Lain") + line("mulai", "c"), "no_target"),
        ('<manualTask id="a"/>' + line("mulai", "a"), "other_kind"),
        (
            '<subProcess id="s"><startEvent id="i"/><userTask id="a"/>'
            + line("i", "a")
            + "</subProcess>"
            + line("mulai", "s"),
            "other_scope",
        ),
        (
            '<userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>2'
            "</loopCardinality></multiInstanceLoopCharacteristics></userTask>" + line("mulai", "a"),
            "other_loop",
        ),
    ],
)
def test_what_cannot_be_moved_is_named_and_nothing_moves(
    drawn: Drawn, content: str, reason: str
) -> None:
    case = drawn(OLD)
    found = carry(case, version(MULAI + content))
    assert found.step is None
    assert [(one.node, one.reason) for one in found.blocked] == [("a", reason)]


def test_a_token_waiting_at_a_join_goes_by_its_flow(drawn: Drawn) -> None:
    def join(*names: str) -> str:
        around = MULAI + '<parallelGateway id="s"/><parallelGateway id="j"/><userTask id="z"/>'
        inner = "".join(f'<userTask id="{one}"/>' + line("s", one, "j") for one in names)
        return around + inner + line("mulai", "s") + line("j", "z")

    case = drawn(join("x", "y"))
    case.complete("x")
    new = version(join("y", "w"))
    assert [one.reason for one in carry(case, new).blocked] == ["other_flow"]
    new = version(join("x2", "y"))
    take(case, new, carry(case, new, x="x2"))
    case.complete("y")
    assert case.nodes == ["z"]


def test_iterations_are_carried_along(drawn: Drawn) -> None:
    loop = (
        "<multiInstanceLoopCharacteristics><loopDataInputRef>daftar</loopDataInputRef>"
        '<inputDataItem id="satu"/></multiInstanceLoopCharacteristics>'
    )
    task = '<userTask id="{}" name="Isi">' + loop + "</userTask>"
    case = drawn(MULAI + task.format("a") + line("mulai", "a"), daftar=[1, 2])
    case.complete("a")
    new = version(MULAI + task.format("b") + steps(z="Z") + line("mulai", "b", "z"))
    take(case, new, carry(case, new))
    case.complete_token(case.tokens("a")[0], {})
    assert case.nodes[-1] == "z"
