import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from engine.app import App
from engine.store import accounts
from engine.store.tables import Person
from engine.store.transaction import transaction
from engine.usecases import account_mails, sessions
from tests.web.conftest import TOKEN, Site
from web import create_app
from workflows.rights import OPERATOR


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


def test_a_new_password_ends_the_sessions_elsewhere(site: Site) -> None:
    here, there = site.visitor("kepala"), site.visitor("kepala")
    new = "sepeda biru di lapangan"
    form = {"lama": "contoh-alur", "baru": new, "ulang": new}
    answer = here.post("/saya/sandi", {**form, "ulang": "lain sama sekali"})
    assert answer.status_code == 422 and "tidak sama" in answer.text
    answer = here.post("/saya/sandi", {**form, "lama": "salah"})
    assert answer.status_code == 403 and "tidak cocok" in answer.text
    assert here.post("/saya/sandi", form).location == "/saya/keamanan"
    assert here.get("/tugas").status_code == 200
    assert there.get("/tugas").status_code == 303
    assert site.stranger().log_in("kepala", new).status_code == 303


def test_logging_out_ends_the_session_for_copies_of_its_cookie_too(site: Site) -> None:
    visitor, thief = site.visitor("kepala"), site.stranger()
    with visitor.client.session_transaction() as session:
        kept = dict(session)
    with thief.client.session_transaction() as session:
        session.update(kept)
    assert thief.get("/tugas").status_code == 200
    visitor.post("/keluar")
    assert thief.get("/tugas").status_code == 303


def test_a_locked_login_says_for_how_long(site: Site) -> None:
    visitor = site.stranger()
    for login in ("kepala", "siapa"):
        with transaction(site.app.sessions) as tx:
            for _ in range(10):
                accounts.add_failure(tx, "password", login, "", site.now)
        answer = visitor.log_in(login)
        assert answer.status_code == 403
        assert "Tunggu 15 menit" in answer.text


def test_sessions_are_seen_and_ended_one_by_one(site: Site) -> None:
    here, there = site.visitor("kepala"), site.visitor("kepala")
    page = here.get("/saya/keamanan").text
    assert page.count("Perangkat ini") == 1
    (path,) = set(re.findall(r"/saya/keamanan/sesi/\d+/akhiri", page))
    assert here.post(path).status_code == 303
    there.get("/pemberitahuan/jumlah", headers={"HX-Request": "true"})  # tells nobody anything
    answer = there.get("/tugas")
    assert answer.status_code == 303 and "Sesi Anda sudah" in there.get(answer.location).text
    assert here.get("/tugas").status_code == 200
    assert here.post(path).status_code == 404


def test_a_token_whose_page_is_sent_again_is_not_made_twice(site: Site) -> None:
    visitor, form = site.visitor("kepala"), {"nama": "Rekap", "hari": "30"}
    assert "Salin token ini" in visitor.post("/saya/keamanan/token", form).text
    again = visitor.post("/saya/keamanan/token", form)
    assert again.status_code == 422 and "token bernama itu" in again.text


def test_a_forgotten_password_is_answered_alike_for_everybody(site: Site) -> None:
    pages = [
        TOKEN.sub("", site.stranger().post("/masuk/lupa", {"login": login}).text)
        for login in ("kepala", "tidak-ada")
    ]
    assert pages[0] == pages[1] and "Periksa surel Anda" in pages[0]
    assert site.stranger().get("/masuk/sandi/bukan-tautan").status_code == 404


def test_an_invitation_leads_to_a_password(site: Site) -> None:
    made = account_mails.make_link(site.app, OPERATOR, "kabid1", site.now)
    assert made.link
    path, new = made.link.removeprefix(site.app.url), "kapal kayu menuju timur"
    visitor = site.stranger()
    assert "Mawar Contoh" in visitor.get(path).text
    answer = visitor.post(path, {"baru": "mawar contoh", "ulang": "mawar contoh"})
    assert answer.status_code == 422 and "nama instansi" in answer.text
    answer = visitor.post(path, {"baru": new, "ulang": new})
    assert answer.location == "/masuk?login=kabid1"
    assert 'value="kabid1"' in visitor.get(answer.location).text
    assert visitor.log_in("kabid1", new).location == "/tugas"
    gone = site.stranger().get(path)
    assert gone.status_code == 404 and 'href="/masuk/lupa"' in gone.text


def test_an_empty_installation_says_what_to_run(app: App) -> None:
    page = create_app(app).test_client().get("/masuk").text
    assert "alur admin create" in page


def test_whoever_must_change_their_password_does_that_first(site: Site) -> None:
    with transaction(site.app.sessions) as tx:
        tx.execute(update(Person).where(Person.login == "kepala").values(must_change=True))
    visitor = site.visitor("kepala")
    assert visitor.get("/tugas").location == "/saya/sandi"
    assert visitor.post("/tugas/1/ambil").location == "/saya/sandi"
    new = "sepeda biru di lapangan"
    visitor.post("/saya/sandi", {"lama": "contoh-alur", "baru": new, "ulang": new})
    assert visitor.get("/tugas").status_code == 200


def test_the_log_is_for_auditors_and_administrators(site: Site) -> None:
    site.stranger().log_in("kasubbag")
    assert site.visitor("kepala").get("/pengaturan/catatan").status_code == 403
    page = site.visitor("pengelola").get("/pengaturan/catatan?orang=kasubbag").text
    assert (
        "Melati Contoh" in page and "kata sandi" in page and "Tanjung" not in page.split("<main")[1]
    )
    unknown = site.visitor("pengelola").get("/pengaturan/catatan?orang=siapa")
    assert unknown.status_code == 200 and "tidak ada" in unknown.text


def test_behind_a_proxy_the_address_is_believed_only_as_the_settings_say(site: Site) -> None:
    sent = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}
    found = {}
    for proxies in (0, 1, 2):
        settings = replace(site.app.settings, trusted_proxies=proxies)
        other = Site(replace(site.app, settings=settings))
        visitor = other.visitor("kepala")
        form = {"login": "kepala", "sandi": "contoh-alur"}
        visitor.post("/masuk", form, headers=sent)
        actor = other.actor("kepala")
        found[proxies] = sessions.read_security(other.app, actor, None, other.now).sessions[0]
    assert [found[n].address for n in (0, 1, 2)] == ["127.0.0.1", "203.0.113.9", "198.51.100.7"]


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
