"""`alur inbox`: the tabs, filters, search and pages of the inbox, for scripts and people."""

from __future__ import annotations

import pytest

from tests.engine.cli.test_calendars import start
from tests.engine.cli.test_operations import KEY
from tests.engine.cli.test_operations import run as run
from tests.engine.cli.test_operations import say as say

INBOX = ("inbox", "--as", "kasubbag")
DAY = ("--due-from", "2026-11-23", "--due-to", "2026-11-23")
TASK = ("--sop", KEY, "--unit", "PEMDA", "--role", "kasubbag_renja_monev", "--claimant", "kasubbag")


@pytest.fixture
def items(run):
    """The ids that a call lists, of two items for the kasubbag, the first of which is claimed."""
    start(run)
    assert run("start", KEY, "--unit", "BAPPEDA", "--as", "kasubbag")[0] == 0
    assert run("claim", "1", "--as", "kasubbag")[0] == 0

    def items(*arguments: str) -> list[int]:
        return [one["id"] for one in run(*INBOX, *arguments)[1]["items"]]

    return items


def test_tabs_and_filters_choose_what_is_listed(items) -> None:
    assert items() == [1, 2]
    assert (items("--tab", "group"), items("--tab", "done")) == ([2], [])
    assert items("--search", "memprakarsai #2") == [2]
    assert items("--tab", "all", "--state", "claimed", *TASK, *DAY) == [1]
    assert items("--due-from", "2026-11-24") == []


def test_a_list_goes_on_where_it_ended_and_says_what_it_ignores(run, items, say) -> None:
    strange = ("--sop", "tiada", "--unit", "TIADA", "--role", "tiada", "--claimant", "tiada")
    answer = run(*INBOX, *strange, "--limit", "1")[1]
    assert answer["ignored"] == ["sop", "unit", "role", "claimant"]
    assert [one["id"] for one in answer["items"]] == [1]
    rest = run(*INBOX, f"--after={answer['after']}")[1]
    assert ([one["id"] for one in rest["items"]], rest["after"]) == ([2], None)
    text = say(*INBOX, "--sop", "tiada", "--limit", "1")[1]
    assert text.startswith("Saringan --sop tidak dikenal, jadi diabaikan.\nTUGAS")
    assert text.endswith(f"\nMasih ada; lanjutkan dengan --after={answer['after']}\n")
