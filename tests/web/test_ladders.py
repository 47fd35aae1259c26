"""The pages of reminder ladders: whose counts, changing one, and what would be sent when."""

from __future__ import annotations

import re
from html import unescape

from engine.usecases import definitions, ladders
from tests.conftest import SHIPPED
from tests.drawn_ladders import with_ladders
from tests.web.conftest import KEY, Site, Visitor
from web.ladder_form import input_of, press_button, show_percent
from workflows.rights import OPERATOR

PAGE, HOUSE = f"/pengaturan/tangga/{KEY}", "/pengaturan/tangga/@bersama"
FORM = {
    "berisiko": "60",
    "anak.0.kunci": "reminder",
    "anak.0.jenis": "reminder",
    "anak.0.cara": "share",
    "anak.0.persen": "66,67",
    "anak.0.kepada": ["performer", "role"],
    "anak.0.judul": "Tinggal sedikit, {nama}",
    "anak.3.kunci": "besok",
    "anak.3.jenis": "escalation",
    "anak.3.cara": "after",
    "anak.3.lama": "1 hari kerja",
    "anak.3.kepada": ["superior"],
    "anak.3.unit": "SETDA",
    "anak.3.kapan_saja": "on",
}
DAYS = {"anak.3.cara": "days", "anak.3.satuan": "hari_kerja"}
TRIAL = {"coba.langkah": "", "coba.unit": "BAPPEDA", "coba.saat": "2026-11-27T15:00"}


def stored(site: Site, key: str = KEY, node: str = "") -> dict[str, object]:
    detail = ladders.read_ladder(site.app, site.actor("pengelola"), key, node, site.now)
    return {"source": detail.source, **detail.document}


def first_step(visitor: Visitor) -> str:
    """The node of the first step that the page of the SOP offers for a preview."""
    chosen = re.search(r'name="coba.langkah"><option value="([^"]+)"', visitor.get(PAGE).text)
    assert chosen
    return chosen[1]


def test_a_ladder_is_kept_as_it_was_typed(site: Site) -> None:
    visitor = site.visitor("pengelola")
    assert "Bawaan" in visitor.get(PAGE).text
    answer = visitor.post(PAGE, FORM | {"tombol": "simpan"}, follow_redirects=True)
    assert "Tangga pengingat disimpan" in answer.text and "Tangga sendiri" in answer.text
    document = stored(site)
    assert (document["source"], document["at_risk"]) == ("sop", "3/5")
    first, second = document["rungs"]
    assert first["at"] == {"share": "6667/10000"} and first["whom"] == ["performer", "role"]
    assert second["at"] == {"after": "1 hari kerja"} and second["any_hour"]
    assert second["whom"] == ["superior", "unit:SETDA"]
    assert 'value="66.67"' in answer.text and 'value="Tinggal sedikit, {nama}"' in answer.text
    assert 'value="unit:SETDA" checked><span>kepala Sekretariat Daerah' in answer.text
    overview = visitor.get("/pengaturan/tangga").text
    assert "Tangga sendiri" in overview and f'href="{HOUSE}"' in overview
    page = visitor.post(f"{PAGE}/hapus", follow_redirects=True).text
    assert "yang di atasnya berlaku lagi" in page and stored(site)["source"] == "shipped"
    assert visitor.post(f"{PAGE}/hapus").status_code == 409


def test_who_was_faster_is_named_and_what_was_typed_stays(site: Site) -> None:
    slow = site.visitor("pengelola")
    opened = {**FORM, "tombol": "simpan", "versi": ""}
    assert 'name="versi" value=""' in slow.get(PAGE).text
    assert slow.post(PAGE, opened).status_code == 303
    answer = slow.post(PAGE, opened | {"berisiko": "50"})
    assert answer.status_code == 409
    assert "sudah diubah Tanjung Contoh" in answer.text and 'value="50"' in answer.text
    assert "Buka yang terbaru" in answer.text
    assert slow.post(PAGE, opened | {"berisiko": "50"}).status_code == 409
    assert stored(site)["at_risk"] == "3/5"


def test_the_house_and_a_step_have_ladders_of_their_own(site: Site) -> None:
    visitor = site.visitor("pengelola")
    node = first_step(visitor)
    assert visitor.post(HOUSE, FORM | {"tombol": "simpan"}).location
    assert "Seperti tangga bersama" in visitor.get(PAGE).text
    assert visitor.post(f"{PAGE}/{node}", FORM | {"tombol": "simpan"}).status_code == 303
    assert stored(site, node=node)["source"] == "step"
    assert "tangga sendiri" in visitor.get(PAGE).text
    assert visitor.get("/pengaturan/tangga/tidak-ada").status_code == 404
    assert visitor.get(f"{PAGE}/tidak-ada").status_code == 404


