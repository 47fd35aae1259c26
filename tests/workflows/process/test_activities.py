"""Tasks, sub-processes, calls: what each carries, and what is refused by name."""

import pytest

from tests.workflows.process.models import (
    around,
    extension,
    file,
    flows,
    found,
    node,
    nodes,
    scope,
    warned,
)
from workflows.bpmn_xml import read_xml
from workflows.process.model import Call, DecisionCall, Node, Trigger, Work
from workflows.process.read import read_process


def one(tag: str, inside: str = "", /, **attributes: str) -> Node:
    return nodes(around(node(tag, "x", inside, **attributes)))["x"]


def codes(tag: str, inside: str = "", /, **attributes: str) -> list[str]:
    refusals = found(around(node(tag, "x", inside, **attributes)))
    assert {element for _, element in refusals} <= {"x"}
    return [code for code, _ in refusals]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [("userTask", "userTask"), ("manualTask", "manualTask"), ("task", "manualTask")],
)
def test_steps(tag: str, kind: str) -> None:
    step = one(tag, name=" Membahas \n rencana ")
    assert (step.kind, step.name) == (kind, "Membahas rencana")
    assert step.incoming == ("a_x",)
    assert [flow.target for flow in step.outgoing] == ["z"]


def test_a_box_without_a_symbol_is_done_by_a_person_and_says_so() -> None:
    assert warned(around(node("task", "x"))) == [("plain_task_is_manual", "x")]
    assert warned(around(node("userTask", "x"))) == []


@pytest.mark.parametrize("name", ["startQuantity", "completionQuantity"])
def test_more_than_one_token_is_refused(name: str) -> None:
    assert codes("userTask", **{name: "2"}) == ["quantity"]
    assert codes("userTask", **{name: "1"}) == []


def test_our_own_work() -> None:
    work = extension(
        '<sop:layanan jenis="fungsi" nama="hitung_pagu" percobaan="5" hasil="pagu">'
        '<sop:isi nama="tahun" nilai="tahun + 1"/></sop:layanan>'
    )
    expected = Work("function", "hitung_pagu", (("tahun", "tahun + 1"),), 5, "pagu")
    assert one("serviceTask", work).work == expected
    assert one("sendTask", work).work == expected
    assert one("businessRuleTask", work).work == expected


def test_a_request() -> None:
    rows = "".join(
        f"<sop:isi nama='{name}' nilai='{value}'/>"
        for name, value in [
            ("url", '"https://contoh.go.id/" + nomor'), ("method", '"POST"'),
            ("body", '{"nomor": nomor}'), ("header.X-Kunci", "kunci"),
        ]
    )  # fmt: skip
    work = one("serviceTask", extension(f'<sop:layanan jenis="http">{rows}</sop:layanan>')).work
    assert work is not None
    assert (work.kind, work.retries, work.result) == ("http", 3, "")
    assert dict(work.fields)["header.X-Kunci"] == "kunci"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("", "work_missing"),
        ('<sop:layanan jenis="skrip" nama="x"/>', "work_kind"),
        ('<sop:layanan jenis="fungsi"/>', "work_unnamed"),
        ('<sop:layanan jenis="luar"/>', "work_unnamed"),
        ('<sop:layanan jenis="http"/>', "work_without_url"),
        ("<sop:layanan jenis='http'><sop:isi nama='url' nilai='u'/>"
         "<sop:isi nama='badan' nilai='u'/></sop:layanan>", "work_field"),
        ('<sop:layanan jenis="luar" nama="a" percobaan="0"/>', "work_retries"),
        ('<sop:layanan jenis="luar" nama="a" percobaan="banyak"/>', "work_retries"),
        ('<sop:layanan jenis="luar" nama="a" percobaan="1000"/>', "work_retries"),
        ('<sop:layanan jenis="luar" nama="a" hasil="dua kata"/>', "invalid_name"),
        ('<sop:layanan jenis="luar" nama="a"/><sop:layanan jenis="luar" nama="b"/>',
         "work_several"),
        ('<sop:layanan jenis="luar" nama="a"><sop:isi nama="b" nilai="__import__"/>'
         "</sop:layanan>", "invalid_expression"),
        ('<sop:layanan jenis="luar" nama="a"><sop:isi nama="b" nilai="1"/>'
         '<sop:isi nama="b" nilai="2"/></sop:layanan>', "written_twice"),
        ("<camunda:connector/>", "foreign_work"),
        ('<zeebe:taskDefinition type="=nama"/>', "name_is_expression"),
        ("<zeebe:taskDefinition/>", "work_unnamed"),
        ('<zeebe:taskDefinition type="a" retries="=n"/>', "work_retries"),
    ],
)  # fmt: skip
def test_work_that_cannot_be_done(inside: str, expected: str) -> None:
    assert codes("serviceTask", extension(inside)) == [expected]


