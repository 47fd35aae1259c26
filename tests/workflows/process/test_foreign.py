"""Files in the manner of other tools: what is read of them, and what is reported."""

from pathlib import Path

import pytest

from tests.workflows.process.models import around, extension, found, node, warned
from workflows.bpmn_xml import read_xml
from workflows.drawing import read_drawing
from workflows.errors import InvalidSopError
from workflows.lint import lint
from workflows.process.model import Call, DecisionCall, Loop, Node, Timer, Trigger, Work
from workflows.process.nodes import all_nodes
from workflows.process.read import Reading, read_process
from workflows.reader import decision_ids, form_names

FOLDER = Path(__file__).parents[1] / "fixtures" / "foreign"
NAMES = sorted(path.name for path in FOLDER.glob("*.bpmn"))


def text(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def marked(name: str) -> bytes:
    """Marked as executable, as its author has to do."""
    return text(name).replace('isExecutable="false"', 'isExecutable="true"', 1).encode()


def reading(name: str, *replacements: tuple[str, str]) -> Reading:
    written = marked(name).decode()
    for old, new in replacements:
        assert old in written, old
        written = written.replace(old, new)
    return read_process(read_xml(written.encode()))


def nodes(name: str) -> dict[str, Node]:
    return {one.id: one for one in all_nodes(reading(name).container)}


def refused(name: str, *replacements: tuple[str, str]) -> list[tuple[str, str, str]]:
    """(code, element, what is meant) of each refusal."""
    return [
        (one.code, one.element, str(one.fields.get("text", "")))
        for one in reading(name, *replacements).refusals
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_finding_names_an_element_and_what_to_do(name: str) -> None:
    for finding in lint(read_xml(marked(name)), {}):
        assert finding.element in text(name)
        assert finding.message[0].isupper() and finding.message.endswith(".")
        assert "{" not in finding.message.replace("${", "")


@pytest.mark.parametrize("name", ["signavio.bpmn", "bpmn_io.bpmn"])
def test_a_drawing_that_says_it_is_not_executable_is_not_run(name: str) -> None:
    with pytest.raises(InvalidSopError) as caught:
        read_xml(text(name).encode())
    assert (caught.value.code, caught.value.fields["reason"]) == ("no_process", "not_executable")


def test_camunda_7() -> None:
    read = nodes("camunda7.bpmn")
    assert read["Activity_usul"].inputs == (
        ("batas", "${pagu * 2}"), ("petunjuk", '"Isi nama dan jumlah barang"'),
    )  # fmt: skip
    assert read["Activity_setuju"].loop == Loop(
        "sequential", collection="${penyetuju}", item="orang",
        condition="${nrOfCompletedInstances/nrOfInstances >= 0.5}",
    )  # fmt: skip
    assert read["Activity_pesan"].work == Work("external", "pesan-barang")
    assert read["Activity_kelas"].decision == DecisionCall("kelas_belanja", "kelas", "singleEntry")
    assert read["Activity_arsip"].call == Call("arsip", shares=False)
    assert read["Activity_arsip"].inputs == (("nomor_surat", "nomor"),)
    assert read["Event_lama"].trigger == Trigger("timer", timer=Timer("timeCycle", "R3/P1D"))
    way, default = read["Gateway_setuju"].outgoing
    assert way.condition == "${disetujui == true && jumlah gt 0}"
    assert (default.id, read["Gateway_setuju"].default) == ("Flow_6", "Flow_6")
    assert refused("camunda7.bpmn") == [
        ("foreign_who", "pengadaan_atk", "camunda:candidateStarterGroups"),
        ("foreign_who", "StartEvent_1", "camunda:initiator"),
        ("foreign_who", "Activity_usul", "camunda:assignee"),
        ("foreign_when", "Activity_usul", "camunda:dueDate"),
        ("foreign_who", "Activity_setuju", "camunda:candidateUsers"),
        ("foreign_form", "Activity_setuju", "camunda:formKey"),
    ]


def test_camunda_8() -> None:
    read = nodes("camunda8.bpmn")
    assert read["Telaah"].inputs == (("nomor", "=permohonan.nomor"),)
    assert read["Telaah"].outputs == (("hasil_telaah", "=hasil"),)
    assert read["Kirim"].work == Work("external", "kirim-surat", (("kanal", '"email"'),), 5)
    assert read["Kirim"].loop == Loop(
        "parallel", collection="=penerima", item="satu", output="terkirim",
        output_item="=satu.alamat",
    )  # fmt: skip
    assert read["Balasan"].trigger == Trigger(
        "message", "balasan-izin", keys=(("correlationKey", "=nomor_izin"),)
    )
    assert read["Nilai"].outputs == (("nilai", '=if skor > 7 then "baik" else "cukup"'),)
    assert refused("camunda8.bpmn") == [
        ("foreign_who", "Telaah", "zeebe:assignee"),
        ("foreign_when", "Telaah", "zeebe:dueDate"),
        ("foreign_when", "Telaah", "zeebe:priority"),
    ]


def test_flowable() -> None:
    read = nodes("flowable.bpmn")
    assert read["pesan"].work == Work("external", "tiket")
    assert read["kelas"].decision == DecisionCall("golongan", "", "singleResult")
    assert [way.condition for way in read["putusan"].outgoing] == [
        "${setuju == 'ya'}", "${setuju != 'ya'}"
    ]  # fmt: skip
    assert read["batal"].trigger == Trigger("terminate")
    assert refused("flowable.bpmn") == [
        ("foreign_who", "perjalananDinas", "flowable:candidateStarterGroups"),
        ("foreign_who", "mulai", "flowable:initiator"),
        ("foreign_form", "mulai", "flowable:formProperty"),
        ("foreign_who", "susun", "flowable:assignee"),
        ("foreign_who", "setujui", "flowable:candidateGroups"),
        ("foreign_when", "setujui", "flowable:dueDate"),
        ("foreign_when", "setujui", "flowable:priority"),
    ]


def test_signavio() -> None:
    read = nodes("signavio.bpmn")
    assert list(read) == [
        "sid-mulai", "sid-tugas-1", "sid-gerbang", "sid-tugas-2", "sid-selesai",
    ]  # fmt: skip
    assert read["sid-tugas-1"].name == "Menyusun nota dinas"
    # Its empty conditions mean none.
    assert read["sid-mulai"].outgoing[0].condition is None
    assert refused("signavio.bpmn") == [
        ("foreign_not_read", "sid-tugas-1", "risklevel"),
        ("plain_task_is_manual", "sid-tugas-1", ""),
    ]


def test_bizagi_marks_no_process_as_executable() -> None:
    assert reading("bizagi.bpmn").key == "Id_proses"
    assert {one.kind for one in nodes("bizagi.bpmn").values()} == {
        "startEvent", "manualTask", "userTask", "parallelGateway", "intermediateCatchEvent",
        "endEvent",
    }  # fmt: skip
    assert refused("bizagi.bpmn") == [
        ("plain_task_is_manual", "Id_catat", ""),
        ("foreign_not_read", "Id_disposisi", "DeadlineType"),
    ]
    flow = '<sequenceFlow id="Id_x" sourceRef="Id_b" targetRef="Id_c"/>'
    other = f'<task id="Id_b"/><task id="Id_c"/>{flow}</process>'
    with pytest.raises(InvalidSopError) as caught:
        reading("bizagi.bpmn", ("<documentation /></process>", other))
    assert caught.value.code == "several_processes"


def test_bpmn_io() -> None:
    assert refused("bpmn_io.bpmn") == [
        ("plain_task_is_manual", "Activity_1", ""),
        ("reference_missing", "Event_1", ""),
        ("timer_without_moment", "Event_2", ""),
        ("plain_task_is_manual", "Activity_3", ""),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_who_does_a_step(name: str) -> None:
    asked = {
        step.node.id: step.asked.code
        for step in read_drawing(read_xml(marked(name))).steps
        if step.asked
    }
    expected = {
        "camunda7.bpmn": {"Activity_setuju": "sekretaris"},
        "camunda8.bpmn": {"Telaah": "kepala_bidang"},
        "flowable.bpmn": {"setujui": "kepala_bidang", "tulis": "sekretaris"},
    }
    assert asked == expected.get(name, {})


def test_which_files_belong_to_a_drawing() -> None:
    assert form_names(read_xml(marked("camunda7.bpmn"))) == {"usul.form"}
    assert form_names(read_xml(marked("camunda8.bpmn"))) == {"telaah.form"}
    assert decision_ids(read_xml(marked("camunda7.bpmn"))) == {"kelas_belanja"}
    assert decision_ids(read_xml(marked("flowable.bpmn"))) == {"golongan"}
    assert decision_ids(read_xml(marked("signavio.bpmn"))) == frozenset()


REFUSED = [
    '<camunda:executionListener class="com.x" event="start"/>',
    '<camunda:taskListener event="create" expression="${x}"/>',
    "<zeebe:executionListeners/>",
    "<zeebe:taskListeners/>",
    '<flowable:mapException errorCode="x"/>',
    "<camunda:connector/>",
]


@pytest.mark.parametrize("inside", REFUSED)
def test_what_would_run_beside_the_drawing_is_refused(inside: str) -> None:
    assert found(around(node("userTask", "x", extension(inside)))) == [
        ("foreign_not_executed", "x")
    ]


def test_what_would_skip_a_step_is_refused() -> None:
    step = node("userTask", "x", flowable__skipExpression="${dewasa}")
    assert found(around(step)) == [("foreign_not_executed", "x")]
    off = node("userTask", "x", flowable__triggerable="false")
    assert found(around(off)) == warned(around(off)) == []


@pytest.mark.parametrize(
    "attributes",
    [
        {"camunda__asyncBefore": "true"}, {"camunda__exclusive": "false"},
        {"camunda__jobPriority": "5"}, {"camunda__modelerTemplate": "x"},
    ],
)  # fmt: skip
def test_how_another_engine_stores_or_speeds_up_is_of_no_matter(
    attributes: dict[str, str],
) -> None:
    step = around(node("userTask", "x", **attributes))
    assert found(step) == warned(step) == []


def test_an_unknown_extension_is_reported_by_its_name() -> None:
    inside = extension('<ab:sesuatu xmlns:ab="urn:ab"/>')
    step = around(node("userTask", "x", inside + '<cd:lain xmlns:cd="urn:cd"/>'))
    assert found(step) == []
    assert warned(step) == [("foreign_not_read", "x")] * 2


def test_colours_are_nobodys_business() -> None:
    step = around(
        '<userTask id="x" xmlns:c="http://www.omg.org/spec/BPMN/non-normative/color/1.0" '
        'xmlns:b="http://bpmn.io/schema/bpmn/biocolor/1.0" c:border-color="#fff" b:fill="#fff"/>'
    )
    assert found(step) == warned(step) == []


def test_a_performer_without_a_role_is_reported() -> None:
    owner = (
        "<potentialOwner><resourceAssignmentExpression><formalExpression>{}"
        "</formalExpression></resourceAssignmentExpression></potentialOwner>"
    )
    for who, expected in (("sekretaris", []), ("pak budi", [("foreign_who", "x")])):
        step = around(node("userTask", "x", owner.format(who)))
        assert (found(step), warned(step)) == ([], expected)
