"""Reading BPMN: what a good file says, and what every bad one is refused with."""

import re
from pathlib import Path
from time import perf_counter

import pytest

from workflows.errors import InvalidSopError
from workflows.reader import content_hash, read_sop, read_xml

CONTOH = (Path(__file__).parent / "fixtures" / "contoh.bpmn").read_text()
DECLARATION = re.compile(r"<\?xml.*\?>\s*")
MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def changed(old: str, new: str) -> bytes:
    assert old in CONTOH, old
    return CONTOH.replace(old, new).encode()


def refusal(data: bytes) -> InvalidSopError:
    with pytest.raises(InvalidSopError) as caught:
        read_sop(read_xml(data))
    return caught.value


def wrapped(inside: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<definitions xmlns="{MODEL}">{inside}</definitions>'.encode()
    )


def test_reads_lanes_steps_and_initial_data() -> None:
    sop = read_sop(read_xml(CONTOH.encode()))
    assert (sop.key, sop.name, sop.identitas.nama) == ("contoh", "Contoh", "Contoh")
    assert [(lane.name, lane.role) for lane in sop.pelaksana] == [
        ("Sekretaris", "sekretaris"),
        ("Bidang Ekonomi", "kepala_bidang"),
    ]
    satu, dua = sop.kegiatan
    assert (satu.nomor, satu.documentation, satu.formulir) == (
        "1",
        "Menyusun rencana.",
        "satu.form",
    )
    assert satu.mutu_baku.output == ("Rencana",)
    assert (dua.role, dua.unit_variable, dua.multi_instance) == ("kepala_bidang", "bidang", True)
    assert (dua.mutu_baku.waktu, dua.mutu_baku.alasan) == (None, "Tidak ada pada lembar.")
    assert [one.nama for one in sop.data_awal] == ["daftar_bidang"]
    assert sop.penentu == {"lengkap"}
    assert sop.kegiatan_at("dua") is dua and sop.kegiatan_at("putusan") is None


def test_an_sop_without_identity_block_is_read() -> None:
    sop = read_sop(read_xml(changed('<sop:identitas unit="Badan" jumlahWaktu="90 menit" />', "")))
    assert sop.identitas.nama == "Contoh" and sop.identitas.unit == ""


@pytest.mark.parametrize("prefix", ["semantic", "bpmn2", "x"])
def test_any_prefix_is_read(prefix: str) -> None:
    text = CONTOH.replace("bpmn:", f"{prefix}:").replace("xmlns:bpmn", f"xmlns:{prefix}")
    assert read_sop(read_xml(text.encode())) == read_sop(read_xml(CONTOH.encode()))


def test_the_default_namespace_is_read() -> None:
    text = CONTOH.replace('"bpmn:tFormal', '"tFormal').replace("xmlns:bpmn", "xmlns")
    text = text.replace("<bpmn:", "<").replace("</bpmn:", "</")
    assert read_sop(read_xml(text.encode())) == read_sop(read_xml(CONTOH.encode()))


def test_blanks_around_a_lane_reference_do_not_lose_the_lane() -> None:
    root = read_xml(changed("<bpmn:flowNodeRef>dua<", "<bpmn:flowNodeRef>\n      dua\t <"))
    step = read_sop(root).kegiatan_at("dua")
    assert step is not None and step.role == "kepala_bidang"
    assert "dua" in [one.text for one in root.iter(f"{{{MODEL}}}flowNodeRef")]


def test_the_innermost_of_nested_lanes_gives_the_role() -> None:
    nested = """<bpmn:lane id="jalur_bidang" name="Seluruh bidang">
        <bpmn:flowNodeRef>dua</bpmn:flowNodeRef>
        <bpmn:childLaneSet id="dalam"><bpmn:lane id="anak" name="Kepala Bidang">"""
    text = changed(
        '<bpmn:lane id="jalur_bidang" name="Bidang Ekonomi" sop:pelaksana="kepala_bidang">', nested
    ).decode()
    end = "<bpmn:flowNodeRef>dua</bpmn:flowNodeRef>\n      </bpmn:lane>\n    </bpmn:laneSet>"
    assert end in text
    text = text.replace(
        end, end.replace("    </bpmn:laneSet>", "</bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>")
    )
    outer = text.replace(
        "        <bpmn:flowNodeRef>dua</bpmn:flowNodeRef>\n        <bpmn:child", "<bpmn:child"
    )
    sop = read_sop(read_xml(outer.encode()))
    assert [lane.lane_id for lane in sop.pelaksana] == ["jalur_sekretaris", "anak"]
    assert refusal(text.encode()).code == "unknown_role"  # an outer lane that holds a step itself


