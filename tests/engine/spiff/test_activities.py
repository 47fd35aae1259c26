"""What is done at a node, by whom, and where its results go."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from engine.errors import ConflictError
from engine.spiff import compile_definition
from workflows.errors import InvalidSopError

Drawn = Callable[..., Any]
LOOP = (
    "<standardLoopCharacteristics{}><loopCondition>{}</loopCondition></standardLoopCharacteristics>"
)


def flow(source: str, target: str, condition: str = "") -> str:
    inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<sequenceFlow id="{source}_{target}" {ends}>{inside}</sequenceFlow>'


def line(*nodes: str) -> str:
    return "".join(flow(*pair) for pair in pairwise(nodes))


MULAI = '<startEvent id="mulai"/>'


def test_a_script_writes_the_case(drawn: Drawn) -> None:
    script = (
        '<scriptTask id="hitung" scriptFormat="python"><script>total = sum(pagu)</script>'
        "</scriptTask>"
    )
    case = drawn(
        MULAI + script + '<userTask id="a"/>' + line("mulai", "hitung", "a"), pagu=[1, 2, 3]
    )
    assert case.data["total"] == 6
    assert case.nodes == ["a"]


def test_a_failing_script_is_tried_again_and_not_run_twice(drawn: Drawn) -> None:
    script = '<scriptTask id="hitung"><script>n = n + 1</script></scriptTask>'
    case = drawn(
        MULAI
        + script
        + '<userTask id="a"/><userTask id="b"/>'
        + flow("mulai", "hitung")
        + flow("hitung", "a", "besar")
        + flow("hitung", "b", "not besar")
    )
    assert [one.reason for one in case.step.incidents] == ["expression_failed"]
    case.retry(n=1)  # now the script runs, and the conditions of its flows fail
    assert case.data["n"] == 2
    case.retry(besar=True)
    assert case.data["n"] == 2
    assert case.nodes == ["a"]


SERVICE = (
    '<serviceTask id="tarik"><extensionElements>'
    '<sop:layanan jenis="luar" nama="sipd" percobaan="5"><sop:isi nama="kode" nilai="unit"/>'
    "</sop:layanan></extensionElements></serviceTask>"
)


def test_a_service_task_waits_for_its_job(drawn: Drawn) -> None:
    case = drawn(
        MULAI + SERVICE + '<userTask id="a"/>' + line("mulai", "tarik", "a"), unit="BAPPEDA"
    )
    (job,) = case.jobs.values()
    assert (job.kind, job.name, job.request, job.retries) == (
        "external",
        "sipd",
        {"kode": "BAPPEDA"},
        5,
    )
    case.finish_job("tarik", {"pagu": 7})
    assert case.data == {"unit": "BAPPEDA", "pagu": 7}
    assert case.nodes == ["a"]


def test_a_failed_job_is_an_incident_and_can_be_opened_again(drawn: Drawn) -> None:
    case = drawn(MULAI + SERVICE + '<userTask id="a"/>' + line("mulai", "tarik", "a"), unit="A")
    step = case.fail_job("tarik", "tidak dijawab")
    assert [(one.reason, one.fields) for one in step.incidents] == [
        ("job_failed", {"reason": "tidak dijawab"})
    ]
    assert case.jobs == {}
    case.retry(unit="B")
    (job,) = case.jobs.values()
    assert job.request == {"kode": "B"}
    case.fail_job("tarik")
    case.skip("tarik")
    assert case.nodes == ["a"]


def test_a_result_that_is_no_record_needs_a_name(drawn: Drawn) -> None:
    case = drawn(MULAI + SERVICE + line("mulai", "tarik"), unit="A")
    with pytest.raises(ConflictError, match="job_result_not_record"):
        case.finish_job("tarik", [1, 2])


def test_an_error_of_a_job_goes_to_its_boundary(drawn: Drawn) -> None:
    case = drawn(
        MULAI
        + SERVICE
        + '<boundaryEvent id="b" attachedToRef="tarik"><errorEventDefinition errorRef="e"/>'
        '</boundaryEvent><userTask id="a"/><userTask id="c"/>'
        + line("mulai", "tarik", "a")
        + flow("b", "c"),
        shared='<error id="e" errorCode="TIDAK_ADA"/>',
        unit="A",
    )
    case.throw_error("tarik", "TIDAK_ADA", "tidak ada pagu")
    assert case.nodes == ["c"]
    assert case.jobs == {}


def test_conditions_on_flows_that_leave_a_step(drawn: Drawn) -> None:
    content = (
        MULAI
        + '<userTask id="x" default="x_c"/><userTask id="a"/><userTask id="b"/><userTask id="c"/>'
        + flow("mulai", "x")
        + flow("x", "a", "p")
        + flow("x", "b", "q")
        + flow("x", "c")
    )
    for answers, opened in [
        ({"p": True, "q": True}, ["a", "b"]),
        ({"p": False, "q": True}, ["b"]),
        ({"p": False, "q": False}, ["c"]),
    ]:
        case = drawn(content)
        case.complete("x", **answers)
        assert case.nodes == opened


def test_a_step_with_several_flows_takes_all_and_each_arrival_counts(drawn: Drawn) -> None:
    case = drawn(
        MULAI
        + '<userTask id="a"/><userTask id="b"/><userTask id="c"/>'
        + flow("mulai", "a")
        + flow("mulai", "b")
        + flow("a", "c")
        + flow("b", "c")
    )
    case.complete("a")
    case.complete("b")
    assert case.nodes == ["c", "c"]


def inclusive() -> str:
    return (
        MULAI
        + '<inclusiveGateway id="pilih" default="pilih_c"/><inclusiveGateway id="kumpul"/>'
        + "".join(f'<userTask id="{name}"/>' for name in "abcz")
        + flow("mulai", "pilih")
        + flow("pilih", "a", "p")
        + flow("pilih", "b", "q")
        + flow("pilih", "c")
        + "".join(flow(name, "kumpul") for name in "abc")
        + flow("kumpul", "z")
    )


def test_an_inclusive_join_waits_for_those_that_were_sent(drawn: Drawn) -> None:
    case = drawn(inclusive(), p=True, q=True)
    case.complete("a")
    assert case.nodes == ["b"]
    case.complete("b")
    assert case.nodes == ["z"]
    assert drawn(inclusive(), p=True, q=False).complete("a").tokens == ("z",)
    assert drawn(inclusive(), p=False, q=False).nodes == ["c"]


def test_an_inclusive_join_in_a_loop_waits_in_every_round(drawn: Drawn) -> None:
    content = inclusive().replace(flow("mulai", "pilih"), "") + (
        '<exclusiveGateway id="masuk"/><exclusiveGateway id="ulang" default="ulang_selesai"/>'
        '<endEvent id="selesai"/>'
        + line("mulai", "masuk", "pilih")
        + flow("z", "ulang")
        + flow("ulang", "masuk", "lagi")
        + flow("ulang", "selesai")
    )
    case = drawn(content, p=True, q=True)
    for _ in range(20):
        case.complete("a")
        assert case.nodes == ["b"]
        case.complete("b")
        case.complete("z", lagi=True)
    assert case.nodes == ["a", "b"]


def test_a_join_that_can_never_be_complete_is_an_incident(drawn: Drawn) -> None:
    case = drawn(
        MULAI
        + '<exclusiveGateway id="x" default="x_b"/><parallelGateway id="j"/><userTask id="a"/>'
        '<userTask id="b"/><userTask id="z"/>'
        + line("mulai", "x")
        + flow("x", "a", "p")
        + flow("x", "b")
        + flow("a", "j")
        + flow("b", "j")
        + flow("j", "z"),
        p=True,
    )
    step = case.complete("a")
    assert [(one.node, one.reason) for one in step.incidents] == [("j", "join_never_complete")]
    case.move("j", "z")
    assert case.nodes == ["z"]
    assert case.step.incidents == ()


def test_a_standard_loop_goes_on_while_its_condition_holds(drawn: Drawn) -> None:
    task = '<userTask id="a">' + LOOP.format(' loopMaximum="3"', "belum") + "</userTask>"
    case = drawn(MULAI + task + '<userTask id="z"/>' + line("mulai", "a", "z"), belum=True)
    case.complete("a", belum=True)
    case.complete("a", belum=False)
    assert case.nodes == ["z"]
    assert case.data == {"belum": False}
    case = drawn(MULAI + task + '<userTask id="z"/>' + line("mulai", "a", "z"), belum=True)
    for _ in range(3):
        case.complete("a")
    assert case.nodes == ["z"]


def test_a_standard_loop_may_be_asked_before_the_first_round(drawn: Drawn) -> None:
    task = '<userTask id="a">' + LOOP.format(' testBefore="true"', "belum") + "</userTask>"
    case = drawn(MULAI + task + '<userTask id="z"/>' + line("mulai", "a", "z"), belum=False)
    assert case.nodes == ["z"]


def test_terminate_ends_its_own_scope_only(drawn: Drawn) -> None:
    inner = (
        '<startEvent id="i"/><userTask id="a"/><userTask id="b"/>'
        '<endEvent id="habis"><terminateEventDefinition/></endEvent>'
        + flow("i", "a")
        + flow("i", "b")
        + flow("a", "habis")
    )
    case = drawn(
        MULAI
        + f'<subProcess id="s">{inner}</subProcess><userTask id="z"/>'
        + line("mulai", "s", "z")
    )
    case.complete("a")
    assert case.nodes == ["z"]


CALLER = (
    MULAI
    + '<callActivity id="panggil" calledElement="anak"/><userTask id="z"/>'
    + line("mulai", "panggil", "z")
)


def child(step: str) -> bytes:
    from_step = line("mulai", step)
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
        'targetNamespace="urn:alurkerja:tests"><process id="anak" isExecutable="true">'
        f'{MULAI}<userTask id="{step}"/>{from_step}</process></definitions>'
    ).encode()


def test_a_called_process_keeps_the_version_that_it_began_with(drawn: Drawn, library: Any) -> None:
    library.held.append(compile_definition(child("lama")))
    case = drawn(CALLER, library=library)
    library.held.append(compile_definition(child("baru")))
    (item,) = case.open.values()
    assert (item.node, item.definition) == ("lama", library.held[0].digest)
    case.complete("lama", hasil=1)
    assert case.nodes == ["z"]
    assert case.data == {"hasil": 1}
    assert drawn(CALLER, library=library).nodes == ["baru"]


def test_a_process_that_is_not_there_is_an_incident(drawn: Drawn, library: Any) -> None:
    case = drawn(CALLER, library=library)
    assert [(one.node, one.reason) for one in case.step.incidents] == [
        ("panggil", "called_process_missing")
    ]
    library.held.append(compile_definition(child("a")))
    case.retry()
    assert case.nodes == ["a"]


def test_a_process_that_calls_itself_stops_as_an_incident(drawn: Drawn, library: Any) -> None:
    mutual = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
        'targetNamespace="urn:alurkerja:tests"><process id="{}" isExecutable="true">'
        + MULAI
        + '<callActivity id="c" calledElement="{}"/>'
        + line("mulai", "c")
        + "</process></definitions>"
    )
    library.held.append(compile_definition(mutual.format("anak", "cucu").encode()))
    library.held.append(compile_definition(mutual.format("cucu", "anak").encode()))
    case = drawn(CALLER, library=library)
    assert [one.reason for one in case.step.incidents] == ["call_too_deep"]


def test_a_decision_table_answers(drawn: Drawn) -> None:
    table = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
      namespace="urn:alurkerja:tests"><decision id="kelas" name="kelas"><decisionTable id="t">
      <input id="i"><inputExpression id="e"><text>pagu</text></inputExpression></input>
      <output id="o" name="kelas"/>
      <rule id="r1"><inputEntry id="a1"><text>&lt; 10</text></inputEntry>
      <outputEntry id="b1"><text>"kecil"</text></outputEntry></rule>
      <rule id="r2"><inputEntry id="a2"><text>&gt;= 10</text></inputEntry>
      <outputEntry id="b2"><text>"besar"</text></outputEntry></rule>
      </decisionTable></decision></definitions>"""
    task = '<businessRuleTask id="nilai" sop:keputusan="kelas" sop:hasil="golongan"/>'
    content = MULAI + task + '<userTask id="a"/>' + line("mulai", "nilai", "a")
    case = drawn(content, files={"kelas.dmn": table}, pagu=12)
    assert case.data["golongan"] == "besar"
    with pytest.raises(InvalidSopError, match="decision_missing"):
        drawn(content, pagu=12)


