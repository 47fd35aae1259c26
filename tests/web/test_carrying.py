"""A form that meets no session is not lost: it is carried over the log-in."""

from __future__ import annotations

import html
import re

from engine.usecases import work_items
from tests.web.conftest import Site, Visitor

CARRIED = re.compile(r'name="terbawa" value="([^"]+)"')
OWN = {"Referer": "http://localhost/tugas/1"}


def carried(page: str) -> str:
    found = CARRIED.search(page)
    assert found
    return html.unescape(found[1])


def log_in(visitor: Visitor, blob: str, password: str = "contoh-alur"):
    form = {"login": "sekretaris", "sandi": password, "terbawa": blob}
    return visitor.post("/masuk", form)


def reach_form(site: Site) -> int:
    """The first task that has a form to fill in, which is the sekretaris's."""
    site.start()
    for login in ("kasubbag", "kabid1", "kabid2", "kabid3"):
        site.do(login)
    return site.first("sekretaris").id


def test_answers_to_a_task_become_its_draft(site: Site) -> None:
    item = reach_form(site)
    keys = [
        one.key
        for one in work_items.read_work_item(
            site.app, site.actor("sekretaris"), item, site.now
        ).fields
        if one.key
    ]
    form = {f"isi.{keys[0]}": "Rapat sudah dilakukan", "lengkap": "0"}
    visitor = site.stranger()
    answer = visitor.post(f"/tugas/{item}/selesai", form, headers=OWN)
    assert answer.status_code == 401 and "tidak hilang" in answer.text
    wrong = log_in(visitor, carried(answer.text), "salah")
    assert wrong.status_code == 403
    done = log_in(visitor, carried(wrong.text))
    assert (done.status_code, done.location) == (303, f"/tugas/{item}")
    page = visitor.get(done.location).text
    assert "dipulihkan sebagai draf" in page and "Rapat sudah dilakukan" in page
    detail = work_items.read_work_item(site.app, site.actor("sekretaris"), item, site.now)
    assert detail.draft and detail.line.state != "completed"


def test_any_other_form_is_shown_to_be_sent_again(site: Site) -> None:
    site.start()
    visitor = site.stranger()
    path = "/saya/pemberitahuan"
    sent = {"zona": "Asia/Makassar", "tenang.dari": "<b>12:00", "sandi": ""}
    answer = visitor.post(path, sent, headers=OWN)
    assert answer.status_code == 401
    page = log_in(visitor, carried(answer.text)).text
    assert f'action="{path}"' in page and "Asia/Makassar" in page
    assert "&lt;b&gt;12:00" in page and "<b>12:00" not in page


def test_nothing_is_carried_for_other_sites_nor_of_passwords(site: Site) -> None:
    for headers, path in (
        ({"Referer": "https://jahat.example/"}, "/tugas/1/selesai"),
        ({}, "/tugas/1/selesai"),
        (OWN, "/saya/sandi"),
    ):
        answer = site.stranger().post(path, {"isi.a": "x", "baru": "rahasia"}, headers=headers)
        assert answer.status_code == 303 and "rahasia" not in answer.text
    forged = log_in(site.stranger(), "bukan-isian")
    assert (forged.status_code, forged.location) == (303, "/tugas")


def test_a_form_that_is_older_than_the_session_is_not_lost_either(site: Site) -> None:
    visitor = site.visitor("kasubbag")
    form = {"csrf_token": "dari sesi lama", "zona": "Asia/Jayapura"}
    answer = visitor.client.post("/saya/pemberitahuan", data=form, headers=OWN)
    assert answer.status_code == 400
    assert "Kirim sekali lagi" in answer.text and "Asia/Jayapura" in answer.text
    old = visitor.client.post("/masuk", data={"login": "kasubbag", "sandi": "x"})
    assert old.status_code == 400 and "terlalu lama terbuka" in old.text
