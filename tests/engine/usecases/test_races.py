"""Two people, one item: exactly one of them wins, the other is told so."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from engine.errors import ConflictError
from engine.ticks import tick
from engine.usecases import cases, upkeep, work_items
from workflows.rights import OPERATOR


def test_of_eight_completions_one_wins(agency) -> None:
    case_id = agency.start()
    actor, item = agency.actor("kasubbag"), agency.inbox("kasubbag")[0]

    def complete(_: int) -> str:
        try:
            work_items.complete_work_item(agency.app, actor, item.id, {}, agency.now)
        except ConflictError as error:
            return error.code
        return "won"

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(complete, range(8)), reverse=True)
    assert outcomes == ["work_item_done"] * 7 + ["won"]
    steps = cases.list_steps(agency.app, OPERATOR, case_id, agency.now)
    assert [step.node for step in steps] == ["konsultasi"] + ["penyusunan_bidang"] * 3


def test_three_bidang_complete_at_once(agency) -> None:
    case_id = agency.start()
    agency.complete("kasubbag")
    work = [(f"kabid{n}", agency.inbox(f"kabid{n}")[0].id) for n in (1, 2, 3)]

    def complete(one: tuple[str, int]) -> None:
        login, item_id = one
        answers = {"ringkasan": login}
        work_items.complete_work_item(agency.app, agency.actor(login), item_id, answers, agency.now)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(complete, work))
    detail = cases.read_case(agency.app, OPERATOR, case_id, agency.now)
    assert detail.tokens == ("pembahasan",)
    drafts = detail.data["rencana_bidang"]
    assert sorted(draft["ringkasan"] for draft in drafts) == ["kabid1", "kabid2", "kabid3"]


def test_ticks_and_people_do_not_get_in_each_others_way(agency) -> None:
    for _ in range(4):
        agency.start()
    late = agency.now + timedelta(minutes=61)
    items = [item.id for item in agency.inbox("kasubbag")]
    actor = agency.actor("kasubbag")

    def act(item_id: int) -> None:
        tick(agency.app, late)
        work_items.complete_work_item(agency.app, actor, item_id, {}, late)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(act, items))
    assert agency.inbox("kasubbag") == ()
    assert all(check.ok for check in upkeep.check_health(agency.app, late))