@pytest.mark.parametrize("tag", ["serviceTask", "sendTask", "businessRuleTask"])
@pytest.mark.parametrize("attribute", ["class", "expression", "delegateExpression"])
@pytest.mark.parametrize("prefix", ["camunda", "flowable"])
def test_code_of_another_engine_is_refused_by_name(tag: str, attribute: str, prefix: str) -> None:
    assert codes(tag, **{f"{prefix}__{attribute}": "com.x"}) == ["foreign_work"]


def test_external_work_of_other_engines() -> None:
    mapped = extension(
        '<camunda:inputOutput><camunda:inputParameter name="n">${nomor}</camunda:inputParameter>'
        "</camunda:inputOutput>"
    )
    camunda = one("serviceTask", mapped, camunda__type="external", camunda__topic="kirim")
    assert camunda.work == Work("external", "kirim", (("n", "n"),))
    assert camunda.inputs == (("n", "${nomor}"),)
    flowable = one("serviceTask", flowable__type="external-worker", flowable__topic="kirim")
    assert flowable.work == Work("external", "kirim")
    zeebe = extension(
        '<zeebe:taskDefinition type="kirim" retries="7"/>'
        '<zeebe:taskHeaders><zeebe:header key="kanal" value="surat &quot;a&quot;"/>'
        '</zeebe:taskHeaders><zeebe:ioMapping><zeebe:input source="=nomor" target="n"/>'
        '<zeebe:input source="tetap" target="t"/><zeebe:output source="=hasil.kode" '
        'target="kode"/></zeebe:ioMapping>'
    )
    task = one("serviceTask", zeebe)
    assert task.work == Work(
        "external", "kirim", (("kanal", r'"surat \"a\""'), ("n", "n"), ("t", "t")), 7
    )
    assert task.inputs == (("n", "=nomor"), ("t", '"tetap"'))
    assert task.outputs == (("kode", "=hasil.kode"),)
    assert one("scriptTask", zeebe).work == task.work


def test_sending_and_receiving() -> None:
    pairs = extension('<sop:kunci nama="nomor" nilai="nomor_surat"/><sop:isi nama="i" nilai="i"/>')
    expected = Trigger(
        "message", "surat masuk", keys=(("nomor", "nomor_surat"),), payload=(("i", "i"),)
    )
    assert one("sendTask", pairs, messageRef="m").trigger == expected
    assert one("receiveTask", pairs, messageRef="m").trigger == expected


@pytest.mark.parametrize(
    ("tag", "inside", "attributes", "expected"),
    [
        ("sendTask", "", {}, "send_nothing"),
        ("sendTask", "", {"messageRef": "s"}, "reference_unknown"),
        ("sendTask", extension('<sop:layanan jenis="luar" nama="a"/>'), {"messageRef": "m"},
         "work_and_message"),
        ("receiveTask", "", {}, "reference_missing"),
        ("receiveTask", "", {"messageRef": "x"}, "reference_unknown"),
        ("receiveTask", "", {"messageRef": "m", "instantiate": "true"}, "receive_starts_process"),
        ("receiveTask", extension('<sop:kunci nama="a b" nilai="1"/>'), {"messageRef": "m"},
         "invalid_name"),
    ],
)  # fmt: skip
def test_messages_that_nobody_named(
    tag: str, inside: str, attributes: dict[str, str], expected: str
) -> None:
    assert codes(tag, inside, **attributes) == [expected]


def test_the_name_of_a_message_is_no_expression() -> None:
    content = around(node("receiveTask", "x", messageRef="m"))
    assert found(content, '<message id="m" name="=nama"/>') == [("name_is_expression", "x")]
    assert nodes(content, '<message id="m"/>')["x"].trigger == Trigger("message", "m")


def test_scripts() -> None:
    script = "<script>jumlah = harga * 2</script>"
    assert one("scriptTask", script, scriptFormat="python").script == "jumlah = harga * 2"
    single = one("scriptTask", "<script>${harga * 2}</script>", camunda__resultVariable="jumlah")
    assert single.outputs == (("jumlah", "${harga * 2}"),)
    zeebe = one(
        "scriptTask",
        extension('<zeebe:script expression="=if a = 1 then 2 else 3" resultVariable="b"/>'),
    )
    assert zeebe.outputs == (("b", "=if a = 1 then 2 else 3"),)
    mapped = one(
        "scriptTask",
        extension('<zeebe:script expression="=a" resultVariable="b"/>'
                  '<zeebe:ioMapping><zeebe:output source="=b" target="c"/></zeebe:ioMapping>'),
    )  # fmt: skip
    assert (mapped.inputs, mapped.outputs) == ((("b", "=a"),), (("c", "=b"),))


