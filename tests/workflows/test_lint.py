"""The lint: a right drawing has no finding, and each wrong one has its own, at its element."""

import json
import re
from pathlib import Path
from time import perf_counter

import pytest

from workflows.errors import InvalidSopError
from workflows.lint import MAX_PER_RULE, RULES, Finding, lint
from workflows.reader import read_xml
from workflows.said import Said

CONTOH = (Path(__file__).parent / "fixtures" / "contoh.bpmn").read_text()
FORM = '{"type": "default", "components": [{"type": "checkbox", "key": "lengkap"}]}'
FORMS = {"satu.form": FORM}
LANE = '<bpmn:lane id="jalur_bidang" name="Bidang Ekonomi" sop:pelaksana="kepala_bidang">'
MUTU_BAKU = '<sop:mutuBaku tanpaWaktu="true" alasan="Tidak ada pada lembar." />'
MORE = "<!-- more -->"
STEP = (
    '<bpmn:userTask id="lain" name="Lain"><bpmn:extensionElements><sop:mutuBaku waktu="1 jam"/>'
    "</bpmn:extensionElements></bpmn:userTask>"
)
BORDER = (
    '<bpmn:boundaryEvent id="x" attachedToRef="satu" cancelActivity="false">'
    "<bpmn:timerEventDefinition {1}>{0}</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
)
TOTAL = 'jumlahWaktu="90 menit"'


def changed(*replacements: tuple[str, str]) -> str:
    text = CONTOH
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return text


def findings(text: str, forms: dict[str, str] | None = FORMS) -> tuple[Finding, ...]:
    return lint(read_xml(text.encode()), forms)


def flow(name: str, source: str, target: str) -> str:
    return f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}" />'


def test_a_right_drawing_has_no_finding() -> None:
    assert findings(CONTOH) == ()


