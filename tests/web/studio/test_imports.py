"""Files of other tools, and of nobody who means well: the report first, then the draft."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from engine.usecases import definitions, sop_drafts
from tests.web.conftest import KEY, Site
from tests.web.studio.editor import OWNER, begin
from workflows.reader import content_hash, read_xml

FILES = Path(__file__).parents[1] / "fixtures"
CAMUNDA = (FILES / "camunda.bpmn").read_text()
BIZAGI = (FILES / "bizagi.bpmn").read_text()


def packed(**files: bytes | str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def send(site: Site, name: str, content: bytes | str) -> TestResponse:
    data = content.encode() if isinstance(content, str) else content
    return site.visitor(OWNER).post("/studio/impor", {"berkas": (io.BytesIO(data), name)})


def make(site: Site, page: str, **typed: str) -> int:
    """Press “Buat rancangan” on the report."""
    form = page.split('action="/studio/impor/buat"')[1]
    fields = dict(re.findall(r'name="([\w.]+)"[^>]*? value="([^"]*)"', form))
    del fields["csrf_token"]  # of another session
    chosen = re.findall(r'name="(peran\.[^"]+)">(.*?)</select>', form, re.DOTALL)
    for lane, options in chosen:
        found = re.search(r'value="([^"]+)" selected', options)
        fields[lane] = found[1] if found else ""
    answer = site.visitor(OWNER).post("/studio/impor/buat", {**fields, **typed})
    assert answer.status_code == 303, answer.text
    return int(answer.headers["Location"].rsplit("/", 1)[1])


def test_a_camunda_file_is_reported_and_becomes_a_draft(site: Site) -> None:
    page = send(site, "izin.bpmn", CAMUNDA).text
    for said in ("Camunda Modeler 5.20", "mitra di luar SOP: Pemohon", "camunda:assignee",
                 "camunda:dueDate", "camunda:formKey", "tidak ada; disusun otomatis",
                 "Berkas ini memuat beberapa proses"):  # fmt: skip
        assert said in page, said
    assert 'value="sekretaris" selected' in page
    draft_id = make(site, page, **{"peran.l2": "pengadministrasi"})
    draft = sop_drafts.read_sop_draft(site.app, site.actor(OWNER), draft_id, site.now)
    assert (draft.line.key, draft.line.name) == ("mengurus-izin", "Mengurus Izin")
    assert 'pelaksana="pengadministrasi"' in draft.xml and "BPMNShape" in draft.xml


def test_a_bizagi_file_needs_no_mark_and_another_process_can_be_chosen(site: Site) -> None:
    page = send(site, "tamu.bpmn", BIZAGI).text
    assert "Menerima tamu" in page and "bgColor" not in page
    first = send(site, "izin.bpmn", CAMUNDA).text
    carried = re.search(r'name="paket" value="([^"]+)"', first)
    assert carried
    again = (
        site.visitor(OWNER).post("/studio/impor", {"paket": carried[1], "proses": "Process_2"}).text
    )
    assert 'name="proses" value="Process_2" checked' in again


def test_what_was_exported_comes_back_as_it_was(site: Site) -> None:
    detail = definitions.read_definition(site.app, KEY)
    draft_id = begin(site)
    forms = sop_drafts.read_sop_draft(site.app, site.actor(OWNER), draft_id, site.now).forms
    sop_drafts.discard_sop_draft(site.app, site.actor(OWNER), draft_id, site.now)
    xml = site.visitor(OWNER).get(f"/sop/{KEY}/1.bpmn").text
    page = send(
        site, "a.zip", packed(sop__bpmn=xml, **{n.replace(".", "__"): t for n, t in forms.items()})
    )
    draft = sop_drafts.read_sop_draft(site.app, site.actor(OWNER), make(site, page.text), site.now)
    assert content_hash(read_xml(draft.xml.encode()), draft.forms) == detail.line.hash


ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("", b"", "Pilih berkas BPMN"),
        ("surat.docx", b"apa saja", "bukan berkas BPMN"),
        ("rusak.zip", b"PK\x03\x04 bukan zip", "rusak atau berkata sandi"),
        ("bom.zip", packed(a__bpmn=b"0" * 50_000_000), "Isi ZIP terlalu besar"),
        ("besar.bpmn", b" " * 20_000_000, "terlalu besar: paling banyak 8 MB"),
        ("sedang.bpmn", b"<a/>" + b" " * 3_000_000, "terlalu besar"),
        ("xxe.bpmn", ENTITY, "DOCTYPE"),
        ("lain.bpmn", "<html/>", "BPMN"),
        ("dua.zip", packed(a__bpmn=CAMUNDA, b__bpmn=BIZAGI), "Ada beberapa berkas BPMN"),
        ("kosong.zip", packed(baca__txt="hai"), "tidak ada yang berakhiran “.bpmn”"),
        ("lama.zip", packed(a__bpmn=CAMUNDA, f__form=b"\xff\xfe"), "bukan teks UTF-8"),
    ],
)
def test_hostile_files_get_one_clear_sentence(
    site: Site, name: str, content: bytes | str, said: str
) -> None:
    answer = send(site, name, content)
    assert answer.status_code == 422
    errors = re.findall(r'class="error"[^>]*>.*?</svg>(.*?)</span>', answer.text, re.DOTALL)
    assert len(errors) == 1 and said in errors[0], errors


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_the_diagram_can_be_taken_along(site: Site, kind: str) -> None:
    visitor = site.visitor(OWNER)
    begins = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF"}[kind]
    for path in (f"/sop/{KEY}/1.{kind}", f"/studio/{begin(site)}/unduh.{kind}"):
        answer = visitor.get(path)
        assert answer.status_code == 200 and answer.data.startswith(begins)
        assert f'.{kind}"' in answer.headers["Content-Disposition"]
