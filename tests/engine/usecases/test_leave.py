"""Leave: somebody stands in on its days, and only then; all concerned hear of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from engine.errors import ConflictError, NotAllowedError
from engine.store import people as store
from engine.store.tables import Holding, Jabatan, Person
from engine.store.transaction import transaction
from engine.ticks import tick
from engine.usecases import absences, holdings, jabatan, notices, persons, work_items
from engine.usecases.holdings import Term
from engine.usecases.persons import Identity
from workflows.errors import InvalidTimeError
from workflows.rights import OPERATOR

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)
DAY = timedelta(days=1)


def plan(agency, login: str, substitute: str, since=MONDAY, until=FRIDAY, by=None, **more):
    actor = agency.actor(by or login)
    return absences.plan_absence(
        agency.app, actor, login, substitute, since, until, "Cuti tahunan.", agency.now, **more
    )


def change(agency, absence_id: int, substitute: str, until: date) -> None:
    given = (substitute, MONDAY, until, "Cuti tahunan.", agency.now)
    absences.change_absence(agency.app, agency.actor("kasubbag"), absence_id, *given)


def refused(agency, *given, **more) -> tuple[str, dict[str, object]]:
    with pytest.raises((ConflictError, NotAllowedError, InvalidTimeError)) as error:
        plan(agency, *given, **more)
    return error.value.code, error.value.fields


def mails(agency, login: str) -> list[tuple[str, str]]:
    lines = notices.list_mails(agency.app, OPERATOR)
    return [(one.kind, one.subject) for one in lines if one.to == f"{login}@contoh.example"]


def subjects(agency, login: str) -> list[str]:
    return [one.subject for one in notices.list_notices(agency.app, agency.actor(login))]


def test_what_is_open_moves_on_the_first_day_and_comes_back_after_the_last(agency) -> None:
    case = agency.start()
    item = agency.inbox("kasubbag")[0]
    work_items.claim_work_item(agency.app, agency.actor("kasubbag"), item.id, agency.now)
    plan(agency, "kasubbag", "sekretaris", TUESDAY, TUESDAY)
    assert agency.inbox("sekretaris") == ()
    agency.now += DAY
    (seen,) = agency.inbox("sekretaris")
    assert (seen.id, seen.claimed_by, seen.case_id) == (item.id, "Melati Contoh", case)
    assert agency.inbox("kasubbag")[0].id == item.id  # whoever is on leave may still act
    actor = agency.actor("sekretaris")
    work_items.claim_work_item(agency.app, actor, item.id, agency.now)
    agency.now += DAY
    assert agency.inbox("sekretaris") == ()
    (back,) = agency.inbox("kasubbag")
    assert back.id == item.id
    done = work_items.complete_work_item(
        agency.app, agency.actor("kasubbag"), item.id, {}, agency.now
    )
    assert done.opened
    with pytest.raises(NotAllowedError):
        work_items.claim_work_item(
            agency.app, agency.actor("sekretaris"), done.opened[0].id, agency.now
        )


def test_who_stands_in_hears_once_and_so_does_who_is_back(agency) -> None:
    agency.start()
    plan(agency, "kasubbag", "sekretaris", TUESDAY, TUESDAY, by="pengelola")
    assert subjects(agency, "sekretaris") == [
        "Anda akan menggantikan Melati Contoh, 24 November 2026"
    ]
    assert any("Cuti Anda dicatat" in one for one in subjects(agency, "kasubbag"))
    agency.now += DAY
    for _ in range(2):
        tick(agency.app, agency.now)
    begun = [one for one in notices.list_notices(agency.app, agency.actor("sekretaris"))]
    (told,) = [one for one in begun if one.subject.startswith("Anda kini menggantikan")]
    assert "Melakukan konsultasi" in told.body or "- " in told.body
    overdue = agency.now + timedelta(minutes=61)
    tick(agency.app, overdue)
    assert any(kind == "overdue" for kind, _ in mails(agency, "sekretaris"))
    assert not any(kind == "overdue" for kind, _ in mails(agency, "kasubbag"))
    agency.complete("sekretaris")
    agency.now += DAY
    for _ in range(2):
        tick(agency.app, agency.now)
    back = [one for one in subjects(agency, "kasubbag") if one == "Selamat bekerja kembali"]
    assert len(back) == 1
    body = next(
        one.body
        for one in notices.list_notices(agency.app, agency.actor("kasubbag"))
        if one.subject == "Selamat bekerja kembali"
    )
    assert "1 tugas diselesaikan atas nama Anda" in body


def test_a_leave_that_begins_at_once_is_told_in_one_line(agency) -> None:
    agency.start()
    line = plan(agency, "kasubbag", "sekretaris")
    tick(agency.app, agency.now)
    begun = "Anda kini menggantikan Melati Contoh sampai 27 November 2026"
    assert subjects(agency, "sekretaris") == [begun]
    (told,) = notices.list_notices(agency.app, agency.actor("sekretaris"))
    assert "- Memprakarsai" in told.body and "Catatan: Cuti tahunan." in told.body
    change(agency, line.id, "sekretaris", FRIDAY - DAY)
    assert subjects(agency, "sekretaris")[0].startswith("Cuti Melati Contoh berubah")
    change(agency, line.id, "kepala", FRIDAY)
    tick(agency.app, agency.now)
    assert subjects(agency, "kepala") == [begun]


def test_a_plan_that_was_not_sent_before_the_leave_began_is_not_sent_any_more(agency) -> None:
    agency.start()
    agency.now += timedelta(hours=12)  # in the evening, when nobody is written to
    plan(agency, "kasubbag", "sekretaris", TUESDAY, FRIDAY)
    plan(agency, "kabid1", "sekretaris", FRIDAY, FRIDAY)
    tick(agency.app, agency.now)
    agency.now += timedelta(hours=12)
    tick(agency.app, agency.now)
    assert [one for kind, one in mails(agency, "sekretaris") if kind == "leave"] == [
        "Anda kini menggantikan Melati Contoh sampai 27 November 2026",
        "Anda akan menggantikan Mawar Contoh, 27 November 2026",
    ]


def test_the_claimant_away_is_reminded_through_whoever_stands_in(agency) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0]
    work_items.claim_work_item(agency.app, agency.actor("kasubbag"), item.id, agency.now)
    plan(agency, "kasubbag", "kabid1", by="sekretaris")
    tick(agency.app, agency.now + timedelta(minutes=61))
    told = [
        one
        for one in notices.list_notices(agency.app, agency.actor("kabid1"))
        if one.kind == "overdue"
    ]
    who = "Mawar Contoh (sebagai pengganti Melati Contoh, Kasubbag Rencana Kerja dan Monev)"
    assert told and told[0].body.startswith(f"Yth. {who}")
    above = notices.list_notices(agency.app, agency.actor("sekretaris"))
    assert any(f"Pelaksana: {who}" in one.body for one in above)
    heard = notices.list_notices(agency.app, agency.actor("kasubbag"))
    assert not [one for one in heard if one.kind in ("reminder", "overdue")]


def test_a_substitute_who_goes_on_leave_is_stood_in_for_as_well(agency) -> None:
    agency.start()
    plan(agency, "kasubbag", "sekretaris")
    plan(agency, "sekretaris", "kepala", TUESDAY, TUESDAY)
    assert any("Pengganti Anda cuti" in one for one in subjects(agency, "kasubbag"))
    agency.now += DAY
    tick(agency.app, agency.now)
    begun = [one for one in subjects(agency, "kepala") if one.startswith("Anda kini")]
    assert len(begun) == 2
    assert [one.node for one in agency.inbox("kepala")] == ["konsultasi"]
    assert agency.inbox("sekretaris") == ()
    agency.now += DAY
    assert agency.inbox("kepala") == () and len(agency.inbox("sekretaris")) == 1


def test_what_a_leave_may_not_be(agency) -> None:
    plan(agency, "sekretaris", "kepala", TUESDAY, FRIDAY)
    code, fields = refused(agency, "kasubbag", "sekretaris")
    assert (code, fields["person"], fields["since"], fields["until"]) == (
        "substitute_away", "Kenanga Contoh", "2026-11-24", "2026-11-27",
    )  # fmt: skip
    assert refused(agency, "kasubbag", "kasubbag")[0] == "substitute_self"
    assert refused(agency, "sekretaris", "kasubbag")[0] == "leave_overlaps"
    assert refused(agency, "kasubbag", "kepala", FRIDAY, MONDAY)[1]["reason"] == "backwards"
    assert refused(agency, "kasubbag", "kepala", MONDAY - DAY)[1]["reason"] == "past"
    assert refused(agency, "kasubbag", "kepala", MONDAY, MONDAY + 400 * DAY)[1]["reason"] == (
        "too_long"
    )
    assert refused(agency, "kasubbag", "kepala", by="kabid1")[0] == "leave_not_yours"
    plan(agency, "kasubbag", "sekretaris", MONDAY, MONDAY, by="sekretaris")  # their superior


def test_who_manages_one_unit_brings_nobody_the_jabatan_of_another(agency) -> None:
    app, now, bound = agency.app, agency.now, agency.actor("kadis")
    seat = jabatan.create_jabatan(app, bound, "DINAS", "Pembina", "", None, now, many=True)
    holdings.appoint(app, bound, seat.id, "kepala", Term("definitif", MONDAY), now)
    assert refused(agency, "kepala", "kadis", by="kadis")[0] == "leave_not_yours"
    own = plan(agency, "kepala", "kadis", by="kadis", jabatan_ids=[seat.id])
    with pytest.raises(NotAllowedError):
        absences.change_absence(app, bound, own.id, "kadis", MONDAY, FRIDAY, "Cuti.", now)
    mail = Identity("Kenanga Contoh", "lain@contoh.example")
    persons.change_person(app, bound, "program", mail, now)
    plan(agency, "kabid1", "program", TUESDAY, FRIDAY)
    with pytest.raises(NotAllowedError):  # nor by taking over the account of the substitute
        persons.change_person(app, bound, "program", mail, now)
    assert refused(agency, "program", "kadis", by="kadis")[0] == "leave_not_yours"  # for kabid1
    assert {one.unit_code for one in agency.actor("kadis").positions} == {"DINAS"}


def test_a_ring_of_substitutes_is_refused_however_long(agency) -> None:
    seats = seats_of(agency, "kabid1")
    plan(agency, "kabid1", "kabid2", jabatan_ids=seats)
    plan(agency, "kabid2", "kabid3")
    code, fields = refused(agency, "kabid3", "kabid1")
    assert code == "substitute_loop" and "Mawar Contoh" in str(fields["persons"])
    plan(agency, "kabid3", "kabid1", FRIDAY + DAY, FRIDAY + 2 * DAY)


def seats_of(agency, login: str) -> list[int]:
    return [one.jabatan_id for one in agency.actor(login).positions if one.for_id is None]


def test_of_two_who_name_each_other_at_once_one_is_refused(agency) -> None:
    gate = Barrier(2)

    def name(pair: tuple[str, str]) -> str:
        gate.wait()
        try:
            plan(agency, *pair)
        except ConflictError as error:
            return error.code
        return "noted"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(name, [("kabid1", "kabid2"), ("kabid2", "kabid1")]))
    assert outcomes == ["noted", "substitute_away"]


def test_a_leave_is_changed_and_ended_early(agency) -> None:
    agency.start()
    line = plan(agency, "kasubbag", "sekretaris")
    agency.now += DAY
    actor = agency.actor("kasubbag")
    changed = absences.change_absence(
        agency.app, actor, line.id, "kepala", MONDAY, FRIDAY, "Tetap.", agency.now
    )
    assert (changed.since, changed.substitute) == (TUESDAY, "Cempaka Contoh")  # Monday stays true
    assert agency.inbox("sekretaris") == () and len(agency.inbox("kepala")) == 1
    assert any("tidak lagi menggantikan" in one for one in subjects(agency, "sekretaris"))
    ended = absences.end_absence(agency.app, actor, changed.id, agency.now)
    assert ended.state == "cancelled" and agency.inbox("kepala") == ()
    with pytest.raises(ConflictError) as over:
        absences.end_absence(agency.app, actor, changed.id, agency.now)
    assert over.value.code == "leave_over"
    assert any("batal" in one for one in subjects(agency, "kepala"))


def test_leave_from_one_jabatan_leaves_the_others(agency) -> None:
    agency.start()
    with transaction(agency.app.sessions) as tx:
        seat = tx.scalars(select(Jabatan).where(Jabatan.name == "Kepala Badan")).one()
        person = store.find_person(tx, login="kasubbag")
        store.put_holding(tx, seat, person, MONDAY)
        tx.execute(
            update(Holding)
            .where(Holding.person_id == person.id, Holding.jabatan_id == seat.id)
            .values(kind="plt", letter="800/1")
        )
    other = [one for one in seats_of(agency, "kasubbag") if one == seat_id(agency)]
    plan(agency, "kasubbag", "sekretaris", jabatan_ids=other)
    assert [one.node for one in agency.inbox("sekretaris")] == []
    assert len(agency.inbox("kasubbag")) == 1
    roles = {one.role: one.kind for one in agency.actor("sekretaris").positions}
    assert roles["kepala_badan"] == "pengganti"


def seat_id(agency) -> int:
    with transaction(agency.app.sessions) as tx:
        return tx.scalars(select(Jabatan.id).where(Jabatan.name == "Kepala Badan")).one()


def test_an_account_that_has_ended_stands_in_for_nobody(agency) -> None:
    agency.start()
    plan(agency, "kasubbag", "sekretaris")
    with transaction(agency.app.sessions) as tx:
        tx.execute(
            update(Person).where(Person.login == "sekretaris").values(disabled_at=agency.now)
        )
    tick(agency.app, agency.now + timedelta(minutes=61))
    assert any(kind == "overdue" for kind, _ in mails(agency, "kasubbag"))
    assert refused(agency, "kabid1", "sekretaris")[0] == "colleague_ended"
