"""Comparing versions: in the words of the sheet, and without missing anything."""

import copy
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from lxml import etree

from workflows.bpmn_xml import BPMN, read_xml
from workflows.compare import Comparison, Version, compare_versions

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"  # means nothing to the engine
FOLDER = Path(__file__).parents[3] / "bpmn" / "menyusun-rencana-kerja"
TEXT = (FOLDER / "menyusun-rencana-kerja.bpmn").read_text("utf-8")
FORMS = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.form")}


def version(text: str = TEXT, forms: Mapping[str, str] = FORMS) -> Version:
    return Version(read_xml(text.encode()), forms)


def compare(edit: Callable[[str], str]) -> Comparison:
    changed = edit(TEXT)
    assert changed != TEXT
    return compare_versions(version(), version(changed))


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def test_the_same_file_spelled_differently_is_the_same() -> None:
    found = compare(lambda text: text.replace("\n", "\n  ").replace("<bpmn:lane ", "<bpmn:lane   "))
    assert found.is_same
    assert not found.redrawn


@pytest.mark.parametrize(
    ("old", "new", "field", "before", "after"),
    [
        ('waktu="120 menit"', 'waktu="1 hari"', "waktu", ("120 menit",), ("1 hari",)),
        (
            "<sop:kelengkapan>Undangan Rapat</sop:kelengkapan>",
            "<sop:kelengkapan>Undangan Rapat</sop:kelengkapan>"
            "<sop:kelengkapan>Daftar hadir</sop:kelengkapan>",
            "kelengkapan",
            ("Undangan Rapat",),
            ("Undangan Rapat", "Daftar hadir"),
        ),
        (
            'name="Membahas rencana kerja bersama"',
            'name="Membahas rencana kerja"',
            "nama",
            ("Membahas rencana kerja bersama",),
            ("Membahas rencana kerja",),
        ),
        (
            'sop:formulir="pembahasan.form"',
            'sop:formulir="pembahasan.form" sop:bedaOrang="penyampaian"',
            "beda_orang",
            (),
            ("Menyampaikan rancangan kepada Kepala Badan",),
        ),
        ('sop:nomor="2"', 'sop:nomor="2" sop:strategis="true"', "strategis", (), ("ya",)),
        (
            '<sop:mutuBaku waktu="120 menit">',
            '<sop:tangga><sop:anakTangga kunci="a" jenis="pengingat" hari="1" satuan="hari_kerja" '
            'pukul="08:00" kepada="peran atasan" setiapJam="true" perihal="Besok">Baris 1\nBaris 2'
            '</sop:anakTangga></sop:tangga><sop:mutuBaku waktu="120 menit">',
            "tangga",
            (),
            (
                "pengingat H-1 (hari kerja) pukul 08:00, kepada semua pemegang peran, atasan · "
                "juga di luar jam kerja · Besok",
                "Baris 1",
                "Baris 2",
                "berisiko terlambat sejak 75% waktu baku",
            ),
        ),
    ],
)
def test_details_of_a_step(
    old: str, new: str, field: str, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    found = compare(swap(old, new))
    (difference,) = found.kegiatan
    assert (difference.kind, difference.id) == ("changed", "pembahasan")
    assert [(c.field, c.before, c.after) for c in difference.changes] == [(field, before, after)]
    assert not (found.simpul or found.alur or found.pelaksana or found.formulir)


def test_a_ladder_of_the_whole_sop_is_a_change_of_the_process() -> None:
    rung = '<sop:anakTangga kunci="a" jenis="terlambat" bagian="1" kepada="pelaksana"/>'
    written = f"<sop:tangga berisiko='1/2'>{rung}</sop:tangga><sop:identitas"
    (change,) = compare(swap("<sop:identitas", written)).proses
    assert (change.field, change.before) == ("tangga", ())
    assert change.after == (
        "terlambat pada 100% waktu baku, kepada pelaksana",
        "berisiko terlambat sejak 50% waktu baku",
    )
    sides = (
        version(swap("<sop:identitas", text)(TEXT))
        for text in (written, written.replace('"a"', '"b"'))
    )
    (change,) = compare_versions(*sides).proses
    assert (change.before[0][-7:], change.after[0][-7:]) == ("kunci a", "kunci b")


def test_a_step_in_another_lane_has_moved_but_a_renamed_lane_moves_nothing() -> None:
    node = "        <bpmn:flowNodeRef>pembahasan</bpmn:flowNodeRef>\n"
    kasubbag = "        <bpmn:flowNodeRef>mulai</bpmn:flowNodeRef>\n"
    moved = compare(lambda text: text.replace(node, "").replace(kasubbag, kasubbag + node))
    (difference,) = moved.kegiatan
    (change,) = difference.changes
    assert (change.field, change.before, change.after) == (
        "pelaksana",
        ("Sekretaris",),
        ("Kasubbag Rencana Kerja dan Monev",),
    )
    renamed = compare(swap('name="Sekretaris" sop', 'name="Sekretaris Badan" sop'))
    assert not renamed.kegiatan
    assert [(one.id, one.changes[0].field) for one in renamed.pelaksana] == [
        ("jalur_sekretaris", "nama")
    ]


def test_new_ids_of_another_tool_are_matched_by_kind_and_name() -> None:
    found = compare(lambda text: re.sub(r'([">])pembahasan(["<])', r"\1Activity_1x\2", text))
    assert found.is_same
    both = compare_versions(
        version(TEXT.replace('waktu="120 menit"', 'waktu="1 hari"')),
        version(re.sub(r'([">])pembahasan(["<])', r"\1Activity_1x\2", TEXT)),
    )
    assert [(one.kind, one.id, one.was) for one in both.kegiatan] == [
        ("changed", "Activity_1x", "pembahasan")
    ]


def test_a_removed_step_takes_its_flows_along() -> None:
    root = read_xml(TEXT.encode())
    refers = "self::bpmn:flowNodeRef[.='penyampaian'] or self::bpmn:outgoing[.='ke_penyampaian']"
    gone = f"//*[@id='penyampaian' or @targetRef='penyampaian' or {refers}]"
    for one in root.xpath(gone, namespaces={"bpmn": BPMN.strip("{}")}):
        one.getparent().remove(one)
    for one in root.xpath("//*[@sourceRef='penyampaian']"):
        one.set("sourceRef", "penyempurnaan")
    found = compare_versions(version(), version(etree.tostring(root, encoding="unicode")))
    assert [(one.kind, one.id) for one in found.kegiatan] == [("removed", "penyampaian")]
    assert ("removed", "ke_penyampaian") in [(one.kind, one.id) for one in found.alur]
    back = compare_versions(version(etree.tostring(root, encoding="unicode")), version())
    assert [(one.kind, one.id) for one in back.kegiatan] == [("added", "penyampaian")]


def test_conditions_and_defaults_of_flows() -> None:
    root = read_xml(TEXT.encode())
    condition = root.find(".//{*}conditionExpression")
    assert condition is not None and condition.getparent() is not None
    flow = condition.getparent().get("id")
    condition.text = 'keputusan == "lain"'
    found = compare_versions(version(), version(etree.tostring(root, encoding="unicode")))
    assert [(one.id, [c.field for c in one.changes]) for one in found.alur] == [(flow, ["syarat"])]


def test_forms_are_compared_field_by_field() -> None:
    changed = {
        **FORMS,
        "keputusan.form": FORMS["keputusan.form"].replace('"required": true', '"required": false'),
        "baru.form": FORMS["konsultasi.form"],
    }
    del changed["konsultasi.form"]
    found = compare_versions(version(), version(forms=changed)).formulir
    kinds = {one.name: one.kind for one in found}
    assert kinds == {
        "baru.form": "added",
        "konsultasi.form": "removed",
        "keputusan.form": "changed",
    }
    fields = next(one for one in found if one.kind == "changed").fields
    assert fields and all(c.field == "required" for one in fields for c in one.changes)
    broken = compare_versions(version(), version(forms={**FORMS, "pembahasan.form": "{"}))
    assert [(one.kind, one.fields) for one in broken.formulir] == [("changed", ())]


def test_a_picture_drawn_anew_is_not_a_change() -> None:
    found = compare(lambda text: re.sub(r'<dc:Bounds x="(\d+)', r'<dc:Bounds x="1\1', text))
    assert found.is_same
    assert found.redrawn


def test_no_change_of_the_process_goes_unseen() -> None:
    """Every attribute and every text, once of each kind of element."""
    done: set[tuple[str, str]] = set()
    tree = read_xml(TEXT.encode())
    unseen = []
    process = next(one for one in tree if one.tag.endswith("}process"))
    for place, element in enumerate(process.iter(etree.Element)):
        if element.tag.endswith(("}incoming", "}outgoing", "}laneSet", "}lane", "}flowNodeRef")):
            continue
        for name in [*element.attrib, "text"]:
            if name in ("id", "sourceRef", "targetRef", "isExecutable", "default", XSI_TYPE):
                continue
            if name == "text" and not (element.text or "").strip():
                continue
            if (element.tag, name) in done:
                continue
            done.add((element.tag, name))
            copied = copy.deepcopy(tree)
            other = list(next(o for o in copied if o.tag == process.tag).iter(etree.Element))[place]
            if name == "text":
                other.text = f"{other.text}x"
            else:
                other.set(name, "false" if other.get(name) == "true" else f"{other.get(name)}x")
            if compare_versions(version(), Version(copied, FORMS)).is_same:
                unseen.append((element.tag.rpartition("}")[2], element.get("id"), name))
    assert unseen == []
