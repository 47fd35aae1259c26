"""The page docs/reference/bpmn.md says what the reader does, row by row."""

import re
from pathlib import Path

import pytest

from tests.workflows.process.models import (
    COMPENSATION,
    DEFINITIONS,
    ERROR,
    LINK,
    MESSAGE,
    SHARED,
    SIGNAL,
    around,
    drawn,
    extension,
    file,
    flow,
    flows,
    found,
    node,
    scope,
    timer,
    warned,
)
from workflows.bpmn_xml import read_xml
from workflows.drawing import read_drawing
from workflows.errors import InvalidSopError
from workflows.lint import instead
from workflows.lint.instead_elements import ELEMENTS, EVENTS, KINDS
from workflows.process.events import ALLOWED
from workflows.process.read import read_process

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "bpmn.md").read_text("utf-8")
TABLES = (
    instead.STARTS, instead.FLOWS, instead.REACH, instead.DECISIONS, instead.EXPRESSIONS,
    instead.TIMES, instead.FOREIGN,
)  # fmt: skip
PLACES = {
    "startEvent": "mulai proses",
    "startEvent of a sub-process": "mulai subproses",
    "startEvent of an event sub-process": "mulai subproses kejadian",
    "boundaryEvent": "di tepi",
    "intermediateCatchEvent": "tunggu di tengah alur",
    "intermediateThrowEvent": "kirim di tengah alur",
    "endEvent": "selesai",
}


def matrix() -> list[str]:
    return [
        f"| {name} | " + " | ".join("✓" if kind in ALLOWED[place] else "–" for kind in DEFINITIONS)
        + " |" for place, name in PLACES.items()
    ]  # fmt: skip


def sentences() -> list[str]:
    """The codes with their sentences, and what is said instead of each kind of element."""
    rows = [f"| `{code}` | {text} |" for table in (ELEMENTS, *TABLES)
            for code, text in sorted(table.items())]  # fmt: skip
    rows += [f"| `element_not_executed`, {kind} | {what[1]}. |" for kind, what in KINDS.items()]
    rows += [f"| `event_not_executed`, {kind} | {what}. |" for kind, what in EVENTS.items()]
    return [re.sub(r"%\((\w+)\)s", r"{\1}", row) for row in rows]


def rows(status: str) -> list[str]:
    """The first cells of all rows with that status, in the order of the page."""
    return re.findall(rf"^\| (.+?) \| {status} \|", PAGE, re.MULTILINE)


def one(tag: str, inside: str = "", /, **attributes: str) -> str:
    return around(node(tag, "x", inside, **attributes))


def loop(inside: str = "", attributes: str = "") -> str:
    tag = "multiInstanceLoopCharacteristics"
    return one("userTask", f"<{tag} {attributes}>{inside}</{tag}>")


def split(tag: str, *conditions: str, default: str = "") -> str:
    ways = [flow("x", end, each) for end, each in zip("yz", conditions, strict=True)]
    ends = node("endEvent", "y") + node("endEvent", "z")
    attributes = {"default": default} if default else {}
    begin = node("startEvent", "a") + node(tag, "x", **attributes)
    return begin + ends + flow("a", "x") + "".join(ways)


def gateway(**attributes: str) -> str:
    wait = node("intermediateCatchEvent", "v", MESSAGE)
    return around(node("eventBasedGateway", "x", **attributes) + wait, "a x v z")


def data_association(inside: str) -> str:
    association = f"<dataInputAssociation><targetRef>o</targetRef>{inside}</dataInputAssociation>"
    return one("userTask", association) + '<dataObject id="o"/>'


