"""`alur draft` and `alur sop`: an SOP from its beginning to its end, as scripts do it."""

from __future__ import annotations

from pathlib import Path

from engine import playing
from engine.app import App
from engine.usecases import people
from tests.conftest import MONDAY
from tests.engine.cli.test_calendars import start
from tests.engine.cli.test_operations import run as run
from tests.engine.cli.test_operations import say as say
from tests.engine.playing.conftest import START, step

KEY = "menyusun-rencana-kerja"
OWNER = ("--as", "pengelola")


def test_a_draft_goes_from_a_version_to_the_next(run, say, tmp_path: Path) -> None:
    start(run)
    code, made = run("draft", "create", "--from", KEY, *OWNER)
    assert (code, made["key"], made["state"], made["base_version"]) == (0, KEY, "draft", 1)
    number = str(made["id"])
    assert run("draft", "create", "--from", KEY)[1]["error"]["code"] == "sop_draft_exists"
    folder = tmp_path / "rancangan"
    assert f"{KEY}.bpmn" in run("draft", "export", number, str(folder))[1]["files"]
    file = folder / f"{KEY}.bpmn"
    file.write_text(file.read_text("utf-8").replace('name="Sekretaris"', 'name="Sekban"'), "utf-8")
    code, changed = run("draft", "import", str(file), "--into", number, *OWNER)
    assert (code, changed["revision"]) == (0, 2)
    assert "Sekban" not in say("draft", "show", number)[1]
    assert run("draft", "submit", number, "--note", "Nama jalur", *OWNER)[0] == 0
    assert run("draft", "approve", number, *OWNER)[1]["error"]["code"] == "four_eyes_draft"
    assert run("draft", "return", number, "--reason", "Cek lagi", "--as", "kepala")[0] == 0
    assert run("draft", "submit", number, "--note", "Nama jalur", *OWNER)[0] == 0
    assert run("draft", "approve", number, "--as", "kepala")[0] == 0
    assert "diajukan" not in say("draft", "list")[1]
    code, ahead = run("draft", "dry-run", number)
    assert (code, [one["outcome"] for one in ahead["cases"]]) == (0, ["movable"])
    assert run("draft", "publish", number)[1]["error"]["code"] == "sop_warnings"
    code, line = run("draft", "publish", number, "--accept-warnings", *OWNER)
    assert (code, line["version"]) == (0, 2)
    assert run("draft", "take-back", number)[1]["error"]["code"] == "sop_draft_published"
    shown = say("sop", "versions", KEY)[1]
    assert "berlaku" in shown and "Cempaka Contoh" in shown
    assert run("demo")[0] == 0  # loads the shipped SOPs again, but not over what was published
    assert say("sop", "versions", KEY)[1] == shown


def test_recorded_runs_are_tested_as_a_script_would(run, say, app: App, tmp_path: Path) -> None:
    start(run)
    number = str(run("draft", "create", "--from", KEY, *OWNER)[1]["id"])
    assert run("draft", "test", number) == (0, {"runs": []})
    owner = people.load_actor(app, "pengelola", MONDAY)
    trial = playing.begin_trial(app, owner, int(number), START, MONDAY).line.id
    playing.act_in_trial(app, owner, trial, step("konsultasi"), 1, MONDAY)
    playing.record_run(app, owner, trial, "Awal", MONDAY)
    code, passed = run("draft", "test", number)
    assert (code, passed["runs"][0]["passed"]) == (0, True)
    folder = tmp_path / "rancangan"
    run("draft", "export", number, str(folder))
    file = folder / f"{KEY}.bpmn"
    other = file.read_text("utf-8").replace('pelaksana="kepala_bidang"', 'pelaksana="sekretaris"')
    file.write_text(other, "utf-8")
    assert run("draft", "import", str(file), "--into", number, *OWNER)[0] == 0
    code, failed = run("draft", "test", number)
    (one,) = failed["runs"]
    assert (code, one["passed"], one["failure"]["act"]) == (1, False, 2)
    code, text = say("draft", "test", number)
    assert code == 1 and "berbeda" in text and "Memprakarsai" in text


def test_a_new_sop_is_begun_and_discarded_and_an_old_one_retired(run, say) -> None:
    start(run)
    code, made = run("draft", "create", "--name", "Mengurus izin", "--role", "sekretaris")
    assert (code, made["key"]) == (0, "mengurus-izin")
    number = str(made["id"])
    assert run("draft", "submit", number, "--note", "Baru")[1]["error"]["code"] == "sop_has_errors"
    assert "Mengurus izin" in say("sop", "list")[1]
    assert "dibuang" in say("draft", "discard", number)[1]
    assert run("sop", "retire", KEY, "--reason", "Diganti")[1]["retired"]["reason"] == "Diganti"
    refused = run("start", KEY, "--unit", "BAPPEDA", "--as", "kasubbag")[1]["error"]
    assert refused["code"] == "sop_retired" and "Diganti" in refused["message"]
    assert "berlaku lagi" in say("sop", "revive", KEY)[1]
    assert "sudah dievaluasi" in say("sop", "review", KEY, "--note", "Masih sesuai")[1]
