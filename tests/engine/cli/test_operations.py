"""The verbs of administrators, as scripts use them: --json in, exit codes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import alur

ROOT = Path(__file__).parents[3]
KEY = "menyusun-rencana-kerja"
SOP = ROOT / "bpmn" / KEY


@pytest.fixture
def run(database_url: str, tmp_path: Path):
    """(exit code, the one object printed)."""
    environment = {"ALUR_DATABASE_URL": database_url, "ALUR_DATA": str(tmp_path / "data")}

    def run(*arguments: str) -> tuple[int, dict]:
        line = [*arguments, "--json", "--now", "2026-11-23T08:00"]
        result = CliRunner().invoke(alur, line, env=environment)
        assert isinstance(result.exception, SystemExit | None), result.exception
        return result.exit_code, json.loads(result.output)

    assert run("demo")[0] == 0
    return run


def deploy(run, folder: Path, *changes: tuple[str, str]) -> None:
    """The shipped SOP with other texts, as its next version."""
    folder.mkdir()
    for form in SOP.glob("*.form"):
        (folder / form.name).write_bytes(form.read_bytes())
    text = (SOP / f"{KEY}.bpmn").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / f"{KEY}.bpmn").write_text(text, "utf-8")
    code, answer = run("deploy", str(folder / f"{KEY}.bpmn"))
    assert code == 0, answer


def start(run) -> None:
    assert run("start", KEY, "--unit", "BAPPEDA", "--as", "kasubbag")[0] == 0


def test_a_stopped_case_is_found_traced_and_sent_on(run, tmp_path: Path) -> None:
    deploy(run, tmp_path / "salah", ('keputusan == "tanda_tangan"', "jumlah_paraf &gt; 2"))
    start(run)
    code, answer = run("move", "1", "konsultasi", "keputusan_renja", "--reason", "Uji.")
    assert (code, answer["state"]) == (0, "incident")
    code, answer = run("incidents")
    (incident,) = answer["incidents"]
    assert (incident["case"], incident["node"]) == (1, "keputusan_renja")
    assert incident["message"].endswith(".") and incident["resolution"] is None
    code, answer = run("trace", "1")
    assert [row["state"] for row in answer["trace"]] == ["completed", "withdrawn", "active"]
    assert answer["trace"][2]["token"] == incident["token"]
    code, answer = run("retry", "1", "--token", incident["token"], "--data", '{"jumlah_paraf": 3}')
    assert (code, answer) == (0, {"case": 1, "state": "completed", "tokens": []})
    code, answer = run("incidents", "1")
    assert [one["resolution"] for one in answer["incidents"]] == ["retried"]


def test_a_migration_that_is_blocked_ends_with_one(run, tmp_path: Path) -> None:
    start(run)
    deploy(
        run,
        tmp_path / "baru",
        ('id="konsultasi"', 'id="prakarsa"'),
        (">konsultasi<", ">prakarsa<"),
        ('Ref="konsultasi"', 'Ref="prakarsa"'),
        ('bpmnElement="konsultasi"', 'bpmnElement="prakarsa"'),
        ('name="Memprakarsai penyusunan Renja"', 'name="Memulai Renja"'),
    )
    code, answer = run("migrate", KEY, "--to", "2", "--dry-run")
    (line,) = answer["cases"]
    assert (code, line["outcome"]) == (1, "blocked")
    assert line["blocked"] == [
        {
            "node": "konsultasi",
            "name": "Memprakarsai penyusunan Renja",
            "reason": "no_target",
        }
    ]
    mapped = ("--map", "konsultasi=prakarsa", "--case", "1")
    code, answer = run("migrate", KEY, "--to", "2", "--dry-run", *mapped)
    assert (code, answer["cases"][0]["outcome"]) == (0, "movable")
    code, answer = run("migrate", KEY, "--to", "2", *mapped)
    (line,) = answer["cases"]
    assert (code, line["outcome"]) == (0, "moved")
    assert line["moved"] == [{"from": "konsultasi", "to": "prakarsa"}]
    assert run("case", "1")[1]["version"] == 2