STEP = node("userTask", "x")
WORK = extension('<sop:layanan jenis="luar" nama="a"/>')
LIST = "<loopDataInputRef>daftar</loopDataInputRef>"
UNDONE = (
    STEP + node("boundaryEvent", "b", COMPENSATION, attachedToRef="x")
    + node("userTask", "u", isForCompensation="true")
    + '<association id="j" sourceRef="b" targetRef="u"/>'
)  # fmt: skip
THROW = node("intermediateThrowEvent", "t", "<compensateEventDefinition {}/>")
SCRIPT = "<camunda:script>x</camunda:script>"
PARAMETER = (
    '<camunda:inputOutput><camunda:inputParameter name="n">{}</camunda:inputParameter>'
    "</camunda:inputOutput>"
)
OWNER = (
    "<potentialOwner><resourceAssignmentExpression><formalExpression>{}</formalExpression>"
    "</resourceAssignmentExpression></potentialOwner>"
)
SUBSCRIPTION = (
    '<correlationSubscription id="cs"><correlationPropertyBinding correlationPropertyRef="c">'
    "<dataPath>nomor</dataPath></correlationPropertyBinding></correlationSubscription>"
)
PROPERTY = (
    '<correlationProperty id="c"><correlationPropertyRetrievalExpression messageRef="m2">'
    "<messagePath>nomor</messagePath></correlationPropertyRetrievalExpression>"
    "</correlationProperty>"
)

EXECUTED = {
    "`userTask`": one("userTask"),
    "`manualTask`": one("manualTask"),
    "`task`": one("task"),
    "`scriptTask`": one("scriptTask", "<script>a = 1</script>"),
    "`serviceTask` dengan `sop:layanan`": one("serviceTask", WORK),
    "`sendTask` dengan `messageRef`": one("sendTask", messageRef="m"),
    "`sendTask` dengan `sop:layanan`": one("sendTask", WORK),
    "`receiveTask`": one("receiveTask", messageRef="m"),
    "`businessRuleTask`": one("businessRuleTask", sop__keputusan="k", sop__hasil="h"),
    "`callActivity`": one("callActivity", calledElement="lain"),
    "`subProcess`": around(scope("subProcess", "x")),
    "`subProcess` dengan `triggeredByEvent`":
        around(STEP + scope("subProcess", "y", SIGNAL, triggeredByEvent="true")),
    "`multiInstanceLoopCharacteristics` dengan daftar": loop(LIST + '<inputDataItem id="i"/>'),
    "`multiInstanceLoopCharacteristics` dengan jumlah":
        loop("<loopCardinality>3</loopCardinality>"),
    "`loopDataOutputRef`, `outputDataItem`":
        loop(LIST + '<loopDataOutputRef>h</loopDataOutputRef><outputDataItem id="u"/>'),
    "`completionCondition`": loop(LIST + "<completionCondition>cukup</completionCondition>"),
    "`standardLoopCharacteristics`":
        one("userTask", '<standardLoopCharacteristics loopMaximum="3"/>'),
    "perulangan tanpa `loopDataOutputRef` yang menulis variabel":
        loop(LIST).replace("userTask", "scriptTask").replace(
            "</scriptTask>", "<script>a = 1</script></scriptTask>"),
    "`exclusiveGateway`": split("exclusiveGateway", "a", "", default="x_z"),
    "`inclusiveGateway`": split("inclusiveGateway", "a", "b"),
    "`parallelGateway`": split("parallelGateway", "", ""),
    "`eventBasedGateway`": gateway(),
    "`sequenceFlow`": around(STEP),
    "beberapa garis keluar dari tugas atau kejadian": split("userTask", "a", ""),
    "beberapa garis masuk ke tugas": around(STEP + node("userTask", "y"), "a x z")
        + flows("a y x"),
    "`conditionExpression`": split("exclusiveGateway", "${a}", "=b"),
    "`default`": split("userTask", "a", "", default="x_z"),
    "jalan tanpa kejadian selesai": node("startEvent", "a") + STEP + flows("a x"),
    "kejadian mulai kedua dengan pesan atau sinyal lain":
        around(STEP + node("startEvent", "v", MESSAGE)) + flows("v x"),
    '`cancelActivity="false"`, `isInterrupting="false"`': around(
        STEP + node("boundaryEvent", "v", SIGNAL, attachedToRef="x", cancelActivity="false")),
    "`timeDuration`, `timeDate`": drawn("boundaryEvent", timer("timeDate", "2026-12-31")),
    "`timeCycle` di tepi yang tidak menghentikan": around(STEP + node(
        "boundaryEvent", "v", timer("timeCycle", "R3/PT10M"), attachedToRef="x",
        cancelActivity="false")),
    "`sop:waktu`": drawn("boundaryEvent", '<timerEventDefinition sop:waktu="3 hari kerja"/>'),
    "`eventDefinitionRef`":
        drawn("boundaryEvent", "<eventDefinitionRef>tw</eventDefinitionRef>"),
    "galat atau eskalasi tanpa kode, ditangkap":
        drawn("boundaryEvent", "<errorEventDefinition/>"),
    "kompensasi dengan langkah pembatalan": around(UNDONE + THROW.format(""), "a x t z"),
    "`correlationSubscription`":
        drawn("boundaryEvent", MESSAGE.replace('"m"', '"m2"')) + SUBSCRIPTION,
    "`candidateGroups`, `assignmentDefinition`, `potentialOwner` dengan peran yang dikenal":
        one("userTask", OWNER.format("sekretaris"), camunda__candidateGroups="sekretaris"),
    "`formKey` bernama berkas `.form`": one("userTask", camunda__formKey="usul.form"),
    '`camunda:type="external"`, `flowable:type="external-worker"`, `zeebe:taskDefinition`':
        one("serviceTask", camunda__type="external", camunda__topic="t"),
    '`camunda:decisionRef`, `zeebe:calledDecision`, `flowable:type="dmn"`':
        one("businessRuleTask", camunda__decisionRef="k", camunda__resultVariable="h"),
    "`inputOutput`, `ioMapping`": one("userTask", extension(PARAMETER.format("${a}"))),
    "`camunda:in`, `camunda:out`, `zeebe:calledElement`": one(
        "callActivity", extension('<camunda:in source="a" target="b"/>'), calledElement="q"),
    "`camunda:collection`, `zeebe:loopCharacteristics`": loop("", 'camunda:collection="daftar"'),
    "`zeebe:subscription`": drawn("boundaryEvent", '<messageEventDefinition messageRef="mz"/>'),
}  # fmt: skip
MORE = (
    SHARED
    + PROPERTY
    + (
        '<message id="mz" name="z"><extensionElements><zeebe:subscription correlationKey="=a"/>'
        "</extensionElements></message>"
        '<timerEventDefinition id="tw"><timeDuration>P1D</timeDuration></timerEventDefinition>'
    )
)

