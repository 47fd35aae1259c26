"""The number of SQL statements of a use case does not grow with the rows it handles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.store import people as store
from engine.store.transaction import transaction
from engine.usecases import (
    cases,
    definitions,
    pens,
    processes,
    sop_drafts,
    standings,
)
from tests.engine.usecases.conftest import KEY, SOP
from workflows.blank import call_process
from workflows.rights import OPERATOR


@pytest.fixture
def count(statements: list[str]) -> Callable[[Callable[[], object]], int]:
    """How many statements a call sends."""

    def count(call: Callable[[], object]) -> int:
        statements.clear()
        call()
        return len(statements)

    return count


def test_lists_take_as_many_for_ten_cases_as_for_one(agency, count) -> None:
    def look() -> None:
        agency.inbox("kasubbag")
        cases.list_cases(agency.app, OPERATOR, agency.now)

    agency.start()
    one = count(look)
    for _ in range(9):
        agency.start()
    assert len(agency.inbox("kasubbag")) == 10
    assert count(look) == one


def add_sop(agency, number: int) -> None:
    """Another SOP with a case, a draft whose pen is held, and a retired one beside it."""
    app, owner, now = agency.app, agency.actor("pengelola"), agency.now
    shipped = definitions.read_definition(app, KEY).xml.encode()
    forms = {path.name: path.read_text("utf-8") for path in SOP.glob("*.form")}
    for key in (f"sop-{number}", f"lama-{number}"):
        definitions.deploy_definition(
            app, OPERATOR, call_process(shipped, key, f"SOP {key}"), forms, now
        )
    cases.start_case(app, agency.actor("kasubbag"), f"sop-{number}", "BAPPEDA", {}, now)
    draft = sop_drafts.create_draft_from_version(app, owner, f"sop-{number}", None, now)
    pens.hold_pen(app, owner, draft.line.id, f"tab-{number}", "take", now)
    processes.retire_sop(app, owner, f"lama-{number}", "Diganti", now)


def test_sops_are_listed_with_as_many_for_five_as_for_one(agency, count) -> None:
    def look() -> None:
        processes.list_sops(agency.app, agency.actor("pengelola"), agency.now)
        standings.list_standings(agency.app, agency.now)
        assert cases.may_start_any(agency.app, agency.actor("kasubbag"), agency.now)

    add_sop(agency, 1)
    look()
    few = count(look)
    for number in range(2, 6):
        add_sop(agency, number)
    look()  # each SOP is read once per process
    assert count(look) == few
    lines = {one.key: one for one in processes.list_sops(agency.app, OPERATOR, agency.now)}
    assert len(lines) == 11
    assert (lines["sop-3"].cases, lines["lama-3"].cases) == (1, 0)
    assert lines["sop-3"].draft and lines["sop-3"].draft.pen == "Tanjung Contoh"


def add_bidang(agency, number: int) -> None:
    with transaction(agency.app.sessions) as tx:
        pd = store.find_unit(tx, "BAPPEDA")
        code, name = f"BAPPEDA-B{number:02}", f"Bidang {number}"
        unit = store.put_unit(tx, code, name, "bidang", "Asia/Jakarta", pd)
        seat = store.put_jabatan(tx, unit, f"Kepala {name}", "kepala_bidang", None)
        person = store.find_person(tx, login="kabid1")
        store.put_holding(tx, seat, person, agency.now.date())


def test_a_step_opens_twenty_items_with_as_many_as_three(agency, count) -> None:
    agency.start()
    few = count(lambda: agency.complete("kasubbag"))
    for number in range(17):
        add_bidang(agency, number)
    agency.start()
    many = count(lambda: agency.complete("kasubbag"))
    assert len(agency.inbox("kabid1")) == 19  # one of the first case, eighteen of the second
    assert many == few