# rule, severity, element at fault, replacements
WRONG: list[tuple[str, str, str, list[tuple[str, str]]]] = [
    ("one_start", "error", "contoh", [('<bpmn:startEvent id="mulai" />', ""),
                                      ("<bpmn:flowNodeRef>mulai</bpmn:flowNodeRef>", ""),
                                      (flow("f1", "mulai", "satu"), "")]),
    ("one_start", "error", "dobel", [
        (MORE, '<bpmn:startEvent id="dobel"/>' + flow("f9", "dobel", "dua"))]),
    ("flow_fits", "error", "f9", [(MORE, flow("f9", "satu", "mulai"))]),
    ("flow_fits", "error", "f9", [(MORE, flow("f9", "selesai", "satu"))]),
    ("flow_fits", "error", "f9", [(MORE, flow("f9", "satu", "dua"))]),
    ("flow_fits", "error", "f9", [
        (MORE, '<bpmn:subProcess id="sub"><bpmn:startEvent id="m"/>'
               '<bpmn:endEvent id="s"/></bpmn:subProcess>' + flow("f9", "satu", "s"))]),
    ("all_reachable", "error", "lain", [(MORE, STEP)]),
    ("all_reachable", "error", "lain", [(MORE, STEP + flow("f9", "lain", "selesai"))]),
    ("end_reachable", "warning", "lain", [
        (MORE, STEP + flow("f9", "putusan", "lain"))]),
    ("end_reachable", "error", "satu", [('targetRef="selesai"', 'targetRef="dua"')]),
    ("lane_has_known_role", "error", "jalur_sekretaris", [('"Sekretaris"', '"Pak Sek"')]),
    ("lane_has_known_role", "error", "jalur_bidang", [('"kepala_bidang"', '"kepala_bidan"')]),
    ("step_in_lane", "error", "dua", [("<bpmn:flowNodeRef>dua</bpmn:flowNodeRef>", "")]),
    ("four_eyes", "error", "dua", [('sop:unit="bidang"', 'sop:bedaOrang="tiga"')]),
    ("four_eyes", "error", "dua", [('sop:unit="bidang"', 'sop:bedaOrang="satu dua"')]),
    ("step_has_name", "warning", "dua", [(' name="Mengantar"', "")]),
    ("mutu_baku_present", "error", "dua", [(MUTU_BAKU, "")]),
    ("mutu_baku_present", "error", "dua", [(MUTU_BAKU, "<sop:mutuBaku />")]),
    ("mutu_baku_present", "error", "dua", [(MUTU_BAKU, MUTU_BAKU * 2)]),
    ("mutu_baku_present", "error", "dua", [(' alasan="Tidak ada pada lembar."', "")]),
    ("mutu_baku_present", "error", "dua", [('tanpaWaktu="true"', 'tanpaWaktu="1" waktu="1 jam"')]),
    ("waktu_readable", "error", "satu", [('waktu="90 menit"', 'waktu="segera"')]),
    ("waktu_readable", "warning", "satu", [('waktu="90 menit"', 'waktu="Sesuai jadwal"')]),
    ("waktu_readable", "warning", "satu", [('waktu="90 menit"', 'waktu="90 menit / 3 hari"')]),
    ("waktu_readable", "warning", "satu", [('waktu="90 menit"', 'waktu="H-3 hari kerja"')]),
    ("waktu_readable", "warning", "satu", [('waktu="90 menit"', 'waktu="H-3" acuan="rapat"')]),
    ("waktu_readable", "warning", "satu", [('waktu="90 menit"', 'waktu="90 menit" acuan="a"')]),
    ("waktu_readable", "warning", "satu", [('waktu="90 menit"', 'waktu="Des/Jan"')]),
    ("waktu_readable", "warning", "satu", [('waktu="90 menit"', 'waktu="3 hari"')]),
    ("sum_matches", "warning", "contoh", [(TOTAL, 'jumlahWaktu="100 menit"')]),
    ("sum_matches", "warning", "contoh", [(TOTAL, 'jumlahWaktu="lama"')]),
    ("decision_has_default_or_conditions", "error", "tidak", [(' default="tidak"', "")]),
    ("decision_has_default_or_conditions", "warning", "putusan", [(' default="tidak"', "")]),
    ("decision_has_default_or_conditions", "error", "ya", [('default="tidak"', 'default="ya"')]),
    ("decision_has_default_or_conditions", "error", "f2", [
        ('<bpmn:userTask id="satu"', '<bpmn:userTask id="satu" default="f9"'),
        (MORE, flow("f9", "satu", "putusan"))]),
    ("decision_has_default_or_conditions", "error", "ya", [
        ('exclusiveGateway id="putusan" name="Lengkap?" default="tidak"',
         'parallelGateway id="putusan"')]),
    ("decision_has_default_or_conditions", "warning", "satu", [
        (flow("f2", "satu", "dua"), flow("f2", "satu", "dua").replace(
            "/>", "><bpmn:conditionExpression>lengkap</bpmn:conditionExpression>"
            "</bpmn:sequenceFlow>"))]),
    ("labels_on_decision", "warning", "putusan", [(' name="Lengkap?"', "")]),
    ("labels_on_decision", "warning", "tidak", [(' name="tidak"', "")]),
    ("expression_readable", "error", "ya", [("lengkap == true", "lengkap = true")]),
    ("expression_readable", "error", "ya", [("lengkap == true", "__import__('os')")]),
    ("expression_readable", "error", "x", [(MORE, BORDER.format(
        "<bpmn:timeDuration>besok pagi</bpmn:timeDuration>", ""))]),
    ("expression_readable", "error", "x", [(MORE, BORDER.format(
        "<bpmn:timeCycle>0 0 9 * * ?</bpmn:timeCycle>", ""))]),
    ("waktu_readable", "error", "x", [(MORE, BORDER.format("", 'sop:waktu="segera"'))]),
    ("waktu_readable", "warning", "x", [(MORE, BORDER.format("", 'sop:waktu="3 hari"'))]),
    ("form_readable", "error", "satu", [('"satu.form"', '"dua.form"')]),
    ("form_readable", "error", "satu", [('"satu.form"', '"../satu.form"')]),
    ("form_readable", "error", "satu", [('"satu.form"', '"/etc/passwd"')]),
    ("form_readable", "error", "satu", [('"daftar_bidang" sumber', '"lengkap" sumber')]),
    ("multi_instance_unit", "error", "dua", [('sop:unit="bidang"', 'sop:unit="unit"')]),
    ("multi_instance_unit", "error", "dua", [('<bpmn:inputDataItem id="bidang" />', "")]),
    ("multi_instance_unit", "error", "satu", [('sop:nomor="1"', 'sop:unit="bidang"')]),
    ("extension_known", "error", "dua", [("<sop:mutuBaku tanpa", "<sop:mutubaku tanpa")]),
    ("extension_known", "error", "dua", [('alasan="', 'sebab="')]),
    ("extension_known", "error", "satu", [('sop:nomor="1"', 'sop:no="1"')]),
    ("extension_known", "error", "satu", [("sop:output>", "sop:keluaran>")]),
    ("extension_known", "error", "f1", [('id="f1"', 'id="f1" sop:pelaksana="sekretaris"')]),
    ("extension_known", "error", "satu", [
        ("<sop:mutuBaku waktu", '<sop:layanan jenis="luar" nama="a"/><sop:mutuBaku waktu')]),
    ("extension_known", "error", "putusan", [('id="putusan"', 'id="putusan" sop:waktu="1 jam"')]),
    ("decision_readable", "error", "x", [
        ('sourceRef="satu" targetRef="dua"', 'sourceRef="satu" targetRef="x"'),
        (MORE, '<bpmn:businessRuleTask id="x" sop:keputusan="kelas" sop:hasil="k"/>'
               + flow("f9", "x", "dua"))]),
    ("foreign_extension", "error", "satu", [
        ("<sop:mutuBaku waktu", '<c:taskListener xmlns:c="http://camunda.org/schema/1.0/bpmn"/>'
         "<sop:mutuBaku waktu")]),
    ("step_in_lane", "warning", "satu", [
        ('sop:nomor="1"', 'xmlns:c="http://camunda.org/schema/1.0/bpmn" '
         'c:candidateGroups="kepala_badan"')]),
    ("foreign_extension", "warning", "satu", [
        ('sop:nomor="1"', 'xmlns:c="http://camunda.org/schema/1.0/bpmn" c:assignee="x"')]),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "severity", "element", "replacements"), WRONG)
