"""Files of other tools: what is read of them, what they become, and what is refused."""

from __future__ import annotations

import io
import zipfile

import pytest

from workflows.bpmn_xml import find_process, read_xml
from workflows.errors import InvalidAnswerError, InvalidSopError
from workflows.importing import (
    Package,
    assign_roles,
    choose_process,
    examine,
    lay_out_anew,
    pack,
    unpack,
)

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
STEPS = (
    '<startEvent id="{0}s"/><userTask id="{0}a" name="Memeriksa café"/><endEvent id="{0}e"/>'
    '<sequenceFlow id="{0}f" sourceRef="{0}s" targetRef="{0}a"/>'
    '<sequenceFlow id="{0}g" sourceRef="{0}a" targetRef="{0}e"/>'
)


def process(key: str = "p", attributes: str = "", within: str = "") -> str:
    return f'<process id="{key}" {attributes}>{within}{STEPS.format(key)}</process>'


def file(*parts: str, head: str = "", attributes: str = "") -> bytes:
    return f'{head}<definitions xmlns="{BPMN}" {attributes}>{"".join(parts)}</definitions>'.encode()


def zipped(*parts: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return stream.getvalue()


def refusal(*files: tuple[str, bytes]) -> tuple[str, dict[str, object]]:
    with pytest.raises(InvalidAnswerError) as caught:
        unpack(files)
    return caught.value.code, {k: v for k, v in caught.value.fields.items() if k != "field"}


def name_of(xml: bytes) -> str | None:
    return next(one.get("name") for one in read_xml(xml).iter(f"{{{BPMN}}}userTask"))


# What is uploaded.


def test_a_drawing_brings_its_forms_and_tables_loose_or_packed() -> None:
    loose = [("izin.bpmn", file(process())), ("telaah.form", b"{}"), ("nilai.dmn", b"<x/>")]
    expected = Package("izin.bpmn", loose[0][1], {"telaah.form": "{}", "nilai.dmn": "<x/>"})
    assert unpack([*loose, ("", b"")]) == expected  # a field left empty
    folder = [(f"proyek/{name}", data) for name, data in loose]
    more = [("baca.txt", b"hai"), ("__MACOSX/._izin.bpmn", b"\0"), (".DS_Store", b"\0")]
    packed = unpack([("proyek.bpmn", zipped(*folder, *more))])  # whatever it is called
    assert (packed.xml, packed.forms, packed.ignored) == (
        expected.xml,
        expected.forms,
        ("baca.txt",),
    )
    assert unpack([("a.zip", pack(expected))]) == expected


@pytest.mark.parametrize(
    ("files", "code", "fields"),
    [
        ([], "sop_file_missing", {}),
        ([("", b"")], "sop_file_missing", {}),
        ([("surat.docx", b"x")], "sop_file_kind", {"name": "surat.docx"}),
        ([("a.form", b"{}")], "sop_file_no_bpmn", {}),
        ([("a.zip", zipped())], "sop_file_no_bpmn", {}),
        (
            [("a.bpmn", b"<a/>"), ("b.XML", b"<b/>")],
            "sop_file_several_bpmn",
            {"names": "a.bpmn, b.XML"},
        ),
        (
            [("a.bpmn", b"<a/>"), ("x.zip", zipped(("y/a.bpmn", b"<a/>")))],
            "sop_file_twice",
            {"name": "a.bpmn"},
        ),
        ([("a.zip", b"PK\x03\x04rusak")], "sop_zip_broken", {"name": "a.zip"}),
        ([("a.zip", b"bukan zip")], "sop_zip_broken", {"name": "a.zip"}),
        (
            [("a.zip", zipped(*((f"{n}.form", b"") for n in range(101))))],
            "sop_zip_too_large",
            {"files": 100, "size": 8},
        ),
        (
            [("a.zip", zipped(("a.bpmn", bytes(8_000_001))))],
            "sop_zip_too_large",
            {"files": 100, "size": 8},
        ),
        ([("a.bpmn", b"<a/>"), ("f.form", b"\xff\xfe")], "sop_file_not_text", {"name": "f.form"}),
        ([("foto.bpmn", b"\x89PNG\r\n\x1a\n\0\0")], "sop_file_not_drawing", {"name": "foto.bpmn"}),
        ([("a.bpmn", b"%PDF-1.7")], "sop_file_not_drawing", {"name": "a.bpmn"}),
    ],
)
def test_what_is_no_drawing_is_refused_by_name(
    files: list[tuple[str, bytes]], code: str, fields: dict[str, object]
) -> None:
    assert refusal(*files) == (code, fields)


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "utf-16", "UTF-8"])
def test_letters_of_older_tools_are_read(encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    data = file(process(), head=head).decode().encode(encoding)
    package = unpack([("a.bpmn", data)])
    assert name_of(choose_process(package.xml)) == "Memeriksa café"
    assert (package.xml == data) is (encoding == "UTF-8")


@pytest.mark.parametrize(
    "data",
    [
        file(process()).decode().encode("latin-1"),  # says nothing of itself
        b'<?xml version="1.0" encoding="EBCDIC-XX"?>' + "é".encode("latin-1"),
        b"\xff\xfe<\0a",  # half a letter
        b"",
    ],
)
def test_what_cannot_be_guessed_is_left_to_the_reader(data: bytes) -> None:
    try:
        xml = unpack([("a.bpmn", data)]).xml
    except InvalidAnswerError as error:
        assert error.code == "sop_file_not_drawing"
        return
    assert xml == data
    with pytest.raises(InvalidSopError):
        choose_process(xml)


# Which process, and in which shape.


def test_a_file_that_is_ready_stays_byte_for_byte() -> None:
    marked = file(
        process(attributes='isExecutable="true"'), head="<?xml version='1.0'?>\n<!-- a -->"
    )
    assert choose_process(marked) is marked
    assert assign_roles(marked, {"lane": "sekretaris"}) is marked
    drawn = lay_out_anew(marked)
    assert b"BPMNShape" in drawn and lay_out_anew(drawn) is drawn


def test_of_several_processes_the_marked_one_is_run_else_the_largest() -> None:
    small = '<process id="kecil"><startEvent id="m"/></process>'
    several = file(small, process("besar"))
    assert find_process(read_xml(choose_process(several))).get("id") == "besar"
    chosen = choose_process(several, "kecil")
    assert find_process(read_xml(chosen)).get("id") == "kecil"
    report = examine(several, chosen)
    assert [(one.key, one.elements, one.executable) for one in report.processes] == [
        ("kecil", 1, True),
        ("besar", 3, False),
    ]
    both = file(process("satu", 'isExecutable="true"'), process("dua", 'isExecutable="1"'))
    assert find_process(read_xml(choose_process(both, "dua"))).get("id") == "dua"
    with pytest.raises(InvalidAnswerError, match="unknown_import_process"):
        choose_process(several, "tidak-ada")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (
            file('<collaboration id="c"><participant id="x"/></collaboration>'),
            "sop_file_no_process",
        ),
        (b'<Package xmlns="http://www.wfmc.org/2008/XPDL2.1"/>', "wrong_namespace"),
        (b"<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&x;</d>", "forbidden_doctype"),
        (b"<definitions>", "malformed_xml"),
        (file(process())[:-30], "malformed_xml"),
        (file(process(), process()), "duplicate_id"),
        (
            file(process(within='<sequenceFlow id="h" sourceRef="pa" targetRef="x"/>')),
            "unknown_reference",
        ),
    ],
)
def test_what_no_process_can_be_made_of_is_refused(data: bytes, code: str) -> None:
    with pytest.raises((InvalidSopError, InvalidAnswerError), match=code):
        examine(data, choose_process(data))