@pytest.mark.parametrize(
    ("inside", "attributes", "expected"),
    [
        ("", {}, "script_missing"),
        ("<script>import os</script>", {}, "invalid_script"),
        ("<script>x = 1</script>", {"scriptFormat": "groovy"}, "script_language"),
        ("<script>x</script>", {"scriptFormat": "javascript", "camunda__resultVariable": "x"},
         "script_language"),
        ("<script>x = 1</script>", {"camunda__resource": "a.groovy"}, "foreign_not_executed"),
        (extension('<zeebe:script expression="=1"/>'), {}, "script_without_result"),
    ],
)  # fmt: skip
def test_scripts_that_cannot_be_run(inside: str, attributes: dict[str, str], expected: str) -> None:
    assert codes("scriptTask", inside, **attributes) == [expected]


def test_decisions() -> None:
    assert one("businessRuleTask", sop__keputusan="kelas", sop__hasil="k").decision == (
        DecisionCall("kelas", "k")
    )
    camunda = one(
        "businessRuleTask", camunda__decisionRef="kelas", camunda__resultVariable="k",
        camunda__mapDecisionResult="singleEntry",
    )  # fmt: skip
    assert camunda.decision == DecisionCall("kelas", "k", "singleEntry")
    zeebe = extension('<zeebe:calledDecision decisionId="kelas" resultVariable="k"/>')
    assert one("businessRuleTask", zeebe).decision == DecisionCall("kelas", "k")
    field = extension(
        '<flowable:field name="decisionTableReferenceKey"><flowable:string>kelas'
        "</flowable:string></flowable:field>"
    )
    flowable = one("serviceTask", field, flowable__type="dmn")
    assert (flowable.kind, flowable.decision) == (
        "businessRuleTask", DecisionCall("kelas", "", "singleResult"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({}, "decision_unnamed"),
        ({"sop__keputusan": "kelas"}, "decision_without_result"),
        ({"sop__hasil": "k", "camunda__decisionRef": "kelas", "camunda__resultVariable": "h"},
         "attribute_misplaced"),
        ({"camunda__decisionRef": "${k}", "camunda__resultVariable": "k"}, "name_is_expression"),
        ({"camunda__decisionRef": "k", "camunda__resultVariable": "k",
          "camunda__decisionRefBinding": "version"}, "decision_of_version"),
        ({"camunda__decisionRef": "k", "camunda__resultVariable": "k",
          "camunda__mapDecisionResult": "x"}, "decision_shape"),
    ],
)  # fmt: skip
def test_decisions_that_cannot_be_asked(attributes: dict[str, str], expected: str) -> None:
    assert codes("businessRuleTask", **attributes) == [expected]


IN = '<camunda:in source="{}" target="{}"/>'
OUT = '<camunda:out source="{}" target="{}"/>'


@pytest.mark.parametrize(
    ("inside", "shares", "inputs", "outputs"),
    [
        (IN.format("a", "b") + OUT.format("c", "d"), False, (("b", "a"),), (("d", "c"),)),
        ('<camunda:in variables="all"/><camunda:out variables="all"/>', True, (), ()),
        ('<camunda:in variables="all"/>' + OUT.format("c", "d"), True, (), (("d", "c"),)),
        ('<camunda:in businessKey="#{execution.processBusinessKey}"/>', False, (), ()),
        ('<sop:masuk nama="b" nilai="a + 1"/>', False, (("b", "a + 1"),), ()),
        ('<zeebe:calledElement processId="lain"/>', True, (), ()),
        ('<zeebe:calledElement processId="lain" propagateAllParentVariables="false" '
         'propagateAllChildVariables="false"/>', False, (), ()),
        ('<zeebe:calledElement processId="lain" propagateAllChildVariables="false"/>'
         '<zeebe:ioMapping><zeebe:output source="=c" target="d"/></zeebe:ioMapping>',
         True, (), (("d", "=c"),)),
    ],
)  # fmt: skip
def test_what_a_called_process_sees(
    inside: str, shares: bool, inputs: tuple[object], outputs: tuple[object]
) -> None:
    call = one("callActivity", extension(inside), calledElement="lain")
    assert call.call == Call("lain", shares)
    assert (call.inputs, call.outputs) == (inputs, outputs)


def test_a_plain_call_shares_unless_the_engine_of_the_file_does_not() -> None:
    # These test files declare the namespace of Camunda 7, where nothing is handed on.
    assert one("callActivity", calledElement="lain").call == Call("lain", shares=False)
    call = around(node("callActivity", "x", calledElement="lain"))
    assert warned(call) == [("call_hands_nothing", "x")]
    plain = file(call).replace(b"http://camunda.org/schema/1.0/bpmn", b"urn:x")
    plain = plain.replace(b"http://flowable.org/bpmn", b"urn:y")
    reading = read_process(read_xml(plain))
    assert reading.refusals == ()
    assert reading.container.nodes["x"].call == Call("lain", shares=True)