def test_a_wrong_drawing_is_found_at_its_element(
    rule: str, severity: str, element: str, replacements: list[tuple[str, str]]
) -> None:
    found = findings(changed(*replacements))
    assert (rule, severity, element) in [(one.rule, one.severity, one.element) for one in found]


def test_every_rule_has_a_docstring_with_examples() -> None:
    folder = Path(__file__).parents[2] / "workflows" / "lint"
    for rule in RULES:
        text = (folder / f"{rule}.py").read_text()
        assert re.match(r'"""[^"]+Right: (.|\n)+?(Wrong|Warned): (.|\n)+?"""', text), rule


@pytest.mark.parametrize("replacements", [one[3] for one in WRONG])
def test_messages_are_whole_sentences_that_name_something(
    replacements: list[tuple[str, str]],
) -> None:
    for one in findings(changed(*replacements)):
        assert one.message[0].isupper() and one.message.endswith("."), one
        assert "  " not in one.message and "None" not in one.message, one
        assert one.element, one
        kept = Finding.read(json.loads(json.dumps(one.document())))
        assert kept == one and isinstance(kept.message, Said)


def test_errors_come_before_warnings() -> None:
    found = findings(changed((' name="Lengkap?"', ""), (MUTU_BAKU, "")))
    assert [one.severity for one in found] == ["error", "warning"]


def test_a_near_role_is_suggested() -> None:
    (found,) = findings(changed(('"Sekretaris"', '"Sekertaris"')))
    assert 'Mungkin maksudnya "Sekretaris"' in found.message


