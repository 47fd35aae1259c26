"""How people want to hear, and the number on the bell."""

from __future__ import annotations

import re
from html import unescape

from engine.usecases import preferences
from tests.web.conftest import Site

PAGE = "/saya/pemberitahuan"


def test_choices_are_kept_and_shown(site: Site) -> None:
    visitor = site.visitor("kasubbag")
    page = visitor.get(PAGE).text
    assert 'name="kanal.reminder.email" value="on" checked' in page
    assert 'name="kanal.assigned.email" value="on">' in page
    form = {"kanal.overdue.email": "on", "tenang.dari": "20:00", "tenang.sampai": "06:00"}
    answer = visitor.post(PAGE, form | {"zona": "Asia/Jayapura"}, follow_redirects=True)
    assert "Pilihan Anda disimpan." in answer.text
    assert 'name="kanal.overdue.email" value="on" checked' in answer.text
    assert 'name="kanal.reminder.email" value="on">' in answer.text
    assert 'value="20:00"' in answer.text
    chosen = preferences.read_preferences(site.app, site.actor("kasubbag"))
    assert (chosen.zone, chosen.channels["overdue"]) == ("Asia/Jayapura", ("email",))
    assert chosen.channels["reminder"] == ()


def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(site: Site) -> None:
    visitor = site.visitor("kasubbag")
    for form, words in (
        ({"tenang.dari": "20:00"}, "Isi kedua jam tenang"),
        ({"tenang.dari": "20:00", "tenang.sampai": "20:00"}, "jam yang berbeda"),
        ({"tenang.dari": "sore", "tenang.sampai": "20:00"}, "Isi kedua jam tenang"),
    ):
        answer = visitor.post(PAGE, form)
        assert answer.status_code == 422 and words in answer.text
        assert f'value="{form["tenang.dari"]}"' in answer.text
    assert visitor.post(PAGE, {"zona": "Mars/Utopia"}).status_code == 422


def test_two_readers_see_one_moment_each_in_their_own_zone(site: Site) -> None:
    site.start()
    item = site.first("kasubbag").id
    east, west = site.visitor("kasubbag"), site.visitor("sekretaris")
    east.post(PAGE, {"zona": "Asia/Jayapura"})
    assert "Sen, 23 Nov 2026 12.00 WIT" in east.get("/tugas").text
    assert "Sen, 23 Nov 2026 12.00 WIT" in east.get(f"/tugas/{item}").text
    assert "Sen, 23 Nov 2026 10.00 WIB" in west.get(f"/tugas/{item}").text
    why = "Jam di bawah ini menurut waktu unit itu, WIB."
    assert why in east.get(f"/tugas/{item}").text
    assert why not in west.get(f"/tugas/{item}").text


def test_the_address_of_a_feed_is_shown_once(site: Site) -> None:
    site.start()
    visitor = site.visitor("kasubbag")
    path = shown(visitor.post(f"{PAGE}/kalender", follow_redirects=True).text)
    assert site.stranger().get(path).status_code == 200
    page = visitor.get(PAGE).text
    assert "Alamat sudah dibuat" in page and path not in page
    again = visitor.post(f"{PAGE}/kalender", follow_redirects=True).text  # pressed twice
    assert "tidak diganti" in again and 'id="alamat-kalender"' not in again
    assert site.stranger().get(path).status_code == 200
    mark = re.search(r'name="menggantikan" value="(\w+)"', page)
    assert mark and "Akhiri alamat lama" in page
    named = {"menggantikan": mark[1]}
    new = shown(visitor.post(f"{PAGE}/kalender", named, follow_redirects=True).text)
    visitor.post(f"{PAGE}/kalender", named)
    assert site.stranger().get(path).status_code == 404
    assert site.stranger().get(new).status_code == 200
    path = new
    page = visitor.post(f"{PAGE}/kalender/cabut", follow_redirects=True).text
    assert "dicabut" in page and "Buat alamat kalender" in page
    assert site.stranger().get(path).status_code == 404


def shown(page: str) -> str:
    """The path of the feed's address on that page."""
    address = re.search(r'readonly value="([^"]+)"', page)
    assert address
    return "/kalender/" + unescape(address[1]).rpartition("/kalender/")[2]


def test_the_bell_is_asked_for_alone_and_answers_only_when_it_changed(site: Site) -> None:
    site.start()
    visitor = site.visitor("kasubbag")
    assert 'hx-get="/pemberitahuan/jumlah"' in visitor.get("/kasus").text
    asked = {"HX-Request": "true"}
    first = visitor.get("/pemberitahuan/jumlah", headers=asked)
    assert first.text.strip().startswith('<a id="kabar"') and 'class="count"' in first.text
    assert "Set-Cookie" not in first.headers  # asking does not keep anybody logged in
    known = asked | {"If-None-Match": first.headers["ETag"]}
    assert visitor.get("/pemberitahuan/jumlah", headers=known).status_code == 304
    visitor.post("/pemberitahuan/dibaca")
    later = visitor.get("/pemberitahuan/jumlah", headers=known)
    assert later.status_code == 200 and 'class="count"' not in later.text
    gone = site.stranger().get("/pemberitahuan/jumlah", headers=asked)
    assert (gone.status_code, gone.headers["HX-Refresh"]) == (204, "true")