REFUSED = {
    "`scriptTask` berbahasa lain":
        one("scriptTask", "<script>a = 1</script>", scriptFormat="groovy"),
    "`serviceTask` tanpa pekerjaan": one("serviceTask"),
    "`receiveTask` dengan `instantiate`": one("receiveTask", messageRef="m", instantiate="true"),
    "`callActivity` ke dirinya sendiri": one("callActivity", calledElement="p"),
    "`transaction`": one("transaction"),
    "`adHocSubProcess`": one("adHocSubProcess"),
    "`startQuantity`, `completionQuantity` selain 1": one("userTask", startQuantity="2"),
    "`behavior` selain `All`": loop(LIST, 'behavior="None"'),
    "perulangan tanpa daftar dan tanpa jumlah": loop(),
    "`standardLoopCharacteristics` tanpa syarat dan batas":
        one("userTask", "<standardLoopCharacteristics/>"),
    "perulangan pada `subProcess` dengan `triggeredByEvent`": around(STEP + scope(
        "subProcess", "y", SIGNAL, f"<multiInstanceLoopCharacteristics>{LIST}"
        "</multiInstanceLoopCharacteristics>", triggeredByEvent="true")),
    "`eventBasedGateway` dengan `instantiate`": gateway(instantiate="true"),
    "`eventBasedGateway` paralel": gateway(eventGatewayType="Parallel"),
    "`complexGateway`": one("complexGateway"),
    "ungkapan berbahasa lain": split("userTask", "a", "b").replace(
        "<conditionExpression>", '<conditionExpression language="groovy">'),
    "syarat sesudah `parallelGateway`": split("parallelGateway", "a", ""),
    "`default` yang bersyarat": split("exclusiveGateway", "a", "b", default="x_z"),
    "garis melintasi batas subproses": around(scope("subProcess", "x")) + flow("x_a", "z"),
    "garis yang digambar dua kali": around(STEP) + flow("x", "z").replace("x_z", "f"),
    "elemen yang tidak dicapai": around(STEP) + node("userTask", "y"),
    "kejadian mulai kedua tanpa lambang": around(STEP + node("startEvent", "v")) + flow("v", "x"),
    "galat yang tidak menghentikan": around(
        STEP + node("boundaryEvent", "v", ERROR, attachedToRef="x", cancelActivity="false")),
    "`timeCycle` di tengah alur":
        drawn("intermediateCatchEvent", timer("timeCycle", "R3/PT10M")),
    "jadwal cron": drawn("boundaryEvent", timer("timeCycle", "0 0 9 * * ?")),
    "beberapa lambang dalam satu kejadian": drawn("boundaryEvent", MESSAGE + SIGNAL),
    "pesan atau sinyal tanpa nama": drawn("boundaryEvent", "<messageEventDefinition/>"),
    "sambungan ke pasangannya di lingkup lain": around(
        scope("subProcess", "x", "", node("intermediateThrowEvent", "t", LINK) + flow("x_a", "t"))
        + node("intermediateCatchEvent", "c", LINK)),
    "kompensasi langkah yang berulang": around(UNDONE.replace(
        STEP, node("userTask", "x", '<standardLoopCharacteristics loopMaximum="2"/>'))),
    '`waitForCompletion="false"`':
        around(UNDONE + THROW.format('waitForCompletion="false"'), "a x t z"),
    "asosiasi data dengan `assignment`":
        data_association("<assignment><from>1</from><to>o</to></assignment>"),
    "dua proses yang ditandai `isExecutable`":
        around(STEP) + '</process><process id="q" isExecutable="true">',
    "`choreography`": around(STEP) + '</process><choreography id="tari"/><process id="q">',
    "perluasan dengan `mustUnderstand`":
        around(STEP) + '</process><extension mustUnderstand="true"/><process id="q">',
    "`class`, `expression`, `delegateExpression`, `connector`":
        one("serviceTask", camunda__class="com.x"),
    "`inputOutput` dengan skrip": one("userTask", extension(PARAMETER.format(SCRIPT))),
    "semua variabel hanya ke satu arah":
        one("callActivity", extension('<camunda:in variables="all"/>'), calledElement="q"),
    "`executionListener`, `taskListener`, `skipExpression`":
        one("userTask", extension("<camunda:taskListener/>")),
}  # fmt: skip