def test_the_choices_of_an_ambiguous_duration_are_named() -> None:
    (found,) = findings(changed(('waktu="90 menit"', 'waktu="120 menit / 3 hari kerja"')))
    assert "120 menit atau 3 hari kerja" in found.message


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("{", "bukan JSON"),
        ('{"components": [{"type": "number", "key": "a", "conditional": {"hide": "=("}}]}', '"a"'),
        ('{"components": [{"type": "iframe", "key": "b"}]}', 'belum didukung (isian "b")'),
    ],
)
def test_an_unreadable_form_is_told_with_its_field(form: str, part: str) -> None:
    (found,) = findings(CONTOH, {"satu.form": form})
    assert (found.rule, found.severity, found.element) == ("form_readable", "error", "satu")
    assert part in found.message


def test_forms_that_nobody_knows_are_not_missed() -> None:
    assert findings(CONTOH, None) == ()


def test_units_of_time_are_not_added_up() -> None:
    found = findings(changed(('waktu="90 menit"', 'waktu="2 hari kerja"')))
    assert "sum_matches" not in [one.rule for one in found]


def test_a_dead_end_is_reported_once() -> None:
    found = findings(changed((MORE, STEP + flow("f9", "putusan", "lain"))))
    assert [one.element for one in found if one.rule == "end_reachable"] == ["lain"]


def test_a_loop_that_something_ends_may_have_no_way_out() -> None:
    endless = ('targetRef="selesai"', 'targetRef="dua"')
    found = findings(changed(endless))
    assert "end_reachable" in [one.rule for one in found if one.severity == "error"]
    sub = (
        '<bpmn:subProcess id="batal" triggeredByEvent="true"><bpmn:startEvent id="v">'
        "<bpmn:timerEventDefinition><bpmn:timeDuration>P9D</bpmn:timeDuration>"
        "</bpmn:timerEventDefinition></bpmn:startEvent></bpmn:subProcess>"
    )
    found = findings(changed(endless, (MORE, sub)))
    assert [one.element for one in found if one.rule == "end_reachable"] == ["v"]  # it stops there


def test_the_lane_of_a_step_may_be_a_candidate_group() -> None:
    asks = 'xmlns:c="http://camunda.org/schema/1.0/bpmn" c:candidateGroups="x, sekretaris"'
    outside = ("<bpmn:flowNodeRef>satu</bpmn:flowNodeRef>", "")
    found = findings(changed(outside, ('sop:nomor="1"', asks)))
    assert [(one.rule, one.severity) for one in found] == [("foreign_extension", "warning")]
    found = findings(changed(outside, ('sop:nomor="1"', asks.replace("sekretaris", "tapd"))))
    assert [(one.rule, one.severity) for one in found] == [("foreign_extension", "warning")]


def test_a_drawing_that_cannot_be_walked_is_refused() -> None:
    with pytest.raises(InvalidSopError) as caught:
        findings(changed(('targetRef="dua"', 'targetRef="jalur_bidang"')))
    assert caught.value.code == "unknown_reference"


def test_a_hostile_number_of_mistakes_is_told_in_short_and_soon() -> None:
    lanes = "".join(f'<bpmn:lane id="x{n}" name="Kasubag Rencana {n}"/>' for n in range(15_000))
    started = perf_counter()
    found = findings(changed(("</bpmn:laneSet>", lanes + "</bpmn:laneSet>")))
    assert perf_counter() - started < 5
    assert [one.rule for one in found] == ["lane_has_known_role"] * MAX_PER_RULE


def test_warnings_do_not_crowd_out_an_error() -> None:
    extra = "".join(
        STEP.replace('"lain"', f'"x{n}"').replace("1 jam", "3 hari") for n in range(MAX_PER_RULE)
    )
    text = changed((MORE, extra + STEP.replace("1 jam", "segera")))
    found = [one for one in findings(text) if one.rule == "waktu_readable"]
    assert [one.severity for one in found] == ["error"] + ["warning"] * MAX_PER_RULE


def test_a_long_name_is_cut_in_messages() -> None:
    (found,) = findings(changed(('name="Sekretaris"', f'name="{"x" * 100_000}"')))
    assert len(found.message) < 300
