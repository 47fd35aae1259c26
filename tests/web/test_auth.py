from datetime import timedelta

import pytest

from engine.passwords import hash_password
from engine.store import people
from engine.store.transaction import transaction
from tests.web.conftest import Site


def test_a_stranger_is_sent_to_the_login_and_brought_back(site: Site) -> None:
    visitor = site.stranger()
    answer = visitor.get("/kasus?keadaan=running")
    assert answer.status_code == 303
    assert answer.location == "/masuk?next=/kasus?keadaan%3Drunning"
    form = {"login": "kepala", "sandi": "contoh-alur"}
    assert visitor.post(answer.location, form).location == "/kasus?keadaan=running"
    assert visitor.get("/kasus").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    ["https://jahat.example", "//jahat.example", "/\\jahat.example", "/\t/jahat.example"],
)
def test_the_login_never_leads_to_another_site(site: Site, elsewhere: str) -> None:
    visitor = site.stranger()
    form = {"login": "kepala", "sandi": "contoh-alur"}
    answer = visitor.post("/masuk", form, query_string={"next": elsewhere})
    assert answer.location == "/tugas"


def test_wrong_credentials_say_so_and_keep_the_name(site: Site) -> None:
    answer = site.stranger().log_in("kepala", "salah")
    assert answer.status_code == 403
    assert "Nama pengguna atau kata sandi salah" in answer.text
    assert 'value="kepala"' in answer.text
    assert "salah" not in answer.text.partition('type="password"')[2].partition(">")[0]


def test_every_post_needs_its_token(site: Site) -> None:
    visitor = site.visitor("kasubbag")
    site.start()
    item = site.first("kasubbag")
    answer = visitor.client.post(f"/tugas/{item.id}/selesai")
    assert answer.status_code == 400
    assert "muat ulang" in answer.text
    assert "Melati Contoh" in answer.text
    assert site.first("kasubbag").id == item.id


def test_what_is_sent_after_the_session_ended_leads_back_over_the_login(site: Site) -> None:
    visitor = site.stranger()
    answer = visitor.post("/tugas/1/ambil", headers={"Referer": "http://localhost/tugas/1"})
    assert (answer.status_code, answer.location) == (303, "/masuk?next=/tugas/1")
    assert "Sesi Anda sudah berakhir" in visitor.get(answer.location).text
    answer = visitor.post("/tugas/1/ambil", headers={"Referer": "https://jahat.example/tugas/1"})
    assert answer.location == "/masuk"


def test_login_begins_a_fresh_session_and_logout_ends_it(site: Site) -> None:
    visitor = site.stranger()
    visitor.get("/masuk")
    with visitor.client.session_transaction() as session:
        session["planted"] = "by an attacker"
    visitor.log_in("kepala")
    with visitor.client.session_transaction() as session:
        assert "planted" not in session
    visitor.post("/keluar")
    assert visitor.get("/tugas").status_code == 303


def test_a_new_password_ends_sessions_with_the_old_one(site: Site) -> None:
    visitor = site.visitor("kepala")
    person = site.actor("kepala").person_id
    assert person is not None
    with transaction(site.app.sessions) as tx:
        people.set_password_hash(tx, person, hash_password("kata sandi baru"))
    assert visitor.get("/tugas").status_code == 303


def test_the_cookie_is_hidden_from_scripts_and_other_sites(site: Site) -> None:
    answer = site.stranger().log_in("kepala")
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("alur="))
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert timedelta(hours=12) == site.flask.permanent_session_lifetime


def test_a_page_that_polls_does_not_keep_its_reader_logged_in(site: Site) -> None:
    visitor = site.visitor("kepala")
    assert "Set-Cookie" in visitor.get("/tugas").headers
    assert "Set-Cookie" not in visitor.get("/tugas", headers={"HX-Request": "true"}).headers


def test_the_language_is_kept_for_the_person(site: Site) -> None:
    visitor = site.stranger()
    visitor.post("/bahasa", {"bahasa": "en", "next": "/masuk"})
    assert "Log in to Alur" in visitor.get("/masuk").text
    visitor.log_in("kepala")
    assert "Tugas saya" in visitor.get("/tugas").text
    visitor.post("/bahasa", {"bahasa": "en", "next": "/tugas"})
    assert site.actor("kepala").locale == "en"
    page = site.visitor("kepala").get("/tugas").text
    assert "My tasks" in page and '<html lang="en">' in page


def test_an_unknown_language_is_refused(site: Site) -> None:
    assert site.visitor("kepala").post("/bahasa", {"bahasa": "xx"}).status_code == 422


def test_a_fragment_of_a_reader_who_is_gone_reloads_the_page(site: Site) -> None:
    answer = site.stranger().get("/tugas", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["HX-Refresh"] == "true"
