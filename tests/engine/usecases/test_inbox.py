"""Lists of work items: what is in them, in which order, and that they agree with the rights."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import NotAllowedError, NotFoundError
from engine.inbox_values import TABS, InboxQuery, read_cursor, read_day
from engine.store import people as store
from engine.store.transaction import transaction
from engine.usecases import cases, definitions, inbox, saved_filters, work_items
from workflows.errors import InvalidAnswerError
from workflows.rights import OPERATOR


def ids(agency, login: str, **query: object) -> list[int]:
    asked = InboxQuery(**query)
    page = inbox.list_items(agency.app, agency.actor(login), asked, agency.now)
    return [line.id for line in page.lines]


def test_each_tab_holds_what_it_says(agency) -> None:
    for _ in range(3):
        agency.start()
    work_items.claim_work_item(agency.app, agency.actor("kasubbag"), 1, agency.now)
    work_items.complete_work_item(agency.app, agency.actor("kasubbag"), 3, {}, agency.now)
    tabs = {tab: ids(agency, "kasubbag", tab=tab) for tab in TABS}
    assert tabs["todo"] == [1, 2]
    assert (tabs["mine"], tabs["group"], tabs["done"]) == ([1], [2], [3])
    assert set(tabs["all"]) == {1, 2, 4, 5, 6}  # those of the bidang, too
    counts = inbox.read_inbox(agency.app, agency.actor("kasubbag"), InboxQuery(), agency.now).counts
    found = (counts.todo, counts.mine, counts.group, counts.done, counts.all)
    assert found == (2, 1, 1, 1, 5)


def test_all_is_what_may_be_read_and_nothing_else(agency, outsider) -> None:
    case = agency.start()
    assert ids(agency, "pengelola", tab="all") == [1]
    assert inbox.list_items(agency.app, outsider, InboxQuery(tab="all"), agency.now).lines == ()
    with pytest.raises(NotAllowedError):
        cases.read_case(agency.app, outsider, case, agency.now)
    with transaction(agency.app.sessions) as tx:  # a part in it opens it
        item = work_items.work_items.find_item(tx, 1)
        assert item is not None
        item.delegate_id = outsider.person_id
    cases.read_case(agency.app, outsider, case, agency.now)
    page = inbox.list_items(agency.app, outsider, InboxQuery(tab="all"), agency.now)
    assert [line.id for line in page.lines] == [1]
    page = inbox.list_items(agency.app, outsider, InboxQuery(tab="mine"), agency.now)
    assert page.lines[0].delegated


def test_pages_follow_each_other_without_gap_or_repetition(agency) -> None:
    for minutes in (0, 3, 0, 5, 1):
        agency.now += timedelta(minutes=minutes)
        agency.start()
    with transaction(agency.app.sessions) as tx:
        for number in (2, 4):
            item = work_items.work_items.find_item(tx, number)
            assert item is not None
            item.due_at = None
    seen, after = [], ""
    while True:
        query = InboxQuery(limit=1, after=after)
        page = inbox.list_items(agency.app, agency.actor("kasubbag"), query, agency.now)
        seen += [line.id for line in page.lines]
        after = page.after
        if not after:
            break
    assert seen == [1, 3, 5, 2, 4]  # without a due moment last
    assert read_cursor("kata-9") is None and read_cursor("9" * 18 + "-1") is None


def test_what_narrows_a_list(agency) -> None:
    agency.start()
    second = agency.start()
    work_items.claim_work_item(agency.app, agency.actor("kasubbag"), 1, agency.now)
    for query, found in (
        ({"search": "memprakarsai RENJA"}, [1, 2]),
        ({"search": f"rencana #{second}"}, [2]),
        ({"search": f"Kasus {second}"}, [2]),
        ({"search": f"case #{second} renja"}, [2]),
        ({"search": "melati"}, [1]),
        ({"search": "100%"}, []),
        ({"search": "badan perencanaan"}, [1, 2]),
        ({"unit": "PEMDA"}, [1, 2]),
        ({"unit": "BAPPEDA-EKO"}, []),
        ({"state": "unclaimed"}, [2]),
        ({"state": "claimed", "claimant": "kasubbag"}, [1]),
        ({"state": "late"}, []),
        ({"sop": "menyusun-rencana-kerja"}, [1, 2]),
        ({"role": "kepala_badan"}, []),
        ({"due_from": read_day("2026-11-23"), "due_to": read_day("2026-11-23")}, [1, 2]),
        ({"due_from": read_day("2026-11-24")}, []),
        ({"due_to": read_day("9999-12-31")}, [1, 2]),
    ):
        assert ids(agency, "kasubbag", **query) == found, query
    agency.now += timedelta(minutes=50)
    assert ids(agency, "kasubbag", state="at_risk") == [1, 2]
    agency.now += timedelta(hours=1)
    assert ids(agency, "kasubbag", state="late") == [1, 2]
    strange = InboxQuery(unit="X", sop="y", role="z", claimant="q", state="?", after="-")
    page = inbox.list_items(agency.app, agency.actor("kasubbag"), strange, agency.now)
    assert {*page.ignored} == {"unit", "sop", "role", "claimant", "state", "after"}
    assert len(page.lines) == 2


def test_steps_are_found_by_the_name_that_they_had(agency, shipped) -> None:
    xml, forms = shipped
    agency.start()
    renamed = xml.replace(b"Memprakarsai", b"Mengawali")
    definitions.deploy_definition(agency.app, OPERATOR, renamed, forms, agency.now)
    agency.start()
    for word, found in (("memprakarsai", [1]), ("mengawali", [2]), ("penyusunan", [1, 2])):
        assert ids(agency, "kasubbag", search=word) == found, word


def test_as_many_statements_for_a_hundred_rows_as_for_ten(agency, statements) -> None:
    actor, found = agency.actor("kasubbag"), []
    for rows in (10, 100):
        for _ in range(rows - len(agency.inbox("kasubbag"))):
            agency.start()
        statements.clear()
        query = InboxQuery(limit=100)
        shown = inbox.read_inbox(agency.app, actor, query, agency.now)
        assert len(shown.page.lines) == rows
        found.append(len(statements))
    assert found[0] == found[1]


def test_a_shared_filter_shows_everybody_their_own_items(agency) -> None:
    agency.start()
    head, bidang = agency.actor("sekretaris"), agency.actor("kasubbag")
    query = InboxQuery(tab="group", search="renja", due_to=read_day("2026-12-01"))
    saved_filters.save_filter(
        agency.app, head, "  Renja   bulan ini ", query, agency.now, unit="BAPPEDA-SEK"
    )
    mine = saved_filters.list_filters(agency.app, bidang)[0]
    assert (mine.name, mine.query, mine.mine) == ("Renja bulan ini", query, False)
    assert saved_filters.list_filters(agency.app, agency.actor("kabid1")) == ()
    assert ids(agency, "kasubbag", tab="group", search="renja") == [1]
    assert ids(agency, "sekretaris", tab="group", search="renja") == []
    saved_filters.choose_default_filter(agency.app, bidang, mine.id, agency.now)
    shown = inbox.read_inbox(agency.app, bidang, InboxQuery(), agency.now, bare=True)
    assert shown.query == query and shown.applied is not None
    for act in (
        lambda: saved_filters.delete_filter(agency.app, bidang, mine.id, agency.now),
        lambda: saved_filters.rename_filter(agency.app, bidang, mine.id, "x", agency.now),
    ):
        with pytest.raises(NotFoundError):
            act()
    saved_filters.delete_filter(agency.app, head, mine.id, agency.now)
    shown = inbox.read_inbox(agency.app, bidang, InboxQuery(), agency.now, bare=True)
    assert shown.query == InboxQuery() and shown.filters == ()


def test_what_a_filter_may_not_be(agency) -> None:
    actor = agency.actor("kasubbag")
    for name in ("", " ", "x" * 61):
        with pytest.raises(InvalidAnswerError):
            saved_filters.save_filter(agency.app, actor, name, InboxQuery(), agency.now)
    with pytest.raises(NotAllowedError):
        saved_filters.save_filter(
            agency.app, actor, "a", InboxQuery(), agency.now, unit="BAPPEDA-EKO"
        )
    with transaction(agency.app.sessions) as tx:
        assert store.find_unit(tx, "BAPPEDA-EKO") is not None
    assert saved_filters.list_filters(agency.app, actor) == ()