# What the report says.

LANES = (
    '<laneSet id="ls"><lane id="l1" name="Sekretaris"><flowNodeRef>pa</flowNodeRef></lane>'
    '<lane id="l2" name="Loket"><childLaneSet id="cs"><lane id="l3" name="Petugas loket"/>'
    "</childLaneSet></lane></laneSet>"
)
REST = (
    '<subProcess id="sp"><userTask id="u2"/></subProcess><serviceTask id="st"/>'
    '<exclusiveGateway id="gw"/><textAnnotation id="ta"><text>n</text></textAnnotation>'
)
POOLS = (
    '<collaboration id="c"><participant id="x1" name="Pelayanan  izin" processRef="Process_1"/>'
    '<participant id="x2" name="Pemohon"/><participant id="x3"/></collaboration>'
)


def test_the_report_names_what_is_there_and_what_is_proposed() -> None:
    data = file(
        POOLS,
        process("Process_1", within=LANES.replace("pa", "Process_1a") + REST),
        attributes='exporter="bpmn-js (https://demo.bpmn.io)" exporterVersion="18"',
    )
    report = examine(data, choose_process(data))
    assert report.tool == "bpmn-js (https://demo.bpmn.io) 18"
    assert (report.found, report.found_name) == ("Process_1", "")
    assert (report.key, report.name) == ("pelayanan-izin", "Pelayanan izin")
    assert report.counts == {"steps": 2, "works": 2, "gateways": 1, "events": 2}
    assert [(one.id, one.name, one.role) for one in report.lanes] == [
        ("l1", "Sekretaris", "sekretaris"),
        ("l3", "Petugas loket", ""),
    ]
    assert report.partners == ("Pemohon", "x3")
    assert report.remarks == {"textAnnotation": 1}
    assert not report.has_picture
    assert len(examine(data, choose_process(data)).name) <= 200


def test_roles_are_written_only_where_they_are_not_meant_already() -> None:
    xml = choose_process(file(process(within=LANES)))
    assert assign_roles(xml, {"l1": "sekretaris", "l3": ""}) == xml
    root = read_xml(assign_roles(xml, {"l3": "pengadministrasi"}))
    found = {one.get("id"): dict(one.attrib) for one in root.iter(f"{{{BPMN}}}lane")}
    assert [key for key, one in found.items() if any("pelaksana" in name for name in one)] == ["l3"]
