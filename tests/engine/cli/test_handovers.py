"""`alur leave`, `delegate`, `ask` and the like, as scripts and people use them."""

from __future__ import annotations

from tests.engine.cli.test_calendars import start
from tests.engine.cli.test_operations import run as run
from tests.engine.cli.test_operations import say as say

WHY = ("--reason", "Perlu.")


def test_leave_is_noted_listed_changed_and_ended(run, say) -> None:
    start(run)
    days = ("--from", "2027-01-04", "--until", "2027-01-08", "--now", "2026-12-01T08:00")
    given = (*days, "--substitute", "sekretaris", *WHY, "--as", "kasubbag")
    code, line = run("leave", "add", "kasubbag", *given)
    assert (code, line["state"], line["substitute_login"]) == (0, "planned", "sekretaris")
    assert run("leave", "add", "kasubbag", *given)[1]["error"]["code"] == "leave_overlaps"
    number = str(line["id"])
    changed = (*days, "--substitute", "kepala", *WHY, "--as", "kasubbag")
    assert "digantikan Cempaka Contoh" in say("leave", "change", number, *changed)[1]
    now = ("--now", "2026-12-02T08:00")
    assert "direncanakan" in say("leave", "list", "--as", "kasubbag", *now)[1]
    ended = say("leave", "end", number, "--as", "kasubbag", *now)
    assert ended == (0, f"Cuti {number}: dibatalkan.\n")


def test_an_item_is_handed_on_and_talked_about(run, say) -> None:
    start(run)
    assert run("delegate", "1", "kabid1", "--ask", "tanggapan", "--as", "kasubbag")[0] == 0
    assert run("complete", "1", "--as", "kasubbag")[1]["error"]["code"] == "item_delegated"
    assert run("recall", "1", "--as", "kasubbag")[1]["kind"] == "recalled"
    assert run("delegate", "1", "kabid1", "--as", "kasubbag")[0] == 0
    assert "kepada Melati Contoh" in say("hand-back", "1", "--as", "kabid1")[1]
    assert run("reassign", "1", "kasubbag", *WHY, "--as", "kepala")[1]["error"]["code"] == (
        "already_with"
    )
    assert run("return", "1", *WHY, "--as", "kasubbag")[1]["kind"] == "returned"
    assert run("reassign", "1", "kasubbag", *WHY, "--as", "kepala")[0] == 0
    asked = run("ask", "1", "kabid2", "Setuju?", "--as", "kasubbag")[1]
    answered = run("answer", str(asked["id"]), "Setuju.", "--as", "kabid2")[1]
    assert (asked["state"], answered["state"]) == ("open", "answered")
    assert run("comment", "Halo @kabid1", "--case", "1", "--as", "kasubbag")[0] == 0
    assert run("comment", "Halo @x", "--item", "1", "--as", "kasubbag")[1]["error"]["code"] == (
        "mention_unknown"
    )
    assert run("comment", "Halo", "--as", "kasubbag")[0] == 2
    assert "Halo @kabid1" in say("comments", "1", "--as", "kabid1")[1]
    assert run("watch", "1", "--as", "kabid1")[1]["changed"] is True
    assert run("watch", "1", "--off", "--as", "kabid1")[1]["watching"] is False
