"""The judge of drafts knows the organisation, the engine and the other SOPs."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from engine.errors import NotAllowedError
from engine.store.tables import Holding, Jabatan, Unit
from engine.store.transaction import transaction
from engine.usecases.definitions import deploy_definition
from engine.usecases.judgements import Judgement, judge_draft
from web.lint_pages import read_part, rule_page
from workflows.lint import EXECUTABLE
from workflows.rights import OPERATOR

YESTERDAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def one_agency(agency) -> None:
    """The other agencies of the demonstration, which are not staffed for this, have ended."""
    with transaction(agency.app.sessions) as tx:
        others = update(Unit).where(Unit.kind == "pd", Unit.code != "BAPPEDA")
        tx.execute(others.values(ended_on=YESTERDAY))


def judge(agency, xml: bytes, forms: dict[str, str], login: str = "pengelola") -> Judgement:
    return judge_draft(agency.app, agency.actor(login), xml, forms, agency.now)


def vacate(agency, role: str) -> None:
    """Since yesterday nobody holds it."""
    with transaction(agency.app.sessions) as tx:
        seats = select(Jabatan.id).where(Jabatan.role == role)
        tx.execute(update(Holding).where(Holding.jabatan_id.in_(seats)).values(until=YESTERDAY))


def test_the_shipped_sop_is_without_findings(agency, shipped) -> None:
    assert judge(agency, *shipped) == Judgement(())


def test_an_agency_with_some_of_the_roles_lacks_the_others(agency, shipped) -> None:
    with transaction(agency.app.sessions) as tx:
        tx.execute(update(Unit).values(ended_on=None))
    found = judge(agency, *shipped).findings
    assert {one.rule for one in found} == {"role_has_holder"}
    assert "di Dinas Contoh (tanpa bidang)." in found[0].message
    assert not any("Inspektorat" in one.message for one in found)


def test_nobody_else_asks_the_judge(agency, shipped) -> None:
    with pytest.raises(NotAllowedError):
        judge(agency, *shipped, login="kasubbag")


def test_a_role_without_holder_is_told_with_the_agency(agency, shipped) -> None:
    vacate(agency, "sekretaris")
    (one,) = judge(agency, *shipped).findings
    assert (one.rule, one.severity, one.element) == ("role_has_holder", "warning", "pembahasan")
    assert "Badan Perencanaan" in one.message and "Dinas Contoh" not in one.message


def test_a_step_of_each_bidang_needs_a_holder_in_each(agency, shipped) -> None:
    with transaction(agency.app.sessions) as tx:
        seat = tx.scalars(select(Jabatan).where(Jabatan.role == "kepala_bidang")).first()
        assert seat is not None
        tx.execute(update(Holding).where(Holding.jabatan_id == seat.id).values(until=YESTERDAY))
    (one,) = judge(agency, *shipped).findings
    assert (one.rule, one.element) == ("role_has_holder", "penyusunan_bidang")
    assert one.message.count("Bidang") > 1


def test_four_eyes_of_one_jabatan_are_an_error_where_all_agencies_have_one(agency, shipped) -> None:
    xml, forms = shipped
    asked = xml.replace(b'id="penyampaian"', b'id="penyampaian" sop:bedaOrang="pembahasan"')
    (one,) = judge(agency, asked, forms).findings
    assert (one.rule, one.severity, one.element) == ("four_eyes", "error", "penyampaian")
    with transaction(agency.app.sessions) as tx:
        tx.execute(update(Jabatan).where(Jabatan.role == "sekretaris").values(many=True))
    assert judge(agency, asked, forms).findings == ()


def test_what_only_the_other_sops_can_tell_is_a_finding_at_its_element(agency) -> None:
    page = rule_page(EXECUTABLE)
    assert page is not None
    wrong = page.wrong.xml.encode()
    assert judge(agency, wrong, {}).findings == ()
    deploy_definition(
        agency.app, OPERATOR, read_part("executable.lain.bpmn").encode(), {}, agency.now
    )
    (one,) = judge(agency, wrong, {}).findings
    assert (one.rule, one.severity, one.element) == (EXECUTABLE, "error", page.element)
    assert judge(agency, page.right.xml.encode(), {}).findings == ()


def test_what_cannot_be_walked_is_a_finding_what_cannot_be_read_is_refused(agency, shipped) -> None:
    xml, forms = shipped
    astray = xml.replace(b'targetRef="pembahasan"', b'targetRef="jalur_sekretaris"')
    (one,) = judge(agency, astray, forms).findings
    assert (one.rule, one.element) == (EXECUTABLE, "ke_pembahasan")
    refused = judge(agency, b"<x", forms)
    assert refused.refused is not None and refused.findings == ()


def test_broken_decision_tables_are_findings(agency, shipped) -> None:
    xml, forms = shipped
    (one,) = judge(agency, xml, {**forms, "rusak.dmn": "<x/>"}).findings
    assert (one.rule, one.element) == (EXECUTABLE, "menyusun-rencana-kerja")
    assert one.message.endswith(".")
