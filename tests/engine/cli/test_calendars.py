"""`alur calendar`, `pause`, `unpause` and `ledger`, as scripts and people use them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.engine.cli.test_operations import KEY, SOP
from tests.engine.cli.test_operations import run as run
from tests.engine.cli.test_operations import say as say

CSV = "tanggal;nama;jenis\n23/11/2026;Hari jadi daerah;libur_lokal\n"
WHY = ("--reason", "Keputusan Bupati 12/2026")


def start(run) -> None:
    assert run("deploy", str(SOP / f"{KEY}.bpmn"))[0] == 0
    assert run("start", KEY, "--unit", "BAPPEDA", "--as", "kasubbag")[0] == 0


def test_a_holiday_is_imported_shown_compared_and_taken_back(run, say, tmp_path: Path) -> None:
    start(run)
    file = tmp_path / "libur.csv"
    file.write_text(CSV, "utf-8")
    code, planned = run("calendar", "import", "PEMDA", str(file), *WHY, "--dry-run")
    assert (code, planned["dry_run"], len(planned["moved"])) == (0, True, 1)
    assert run("calendar", "list")[1]["calendars"][0]["number"] == 0
    _, text = say("calendar", "import", "PEMDA", str(file), *WHY)
    assert "1 dari 1 tugas" in text and "2026-11-24 08:30 WIB" in text
    _, shown = run("calendar", "show", "BAPPEDA")
    assert shown["document"]["holidays"][0]["date"] == "2026-11-23"
    assert "Hari jadi daerah" in say("calendar", "show", "BAPPEDA", "--year", "2026")[1]
    assert "Hari jadi daerah" in run("calendar", "export", "PEMDA")[1]["csv"]
    (change,) = run("calendar", "diff", "PEMDA", "--year", "2026")[1]["changes"]
    assert (change["date"], change["how"]) == ("2026-11-23", "added")
    again = tmp_path / "kalender.json"
    again.write_text(json.dumps(shown["document"]), "utf-8")
    assert run("calendar", "set", "PEMDA", str(again), *WHY)[1]["changed"] is False
    assert "tidak ada yang berubah" in say("calendar", "set", "PEMDA", str(again), *WHY)[1]
    assert len(run("calendar", "reset", "PEMDA", *WHY)[1]["moved"]) == 1
    code, refused = run("calendar", "reset", "PEMDA", *WHY)
    assert (code, refused["error"]["code"]) == (1, "calendar_not_own")


def test_what_cannot_be_read_is_refused_with_its_place(run, tmp_path: Path) -> None:
    file = tmp_path / "libur.csv"
    file.write_text("tanggal;nama;jenis\n31/02/2026;Salah;libur_lokal\n", "utf-8")
    code, refused = run("calendar", "import", "PEMDA", str(file), *WHY)
    assert (code, refused["error"]["code"]) == (1, "invalid_holiday_csv")
    assert "Baris 2" in refused["error"]["message"]
    assert run("calendar", "show", "TIDAK-ADA")[1]["error"]["code"] == "unit_not_found"
    assert run("calendar", "show", "PEMDA", "--year", "99999")[0] == 2


def test_an_item_is_paused_and_goes_on(run, say) -> None:
    start(run)
    more = ("--as", "kasubbag")
    code, made = run(
        "pause", "1", *WHY, "--awaiting", "BAPPEDA-EKO", "--until", "2026-11-25", *more
    )
    assert (code, made["awaited"]) == (0, "BAPPEDA-EKO")
    assert run("inbox", *more)[1]["items"][0]["paused"]["reason"] == WHY[1]
    assert "dijeda" in say("inbox", *more)[1]
    assert run("pause", "1", *WHY, *more)[1]["error"]["code"] == "item_paused"
    assert run("unpause", "1", *more)[1]["ending"] == "resumed"
    assert run("unpause", "1", *more)[1]["error"]["code"] == "item_not_paused"
    _, ledger = run("ledger", "1")
    assert (ledger["standard_minutes"], ledger["used"], ledger["share"]) == (60, 0, 0.0)
    assert "Terpakai 0 dari 60 menit (0%)" in say("ledger", "1")[1]
    assert run("pause", "1", *WHY, "--until", "besok", *more)[0] == 2