def test_moving_a_token_back(drawn: Drawn) -> None:
    inner = '<startEvent id="i"/><userTask id="b"/>' + flow("i", "b")
    case = drawn(
        MULAI
        + f'<userTask id="a"/><subProcess id="s">{inner}</subProcess>'
        + line("mulai", "a", "s")
    )
    case.complete("a")
    case.move("b", "a")
    assert case.nodes == ["a"]
    assert case.step.tokens == ("a",)
    with pytest.raises(ConflictError, match="cannot_move"):
        case.move("a", "b")


def test_mapped_variables_of_a_step(drawn: Drawn) -> None:
    mapping = (
        '<extensionElements xmlns:camunda="http://camunda.org/schema/1.0/bpmn">'
        "<camunda:inputOutput>"
        '<camunda:inputParameter name="batas">${pagu + 1}</camunda:inputParameter>'
        '<camunda:outputParameter name="hasil">${batas + isi}</camunda:outputParameter>'
        "</camunda:inputOutput></extensionElements>"
    )
    case = drawn(
        MULAI
        + f'<userTask id="a">{mapping}</userTask><userTask id="z"/>'
        + line("mulai", "a", "z"),
        pagu=1,
    )
    assert case.variables == [{"batas": 2}]
    case.complete("a", isi=5)
    assert case.data == {"pagu": 1, "hasil": 7}
