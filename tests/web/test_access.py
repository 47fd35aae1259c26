"""Who may open what: every route × every role.

A line of ROUTES is a method, an endpoint, and one letter for each of ROLES, in their order:
  y  let in: a page, or an act that is done or finds something wrong with what was sent
  n  refused (403)
  o  not there for this reader (404): somebody else's, so not even its existence is told
  l  sent to the log-in, or asked for a key (401)
  -  open to all, whoever asks
A new route: run this test, which names it and prints its line as it is now; read that line, check
it against DESIGN §8 (not against the code), put it into ROUTES. Where a route needs more than an
empty form to reach its question of rights, put a form into FORMS. Acts run in the order of ROUTES,
on one database for each role: what takes something away stands below what needs it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from engine.store import people
from engine.store.tables import Holding, Jabatan, Person
from engine.store.transaction import transaction
from engine.usecases import absences, documents, sop_drafts
from tests.web.conftest import KEY, Site, Visitor

ROLES = (
    "stranger",
    "staff_own",  # holds the role that item 1 asks for
    "staff_other",  # of another PD
    "supervisor_own",  # by a right bound to the PD of the case
    "supervisor_other",
    "process_owner",
    "administrator",
    "administrator_own",  # of the PD of the case
    "administrator_other",
    "auditor",
)
ROUTES = """
GET  work_items.home           lyyyyyyyyy
GET  api.list_items            llllllllll
GET  api.read_item             llllllllll
GET  api.openapi               yyyyyyyyyy
GET  feeds.ask                 oooooooooo
GET  absences.show             lnnnnnyynn
GET  absences.ask              lyyyyyyyyy
GET  documents.download        lynynyyyny
GET  documents.picture         lynynyyyny
GET  documents.preview         lynynyyyny
GET  health.live               yyyyyyyyyy
GET  incidents.index           lnnnnyynnn
GET  live.stream               lyyyyyyyyy
GET  feeds.calendar            oooooooooo
GET  cases.index               lyyyyyyyyy
GET  cases.show                lynynyyyny
GET  pictures.case             lynynyyyny
GET  studio.index              lnnyyyyyyn
GET  studio.ask_new            lnnnnyynnn
GET  studio.show               lnnyyyyyyn
GET  studio_data.read          lnnyyyyyyn
GET  studio_forms.index        lnnyyyyyyn
GET  studio_forms.show         lnnyyyyyyn
GET  studio_import.ask         lnnnnyynnn
GET  diagrams.draft            lnnyyyyyyn
GET  diagrams.version          lyyyyyyyyy
POST studio_forms.create       lnnnnyynnn
POST studio_forms.preview      lnnyyyyyyn
POST studio_forms.save         lnnnnyynnn
POST studio_form_data.save     lnnnnyynnn
POST studio_forms.rename       lnnnnyynnn
POST studio_forms.delete       lnnnnyynnn
POST studio_import.examine     lnnnnyynnn
POST studio_import.create      lnnnnyynnn
GET  sop_versions.index        lyyyyyyyyy
GET  sop_versions.show_cases   lnnnnyynnn
GET  studio_compare.draft      lnnyyyyyyn
GET  studio_compare.draft_picture lnnoooooon
GET  studio_compare.versions   lyyyyyyyyy
GET  studio_compare.versions_picture looooooooo
GET  studio_history.index      lnnyyyyyyn
GET  studio_history.show       lnnyyyyyyn
GET  studio_history.picture    lnnyyyyyyn
GET  studio_history.xml        lnnyyyyyyn
GET  studio_publishing.show    lnnyyyyyyn
GET  studio_rules.index        lyyyyyyyyy
GET  studio_rules.show         lyyyyyyyyy
GET  studio_rules.picture      lyyyyyyyyy
GET  studio_rules.xml          lyyyyyyyyy
GET  studio_runs.index        lnnyyyyyyn
GET  studio_trial.ask         lnnyyyyyyn
GET  studio_trial.picture     looooooooo
GET  studio_trial.show        looooooooo
POST studio_runs.check        lnnyyyyyyn
POST studio_runs.end          lnnnnyynnn
POST studio_runs.record_again lnnnnoonnn
POST studio_trial.advance     looooooooo
POST studio_trial.begin       lnnyyyyyyn
POST studio_trial.change_rows looooooooo
POST studio_trial.claim       looooooooo
POST studio_trial.complete    looooooooo
POST studio_trial.end         looooooooo
POST studio_trial.follow      looooooooo
POST studio_trial.hear        looooooooo
POST studio_trial.record      looooooooo
POST studio_trial.report      looooooooo
POST studio_trial.take_back   looooooooo
GET  pictures.item             lynynyyyny
GET  pictures.sop              lyyyyyyyyy
GET  printing.dossier          lynynyyyny
GET  cases.xml                 lynynyyyny
GET  pictures.case             lynynyyyny
GET  comments.mentionable      lynynyyyny
GET  cases.ask                 lyyyyyyyyy
GET  notices.mails             lnnyynyyyn
GET  notices.index             lyyyyyyyyy
GET  notices.count             lyyyyyyyyy
GET  calendars.home            lnnnnyynnn
GET  account_log.index         lnnnnnynny
GET  jabatan.show              lyyyyyyyyy
GET  calendars.index           lnnnnyynnn
GET  calendars.show            lnnnnyynnn
GET  calendars.compare         lnnnnyynnn
GET  calendars.export          lnnnnyynnn
GET  calendars.edit            lnnnnyynnn
GET  persons.index             lyyyyyyyyy
GET  persons.ask               lnnnnnyyyn
GET  persons.show              lyyyyyyyyy
GET  organisation.index        lyyyyyyyyy
GET  organisation.export       lyyyyyyyyy
GET  organisation.ask_import   lnnnnnyyyn
GET  organisation.show         lyyyyyyyyy
GET  ladders.index             lnnnnyynnn
GET  ladders.show              lnnnnyynnn
GET  inbox.keys                lyyyyyyyyy
GET  health.ready              yyyyyyyyyy
GET  absences.own              lyyyyyyyyy
GET  accounts.show             lyyyyyyyyy
GET  second_factor.show        lyyyyyyyyy
GET  preferences.ask           lyyyyyyyyy
GET  accounts.ask_password     lyyyyyyyyy
GET  sops.index                lyyyyyyyyy
GET  sops.show                 lyyyyyyyyy
GET  sops.xml                  lyyyyyyyyy
GET  pictures.sop              lyyyyyyyyy
GET  work_items.inbox          lyyyyyyyyy
GET  inbox.index               lyyyyyyyyy
GET  work_items.show           lynynyyyny
GET  pictures.item             lynynyyyny
GET  printing.disposition      lynynyyyny
GET  printing.memo             lynynyyyny
GET  inbox.narrow              lyyyyyyyyy
GET  login.ask                 yyyyyyyyyy
GET  login.code                llllllllll
GET  login.forgotten           yyyyyyyyyy
GET  login_oidc.begin          oooooooooo
GET  login_oidc.come_back      oooooooooo
GET  login.choose              oooooooooo
POST api.claim_item            llllllllll
POST api.complete_item         llllllllll
POST api.release_item          llllllllll
POST api.complete_job          llllllllll
POST api.raise_error           llllllllll
POST api.extend_lock           llllllllll
POST api.fail_job              llllllllll
POST api.fetch_jobs            llllllllll
POST api.send_message          llllllllll
POST api.send_signal           llllllllll
POST language.switch           yyyyyyyyyy
POST feeds.stop                oooooooooo
POST absences.change           lnnnnnyynn
POST absences.plan             lnnnnnyynn
POST documents.replace         lynynyyyny
POST operations.retry          lnnnnyynnn
POST operations.correct        lnnnnyynnn
POST operations.resume         lnnnnyynnn
POST operations.skip           lnnnnoonnn
POST operations.move           lnnnnoonnn
POST operations.suspend        lnnnnyynnn
POST comments.on_case          lynynyyynn
POST comments.watch            lynynyyyny
POST cases.start               lynnnyyynn
POST notices.follow            lyyyyyyyyy
POST notices.read              lyyyyyyyyy
POST jabatan.appoint           lnnnnnyynn
POST jabatan.change            lnnnnnyynn
POST calendars.reset           lnnnnyynnn
POST calendars.apply           lnnnnyynnn
POST calendars.change          lnnnnyynnn
POST persons.create            lnnnnnynnn
POST persons.give              lnnnnnyynn
POST persons.revoke            lnnnnnynnn
POST accounts.end_sessions     lnnnnnyynn
POST accounts.reset_factor     lnnnnnyynn
POST persons.change            lnnnnnyynn
POST accounts.invite           lnnnnnyynn
POST organisation.read_import  lnnnnnyyyn
POST organisation.apply_import lnnnnnyyyn
POST organisation.create       lnnnnnyynn
POST organisation.add_jabatan  lnnnnnyynn
POST organisation.move         lnnnnnyynn
POST organisation.change       lnnnnnyynn
POST ladders.change            lnnnnyynnn
POST ladders.clear             lnnnnyynnn
POST second_factor.begin       lyyyyyyyyy
POST second_factor.confirm     lnnnnnnnnn
POST second_factor.renew       lyyyyyyyyy
POST second_factor.remove      lnnnnnnnnn
POST accounts.revoke_session   looooooooo
POST accounts.revoke_others    lyyyyyyyyy
POST accounts.make_token       lyyyyyyyyy
POST accounts.revoke_token     looooooooo
POST preferences.save          lyyyyyyyyy
POST preferences.make_feed     lyyyyyyyyy
POST preferences.revoke_feed   lyyyyyyyyy
POST accounts.save_password    lnnnnnnnnn
POST item_form.claim           lynnnnnnnn
POST drafts.change_rows        lynynyyyny
POST item_form.attach          lynynyyyny
POST drafts.save               lynnnnnnnn
POST drafts.discard            lynonooono
POST item_time.pause           lynnnnnnnn
POST handovers.give_back       lynnnnnnnn
POST handovers.hand_back       lnnnnnnnnn
POST comments.on_item          lynynyyynn
POST item_time.resume          lynnnnnnnn
POST work_items.release        lnnnnnnnnn
POST handovers.delegate        lynynyyyny
POST drafts.ask_conditions     lynynyyyny
POST handovers.ask             lynnnnnnnn
POST handovers.answer          lnoooooooo
POST handovers.withdraw        lyoooooooo
POST handovers.recall          lnnnnnnnnn
POST handovers.reassign        lnnnnyyynn
POST item_time.snooze          lynnnnnnnn
POST inbox_bulk.act            lyyyyyyyyy
POST inbox.apply               lyyyyyyyyy
POST inbox.save                lyyyyyyyyy
POST inbox.change              lyyyyyyyyy
POST login.leave               llllllllll
POST login.enter               nnnnnnnnnn
POST login.confirm             nnnnnnnnnn
POST login.ask_reset           yyyyyyyyyy
POST login.set_password        oooooooooo
POST item_form.complete        lynnnnnnnn
POST absences.end              lnnnnnyynn
POST operations.cancel         lnnnnyynnn
POST jabatan.end               lnnnnnyynn
POST jabatan.reopen            lnnnnnyynn
POST jabatan.end_holding       lnnnnnyynn
POST jabatan.cancel            lnnnnnyynn
POST jabatan.correct           lnnnnnyynn
POST persons.end               lnnnnnyynn
POST persons.reactivate        lnnnnnyynn
POST organisation.end          lnnnnnyynn
POST organisation.reopen       lnnnnnyynn
POST studio.create             lnnnnyynnn
POST studio.begin              lnnnnyynnn
POST studio_data.save          lnnnnyynnn
POST studio_data.hold          lnnyyyyyyn
POST studio_data.judge         lnnnnyynnn
POST studio_data.lay_out       lnnnnyynnn
POST studio_data.read_time     lnnnnyynnn
POST studio_data.read_ladder   lnnnnyynnn
POST studio_history.rename     lnnnnyynnn
POST studio_history.restore    lnnnnyynnn
POST studio_publishing.check   lnnyyyyyyn
POST studio_publishing.submit  lnnnnyynnn
POST studio_publishing.approve lnnynyyynn
POST studio_publishing.give_back lnnynyyynn
POST studio_publishing.publish lnnnnyynnn
POST studio_publishing.take_back lnnnnyynnn
POST sop_versions.go_back      lnnnnyynnn
POST sop_versions.move_cases   lnnnnyynnn
POST sop_versions.review       lnnnnyynnn
POST sop_versions.retire       lnnnnyynnn
POST sop_versions.revive       lnnnnyynnn
POST studio_history.discard    lnnnnyynnn
"""
FORMS: dict[str, dict[str, object]] = {
    "studio_forms.create": {"nama": "baru"},
    "studio_forms.rename": {"nama": "konsultasi"},
    "studio_forms.save": {"skema": '{"type": "default", "components": []}'},
    "organisation.create": {"kode": "BARU", "nama": "Baru", "jenis": "bidang", "induk": "BAPPEDA"},
    "organisation.change": {"nama": "Bappeda", "jenis": "pd", "zona": "Asia/Jakarta"},
    "organisation.add_jabatan": {"nama": "Analis"},
    "organisation.move": {"induk": "BAPPEDA"},
    "organisation.end": {"berakhir": "2026-11-22"},
    "jabatan.end": {"berakhir": "2026-11-22"},
    "jabatan.end_holding": {"sampai": "2026-12-31"},
    "jabatan.correct": {"sebagai": "definitif", "sejak": "2026-11-02"},
    "jabatan.appoint": {
        "orang": "kabid2",
        "sebagai": "plh",
        "sejak": "2026-11-23",
        "sampai": "2026-11-24",
        "surat": "1/2026",
        "tanggal_surat": "2026-11-20",
    },
    "organisation.read_import": {"isi": "unit"},
    "organisation.apply_import": {"isi": "unit", "sidik": "x"},
    "persons.create": {
        "login": "baru",
        "nama": "Baru",
        "surel": "b@contoh.example",
        "jabatan": "1",
    },
    "persons.change": {"nama": "Mawar Contoh", "surel": "kabid1@contoh.example"},
    "persons.give": {"hak": "supervisor", "unit": "BAPPEDA"},
    "jabatan.change": {"nama": "Kepala", "peran": "kepala_bidang"},
    "calendars.apply": {"dokumen": "{}", "alasan": "uji"},
    "calendars.reset": {"alasan": "uji"},
    "cases.start": {"sop": KEY, "unit": "BAPPEDA"},
    "comments.on_case": {"komentar": "Baik."},
    "comments.on_item": {"komentar": "Baik."},
    "handovers.delegate": {"kepada": "kabid1", "catatan": "Mohon.", "diminta": "siapkan"},
    "handovers.reassign": {"kepada": "kabid1", "alasan": "Cuti."},
    "handovers.give_back": {"alasan": "Kurang."},
    "handovers.ask": {"kepada": "kabid1", "pertanyaan": "Bagaimana?"},
    "handovers.answer": {"jawaban": "Begini."},
    "item_time.pause": {"alasan": "Menunggu.", "sampai": "2026-12-01"},
    "item_time.snooze": {"sampai": "2026-12-01", "alasan": "Nanti."},
    "operations.suspend": {"alasan": "Uji."},
    "operations.resume": {"alasan": "Uji."},
    "operations.cancel": {"alasan": "Uji."},
    "operations.skip": {"alasan": "Uji.", "token": "x"},
    "operations.move": {"alasan": "Uji.", "token": "x", "tujuan": "y"},
    "operations.correct": {"alasan": "Uji.", "nama": "a", "nilai": "1"},
    "studio_history.rename": {"nama": "Menyusun Rencana Kerja"},
    "studio_history.restore": {"revisi": "1"},
    "studio_publishing.submit": {"catatan": "Uji."},
    "studio_publishing.give_back": {"catatan": "Uji."},
    "studio_publishing.publish": {"berlaku": "2026-11-23"},
    "sop_versions.move_cases": {"pilih": "1"},
    "sop_versions.retire": {"catatan": "Uji."},
    "sop_versions.review": {"catatan": "Uji."},
    "inbox_bulk.act": {"aksi": "ambil", "pilih": "1"},
    "language.switch": {"bahasa": "id"},
    "login.enter": {"login": "x", "sandi": "x"},
    "absences.plan": {
        "untuk": "kabid1",
        "pengganti": "kabid2",
        "dari": "2026-12-07",
        "sampai": "2026-12-08",
        "alasan": "Cuti.",
    },
    "absences.change": {
        "pengganti": "kabid2",
        "dari": "2026-12-01",
        "sampai": "2026-12-04",
        "alasan": "Cuti.",
    },
}


@dataclass
class Scene:
    """An agency with one running case, and whoever asks."""

    site: Site
    values: dict[str, object]

    def visitor(self, role: str) -> Visitor:
        if role == "stranger":
            return self.site.stranger()
        return self.site.visitor({"staff_own": "kasubbag"}.get(role, role))


GRANTS = {
    "supervisor_own": ("supervisor", "BAPPEDA"),
    "supervisor_other": ("supervisor", "DINAS"),
    "process_owner": ("process_owner", ""),
    "administrator": ("administrator", ""),
    "administrator_own": ("administrator", "BAPPEDA"),
    "administrator_other": ("administrator", "DINAS"),
    "auditor": ("auditor", ""),
}


@pytest.fixture
def scene(site: Site) -> Scene:
    site.flask.config["WTF_CSRF_ENABLED"] = False  # asked about in test_auth.py
    with transaction(site.app.sessions) as tx:
        region = people.find_unit(tx, "PEMDA")
        dinas = people.put_unit(tx, "DINAS", "Dinas Contoh", "pd", "Asia/Jakarta", region)
        agency = people.find_unit(tx, "BAPPEDA")
        assert agency
        unit_ids = {"": None, "DINAS": dinas.id, "BAPPEDA": agency.id}
        for role in ROLES[2:]:
            person = people.put_person(
                tx,
                {"login": role, "name": f"{role} Contoh", "email": f"{role}@contoh.example",
                 "password_hash": "", "demo": True},
            )  # fmt: skip
            if role in GRANTS:
                name, unit = GRANTS[role]
                people.put_grant(tx, person, name, unit_ids[unit], site.now)
            else:
                seat = people.put_jabatan(tx, dinas, "Staf", "", None)
                people.put_holding(tx, seat, person, site.app.today(site.now))
    day = site.app.today(site.now)
    kabid, wait = site.actor("kabid1"), timedelta(days=7)
    absences.plan_absence(
        site.app, kabid, "kabid1", "kabid2", day + wait, day + 2 * wait, "Cuti.", site.now
    )
    site.visitor("kepala")
    case_id = site.start()
    item = site.first("kasubbag")
    document = documents.attach_document(
        site.app, site.actor("kasubbag"), item.id, "a.txt", io.BytesIO(b"isi"), site.now
    )
    drawing = site.actor("pengelola")
    sop_drafts.create_draft_from_version(site.app, drawing, KEY, None, site.now)
    return Scene(site, _values(site, case_id, item.id, item.node, document.id))


def _values(
    site: Site, case_id: int, item_id: int, node: str, document_id: int
) -> dict[str, object]:
    with transaction(site.app.sessions) as tx:
        kabid = tx.scalars(select(Person).where(Person.login == "kabid1")).one()
        holding = tx.scalars(select(Holding).where(Holding.person_id == kabid.id)).first()
        assert holding
        jabatan = tx.get_one(Jabatan, holding.jabatan_id)
        notice = tx.scalar(text("SELECT min(id) FROM notice")) or 1
        absence = tx.scalar(text("SELECT max(id) FROM absence"))
        session = tx.scalar(text("SELECT max(id) FROM login_session"))
        return {
            "case_id": case_id, "item_id": item_id, "document_id": document_id, "page": 1,
            "jabatan_id": jabatan.id, "holding_id": holding.id, "notice_id": notice,
            "login": "kabid1", "unit": "BAPPEDA", "code": "BAPPEDA-EKO", "key": KEY, "node": node,
            "version": 1, "absence_id": absence, "grant_id": 1, "session_id": session,
            "token_id": 1,
            "filter_id": 1, "question_id": 1, "job_id": 1, "token": "x", "secret": "x",
            "path": "milik",
            "rule": "one_start", "side": "salah",
            "trial_id": 1, "run_id": 1, "draft_id": 1, "number": 1,
            "name": "konsultasi.form", "kind": "svg",
        }  # fmt: skip


def routes(site: Site) -> dict[str, tuple[str, str]]:
    """ "GET endpoint" -> (method, rule) of all there are."""
    return {
        f"{method} {rule.endpoint}": (method, rule.rule)
        for rule in site.flask.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def letter(scene: Scene, visitor: Visitor, name: str) -> str:
    method, endpoint = name.split()
    with scene.site.flask.test_request_context():
        adapter = scene.site.flask.url_map.bind("localhost")
        wanted = {
            key: scene.values[key]
            for rule in scene.site.flask.url_map.iter_rules(endpoint)
            if method in (rule.methods or ())
            for key in rule.arguments
        }
        path = adapter.build(endpoint, wanted, method=method)
    data = FORMS.get(endpoint, {}) if method == "POST" else None
    answer = visitor.client.open(path, method=method, data=data, buffered=False)
    status, there = answer.status_code, answer.location or ""
    answer.close()
    assert status < 500, name
    if status == 401 or (status == 303 and there.startswith("/masuk")):
        return "l"
    return {403: "n", 404: "o"}.get(status, "y")


def ask_all(scene: Scene, role: str, names: list[str]) -> dict[str, str]:
    visitor, found = scene.visitor(role), {}
    for name in names:
        found[name] = letter(scene, visitor, name)
        if name == "POST login.leave":
            visitor = scene.visitor(role)
    return found


def table() -> dict[str, str]:
    """ "GET endpoint" -> its letters."""
    lines = (line.split() for line in ROUTES.strip().splitlines() if line.strip())
    return {f"{method} {endpoint}": letters for method, endpoint, letters in lines}


def test_every_route_is_in_the_table(scene: Scene) -> None:
    new = sorted(set(routes(scene.site)) - set(table()))
    asked = [ask_all(scene, role, new) for role in ROLES] if new else []
    lines = [f"{name} {''.join(one[name] for one in asked)}" for name in new]
    assert lines == [], "see the top of this file"
    assert sorted(set(table()) - set(routes(scene.site))) == []
    assert {len(letters) for letters in table().values()} == {len(ROLES)}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_the_table_says(scene: Scene, role: str) -> None:
    found, place = ask_all(scene, role, [*table()]), ROLES.index(role)
    assert found == {name: letters[place] for name, letters in table().items()}
