"""Who may do what to cases and work items, and what the refused are told."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.usecases import cases, documents, notices, work_items
from workflows.errors import InvalidAnswerError
from workflows.rights import OPERATOR


def test_a_stranger_to_the_role_can_read_but_not_complete(agency) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0]
    actor = agency.actor("kabid1")
    detail = work_items.read_work_item(agency.app, actor, item.id, agency.now)
    assert (detail.why_not, detail.may_claim) == ("item_not_yours", False)
    for act in (work_items.claim_work_item, work_items.release_work_item):
        with pytest.raises(NotAllowedError) as refused:
            act(agency.app, actor, item.id, agency.now)
        assert refused.value.code == "item_not_yours"
    with pytest.raises(NotAllowedError):
        work_items.complete_work_item(agency.app, actor, item.id, {}, agency.now)
    with pytest.raises(NotAllowedError):
        documents.attach_document(agency.app, actor, item.id, "a.txt", io.BytesIO(b"x"), agency.now)


def test_each_bidang_sees_its_own_plan_only(agency) -> None:
    agency.start()
    agency.complete("kasubbag")
    units = [agency.inbox(f"kabid{n}") for n in (1, 2, 3)]
    assert [[line.unit for line in lines] for lines in units] == [
        ["BAPPEDA-EKO"],
        ["BAPPEDA-INF"],
        ["BAPPEDA-SOS"],
    ]
    with pytest.raises(NotAllowedError):
        work_items.claim_work_item(agency.app, agency.actor("kabid2"), units[0][0].id, agency.now)


def test_the_second_to_complete_is_told_who_was_first(agency) -> None:
    agency.start()
    item = agency.inbox("kasubbag")[0]
    agency.complete("kasubbag")
    with pytest.raises(ConflictError) as late:
        work_items.complete_work_item(
            agency.app, agency.actor("kasubbag"), item.id, {}, agency.now + timedelta(minutes=1)
        )
    assert late.value.code == "work_item_done"
    assert late.value.fields["by"] == "Melati Contoh"
    assert late.value.fields["at"] == agency.now.isoformat()


def test_an_answer_of_the_wrong_type_changes_nothing(agency) -> None:
    case_id = agency.start()
    before = cases.read_case(agency.app, OPERATOR, case_id, agency.now)
    for answers in ({"tahun_rencana": "dua ribu"}, {"tahun_rencana": 1}, {"lain": 1}):
        with pytest.raises(InvalidAnswerError) as refused:
            agency.complete("kasubbag", answers)
        assert refused.value.fields["field"] in answers
    assert cases.read_case(agency.app, OPERATOR, case_id, agency.now) == before


def test_returning_needs_a_note(agency) -> None:
    agency.walk_to_decision()
    with pytest.raises(InvalidAnswerError) as refused:
        agency.complete("kepala", {"keputusan": "kembalikan"})
    assert refused.value.fields["field"] == "arahan"
    with pytest.raises(InvalidAnswerError) as refused:
        agency.complete("kepala", {})
    assert refused.value.fields["field"] == "keputusan"


def test_starting_needs_a_part_in_the_sop(agency) -> None:
    with pytest.raises(NotAllowedError):
        agency.start("sekda")
    with pytest.raises(NotFoundError):
        cases.start_case(agency.app, agency.actor("kasubbag"), "lain", "BAPPEDA", {}, agency.now)
    with pytest.raises(NotFoundError):
        cases.start_case(
            agency.app, agency.actor("kasubbag"), "menyusun-rencana-kerja", "X", {}, agency.now
        )
    made = cases.start_case(
        agency.app,
        agency.actor("kasubbag"),
        "menyusun-rencana-kerja",
        "BAPPEDA-RENMON",
        {},
        agency.now,
    )
    assert made.line.unit == "BAPPEDA"  # the case belongs to the agency
    app, now = agency.app, agency.now
    units = cases.list_start_units(app, agency.actor("kabid1"), "menyusun-rencana-kerja", now)
    assert [unit.code for unit in units] == ["BAPPEDA"]
    assert cases.list_start_units(app, agency.actor("sekda"), "menyusun-rencana-kerja", now) == ()


def test_outsiders_see_no_case_and_only_supervisors_the_mails(agency, outsider) -> None:
    case_id = agency.start()
    with pytest.raises(NotAllowedError) as refused:
        cases.read_case(agency.app, outsider, case_id, agency.now)
    assert refused.value.code == "case_not_yours"
    assert cases.list_cases(agency.app, outsider, agency.now) == ()
    assert [line.id for line in cases.list_cases(agency.app, agency.actor("kabid1"), agency.now)]
    assert [line.id for line in cases.list_cases(agency.app, agency.actor("sekda"), agency.now)]
    with pytest.raises(NotAllowedError):
        notices.list_mails(agency.app, agency.actor("kasubbag"))
    assert notices.list_mails(agency.app, agency.actor("kepala")) == ()


def test_claiming_keeps_others_out_until_release(agency) -> None:
    agency.start()
    agency.complete("kasubbag")
    item = agency.inbox("kabid1")[0]
    line = work_items.claim_work_item(agency.app, agency.actor("kabid1"), item.id, agency.now)
    assert (line.state, line.claimed_by, line.mine) == ("claimed", "Mawar Contoh", True)
    again = work_items.claim_work_item(agency.app, agency.actor("kabid1"), item.id, agency.now)
    assert again == line
    free = work_items.release_work_item(agency.app, agency.actor("kabid1"), item.id, agency.now)
    assert (free.state, free.claimed_by) == ("ready", None)
    with pytest.raises(NotAllowedError) as refused:
        work_items.release_work_item(agency.app, agency.actor("kabid1"), item.id, agency.now)
    assert refused.value.code == "item_not_claimed"
