"""Units, jabatan, holders, people and rights: what may change, what stands in the way, who is who
afterwards."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest

from engine.errors import ConflictError, NotAllowedError
from engine.store import people as store
from engine.store import reminders
from engine.store.persons import grant_rows
from engine.store.transaction import transaction
from engine.usecases import (
    cases,
    definitions,
    directory,
    grants,
    holdings,
    jabatan,
    organisation,
    organisation_import,
    persons,
    work_items,
)
from engine.usecases.demo import load_demo
from engine.usecases.directory import Search
from engine.usecases.holdings import Term
from engine.usecases.persons import Identity
from tests.engine.usecases.conftest import KEY, Agency
from workflows.errors import InvalidAnswerError, SopError
from workflows.rights import OPERATOR

TODAY = date(2026, 11, 23)


def seat(agency: Agency, unit: str, name: str) -> int:
    lines = jabatan.list_jabatan(agency.app, OPERATOR, agency.now, unit=unit)
    return next(one.id for one in lines if one.name == name)


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(SopError) as refused:
        act()
    return refused.value.code


def holding(agency: Agency, unit: str, login: str) -> int:
    lines = holdings.list_holdings(agency.app, OPERATOR, agency.now, unit=unit)
    return next(one.id for one in lines if one.login == login)


def test_a_moved_unit_takes_all_below_along_and_never_below_itself(agency) -> None:
    app, now = agency.app, agency.now
    organisation.move_unit(app, OPERATOR, "DINAS", "BAPPEDA-FORUM", now)
    with transaction(app.sessions) as tx:
        units = {one.code: one for one in store.list_units(tx)}
        path = [units[code].id for code in ("PEMDA", "BAPPEDA", "BAPPEDA-FORUM", "DINAS")]
        assert units["DINAS"].ancestors == path
        assert units["DINAS-SEK"].ancestors == [*path, units["DINAS-SEK"].id]
    for below in ("DINAS", "DINAS-SEK"):
        move = lambda: organisation.move_unit(app, OPERATOR, "BAPPEDA", below, now)  # noqa: B023,E731
        assert code_of(move) == "unit_in_itself"
    organisation.move_unit(app, OPERATOR, "DINAS", "PEMDA", now)
    assert agency.actor("program").units_above == {units[c].id for c in
                                                    ("PEMDA", "DINAS", "DINAS-SEK")}  # fmt: skip


def test_of_two_who_move_units_below_each_other_one_is_refused(agency) -> None:
    gate = Barrier(2)

    def move(pair: tuple[str, str]) -> str:
        gate.wait()
        try:
            organisation.move_unit(agency.app, OPERATOR, *pair, agency.now)
        except ConflictError as error:
            return error.code
        return "moved"

    pairs = [("BAPPEDA-EKO", "BAPPEDA-SOS"), ("BAPPEDA-SOS", "BAPPEDA-EKO")]
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(move, pairs)) == ["moved", "unit_in_itself"]


def test_what_running_cases_need_is_not_moved_ended_or_given_another_role(agency) -> None:
    app, now = agency.app, agency.now
    agency.start()
    kasubbag = seat(agency, "BAPPEDA-RENMON", "Kasubbag Rencana Kerja dan Monev")
    for act in (
        lambda: organisation.move_unit(app, OPERATOR, "BAPPEDA-RENMON", "SETDA", now),
        lambda: jabatan.change_jabatan(app, OPERATOR, kasubbag, "Kasubbag", "", None, now),
    ):
        assert code_of(act) == "items_orphaned"
    with pytest.raises(ConflictError) as refused:
        for code in ("BAPPEDA-FORUM", "BAPPEDA-EKO", "BAPPEDA-SOS", "BAPPEDA-INF"):
            for one in holdings.list_holdings(app, OPERATOR, now, unit=code):
                holdings.end_holding(app, OPERATOR, one.id, TODAY, now)
            organisation.end_unit(app, OPERATOR, code, TODAY, now)
        organisation.end_unit(app, OPERATOR, "BAPPEDA", TODAY, now)
    assert refused.value.code == "unit_has_parts"
    later = agency.now + timedelta(days=1)
    done = holdings.end_holding(
        app, OPERATOR, holding(agency, "BAPPEDA-RENMON", "kasubbag"), TODAY, now
    )
    assert done.orphaned == 1  # warned, not blocked
    assert code_of(lambda: cases.start_case(app, OPERATOR, KEY, "BAPPEDA", {}, later)) == "no_units"


def test_an_ended_unit_starts_nothing_and_comes_back(agency) -> None:
    app, now = agency.app, agency.now
    for code in ("DINAS-SEK", "DINAS"):
        for one in holdings.list_holdings(app, OPERATOR, now, unit=code):
            holdings.end_holding(app, OPERATOR, one.id, TODAY, now)
        organisation.end_unit(app, OPERATOR, code, TODAY, now)
    assert code_of(lambda: cases.start_case(app, OPERATOR, KEY, "DINAS", {}, now)) == "unit_ended"
    units = cases.list_start_units(app, OPERATOR, KEY, now)
    assert "DINAS" not in {one.code for one in units}
    assert code_of(lambda: organisation.reopen_unit(app, OPERATOR, "DINAS-SEK", now)) == (
        "parent_ended"
    )
    organisation.reopen_unit(app, OPERATOR, "DINAS", now)
    assert organisation.read_unit(app, OPERATOR, "DINAS", now).node.ended_on is None


def test_jabatan_stand_in_a_line_without_a_loop(agency) -> None:
    app, now = agency.app, agency.now
    chief, secretary = (
        seat(agency, "BAPPEDA", "Kepala Badan"),
        seat(agency, "BAPPEDA-SEK", "Sekretaris"),
    )
    act = lambda: jabatan.change_jabatan(  # noqa: E731
        app, OPERATOR, chief, "Kepala Badan", "kepala_badan", secretary, now
    )
    assert code_of(act) == "jabatan_above_itself"
    assert code_of(lambda: jabatan.end_jabatan(app, OPERATOR, chief, TODAY, now)) == "jabatan_busy"


def test_open_items_follow_the_holder_and_newcomers_are_told(agency) -> None:
    app, now = agency.app, agency.now
    agency.start()
    chair = seat(agency, "BAPPEDA-RENMON", "Kasubbag Rencana Kerja dan Monev")
    term = Term("definitif", TODAY)
    assert code_of(lambda: holdings.appoint(app, OPERATOR, chair, "program", term, now)) == (
        "jabatan_held"
    )
    done = holdings.appoint(app, OPERATOR, chair, "program", term, now, replacing=True)
    assert (done.line.state, done.warnings) == ("now", ())
    assert (agency.inbox("kasubbag"), len(agency.inbox("program"))) == ((), 1)
    with transaction(app.sessions) as tx:
        assert len(reminders.newcomer_item_ids(tx, TODAY, 10)) == 1
    former, *_ = holdings.list_holdings(app, OPERATOR, now, unit="BAPPEDA-RENMON", all_time=True)[
        ::-1
    ]
    assert (former.login, former.until, former.state) == ("kasubbag", date(2026, 11, 22), "past")


def test_a_plt_acts_as_such_on_every_record(agency) -> None:
    app = agency.app
    holdings.end_holding(
        app, OPERATOR, holding(agency, "BAPPEDA", "kepala"), date(2026, 11, 1), agency.now
    )
    plt = Term("plt", TODAY, date(2027, 2, 22), "800/1", TODAY)
    chair = seat(agency, "BAPPEDA", "Kepala Badan")
    assert holdings.appoint(app, OPERATOR, chair, "kadis", plt, agency.now).warnings == ()
    case_id = agency.walk_to_decision()
    item = agency.inbox("kadis")[0]
    detail = work_items.read_work_item(app, agency.actor("kadis"), item.id, agency.now)
    assert detail.doubtful and detail.acting_as and detail.acting_as.kind == "plt"
    work_items.claim_work_item(app, agency.actor("kadis"), item.id, agency.now)
    detail = work_items.read_work_item(app, agency.actor("kasubbag"), item.id, agency.now)
    assert detail.performed_as and detail.performed_as.kind == "plt" and not detail.doubtful
    agency.complete("kadis", {"keputusan": "tanda_tangan"})
    told = cases.read_case(app, OPERATOR, case_id, agency.now).history
    (completed,) = [one for one in told if one.kind == "item_completed" and one.actor ==
                    "Kamboja Contoh"]  # fmt: skip
    assert completed.acted_as and completed.acted_as.jabatan == "Kepala Badan"


def test_only_what_has_not_begun_is_cancelled_and_mistakes_are_put_right(agency) -> None:
    app, now = agency.app, agency.now
    vacant = seat(agency, "DINAS-SEK", "Sekretaris Dinas")
    ahead = holdings.appoint(app, OPERATOR, vacant, "program", Term("definitif", date(2027, 1, 1)),
                             now).line  # fmt: skip
    assert ahead.state == "future"
    fixed = Term("definitif", date(2027, 2, 1))
    assert holdings.correct_holding(app, OPERATOR, ahead.id, fixed, now).line.since.month == 2
    holdings.cancel_holding(app, OPERATOR, ahead.id, now)
    old = holding(agency, "DINAS", "kadis")
    assert code_of(lambda: holdings.cancel_holding(app, OPERATOR, old, now)) == "holding_begun"
    wrong = Term("plh", TODAY, None, "1", TODAY)
    with pytest.raises(InvalidAnswerError) as refused:
        holdings.appoint(app, OPERATOR, vacant, "program", wrong, now)
    assert refused.value.fields["reason"] == "until_required"


FORUM = b"""<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:sop="urn:alurkerja:sop:1.0" id="d" targetNamespace="urn:alurkerja:bpmn">
 <bpmn:process id="rapat" name="Rapat forum" isExecutable="true">
 <bpmn:laneSet id="l"><bpmn:lane id="f" name="Forum SKPD" sop:pelaksana="forum_skpd">
 <bpmn:flowNodeRef>a</bpmn:flowNodeRef><bpmn:flowNodeRef>b</bpmn:flowNodeRef>
 <bpmn:flowNodeRef>c</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
 <bpmn:startEvent id="a" /><bpmn:sequenceFlow id="ab" sourceRef="a" targetRef="b" />
 <bpmn:userTask id="b" name="Membahas"><bpmn:extensionElements><sop:mutuBaku waktu="30 menit" />
 </bpmn:extensionElements></bpmn:userTask>
 <bpmn:sequenceFlow id="bc" sourceRef="b" targetRef="c" /><bpmn:endEvent id="c" />
 </bpmn:process></bpmn:definitions>"""


def test_any_member_acts_for_the_forum(agency) -> None:
    app, now = agency.app, agency.now
    definitions.deploy_definition(app, OPERATOR, FORUM, {}, now)
    cases.start_case(app, OPERATOR, "rapat", "BAPPEDA", {}, now)
    assert [len(agency.inbox(f"kabid{n}")) for n in (1, 2, 3)] == [1, 1, 1]
    member = seat(agency, "BAPPEDA-FORUM", "Anggota")
    holdings.appoint(app, OPERATOR, member, "program", Term("definitif", TODAY), now)
    done = agency.complete("program")
    assert done.state == "completed" and agency.inbox("kabid1") == ()


def test_the_last_administrator_stays_whoever_asks_at_once(agency) -> None:
    app, now = agency.app, agency.now
    grants.give_grant(app, OPERATOR, "kepala", "administrator", "", now)
    lines = [one for one in grants.list_grants(app, OPERATOR, now)
             if one.name == "administrator" and not one.unit]  # fmt: skip
    gate = Barrier(2)

    def revoke(grant_id: int) -> str:
        gate.wait()
        try:
            grants.revoke_grant(app, OPERATOR, grant_id, now)
        except ConflictError as error:
            return error.code
        return "revoked"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(revoke, [one.id for one in lines]))
    assert outcomes == ["last_administrator", "revoked"]


def test_of_two_appointed_to_one_vacant_jabatan_at_once_one_holds_it(agency) -> None:
    vacant, gate = seat(agency, "DINAS-SEK", "Sekretaris Dinas"), Barrier(2)

    def appoint(login: str) -> str:
        gate.wait()
        try:
            term = Term("definitif", TODAY)
            holdings.appoint(agency.app, OPERATOR, vacant, login, term, agency.now)
        except ConflictError as error:
            return error.code
        return "appointed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(appoint, ["program", "kadis"])) == ["appointed", "jabatan_held"]


def test_a_right_bound_to_a_unit_is_not_widened(agency) -> None:
    app, now, bound = agency.app, agency.now, agency.actor("kadis")
    for act in (
        lambda: grants.give_grant(app, bound, "kadis", "administrator", "", now),
        lambda: grants.give_grant(app, bound, "program", "auditor", "BAPPEDA", now),
        lambda: organisation.create_unit(app, bound, "Z", "Z", "pd", "PEMDA", "", now),
        lambda: jabatan.create_jabatan(app, bound, "DINAS", "Sekda", "sekda", None, now),
        lambda: persons.end_person(app, bound, "pengelola", now, with_holdings=True),
    ):
        assert code_of(act) == "right_missing"
    vacant = seat(agency, "DINAS-SEK", "Sekretaris Dinas")
    holdings.appoint(app, bound, vacant, "pengelola", Term("definitif", TODAY), now)
    mail = Identity("Tanjung Contoh", "pembajak@contoh.example")
    assert code_of(lambda: persons.change_person(app, bound, "pengelola", mail, now)) == (
        "right_missing"  # theirs are wider than those of whoever would take over the account
    )


def test_who_manages_a_part_of_an_agency_gives_no_roles_of_all_of_it(agency) -> None:
    app, now = agency.app, agency.now
    grants.give_grant(app, OPERATOR, "kabid1", "administrator", "BAPPEDA-EKO", now)
    bound, kind = agency.actor("kabid1"), "kepala_badan"
    act = lambda: jabatan.create_jabatan(  # noqa: E731
        app, bound, "BAPPEDA-EKO", "Kepala Kedua", kind, None, now
    )
    assert code_of(act) == "right_missing"
    organisation.create_unit(app, bound, "PALSU", "PD Palsu", "pd", "BAPPEDA-EKO", "", now)
    for unit in ("BAPPEDA-EKO", "PALSU"):
        columns = organisation_import.export_organisation(app, OPERATOR, now).splitlines()[0]
        text = f"{columns}\njabatan;{unit};Kepala Kedua;;;;{kind};;;;\n"
        (line,) = organisation_import.preview_import(app, bound, text, now).lines
        assert line.problem is not None and line.problem.reason == "out_of_reach"
    line = jabatan.create_jabatan(app, bound, "BAPPEDA-EKO", "Analis", "", None, now)
    assert (line.unit, line.role) == ("BAPPEDA-EKO", "")


def test_ended_people_act_in_nothing_and_are_found_by_name_and_jabatan(agency) -> None:
    app, now = agency.app, agency.now
    new = Identity("Kantil Contoh", "kantil@contoh.example", "198001012005011001")
    persons.create_person(app, OPERATOR, "kantil", new, now)
    assert code_of(lambda: persons.create_person(app, OPERATOR, "kantil", new, now)) == (
        "login_taken"
    )
    found = directory.list_persons(app, OPERATOR, Search("kepala dinas"), now)
    assert [one.login for one in found.rows] == ["kadis"]
    assert directory.list_persons(app, OPERATOR, Search("100%"), now).total == 0
    agency.start()
    persons.end_person(app, OPERATOR, "kasubbag", now, with_holdings=True)
    with pytest.raises(NotAllowedError):
        work_items.claim_work_item(app, agency.actor("kasubbag"), 1, now)
    detail = directory.read_person(app, agency.actor("program"), "kantil", now)
    assert (detail.private, detail.row.email, detail.nip) == (False, "", "")


def test_the_whole_organisation_comes_back_from_its_own_file(agency) -> None:
    app, now = agency.app, agency.now
    text = organisation_import.export_organisation(app, OPERATOR, now)
    plan = organisation_import.import_organisation(app, OPERATOR, text, now)
    counts = plan.counts
    assert counts.pop("same") == len(text.splitlines()) - 1 and not any(counts.values())


def test_old_demonstrations_are_put_right_once(agency) -> None:
    app, now = agency.app, agency.now
    with transaction(app.sessions) as tx:
        person = store.find_person(tx, login="kepala")
        assert person is not None
        ((row, *_),) = grant_rows(tx, [person.id])
        row.unit_id, row.granted_at = None, None  # as the migration leaves it
    first = load_demo(app, now)
    assert agency.actor("kepala").unit_grants and not agency.actor("kepala").grants
    line = next(one for one in grants.list_grants(app, OPERATOR, now) if one.login == "kepala")
    grants.revoke_grant(app, OPERATOR, line.id, now)
    assert [one.login for one in load_demo(app, now)] == [one.login for one in first]
    assert not agency.actor("kepala").unit_grants  # what somebody has decided since stays
