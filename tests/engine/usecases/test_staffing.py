"""People come and go: vacant roles, lapsed claims, superiors that are not there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from engine.errors import ConflictError, NotAllowedError
from engine.store import people as store
from engine.store.tables import Holding, Jabatan, Person
from engine.store.transaction import transaction
from engine.ticks import tick
from engine.usecases import cases, notices, work_items

YESTERDAY = date(2026, 11, 22)


def leave(agency, login: str) -> None:
    """The person's holdings ended yesterday."""
    with transaction(agency.app.sessions) as tx:
        person = select(Person.id).where(Person.login == login).scalar_subquery()
        statement = update(Holding).where(Holding.person_id == person)
        tx.execute(statement.values(until=YESTERDAY))


def succeed(agency, login: str, jabatan: str) -> None:
    """A new person takes over the jabatan today."""
    with transaction(agency.app.sessions) as tx:
        seat = tx.scalars(select(Jabatan).where(Jabatan.name == jabatan)).one()
        person = store.put_person(
            tx,
            {
                "login": login,
                "name": "Wijaya Contoh",
                "email": f"{login}@contoh.example",
                "password_hash": "-",
            },
        )
        store.put_holding(tx, seat, person, agency.now.date())


def test_a_claim_lapses_with_the_jabatan(agency) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0]
    work_items.claim_work_item(agency.app, agency.actor("kasubbag"), item.id, agency.now)
    leave(agency, "kasubbag")
    succeed(agency, "wijaya", "Kasubbag Rencana Kerja dan Monev")
    assert agency.inbox("kasubbag") == ()
    (offered,) = agency.inbox("wijaya")
    detail = work_items.read_work_item(agency.app, agency.actor("wijaya"), item.id, agency.now)
    assert (detail.may_claim, detail.why_not) == (True, None)
    line = work_items.claim_work_item(agency.app, agency.actor("wijaya"), offered.id, agency.now)
    assert line.claimed_by == "Wijaya Contoh"
    assert agency.complete("wijaya").opened


def test_the_loser_of_a_race_is_told_who_was_first_even_after_a_claim(agency) -> None:
    succeed(agency, "wijaya", "Kasubbag Rencana Kerja dan Monev")
    agency.start()
    item = agency.inbox("kasubbag")[0]
    work_items.claim_work_item(agency.app, agency.actor("kasubbag"), item.id, agency.now)
    with pytest.raises(NotAllowedError) as busy:
        work_items.claim_work_item(agency.app, agency.actor("wijaya"), item.id, agency.now)
    assert (busy.value.code, busy.value.fields["by"]) == ("item_claimed_by_other", "Melati Contoh")
    agency.complete("kasubbag")
    with pytest.raises(ConflictError) as late:
        work_items.complete_work_item(agency.app, agency.actor("wijaya"), item.id, {}, agency.now)
    assert (late.value.code, late.value.fields["by"]) == ("work_item_done", "Melati Contoh")


def mails(agency) -> list[tuple[str, str]]:
    lines = notices.list_mails(agency.app, agency.actor("kepala"))
    return sorted((line.kind, line.to) for line in lines)


def test_a_vacant_superior_is_passed_over(agency) -> None:
    agency.start()
    leave(agency, "sekretaris")
    tick(agency.app, agency.now + timedelta(minutes=61))
    assert mails(agency) == [
        ("escalation", "kepala@contoh.example"),
        ("overdue", "kasubbag@contoh.example"),
    ]


def test_where_nobody_stands_above_the_administrators_hear(agency) -> None:
    agency.walk_to_decision()
    leave(agency, "sekda")
    tick(agency.app, agency.now + timedelta(minutes=30))
    assert ("escalation", "pengelola@contoh.example") in mails(agency)


def test_a_vacant_role_is_told_when_it_is_filled(agency) -> None:
    agency.start()
    leave(agency, "kasubbag")
    late = agency.now + timedelta(minutes=61)
    tick(agency.app, late)
    assert mails(agency) == [("escalation", "sekretaris@contoh.example")]
    agency.now += timedelta(days=1)
    succeed(agency, "wijaya", "Kasubbag Rencana Kerja dan Monev")
    tick(agency.app, late + timedelta(days=1))
    assert mails(agency) == [
        ("escalation", "sekretaris@contoh.example"),
        ("overdue", "wijaya@contoh.example"),
    ]


def test_a_bidang_without_a_head_refuses_the_start(agency) -> None:
    with transaction(agency.app.sessions) as tx:
        pd = store.find_unit(tx, "BAPPEDA")
        store.put_unit(tx, "BAPPEDA-X", "Bidang Baru", "bidang", "Asia/Jakarta", pd)
    with pytest.raises(ConflictError) as refused:
        agency.start()
    assert (refused.value.code, refused.value.fields["unit"]) == ("no_holder", "Bidang Baru")


def test_an_sop_is_started_for_an_agency_only(agency) -> None:
    with pytest.raises(ConflictError) as refused:
        cases.start_case(
            agency.app,
            agency.actor("pengelola"),
            "menyusun-rencana-kerja",
            "PEMDA",
            {},
            agency.now,
        )
    assert refused.value.code == "not_an_agency"