@pytest.mark.parametrize(
    ("inside", "attributes", "expected"),
    [
        ("", {}, "call_without_process"),
        ("", {"calledElement": "${proses}"}, "call_expression"),
        ("", {"calledElement": "p"}, "call_of_itself"),
        ("", {"calledElement": "q", "camunda__calledElementBinding": "version"},
         "call_of_version"),
        ("", {"calledElement": "q", "camunda__variableMappingClass": "x"}, "foreign_work"),
        (extension('<zeebe:calledElement processIdExpression="=q"/>'), {}, "call_expression"),
        (extension('<zeebe:calledElement processId="q" propagateAllChildVariables="false"/>'), {},
         "call_copies_all"),
        (extension('<camunda:in variables="all"/>'), {"calledElement": "q"}, "call_copies_all"),
        (extension('<camunda:out variables="all"/>'), {"calledElement": "q"}, "call_copies_all"),
        (extension('<camunda:in source="a" target="a" local="true"/>'), {"calledElement": "q"},
         "mapping_local"),
    ],
)  # fmt: skip
def test_calls_that_cannot_be_made(inside: str, attributes: dict[str, str], expected: str) -> None:
    assert codes("callActivity", inside, **attributes) == [expected]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("tetap", '"tetap"'),
        ("${a + 1}", "${a + 1}"),
        ("Nomor ${a}", "Nomor ${a}"),
        ("<camunda:list><camunda:value>${a}</camunda:value><camunda:value>b</camunda:value>"
         "</camunda:list>", '${[a, "b"]}'),
        ('<camunda:map><camunda:entry key="k">${a}</camunda:entry></camunda:map>', '${{"k": a}}'),
    ],
)  # fmt: skip
def test_parameters_of_camunda(parameter: str, value: str) -> None:
    mapping = (
        f'<camunda:inputOutput><camunda:inputParameter name="n">{parameter}'
        "</camunda:inputParameter></camunda:inputOutput>"
    )
    assert one("userTask", extension(mapping)).inputs == (("n", value),)


@pytest.mark.parametrize(
    "parameter",
    [
        '<camunda:script scriptFormat="groovy">x</camunda:script>',
        '"${a}"',
        "<camunda:list><camunda:value>x ${a}</camunda:value></camunda:list>",
        "<camunda:list/><camunda:list/>",
    ],
)
def test_parameters_that_are_not_clear(parameter: str) -> None:
    mapping = (
        f'<camunda:inputOutput><camunda:outputParameter name="n">{parameter}'
        "</camunda:outputParameter></camunda:inputOutput>"
    )
    assert codes("userTask", extension(mapping)) == ["mapping_unclear"]


def test_an_input_cannot_use_what_another_one_sets() -> None:
    rows = '<sop:masuk nama="b" nilai="a"/><sop:masuk nama="c" nilai="{}"/>'
    assert codes("userTask", extension(rows.format("b + 1"))) == ["mapping_order"]
    assert codes("userTask", extension(rows.format("a + 1"))) == []


def test_data_associations_are_documentation_unless_they_compute() -> None:
    association = (
        "<dataInputAssociation><sourceRef>r</sourceRef><targetRef>r</targetRef>{}"
        "</dataInputAssociation>"
    )
    extra = '<dataObject id="o"/><dataObjectReference id="r" dataObjectRef="o"/>'
    plain = around(node("userTask", "x", association.format("")) + extra)
    assert found(plain) == [] == warned(plain)
    assignment = "<assignment><from>1</from><to>r</to></assignment>"
    computed = around(node("userTask", "x", association.format(assignment)) + extra)
    assert found(computed) == [("data_assignment", "x")]


def test_sub_processes_hold_their_nodes() -> None:
    inner = scope("subProcess", "y", "", node("userTask", "t") + flows("y_a t"))
    outer = scope("subProcess", "x", "", inner + flows("x_a y"))
    read = nodes(around(outer))
    content = read["x"].content
    assert content is not None and list(content.nodes) == ["x_a", "y"]
    inside = content.nodes["y"].content
    assert inside is not None and list(inside.nodes) == ["y_a", "t"]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("", [("no_start_event", "x")]),
        (node("startEvent", "b") + node("startEvent", "c"), [("several_start_events", "c")]),
        (node("startEvent", "b", '<messageEventDefinition messageRef="m"/>'),
         [("event_not_executed", "b")]),
    ],
)  # fmt: skip
def test_a_sub_process_begins_in_one_plain_way(
    inside: str, expected: list[tuple[str, str]]
) -> None:
    assert found(around(node("subProcess", "x", inside))) == expected