DOCUMENTATION = {
    "`conditionExpression` kosong": around(STEP, "a x") + flow("x", "z", " "),
    "`dataObject`, `dataObjectReference`":
        around(STEP) + '<dataObject id="o"/><dataObjectReference id="r" dataObjectRef="o"/>',
    "`dataStoreReference`": around(STEP) + '<dataStoreReference id="r"/>',
    "`property`, `ioSpecification`, asosiasi data": data_association("").replace(
        "<dataInputAssociation>", '<ioSpecification/><property id="pr"/><dataInputAssociation>'),
    "`textAnnotation`, `group`, `association`": around(STEP)
        + '<textAnnotation id="t"/><group id="g"/><association id="j" sourceRef="x" '
        'targetRef="t"/>',
    "`documentation`": one("userTask", "<documentation>Catatan.</documentation>"),
    "`laneSet`, `lane`": around(STEP)
        + '<laneSet><lane id="l" name="Sekretaris"><flowNodeRef>x</flowNodeRef></lane></laneSet>',
    "pool mitra dan `messageFlow`": around(STEP)
        + '</process><collaboration id="c"><participant id="pp" processRef="p"/><participant '
        'id="mitra"/><messageFlow id="mf" sourceRef="x" targetRef="mitra"/></collaboration>'
        '<process id="q">',
    "`conversation`": around(STEP)
        + '</process><collaboration id="c"><conversation id="cv"/></collaboration>'
        '<process id="q">',
    "`asyncBefore`, `jobPriority`, `historyTimeToLive`": one("userTask", camunda__asyncBefore="1"),
    "warna dan letak": around(STEP.replace(
        "<userTask", '<userTask xmlns:b="http://bpmn.io/schema/bpmn/biocolor/1.0" b:fill="#fff"')),
}  # fmt: skip

