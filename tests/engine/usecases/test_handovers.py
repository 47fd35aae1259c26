"""Items go from hand to hand, colleagues are asked, named, kept informed; each hears of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select, update

from engine.errors import ConflictError, NotAllowedError
from engine.inbox_values import InboxQuery
from engine.store import people as store
from engine.store import readers
from engine.store.access import open_case
from engine.store.actors import build_actor
from engine.store.tables import Case, Holding, Person, Unit
from engine.store.transaction import transaction
from engine.ticks import tick
from engine.usecases import (
    absences,
    cases,
    comments,
    consultations,
    handovers,
    holdings,
    inbox,
    item_people,
    notices,
    watches,
    work_items,
)
from engine.usecases.holdings import Term
from tests.engine.usecases.test_staffing import succeed
from tests.engine.usecases.test_statements import count as count
from workflows.errors import InvalidAnswerError, SopError
from workflows.rights import OPERATOR

SEAT = "Kasubbag Rencana Kerja dan Monev"


def heard(agency, login: str) -> list[tuple[str, str]]:
    lines = notices.list_notices(agency.app, agency.actor(login))
    return [(one.kind, one.body) for one in lines if one.kind != "assigned"]


def delegate(agency, item: int, by: str, to: str, **more):
    return handovers.delegate_item(agency.app, agency.actor(by), item, to, agency.now, **more)


def look(agency, login: str, item: int):
    return item_people.read_item_people(agency.app, agency.actor(login), item, agency.now)


def code_of(call) -> str:
    try:
        call()
    except SopError as error:
        return error.code
    return "done"


def complete(agency, login: str, item: int) -> str:
    actor = agency.actor(login)
    return code_of(lambda: work_items.complete_work_item(agency.app, actor, item, {}, agency.now))


def test_a_delegate_prepares_and_only_the_owner_completes(agency) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0].id
    line = delegate(
        agency, item, "kasubbag", "kabid1",
        instructions=["siapkan_bahan", "tindak_lanjuti"], urgency="segera", note="Sampai Kamis.",
    )  # fmt: skip
    assert (line.instructions, line.receiver) == (
        ("tindak_lanjuti", "siapkan_bahan"), "Mawar Contoh",
    )  # fmt: skip
    ((kind, body),) = heard(agency, "kabid1")
    assert kind == "delegated"
    assert "Melati Contoh menyerahkan" in body and "Tindak lanjuti; Siapkan bahan" in body
    assert "Sampai Kamis." in body
    assert [one.id for one in agency.inbox("kabid1")] == [item]
    assert complete(agency, "kabid1", item) == "item_not_yours"
    assert complete(agency, "kasubbag", item) == "item_delegated"
    assert look(agency, "kabid1", item).acts == {"hand_back", "ask", "comment"}
    mine = look(agency, "kasubbag", item)
    assert mine.acts >= {"recall", "ask"} and mine.delegate == "Mawar Contoh"
    handovers.hand_back_item(agency.app, agency.actor("kabid1"), item, agency.now, "Sudah siap.")
    assert ("delegated" == heard(agency, "kasubbag")[0][0]) and (
        "Sudah siap." in heard(agency, "kasubbag")[0][1]
    )
    assert complete(agency, "kasubbag", item) == "done"
    history = cases.read_case(agency.app, OPERATOR, agency_case(agency, item), agency.now).history
    kinds = [event.kind for event in history]
    assert kinds[1:4] == ["item_claimed", "item_delegated", "item_handed_back"]


def agency_case(agency, item: int) -> int:
    return look(agency, "kasubbag", item).case_id


def test_whoever_was_handed_it_and_is_gone_does_not_block(agency) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0].id
    delegate(agency, item, "kasubbag", "kabid1")
    with transaction(agency.app.sessions) as tx:
        tx.execute(update(Person).where(Person.login == "kabid1").values(disabled_at=agency.now))
    handovers.recall_item(agency.app, agency.actor("kasubbag"), item, agency.now)
    assert complete(agency, "kasubbag", item) == "done"


def test_whom_an_item_cannot_be_handed_to(agency, outsider) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0].id
    absences.plan_absence(
        agency.app, agency.actor("kabid2"), "kabid2", "kabid3",
        date(2026, 11, 23), date(2026, 11, 25), "Cuti.", agency.now,
    )  # fmt: skip

    def hand(to: str) -> str:
        return code_of(lambda: delegate(agency, item, "kasubbag", to))

    assert hand("luar") == "colleague_outside"
    assert hand("kasubbag") == "colleague_self"
    assert hand("kabid2") == "colleague_away"
    assert hand("entah") == "person_not_found"
    assert code_of(lambda: delegate(agency, item, "sekretaris", "kabid1")) == "item_not_yours"
    with pytest.raises(InvalidAnswerError):
        delegate(agency, item, "kasubbag", "kabid1", urgency="kilat")


def test_a_superior_assigns_and_gets_it_back_with_a_reason(agency) -> None:
    succeed(agency, "wijaya", SEAT)
    agency.start()
    item = agency.inbox("kasubbag")[0].id
    work_items.claim_work_item(agency.app, agency.actor("kasubbag"), item, agency.now)

    def assign(by: str, to: str, reason: str = "Bagi beban.") -> str:
        actor = agency.actor(by)
        return code_of(
            lambda: handovers.reassign_item(agency.app, actor, item, to, reason, agency.now)
        )

    assert assign("wijaya", "wijaya") == "not_superior"
    assert assign("sekretaris", "kabid1") == "not_a_performer"
    assert assign("sekretaris", "wijaya", " ") == "reason_missing"
    assert assign("sekretaris", "wijaya") == "done"
    assert assign("sekretaris", "wijaya") == "already_with"
    assert heard(agency, "wijaya")[0][0] == "reassigned"
    assert (
        "mengalihkan tugas yang ada pada Anda kepada Wijaya Contoh"
        in (heard(agency, "kasubbag")[0][1])
    )
    assert complete(agency, "kasubbag", item) == "item_claimed_by_other"
    ledger = work_items.read_work_item(agency.app, agency.actor("wijaya"), item, agency.now)
    assert ledger.line.claimed_by == "Wijaya Contoh"
    actor = agency.actor("wijaya")
    handovers.return_item(agency.app, actor, item, "Bukan bidang saya.", agency.now)
    assert ("returned" == heard(agency, "sekretaris")[0][0]) and (
        "Bukan bidang saya." in heard(agency, "sekretaris")[0][1]
    )
    shown = look(agency, "kasubbag", item)
    assert shown.returned is not None and shown.returned.note == "Bukan bidang saya."
    assert complete(agency, "kasubbag", item) == "done"


def test_of_two_superiors_who_assign_at_once_both_are_noted_and_one_holds(agency) -> None:
    succeed(agency, "wijaya", SEAT)
    agency.start()
    item = agency.inbox("kasubbag")[0].id
    gate = Barrier(2)

    def assign(pair: tuple[str, str]) -> str:
        actor = agency.actor(pair[0])
        gate.wait()
        return code_of(
            lambda: handovers.reassign_item(agency.app, actor, item, pair[1], "Ya.", agency.now)
        )

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(assign, [("sekretaris", "wijaya"), ("kepala", "kasubbag")]))
    assert outcomes == ["done", "done"]
    given = look(agency, "kepala", item).handovers
    detail = work_items.read_work_item(agency.app, agency.actor("kepala"), item, agency.now)
    assert len(given) == 2 and given[-1].receiver == detail.line.claimed_by


@pytest.mark.parametrize("attempt", range(3))
def test_handing_over_while_the_owner_completes(agency, attempt: int) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0].id
    actor, gate = agency.actor("kasubbag"), Barrier(2)

    def hand() -> str:
        gate.wait()
        return code_of(
            lambda: handovers.delegate_item(agency.app, actor, item, "kabid1", agency.now)
        )

    def finish() -> str:
        gate.wait()
        return code_of(
            lambda: work_items.complete_work_item(agency.app, actor, item, {}, agency.now)
        )

    with ThreadPoolExecutor(2) as pool:
        found = {one.result() for one in (pool.submit(hand), pool.submit(finish))}
    assert found in ({"done", "work_item_done"}, {"done", "item_delegated"})
    if "item_delegated" in found:
        handovers.recall_item(agency.app, actor, item, agency.now)
        assert complete(agency, "kasubbag", item) == "done"


def test_a_colleague_is_asked_answers_and_sees_nothing_else_change(agency, outsider) -> None:
    case = agency.start()
    item = agency.inbox("kasubbag")[0].id
    kasubbag = agency.actor("kasubbag")
    asked = consultations.ask_colleague(
        agency.app, kasubbag, item, "luar", "Berapa pagunya?", agency.now
    )
    assert heard(agency, "luar")[0][0] == "consulted"
    (shown,) = look(agency, "luar", item).consultations
    assert shown.may_answer and agency.inbox("luar") == ()
    assert complete(agency, "luar", item) == "item_not_yours"
    sekretaris = agency.actor("sekretaris")
    with pytest.raises(NotAllowedError):
        consultations.answer_question(agency.app, sekretaris, asked.id, "Rp", agency.now)
    luar = agency.actor("luar")
    consultations.answer_question(agency.app, luar, asked.id, "Rp2 miliar.", agency.now)
    assert ("answered" == heard(agency, "kasubbag")[0][0]) and (
        "Rp2 miliar." in heard(agency, "kasubbag")[0][1]
    )
    with pytest.raises(ConflictError) as closed:
        consultations.withdraw_question(agency.app, kasubbag, asked.id, agency.now)
    assert closed.value.code == "question_closed"
    again = consultations.ask_colleague(agency.app, kasubbag, item, "kabid1", "Setuju?", agency.now)
    consultations.withdraw_question(agency.app, kasubbag, again.id, agency.now)
    assert heard(agency, "kabid1")[0][1].startswith("Yth. Mawar Contoh,\n\nMelati Contoh menarik")
    assert cases.read_case(agency.app, luar, case, agency.now).line.id == case


def test_who_speaks_from_above_as_plt_is_called_so(agency) -> None:
    case, day, now = agency.start(), date(2026, 11, 23), agency.now
    item, kasubbag = agency.inbox("kasubbag")[0].id, agency.actor("kasubbag")
    (seat,) = agency.actor("kepala").positions
    term = Term("plt", day, day, "800/1", day)
    holdings.appoint(agency.app, OPERATOR, seat.jabatan_id, "kabid1", term, now, replacing=True)
    kabid1, plt = agency.actor("kabid1"), "Mawar Contoh (Plt. Kepala Badan)"
    asked = consultations.ask_colleague(agency.app, kasubbag, item, "kabid1", "Setuju?", now)
    consultations.answer_question(agency.app, kabid1, asked.id, "Ya.", now)
    assert f"{plt} menjawab pertanyaan Anda" in heard(agency, "kasubbag")[0][1]
    line = comments.add_comment(agency.app, kabid1, "@kasubbag segera.", now, item_id=item)
    assert line.acted_as is not None and line.acted_as.jabatan == "Kepala Badan"
    assert f"{plt} menyebut Anda dalam komentar" in heard(agency, "kasubbag")[0][1]
    history = cases.read_case(agency.app, kasubbag, case, now).history
    said = [one.acted_as.kind for one in history if one.acted_as is not None]
    assert said == ["definitif", "plt", "plt"]


def test_a_question_that_is_withdrawn_takes_the_item_out_of_their_lists(agency, outsider) -> None:
    agency.start()
    item, kasubbag = agency.inbox("kasubbag")[0].id, agency.actor("kasubbag")

    def listed() -> list[int]:
        page = inbox.list_items(agency.app, outsider, InboxQuery(tab="all"), agency.now)
        chosen = inbox.read_lines(agency.app, outsider, [item], agency.now)
        return [one.id for one in (*page.lines, *chosen)]

    asked = consultations.ask_colleague(agency.app, kasubbag, item, "luar", "Apa?", agency.now)
    assert listed() == [item, item]
    consultations.withdraw_question(agency.app, kasubbag, asked.id, agency.now)
    assert listed() == []


def test_naming_somebody_who_may_not_read_the_case_sends_nothing(agency, outsider) -> None:
    case = agency.start()
    item = agency.inbox("kasubbag")[0].id
    actor = agency.actor("kasubbag")

    def say(body: str):
        return comments.add_comment(agency.app, actor, body, agency.now, item_id=item)

    with pytest.raises(NotAllowedError) as outside:
        say("Mohon dicek @sekretaris dan @luar.")
    assert outside.value.fields["persons"] == "Orang Luar"
    with pytest.raises(InvalidAnswerError) as unknown:
        say("Halo @entah, surel a@b.id")
    assert unknown.value.fields["logins"] == "@entah"
    assert code_of(lambda: say("x" * 4001)) == "invalid_text"
    assert comments.list_comments(agency.app, actor, case_id=case) == ()
    assert heard(agency, "sekretaris") == []
    line = say("Mohon dicek @Sekretaris, terima kasih.")
    assert line.step_name and line.author == "Melati Contoh"
    assert heard(agency, "sekretaris")[0][0] == "mentioned"
    comments.add_comment(agency.app, actor, "Umum.", agency.now, case_id=case)
    found = comments.list_comments(agency.app, actor, case_id=case)
    assert [one.body for one in found] == ["Mohon dicek @Sekretaris, terima kasih.", "Umum."]
    names = {one.login for one in comments.list_mentionable(agency.app, actor, case, agency.now)}
    assert "sekretaris" in names and not {"luar", "kasubbag"} & names


def test_whoever_watches_hears_of_steps_lateness_and_the_end(agency) -> None:
    case = agency.start()
    kabid = agency.actor("sekda")
    assert watches.watch_case(agency.app, kabid, case, agency.now)
    assert not watches.watch_case(agency.app, kabid, case, agency.now)
    for _ in range(2):
        tick(agency.app, agency.now + timedelta(minutes=61))
    agency.complete("kasubbag")
    bodies = [body for kind, body in heard(agency, "sekda") if kind == "watched"]
    assert len(bodies) == 2
    assert "Melati Contoh menyelesaikan" in bodies[0] and "tenggatnya" in bodies[1]
    mails = notices.list_mails(agency.app, OPERATOR)
    assert not [one for one in mails if one.kind == "watched"]
    assert watches.unwatch_case(agency.app, kabid, case, agency.now)
    agency.complete("kabid1")
    assert len([kind for kind, _ in heard(agency, "sekda") if kind == "watched"]) == 2


def test_many_readers_at_once_are_those_of_one_by_one(agency, outsider) -> None:
    """`readers_of` and `may` agree on everybody."""
    case = agency.start()
    item = agency.inbox("kasubbag")[0].id
    consultations.ask_colleague(agency.app, agency.actor("kasubbag"), item, "luar", "?", agency.now)
    with transaction(agency.app.sessions) as tx:
        day = agency.now.date()
        unit = store.put_unit(tx, "DISDIK", "Dinas Pendidikan", "pd", "Asia/Jakarta", None)
        seat = store.put_jabatan(tx, unit, "Kepala Dinas", "kepala_badan", None)
        for login in ("jauh", "pengawas"):
            values = {"login": login, "name": login, "email": f"{login}@x.example"}
            person = store.put_person(tx, {**values, "password_hash": "-"})
            store.put_holding(tx, seat, person, day)
        store.put_grant(tx, person, "auditor", store.find_unit(tx, "PEMDA").id, agency.now)
        row = tx.get_one(Case, case)
        home = tx.get_one(Unit, row.unit_id)
        found = {person.login for person in readers.readers_of(tx, row, home, day)}
        logins = list(tx.scalars(select(Person.login)))
        one_by_one = set()
        for login in logins:
            actor = build_actor(tx, store.find_person(tx, login=login), day)
            try:
                open_case(tx, actor, case)
            except NotAllowedError:
                continue
            one_by_one.add(login)
    assert found == one_by_one and "jauh" not in found and {"luar", "pengawas"} <= found


def test_plt_stands_in_mails_and_escalations(agency) -> None:
    with transaction(agency.app.sessions) as tx:
        person = select(Person.id).where(Person.login == "kasubbag").scalar_subquery()
        held = update(Holding).where(Holding.person_id == person)
        tx.execute(held.values(kind="plt", letter="800/12"))
        above = select(Person.id).where(Person.login == "sekretaris").scalar_subquery()
        acting = update(Holding).where(Holding.person_id == above)
        tx.execute(acting.values(kind="plh", letter="800/13"))
    agency.start()
    tick(agency.app, agency.now + timedelta(minutes=61))
    mine = notices.list_notices(agency.app, agency.actor("kasubbag"))
    assert all(one.body.startswith(f"Yth. Melati Contoh (Plt. {SEAT}),") for one in mine)
    above = notices.list_notices(agency.app, agency.actor("sekretaris"))
    assert any(f"Pelaksana: Melati Contoh (Plt. {SEAT})" in one.body for one in above)
    late = [one for one in above if one.kind == "escalation"]
    assert late and late[0].body.startswith("Yth. Kenanga Contoh (Plh. Sekretaris),")


def test_the_page_of_a_busy_item_takes_as_many_statements_as_that_of_a_quiet_one(
    agency, count
) -> None:
    agency.start()
    item, actor = agency.inbox("kasubbag")[0].id, agency.actor("kasubbag")

    def say(number: int) -> None:
        for _ in range(number):
            comments.add_comment(agency.app, actor, "Ya @kabid1", agency.now, item_id=item)
            consultations.ask_colleague(agency.app, actor, item, "kabid2", "?", agency.now)

    say(1)
    one = count(lambda: look(agency, "kasubbag", item))
    say(9)
    assert count(lambda: look(agency, "kasubbag", item)) == one
    assert len(look(agency, "kasubbag", item).comments) == 10