def test_steps_within_a_sub_process_inherit_its_lane_and_place() -> None:
    inner = """<bpmn:subProcess id="dua" name="Bagian">
      <bpmn:startEvent id="m" /><bpmn:endEvent id="s" />
      <bpmn:userTask id="dalam" name="Menelaah"><bpmn:extensionElements>
        <sop:mutuBaku waktu="1 jam" /></bpmn:extensionElements></bpmn:userTask>
      <bpmn:sequenceFlow id="g1" sourceRef="m" targetRef="dalam" />
      <bpmn:sequenceFlow id="g2" sourceRef="dalam" targetRef="s" />
    </bpmn:subProcess>"""
    start, end = CONTOH.index("<bpmn:manualTask"), CONTOH.index("</bpmn:manualTask>")
    text = CONTOH[:start] + inner + CONTOH[end + len("</bpmn:manualTask>") :]
    sop = read_sop(read_xml(text.encode()))
    assert [(one.node, one.role) for one in sop.kegiatan] == [
        ("satu", "sekretaris"),
        ("dalam", "kepala_bidang"),
    ]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({}, ["a", "b", "c"]),  # the flow alone, not the order in the file
        ({"a": "10", "b": "9", "c": "2"}, ["c", "b", "a"]),  # the sheet's numbers win
        ({"a": "1", "c": "2"}, ["a", "b", "c"]),  # no number: after the step before it
        ({"b": "1a", "c": "1"}, ["a", "c", "b"]),
    ],
)
def test_steps_come_in_sheet_order(numbers: dict[str, str], expected: list[str]) -> None:
    tasks = "".join(
        f'<userTask id="{name}"'
        + (f' sop:nomor="{numbers[name]}"' if name in numbers else "")
        + '><extensionElements><sop:mutuBaku waktu="1 jam"/></extensionElements></userTask>'
        for name in "cab"
    )
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{pair[0]}" targetRef="{pair[1]}"/>'
        for n, pair in enumerate(["sa", "ab", "bc", "ca"])
    )
    refs = "".join(f"<flowNodeRef>{name}</flowNodeRef>" for name in "sabc")
    data = wrapped(
        '<process xmlns:sop="urn:alurkerja:sop:1.0" id="p" isExecutable="true">'
        f'<laneSet><lane id="l" name="Sekretaris">{refs}</lane></laneSet>'
        f'<startEvent id="s"/>{tasks}{flows}</process>'
    )
    assert [one.node for one in read_sop(read_xml(data)).kegiatan] == expected


def test_a_chain_of_thousands_of_steps_is_read_without_recursion() -> None:
    count = 4000
    nodes = "".join(f'<userTask id="n{n}"/>' for n in range(count))
    flows = "".join(
        f'<sequenceFlow id="f{n}" sourceRef="n{n - 1}" targetRef="n{n}"/>' for n in range(1, count)
    )
    data = wrapped(
        f'<process id="p" isExecutable="true"><startEvent id="s"/>{nodes}{flows}'
        '<sequenceFlow id="f0" sourceRef="s" targetRef="n0"/></process>'
    )
    started = perf_counter()
    assert refusal(data).code == "step_without_lane"
    assert perf_counter() - started < 5


@pytest.mark.parametrize(
    ("old", "new", "code", "fields"),
    [
        ('name="Sekretaris"', 'name="Sesuatu"', "unknown_role", {"element": "jalur_sekretaris"}),
        ('"kepala_bidang"', '"kepala_bidan"', "unknown_role", {"pelaksana": "kepala_bidan"}),
        ("<bpmn:flowNodeRef>dua</bpmn:flowNodeRef>", "", "step_without_lane", {"element": "dua"}),
        ('waktu="90 menit"', 'waktu="segera"', "invalid_duration", {"element": "satu"}),
        ('<sop:mutuBaku tanpaWaktu="true" alasan="Tidak ada pada lembar." />', "",
         "mutu_baku_missing", {"element": "dua", "name": "Mengantar"}),
        ('id="satu" name', 'id="sa tu" name', "invalid_id", {"element": "sa tu"}),
        ('id="satu" name', 'id="1satu" name', "invalid_id", {"element": "1satu"}),
        ('id="satu" name', 'id="s&quot;]|//*" name', "invalid_id", {"element": 's"]|//*'}),
        ('id="satu" name', 'id="dua" name', "duplicate_id", {"element": "dua"}),
        ('id="satu" name', "name", "unknown_reference", {"value": "satu"}),
        ('id="f1" sourceRef', "sourceRef", "invalid_id", {"element": "sequenceFlow"}),
        ('sourceRef="satu"', 'sourceRef="sat"', "unknown_reference", {"element": "f2"}),
        ('sourceRef="satu"', 'sourceRef="\' or 1"', "invalid_reference", {"element": "f2"}),
        ('targetRef="dua"', 'targetRef="jalur_bidang"', "unknown_reference", {"element": "f2"}),
        ('default="tidak"', 'default="entah"', "unknown_reference", {"element": "putusan"}),
        ("<bpmn:flowNodeRef>dua", "<bpmn:flowNodeRef>du", "unknown_reference", {"value": "du"}),
        ('isExecutable="true"', "", "no_process", {"reason": "not_executable"}),
        ('<bpmn:process id="contoh"', "<bpmn:process", "invalid_id", {"element": "process"}),
        ("20100524/MODEL", "20110101/MODEL", "wrong_namespace", {"line": 2}),
        ('encoding="UTF-8"', 'encoding="ISO-8859-1"', "unsupported_encoding", {}),
    ],
)  # fmt: skip
def test_a_bad_element_is_named(old: str, new: str, code: str, fields: dict[str, object]) -> None:
    error = refusal(changed(old, new))
    assert error.code == code
    assert error.fields.items() >= fields.items()