REPORTED = {
    "atribut yang tidak dikenal BPMN": one("userTask", retries="3"),
    "`candidateGroups` lain": one("userTask", camunda__candidateGroups="entah"),
    "`assignee`, `candidateUsers`": one("userTask", camunda__assignee="budi"),
    "`formKey` lain, `formData`": one("userTask", camunda__formKey="app:form"),
    "`dueDate`, `followUpDate`, `priority`": one("userTask", camunda__dueDate="P3D"),
    "perluasan lain": one("userTask", extension('<ab:sesuatu xmlns:ab="urn:ab"/>')),
}


@pytest.mark.parametrize(
    ("status", "models"),
    [
        ("dijalankan", EXECUTED), ("ditolak", REFUSED), ("dokumentasi", DOCUMENTATION),
        ("dilaporkan", REPORTED),
    ],
)  # fmt: skip
def test_every_row_has_a_drawing(status: str, models: dict[str, str]) -> None:
    assert rows(status) == list(models)


@pytest.mark.parametrize("row", EXECUTED)
def test_what_is_executed(row: str) -> None:
    content = EXECUTED[row]
    assert found(content, MORE) == []
    # The drawings here declare the namespace of an engine whose calls hand nothing on.
    told = {
        "`task`": ["plain_task_is_manual"],
        "`callActivity`": ["call_hands_nothing"],
        "perulangan tanpa `loopDataOutputRef` yang menulis variabel": ["loop_result_lost"],
    }
    assert [code for code, _ in warned(content, MORE)] == told.get(row, [])


@pytest.mark.parametrize("row", REFUSED)
def test_what_is_refused(row: str) -> None:
    try:
        refusals = found(REFUSED[row])
    except InvalidSopError as error:
        assert error.code == "several_processes"
    else:
        assert refusals and all(element for _, element in refusals)


def test_what_is_documentation() -> None:
    plain = read_process(read_xml(file(around(STEP)))).container
    for row, content in DOCUMENTATION.items():
        reading = read_process(read_xml(file(content)))
        assert reading.refusals == (), row
        assert reading.container == plain, row


def test_what_is_reported() -> None:
    plain = read_process(read_xml(file(around(STEP)))).container
    for row, content in REPORTED.items():
        reading = read_process(read_xml(file(content)))
        assert [one.severity for one in reading.refusals] == ["warning"], row
        assert reading.container == plain, row


def test_the_table_of_events_is_that_of_the_reader() -> None:
    header = re.search(r"^\| tempat \| (.+) \|$", PAGE, re.MULTILINE)
    assert header is not None and header[1].split(" | ") == list(DEFINITIONS)
    assert set(PLACES) == set(ALLOWED)
    for row in matrix():
        assert row in PAGE


def test_every_sentence_is_on_the_page() -> None:
    written = PAGE[PAGE.index("## Penolakan") :].splitlines()
    assert [row for row in written if row.startswith("| `")] == sentences()


def test_the_examples_are_right() -> None:
    examples = re.findall(r"```xml\n(.+?)```", PAGE, re.DOTALL)
    assert len(examples) >= 4
    for example in examples:
        content = around(STEP) + example
        # The examples show elements, not the flows between them.
        assert {code for code, _ in found(content)} <= {"unreachable"}, example
        assert warned(content) == [], example
        assert read_drawing(read_xml(file(content)))
