"""The number of SQL statements of a use case does not grow with the rows it handles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.store import people as store
from engine.store.transaction import transaction
from engine.usecases import cases, work_items
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
        work_items.list_inbox(agency.app, agency.actor("kasubbag"), agency.now)
        cases.list_cases(agency.app, OPERATOR, agency.now)

    agency.start()
    one = count(look)
    for _ in range(9):
        agency.start()
    assert len(agency.inbox("kasubbag")) == 10
    assert count(look) == one


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