def test_the_line_of_a_bad_element_is_told() -> None:
    line = 1 + CONTOH[: CONTOH.index('id="f2"')].count("\n")
    assert refusal(changed('sourceRef="satu"', 'sourceRef="x"')).fields["line"] == line


def test_two_processes_are_refused() -> None:
    error = refusal(
        wrapped('<process id="a" isExecutable="true"/><process id="b" isExecutable="true"/>')
    )
    assert (error.code, error.fields["processes"]) == ("several_processes", ["a", "b"])


def test_a_file_without_a_process_is_refused() -> None:
    assert refusal(wrapped("")).code == "no_process"


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "billion laughs": wrapped("&a9;", f'<!DOCTYPE d [<!ENTITY a0 "ha">{LAUGHS}]>'),
    "file entity": wrapped("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
    "network entity": wrapped("&x;", '<!DOCTYPE d [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>'),
    "parameter entity": wrapped("", '<!DOCTYPE d [<!ENTITY % x SYSTEM "http://127.0.0.1:9/">%x;]>'),
    "external dtd": wrapped("", '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">'),
    "bare doctype": wrapped("", "<!DOCTYPE definitions>"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_doctype_is_refused_before_anything_is_expanded(name: str) -> None:
    started = perf_counter()
    assert refusal(HOSTILE[name]).code == "forbidden_doctype"
    assert perf_counter() - started < 1


def test_an_undeclared_entity_is_refused() -> None:
    assert refusal(wrapped("&x;")).code == "malformed_xml"


def test_a_huge_file_is_refused_by_its_size_alone() -> None:
    data = bytes(100_000_000)
    started = perf_counter()
    error = refusal(data)
    assert (error.code, error.fields["size"]) == ("file_too_large", 100_000_000)
    assert perf_counter() - started < 0.5


def test_too_many_elements_are_refused() -> None:
    assert refusal(wrapped("<a/>" * 400_000)).code == "too_many_elements"


def test_deep_nesting_is_refused() -> None:
    assert refusal(wrapped("<a>" * 150 + "</a>" * 150)).code == "too_deep"
    assert refusal(wrapped("<a>" * 100_000)).code in ("too_deep", "malformed_xml")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n\t", "empty_file"),
        (b"PK\x03\x04 not xml", "malformed_xml"),
        (b"<definitions>", "malformed_xml"),
        (b"<a></b>", "malformed_xml"),
        (b"\x00\x01\x02", "unsupported_encoding"),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "malformed_xml"),
        (CONTOH.encode() + b"<more/>", "malformed_xml"),
        ("<a>\ud83d</a>".encode("utf-8", "surrogatepass"), "unsupported_encoding"),
        (b"<html/>", "wrong_namespace"),
        (b"<definitions/>", "wrong_namespace"),
        (CONTOH.replace("UTF-8", "UTF-16").encode("utf-16"), "unsupported_encoding"),
        (DECLARATION.sub("", CONTOH).encode("utf-16"), "unsupported_encoding"),
        (DECLARATION.sub("", CONTOH).encode("utf-16-le"), "unsupported_encoding"),
        (DECLARATION.sub("", CONTOH).encode("utf-32"), "unsupported_encoding"),
        (CONTOH.replace("Mengantar", "Résumé").encode("cp1252"), "unsupported_encoding"),
        (wrapped("", "<!DOCTYPE definitions>").decode().encode("utf-16"), "unsupported_encoding"),
    ],
)
def test_what_is_no_bpmn_is_refused(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_malformed_xml_names_its_line() -> None:
    error = refusal(b"<a>\n<b>\n</a>")
    assert error.code == "malformed_xml" and error.fields["line"] == 3


def test_the_hash_ignores_spelling_and_sees_content() -> None:
    def of(text: str, forms: dict[str, str] | None = None) -> str:
        return content_hash(read_xml(text.encode()), forms or {})

    same = CONTOH.replace("\n    <bpmn:", "\n\t<bpmn:").replace(
        ' id="f1" sourceRef="mulai"', " sourceRef='mulai' id='f1'"
    )
    same = same.replace("<!-- more -->", "")
    assert of(CONTOH) == of(same)
    assert of(CONTOH) != of(CONTOH.replace("Menyusun rencana.", "Menyusun rencana!"))
    assert of(CONTOH) != of(CONTOH, {"satu.form": "{}"})
    assert of(CONTOH, {"a": "b", "c": "d"}) == of(CONTOH, {"c": "d", "a": "b"})
    assert of(CONTOH, {"a": "bc"}) != of(CONTOH, {"ab": "c"})
