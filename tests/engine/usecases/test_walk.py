"""The main job through the use cases: from the start over one return to the signature."""

from __future__ import annotations

import json
from datetime import timedelta

from engine.usecases import cases, definitions, work_items
from engine.values import DecisionLine
from workflows.rights import OPERATOR

STANDARD = {"1": 60, "2": 120, "3": 30, "4": 10, "5": 10}


def test_the_case_is_signed_after_one_return(agency) -> None:
    case_id = agency.walk_to_decision()
    agency.complete("kepala", {"keputusan": "kembalikan", "arahan": "Lengkapi target."}, 5)
    item = agency.inbox("kasubbag")[0]
    detail = work_items.read_work_item(agency.app, agency.actor("kasubbag"), item.id, agency.now)
    assert (item.nomor, item.round, detail.arahan) == ("3", 2, "Lengkapi target.")
    agency.complete("kasubbag", {"perbaikan": "Target dilengkapi."}, 5)
    agency.complete("sekretaris", minutes=5)
    done = agency.complete("kepala", {"keputusan": "tanda_tangan"}, 5)
    assert (done.state, done.opened) == ("completed", ())
    detail = cases.read_case(agency.app, agency.actor("kepala"), case_id, agency.now)
    assert (detail.line.rounds, detail.line.completed_at) == (2, agency.now)
    assert detail.history[-1].kind == "case_completed"
    decided = [one.decided for one in detail.history if one.kind == "item_completed"]
    assert [one for one in decided if one] == [
        (DecisionLine("Keputusan", "Belum sempurna: kembalikan dengan arahan"),),
        (DecisionLine("Keputusan", "Telah sempurna: tandatangani"),),
    ]
    assert not any(agency.inbox(who) for who in ("kasubbag", "sekretaris", "kepala", "kabid1"))


def test_a_box_that_decides_is_told_where_it_was_ticked(agency, shipped) -> None:
    xml, forms = shipped
    xml = xml.replace(b'keputusan == "tanda_tangan"', b'lengkap and keputusan == "tanda_tangan"')
    form = json.loads(forms["konsultasi.form"])
    form["components"] += [{"type": "checkbox", "key": "lengkap", "label": "Bahan lengkap"}]
    forms["konsultasi.form"] = json.dumps(form)
    definitions.deploy_definition(agency.app, OPERATOR, xml, forms, agency.now)
    case_id = agency.start()
    agency.complete("kasubbag", {"lengkap": False})
    history = cases.read_case(agency.app, OPERATOR, case_id, agency.now).history
    told = {one.kind: one.decided for one in history if one.decided}
    assert told == {"item_completed": (DecisionLine("Bahan lengkap", False),)}


def test_steps_show_the_standard_and_the_two_clocks(agency) -> None:
    case_id = agency.start()
    item = agency.inbox("kasubbag")[0]
    agency.now += timedelta(minutes=20)
    work_items.claim_work_item(agency.app, agency.actor("kasubbag"), item.id, agency.now)
    agency.complete("kasubbag", minutes=45)
    (step, *drafts) = cases.list_steps(agency.app, agency.actor("kepala"), case_id, agency.now)
    assert (step.standard_minutes, step.waiting_minutes, step.working_minutes) == (60, 20, 45)
    assert step.on_time is False
    assert [draft.standard_minutes for draft in drafts] == [None, None, None]
    assert {draft.unit_name for draft in drafts} >= {"Bidang Ekonomi"}


def test_the_five_activities_have_the_standards_of_the_sheet(agency) -> None:
    case_id = agency.walk_to_decision()
    lines = cases.list_steps(agency.app, agency.actor("kepala"), case_id, agency.now)
    found = {line.nomor: line.standard_minutes for line in lines if line.standard_minutes}
    assert found == STANDARD
    assert [line.on_time for line in lines if line.nomor in tuple("1234")] == [True] * 4


def test_due_is_counted_in_working_time(agency) -> None:
    agency.now += timedelta(hours=7, minutes=30)  # 15:30; closing is at 16:00
    agency.start()
    item = agency.inbox("kasubbag")[0]
    assert item.due_at is not None
    assert item.due_at.isoformat() == "2026-11-24T01:00:00+00:00"  # Tuesday 08:00 WIB