def test_what_is_drawn_is_told_with_its_version(site: Site) -> None:
    forms = {one.name: one.read_text("utf-8") for one in SHIPPED.glob("*.form")}
    xml = with_ladders((SHIPPED / f"{KEY}.bpmn").read_text("utf-8")).encode()
    definitions.deploy_definition(site.app, OPERATOR, xml, forms, site.now)
    visitor, step = site.visitor("pengelola"), f"{PAGE}/konsultasi"
    page = visitor.get(PAGE).text
    assert "Digambar pada versi 2" in page and "tangga digambar" in page
    assert "Digambar untuk seluruh SOP." in visitor.get(f"{PAGE}/pembahasan").text
    assert "Digambar untuk seluruh SOP." not in visitor.get(step).text
    overview = visitor.get("/pengaturan/tangga").text
    assert "Digambar pada versi 2" in overview and "Memprakarsai penyusunan Renja" in overview
    assert visitor.post(step, FORM | {"tombol": "simpan"}).status_code == 303
    assert "Mengalahkan tangga yang digambar pada versi 2" in visitor.get(step).text
    assert visitor.get("/pengaturan/tangga").text.count("Memprakarsai") == 1


def test_what_is_wrong_is_said_at_its_rung_and_nothing_is_kept(site: Site) -> None:
    visitor = site.visitor("pengelola")
    for wrong, name, words in (
        ({"anak.0.persen": "banyak"}, "anak.0.persen", "Tulis persennya"),
        ({"anak.0.persen": "1e999999999"}, "anak.0.persen", "Tulis persennya"),
        ({"anak.3.lama": "lama sekali"}, "anak.1.lama", "misalnya 30 menit"),
        ({**DAYS, "anak.3.hari": ""}, "anak.1.hari", "terlalu kecil"),
        ({**DAYS, "anak.3.hari": "1"}, "anak.1.jam", "Tulis jamnya"),
        ({"anak.0.kepada": []}, "anak.0.kepada", "paling sedikit satu"),
        ({"anak.0.isi": "Halo {siapa}"}, "anak.0.isi", "kurung kurawal"),
        ({"berisiko": "200"}, "berisiko", "terlalu besar"),
    ):
        answer = visitor.post(PAGE, {**FORM, **wrong, "tombol": "simpan"})
        page = unescape(answer.text)
        assert answer.status_code == 422 and words in page, wrong
        assert f'id="{name}-salah"' in page, wrong
    assert visitor.post(PAGE, {"tombol": "simpan"}).status_code == 422
    preview = visitor.post(PAGE, {**FORM, **TRIAL, "anak.0.persen": "x", "tombol": "pratinjau"})
    assert "Tulis persennya" in preview.text.partition('id="pratinjau"')[2]  # where it leads to
    assert stored(site)["source"] == "shipped"


def test_the_preview_says_what_is_sent_when_and_to_whom(site: Site) -> None:
    visitor = site.visitor("pengelola")
    trial = TRIAL | {"coba.langkah": first_step(visitor), "tombol": "pratinjau"}
    page = visitor.post(PAGE, FORM | trial).text
    table = page.partition('id="pratinjau"')[2]
    assert "Jum, 27 Nov 2026 15.40 WIB" in table  # two thirds of an hour
    assert "Melati Contoh" in table and "Tinggal sedikit, " in table
    assert "Kenanga Contoh" in table and "Anggrek Contoh" in table  # superior, head of SETDA
    assert stored(site)["source"] == "shipped"
    house = visitor.post(HOUSE, FORM | trial | {"coba.langkah": KEY}).text
    assert "Melati Contoh" in house
    refused = visitor.post(PAGE, FORM | trial | {"coba.saat": "kapan-kapan"})
    assert refused.status_code == 422 and 'value="kapan-kapan"' in refused.text
    assert visitor.post(PAGE, FORM | trial | {"coba.unit": "X"}).status_code == 404
    page = visitor.post(PAGE, FORM | {"tombol": "tambah"}).text
    assert 'name="anak.2.kunci" value="anak-1"' in page
    page = visitor.post(PAGE, FORM | {"tombol": "hapus-0"}).text
    assert 'name="anak.0.kunci" value="besok"' in page and "anak.1." not in page


def test_the_form_beside_the_pages() -> None:
    document = {"at_risk": "0.75", "rungs": [{"key": "anak-1"}, {"key": "x"}]}
    assert [rung["key"] for rung in press_button(document, "tambah")["rungs"]][-1] == "anak-2"
    for nonsense in ("hapus-9", "hapus-x", "", "apa"):
        assert press_button(document, nonsense) == document
    assert input_of(document, "x", "body") == "anak.1.isi"
    assert input_of(document, "2", "whom") == "anak.1.kepada"
    assert input_of(document, "tidak-ada", "body") == input_of(document, "", "rungs") == ""
    assert [show_percent(one) for one in ("3/4", "0.6667", "1", "?", "1/0")] == [
        "75",
        "66.67",
        "100",
        "?",
        "1/0",
    ]
