"""What the editor asks the server, as its own requests; and the pages around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from tests.web.conftest import KEY, TOKEN, Site, Visitor


@dataclass
class Editor:
    """A person at the page of a draft, in one tab."""

    visitor: Visitor
    path: str
    tab: str = "tab-1"

    def ask(self, part: str, body: Mapping[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        found = TOKEN.search(self.visitor.get("/masuk").text)
        headers = {"X-CSRFToken": found[1] if found else ""}
        if body is None:
            answer = self.visitor.get(f"{self.path}/{part}?tab={self.tab}")
        else:
            path = part if part.startswith("/") else f"{self.path}/{part}"
            answer = self.visitor.client.post(path, json=body, headers=headers)
        assert answer.is_json, answer.text[:500]
        return answer.status_code, answer.get_json()

    def content(self) -> dict[str, Any]:
        return self.ask("isi")[1]

    def save(self, **changes: object) -> tuple[int, dict[str, Any]]:
        content = self.content()
        body = {name: content[name] for name in ("revision", "xml", "forms")}
        return self.ask("isi", {**body, "tab": self.tab, "kind": "autosave", **changes})


@pytest.fixture
def editor(site: Site) -> Editor:
    visitor = site.visitor("pengelola")
    answer = visitor.post(f"/studio/dari/{KEY}")
    assert answer.status_code == 303
    return Editor(visitor, answer.headers["Location"])


def test_a_draft_is_read_saved_and_refused_when_it_has_changed(editor: Editor) -> None:
    content = editor.content()
    assert (content["revision"], content["key"], content["editable"]) == (1, KEY, True)
    xml = content["xml"].replace("Memprakarsai penyusunan Renja", "Memulai Renja")
    status, saved = editor.save(xml=xml)
    assert (status, saved["revision"]) == (200, 2)
    assert editor.content()["xml"] == xml
    status, refused = editor.save(revision=1, xml=content["xml"])
    assert (status, refused["code"], refused["revision"]) == (409, "draft_changed", 2)
    assert "Tanjung Contoh" in refused["message"]


def test_a_body_that_is_none_is_refused_with_the_place(editor: Editor) -> None:
    for change, field in (
        ({"revision": "1"}, "revision"),
        ({"xml": 5}, "xml"),
        ({"forms": {"a.form": 1}}, "forms"),
    ):
        status, refused = editor.save(**change)
        assert (status, refused["code"], refused["field"]) == (422, "invalid_request", field)
    status, refused = editor.save(xml="<x")
    assert (status, refused["code"]) == (422, "malformed_xml")
    assert refused["message"] and "?" not in refused["message"]


def test_the_pen_is_asked_for_and_told(site: Site, editor: Editor) -> None:
    _, mine = editor.ask("pena", {"tab": "tab-1", "act": "ambil"})
    assert mine["mine"] and mine["present"] == [{"name": "Tanjung Contoh", "mine": True}]
    _, second = editor.ask("pena", {"tab": "tab-2", "act": "ambil"})
    assert (second["mine"], second["own"], second["holder"]) == (False, True, "Tanjung Contoh")
    site.now += timedelta(seconds=61)
    _, second = editor.ask("pena", {"tab": "tab-2", "act": "rebut"})
    assert second["mine"]
    status, refused = editor.save()
    assert (status, refused["code"], refused["by"]) == (409, "pen_taken", "Tanjung Contoh")
    _, left = editor.ask("pena", {"tab": "tab-2", "act": "lepas"})
    assert left["holder"] == ""


def test_the_judge_the_layout_and_the_times_answer(editor: Editor) -> None:
    content = editor.content()
    xml = content["xml"].replace('sop:pelaksana="sekretaris"', 'sop:pelaksana="entah"')
    _, judged = editor.ask("periksa", {"xml": xml, "forms": content["forms"]})
    said = {one["message"] for one in judged["findings"]}
    errors = [one for one in judged["findings"] if one["severity"] == "error"]
    assert [(one["rule"], one["element"]) for one in errors] == [
        ("lane_has_known_role", "jalur_sekretaris")
    ]
    assert errors[0]["page"].endswith("/lane_has_known_role")
    editor.visitor.post("/bahasa", {"bahasa": "en", "next": "/studio"})
    _, english = editor.ask("periksa", {"xml": xml, "forms": content["forms"]})
    assert {one["message"] for one in english["findings"]} & said == set()
    _, judged = editor.ask("periksa", {"xml": "<x/>", "forms": {}})
    assert "BPMN 2.0" in judged["refused"]["message"] and "not" in judged["refused"]["message"]
    editor.visitor.post("/bahasa", {"bahasa": "id", "next": "/studio"})
    _, judged = editor.ask("periksa", {"xml": "<x/>", "forms": {}})
    assert judged["findings"] == [] and judged["refused"]["message"]
    _, laid = editor.ask("tata-letak", {"xml": content["xml"]})
    assert laid["xml"] != content["xml"] and laid["xml"].count("BPMNShape") > 10
    assert editor.ask("/studio/waktu", {"text": "3 hari"})[1] == {
        "ok": True,
        "words": "3 hari kerja",
        "message": "",
    }
    unread = editor.ask("/studio/waktu", {"text": "segera"})[1]
    assert not unread["ok"] and "segera" in unread["message"]


def test_a_ladder_is_judged_as_it_is_typed(editor: Editor) -> None:
    good = {"kunci": "a", "jenis": "pengingat", "bagian": "3/4", "kepada": "pelaksana"}
    other = {"kunci": "b", "jenis": "pengingat", "kepada": "atasan"}
    days = {"hari": "1", "satuan": "hari_kerja", "pukul": "08:00"}
    fine = {"ok": True, "rung": -1, "field": "", "message": ""}
    for rungs, risk, rung, field in (
        ([good], "3/4", -1, ""),
        ([good, {**other, **days}], None, -1, ""),
        ([], "3/4", -1, ""),
        ([good], "9", -1, "berisiko"),
        ([good, {**other, "bagian": "banyak"}], "3/4", 1, "bagian"),
        ([good, {**other, "sesudah": ""}], "3/4", 1, "sesudah"),
        ([good, {**other, "sebelum": "segera"}], "3/4", 1, "sebelum"),
        ([good, {**other, **days, "pukul": ""}], "3/4", 1, "pukul"),
        ([good, {**other, **days, "hari": ""}], "3/4", 1, "hari"),
        ([good, {**other, **days, "pukul": "25:00"}], "3/4", 1, "pukul"),
        ([good, {**other, **days, "hari": "x"}], "3/4", 1, "hari"),
        ([good, {**other, **days, "satuan": "bulan"}], "3/4", 1, "satuan"),
        ([{**good, "jenis": "laporan"}], "3/4", 0, "jenis"),
        ([{**good, "kepada": ""}], "3/4", 0, "kepada"),
        ([{**good, "isi": "{siapa}"}], "3/4", 0, "isi"),
        ([good, good], "3/4", 0, "kunci"),
        ([{}], "3/4", 0, "kunci"),
    ):
        body = {"anakTangga": rungs} | ({"berisiko": risk} if risk else {})
        status, found = editor.ask("/studio/tangga", body)
        assert status == 200
        assert (found["rung"], found["field"]) == (rung, field), body
        assert found == fine if found["ok"] else found["message"].endswith("."), body
    assert editor.ask("/studio/tangga", {"anakTangga": [{"kunci": 1}]})[0] == 422
    assert editor.ask("/studio/tangga", {"anakTangga": "x"})[0] == 422


def test_a_session_that_is_over_and_a_missing_token_are_told_as_json(editor: Editor) -> None:
    body = {"xml": "", "forms": {}}
    answer = editor.visitor.client.post(f"{editor.path}/periksa", json=body)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "csrf")
    editor.visitor.client.delete_cookie("alur")
    answer = editor.visitor.client.post(f"{editor.path}/periksa", json=body)
    assert (answer.status_code, answer.get_json()["code"]) == (401, "logged_out")


def test_the_pages_around_the_editor(site: Site, editor: Editor) -> None:
    visitor = editor.visitor
    assert "Menyusun Rencana Kerja" in visitor.get("/studio").text
    again = visitor.post(f"/studio/dari/{KEY}")
    assert again.headers["Location"] == editor.path  # goes on with the one there is
    refused = visitor.post("/studio/baru", {"nama": "Menyusun Rencana Kerja"})
    assert refused.status_code == 409 and "sudah dipakai" in refused.text
    made = visitor.post("/studio/baru", {"nama": "Mengurus izin", "peran": ["sekretaris"]})
    assert made.status_code == 303
    assert re.fullmatch(r"/studio/\d+", made.headers["Location"])
    assert visitor.post(f"{editor.path}/nama", {"nama": "Renja"}).status_code == 303
    assert visitor.post(f"{editor.path}/buang").status_code == 303
    assert 'href="/studio"' in site.visitor("kepala").get("/tugas").text  # who approves sees it too
    assert 'href="/studio"' not in site.visitor("kasubbag").get("/tugas").text
    assert site.visitor("kasubbag").get("/studio").status_code == 403
