"""Ladders of the house, of SOPs and of steps; and what they would send."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from engine.errors import ConflictError, NotAllowedError, NotFoundError
from engine.ticks import raise_notices, tick
from engine.usecases import cases, definitions, migration, notices
from engine.usecases.ladders import (
    clear_ladder,
    list_ladders,
    preview_ladder,
    read_ladder,
    set_ladder,
)
from tests.engine.usecases.conftest import KEY
from tests.engine.usecases.hearing import outbox
from workflows.deadlines import draw_ladder
from workflows.deadlines import read_ladder as parse_ladder
from workflows.errors import InvalidSopError, InvalidTimeError
from workflows.rights import OPERATOR

PERFORMER = "kasubbag@contoh.example"
OWNER, HEAD = "pengelola@contoh.example", "kepala@contoh.example"


def ladder(*rungs: dict[str, Any]) -> dict[str, Any]:
    shared = {"kind": "reminder", "whom": ["performer"]}
    return {"rungs": [{"key": f"r{number}", **shared, **rung} for number, rung in enumerate(rungs)]}


def put(agency, document: dict[str, Any], key: str = KEY, node: str = ""):
    return set_ladder(agency.app, OPERATOR, key, node, document, agency.now)


def test_what_the_old_ladder_has_written_and_nobody_sent_is_not_sent(agency) -> None:
    agency.start()
    agency.now += timedelta(minutes=46)
    raise_notices(agency.app, agency.now)
    put(agency, ladder({"at": {"share": "1/2"}}))
    tick(agency.app, agency.now)
    assert outbox(agency) == [("reminder", PERFORMER)]


def test_the_nearest_ladder_counts(agency) -> None:
    agency.start()
    node = agency.inbox("kasubbag")[0].node
    half, third = ladder({"at": {"share": "1/2"}}), ladder({"at": {"share": "1/3"}})

    def source() -> str:
        return read_ladder(agency.app, OPERATOR, KEY, node, agency.now).source

    assert source() == "shipped"
    assert put(agency, half, key="").items == 1
    assert source() == "house"
    put(agency, half)
    assert source() == "sop"
    put(agency, third, node=node)
    assert source() == "step"
    assert not put(agency, third, node=node).changed
    assert [(one.key, one.node) for one in list_ladders(agency.app, OPERATOR, agency.now)] == [
        ("", ""),
        (KEY, ""),
        (KEY, node),
    ]
    tick(agency.app, agency.now + timedelta(minutes=20))
    assert outbox(agency) == [("reminder", PERFORMER)]
    clear_ladder(agency.app, OPERATOR, KEY, node, agency.now)
    assert source() == "sop"
    with pytest.raises(ConflictError, match="ladder_not_own"):
        clear_ladder(agency.app, OPERATOR, KEY, node, agency.now)


def test_open_items_follow_a_new_ladder_at_once(agency) -> None:
    agency.start()
    document = {**ladder({"at": {"before": "10 menit"}}), "at_risk": "1/10"}
    assert put(agency, document).items == 1
    assert agency.inbox("kasubbag")[0].at_risk_at == agency.now + timedelta(minutes=6)
    tick(agency.app, agency.now + timedelta(minutes=49))
    assert outbox(agency) == []
    tick(agency.app, agency.now + timedelta(minutes=50))
    assert outbox(agency) == [("reminder", PERFORMER)]


def test_each_addressee_hears_of_its_own_rungs(agency) -> None:
    agency.start()
    late = {"at": {"share": "1"}, "kind": "escalation"}
    whom = ["role", "superior", "process_owner", "unit:BAPPEDA"]
    put(agency, ladder({**late, "whom": whom, "subject": "{langkah}: {nama}", "any_hour": True}))
    tick(agency.app, agency.now + timedelta(minutes=61))
    assert [to for _, to in outbox(agency)] == sorted(
        [PERFORMER, HEAD, OWNER, "sekretaris@contoh.example"]
    )
    subjects = {line.subject for line in notices.list_mails(agency.app, agency.actor("kepala"))}
    assert "Memprakarsai penyusunan Renja: Melati Contoh" in subjects


def test_a_preview_tells_what_would_be_sent_when_and_to_whom(agency) -> None:
    friday = agency.now + timedelta(days=4, hours=8)  # 16:00, half an hour before the weekend
    lines = preview_ladder(agency.app, OPERATOR, KEY, "", "BAPPEDA", friday, agency.now)
    assert [(one.kind, one.recipients, one.channels) for one in lines] == [
        ("reminder", ("Melati Contoh",), ("email",)),
        ("overdue", ("Melati Contoh",), ("email",)),
        ("escalation", ("Kenanga Contoh",), ("email",)),
    ]
    monday = friday + timedelta(days=3, hours=-8)
    assert [one.at for one in lines] == [
        monday - timedelta(minutes=15),
        *[monday] * 2,
    ]
    assert lines[0].subject.startswith("Pengingat: Memprakarsai penyusunan Renja")
    tried = ladder({"at": {"days_before": 0, "unit": "hari", "clock": "06:00"}})
    (line,) = preview_ladder(agency.app, OPERATOR, KEY, "", "BAPPEDA", friday, agency.now, tried)
    assert (line.at, line.send_at) == (
        monday - timedelta(hours=2),
        monday - timedelta(minutes=30),
    )
    assert notices.list_mails(agency.app, agency.actor("kepala")) == ()


@pytest.mark.parametrize(
    ("key", "node", "document", "error"),
    [
        (KEY, "", {"rungs": []}, InvalidTimeError),
        (KEY, "", ladder({"at": {"share": "1"}, "channels": ["pigeon"]}), InvalidTimeError),
        (KEY, "", ladder({"at": {"share": "1"}, "whom": ["unit:NOWHERE"]}), NotFoundError),
        ("none", "", ladder({"at": {"share": "1"}}), NotFoundError),
        (KEY, "none", ladder({"at": {"share": "1"}}), NotFoundError),
    ],
)
def test_a_ladder_that_leads_nowhere_is_refused(agency, key, node, document, error) -> None:
    with pytest.raises(error):
        put(agency, document, key, node)


def test_ladders_are_for_those_who_steer(agency) -> None:
    with pytest.raises(NotAllowedError, match="right_missing"):
        read_ladder(agency.app, agency.actor("kasubbag"), KEY, "", agency.now)


STEP = b'<bpmn:userTask id="konsultasi"'
HALF, THIRD = ladder({"at": {"share": "1/2"}}), ladder({"at": {"share": "1/3"}})


def drawn(document: dict[str, Any]) -> bytes:
    """As it stands in a file."""
    found = draw_ladder(parse_ladder(document))
    rungs = (" ".join(f'{name}="{text}"' for name, text in one.items()) for one in found.rungs)
    written = "".join(f"<sop:anakTangga {rung}/>" for rung in rungs)
    return f'<sop:tangga berisiko="{found.berisiko}">{written}</sop:tangga>'.encode()


def with_ladder(xml: bytes, document: dict[str, Any], before: bytes = STEP) -> bytes:
    """Drawn at the first step, or at what begins with that tag."""
    head, at, rest = xml.partition(before)
    start, holder, tail = rest.partition(b"<bpmn:extensionElements>")
    assert at and holder
    return head + at + start + holder + drawn(document) + tail


def test_a_version_is_reminded_by_what_is_drawn_in_it_unless_something_is_set(
    agency, shipped
) -> None:
    xml, forms = shipped
    agency.start()  # by the version without a ladder
    with_both = with_ladder(with_ladder(xml, THIRD), HALF, b"<bpmn:process ")
    version = definitions.deploy_definition(
        agency.app, OPERATOR, with_both, forms, agency.now
    ).version
    agency.start()
    node = agency.inbox("kasubbag")[0].node

    def source(node: str = node) -> str:
        detail = read_ladder(agency.app, OPERATOR, KEY, node, agency.now)
        assert detail.drawn_version == (version if "drawn" in detail.source else None)
        return detail.source

    assert (source(), source(""), source("pembahasan")) == ("drawn_step", "drawn_sop", "drawn_sop")
    listed = list_ladders(agency.app, OPERATOR, agency.now)
    assert [(one.node, one.drawn_version) for one in listed] == [("", version), (node, version)]
    put(agency, HALF, key="")
    assert source() == "drawn_step"
    clear_ladder(agency.app, OPERATOR, "", "", agency.now)
    tick(agency.app, agency.now + timedelta(minutes=20))
    assert outbox(agency) == [("reminder", PERFORMER)]  # of the new version alone
    put(agency, HALF)
    assert (source(), source("pembahasan")) == ("drawn_step", "sop")
    late = {"at": {"share": "1"}, "kind": "overdue", "key": "lewat"}
    assert put(agency, ladder(late), node=node).items == 2
    assert source() == "step"
    tick(agency.app, agency.now + timedelta(minutes=59))
    assert outbox(agency) == [("reminder", PERFORMER)]
    tick(agency.app, agency.now + timedelta(minutes=61))
    assert outbox(agency) == [("overdue", PERFORMER)] * 2 + [("reminder", PERFORMER)]


def test_a_case_brought_to_another_version_is_reminded_by_its_ladder(agency, shipped) -> None:
    xml, forms = shipped
    case_id = agency.start()
    due_at = agency.inbox("kasubbag")[0].due_at
    soon = {**THIRD, "at_risk": "1/10"}
    definitions.deploy_definition(agency.app, OPERATOR, with_ladder(xml, soon), forms, agency.now)
    tick(agency.app, agency.now + timedelta(minutes=20))
    assert outbox(agency) == []
    (line,) = migration.migrate_cases(agency.app, OPERATOR, KEY, 2, agency.now)
    assert (line.case_id, line.outcome) == (case_id, "moved")
    item = agency.inbox("kasubbag")[0]
    assert (item.due_at, item.at_risk_at) == (due_at, agency.now + timedelta(minutes=6))
    tick(agency.app, agency.now + timedelta(minutes=20))
    assert outbox(agency) == [("reminder", PERFORMER)]


def test_the_time_for_the_whole_is_at_risk_as_it_is_drawn(agency, shipped) -> None:
    xml, forms = shipped
    soon = with_ladder(xml, {**HALF, "at_risk": "1/10"}, b"<bpmn:process ")
    definitions.deploy_definition(agency.app, OPERATOR, soon, forms, agency.now)
    detail = cases.read_case(agency.app, OPERATOR, agency.start(), agency.now)
    assert detail.line.at_risk_at == agency.now + timedelta(minutes=23)


def test_a_drawing_with_a_ladder_that_cannot_be_read_is_not_deployed(agency, shipped) -> None:
    xml, forms = shipped
    wrong = with_ladder(xml, HALF).replace(b'bagian="1/2"', b'bagian="separuh"')
    with pytest.raises(InvalidSopError, match="findings_block") as refused:
        definitions.deploy_definition(agency.app, OPERATOR, wrong, forms, agency.now)
    assert "anak tangga 1: bagian" in str(refused.value.fields["message"])
