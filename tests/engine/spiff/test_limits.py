"""Processes that would run away, and the corners where something could be done twice or lost."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from engine.errors import ConflictError
from engine.spiff import compile_definition, migrate, propose_mapping

Drawn = Callable[..., Any]
MULAI = '<startEvent id="mulai"/>'
TIMER = "<timerEventDefinition><timeDuration>{}</timeDuration></timerEventDefinition>"
MESSAGE = '<messageEventDefinition messageRef="m"/>'
SHARED = '<message id="m" name="surat"/>'


def flow(source: str, target: str, condition: str = "") -> str:
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="{source}_{target}" {ends}>{inside}</sequenceFlow>'


def line(*nodes: str) -> str:
    return "".join(flow(*pair) for pair in pairwise(nodes))


def reasons(case: Any) -> set[str]:
    return {one.reason for one in case.step.incidents}


def test_a_loop_of_timers_without_length_stops(drawn: Drawn) -> None:
    wait = '<intermediateCatchEvent id="t">' + TIMER.format("PT0S") + "</intermediateCatchEvent>"
    case = drawn(
        MULAI + '<exclusiveGateway id="g"/>' + wait + line("mulai", "g", "t") + flow("t", "g")
    )
    assert reasons(case) == {"step_limit"}


def test_a_runaway_beside_a_due_timer_stops(drawn: Drawn) -> None:
    case = drawn(
        MULAI
        + '<userTask id="a"/><exclusiveGateway id="g"/><exclusiveGateway id="h"/><userTask id="b"/>'
        + '<boundaryEvent id="t" attachedToRef="b">'
        + TIMER.format("PT1H")
        + '</boundaryEvent><userTask id="z"/>'
        + line("mulai", "a", "g", "h", "g")
        + flow("mulai", "b")
        + flow("t", "z")
    )
    case.now += timedelta(hours=2)
    case.complete("a")
    assert "step_limit" in reasons(case)


def test_tokens_that_multiply_stop(drawn: Drawn) -> None:
    branches = "".join(
        f'<exclusiveGateway id="n{one}"/>' + flow("pp", f"n{one}") + flow(f"n{one}", "g")
        for one in range(40)
    )
    case = drawn(
        MULAI
        + '<exclusiveGateway id="g"/><parallelGateway id="pp"/>'
        + branches
        + line("mulai", "g", "pp")
    )
    assert reasons(case) == {"step_limit"}
    assert len(case.step.incidents) < 25_000


def test_answers_that_could_not_be_kept_are_refused(drawn: Drawn) -> None:
    deep: object = []
    for _ in range(1500):
        deep = [deep]
    case = drawn(MULAI + '<userTask id="a"/>' + line("mulai", "a"))
    with pytest.raises(ConflictError, match="value_not_storable"):
        case.complete("a", x=deep)


def test_an_inclusive_join_waits_for_the_activity_beside_a_fired_border(drawn: Drawn) -> None:
    case = drawn(
        MULAI
        + '<inclusiveGateway id="g"/><userTask id="a"/><userTask id="b"/><inclusiveGateway id="j"/>'
        + '<boundaryEvent id="e" attachedToRef="a" cancelActivity="false">'
        + MESSAGE
        + '</boundaryEvent><userTask id="z"/>'
        + line("mulai", "g", "a", "j", "z")
        + line("g", "b", "j")
        + flow("e", "j"),
        shared=SHARED,
    )
    case.complete("b")
    case.send("surat")
    assert case.nodes == ["a"]
    case.complete("a")
    assert case.nodes == ["z"]


def test_the_rounds_of_a_loop_write_their_outputs_to_the_case(drawn: Drawn) -> None:
    loop = "<standardLoopCharacteristics><loopCondition>n &lt; 3</loopCondition>"
    case = drawn(
        MULAI
        + '<scriptTask id="x"><extensionElements><sop:keluar nama="n" nilai="m + 1"/>'
        + f"</extensionElements>{loop}</standardLoopCharacteristics><script>m = n</script>"
        + "</scriptTask>"
        + line("mulai", "x"),
        n=0,
    )
    assert case.step.finished
    assert case.data["n"] == 3


def test_iterations_without_an_output_write_to_the_case(drawn: Drawn) -> None:
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>"
    case = drawn(
        MULAI
        + f'<scriptTask id="x">{loop}</multiInstanceLoopCharacteristics>'
        + "<script>total = total + loopCounter</script></scriptTask>"
        + line("mulai", "x"),
        total=0,
    )
    assert case.data == {"total": 6}


REMINDED = (
    MULAI
    + '<serviceTask id="x"><extensionElements><sop:layanan jenis="luar" nama="n"/>'
    + '</extensionElements></serviceTask><boundaryEvent id="t" attachedToRef="x" '
    + 'cancelActivity="false">'
    + TIMER.format("PT1H")
    + '</boundaryEvent><userTask id="ingat"/>'
    + line("mulai", "x")
    + flow("t", "ingat")
)


def test_a_retry_does_not_arm_again_what_has_fired(drawn: Drawn) -> None:
    case = drawn(REMINDED)
    case.tick(hours=1)
    case.fail_job("x")
    case.retry()
    assert case.nodes == ["ingat"]
    assert case.step.timers == ()


def test_a_migration_does_not_arm_again_what_has_fired(drawn: Drawn) -> None:
    case = drawn(REMINDED)
    case.tick(hours=1)
    new = compile_definition(_framed(REMINDED.replace('"ingat"', '"ingatkan"')))
    mapping = propose_mapping(case.compiled, new) | {"ingat": "ingatkan"}
    at = (case.step.state, case.data, mapping, case.now, case.around)
    step = migrate(case.compiled, new, *at).step
    assert step is not None
    assert step.timers == ()


def test_what_was_done_inside_can_be_undone_after_a_migration(drawn: Drawn) -> None:
    def version(name: str, handler: str) -> str:
        inner = (
            f'<startEvent id="i"/><userTask id="{name}" name="Susun"/>'
            + f'<boundaryEvent id="b" attachedToRef="{name}"><compensateEventDefinition/>'
            + f'</boundaryEvent><userTask id="{handler}" name="Batal" isForCompensation="true"/>'
            + f'<association id="as" sourceRef="b" targetRef="{handler}"/>'
            + line("i", name)
        )
        return (
            MULAI
            + f'<subProcess id="s">{inner}</subProcess><userTask id="w"/>'
            + '<intermediateThrowEvent id="u"><compensateEventDefinition/></intermediateThrowEvent>'
            + '<userTask id="z"/>'
            + line("mulai", "s", "w", "u", "z")
        )

    case = drawn(version("a", "h"))
    case.complete("a")
    new = compile_definition(_framed(version("k", "l")))
    mapping = propose_mapping(case.compiled, new)
    at = (case.step.state, case.data, mapping, case.now, case.around)
    step = migrate(case.compiled, new, *at).step
    assert step is not None
    case.compiled, case.step = new, step
    case.complete("w")
    assert case.nodes == ["l"]


def test_a_condition_that_came_true_at_the_limit_is_not_lost(drawn: Drawn) -> None:
    condition = "<condition>siap</condition>"
    condition = f"<conditionalEventDefinition>{condition}</conditionalEventDefinition>"
    case = drawn(
        MULAI
        + f'<userTask id="a"/><intermediateCatchEvent id="c">{condition}</intermediateCatchEvent>'
        + '<userTask id="z"/><exclusiveGateway id="g" default="g_h"/><exclusiveGateway id="h"/>'
        + '<userTask id="w"/>'
        + line("mulai", "a", "g", "h", "g")
        + flow("g", "w", "berhenti")
        + flow("mulai", "c")
        + flow("c", "z"),
        berhenti=False,
    )
    case.complete("a", siap=True)
    assert reasons(case) == {"step_limit"}
    case.retry(berhenti=True)
    assert sorted(case.nodes) == ["w", "z"]


def test_what_an_event_sub_process_did_can_be_undone(drawn: Drawn) -> None:
    inner = (
        '<startEvent id="i" isInterrupting="false">'
        + MESSAGE
        + '</startEvent><userTask id="ea"/><boundaryEvent id="eb" attachedToRef="ea">'
        + '<compensateEventDefinition/></boundaryEvent><userTask id="eh" '
        + 'isForCompensation="true"/><association id="as" sourceRef="eb" targetRef="eh"/>'
        + line("i", "ea")
    )
    case = drawn(
        MULAI
        + f'<subProcess id="e" triggeredByEvent="true">{inner}</subProcess><userTask id="w"/>'
        + '<intermediateThrowEvent id="u"><compensateEventDefinition/></intermediateThrowEvent>'
        + line("mulai", "w", "u"),
        shared=SHARED,
    )
    case.send("surat")
    case.complete("ea")
    case.complete("w")
    assert case.nodes == ["eh"]


def test_an_answer_goes_past_an_input_of_the_same_name(drawn: Drawn) -> None:
    case = drawn(
        MULAI
        + '<userTask id="a"><extensionElements><sop:masuk nama="pagu" nilai="usul"/>'
        + "</extensionElements></userTask>"
        + line("mulai", "a"),
        usul=1,
    )
    case.complete("a", pagu=2)
    assert case.data == {"usul": 1, "pagu": 2}


def test_a_called_process_that_only_a_message_starts_is_an_incident(
    drawn: Drawn, library: Any
) -> None:
    called = f'<startEvent id="s">{MESSAGE}</startEvent><userTask id="a"/>' + line("s", "a")
    library.held.append(compile_definition(_framed(called, "anak")))
    case = drawn(
        MULAI + '<callActivity id="c" calledElement="anak"/>' + line("mulai", "c"), library=library
    )
    assert reasons(case) == {"called_process_without_start"}


def _framed(content: str, key: str = "p") -> bytes:
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:sop="urn:alurkerja:sop:1.0" id="definitions" targetNamespace="urn:alurkerja:tests">'
        f'{SHARED}<process id="{key}" isExecutable="true">{content}</process></definitions>'
    ).encode()
