"""Bad input at the command line: one object or one sentence, exit 1, nothing stored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli import alur

ROOT = Path(__file__).parents[3]
SOP = ROOT / "bpmn" / "menyusun-rencana-kerja" / "menyusun-rencana-kerja.bpmn"


@pytest.fixture
def run(database_url: str, tmp_path: Path):
    """(exit code, the one object printed)."""
    environment = {"ALUR_DATABASE_URL": database_url, "ALUR_DATA": str(tmp_path)}

    def run(*arguments: str) -> tuple[int, dict]:
        result = CliRunner().invoke(alur, [*arguments, "--json"], env=environment)
        assert isinstance(result.exception, SystemExit | None), result.exception
        return result.exit_code, json.loads(result.output)

    return run


BAD_FILES = {
    "empty": b"",
    "not_xml": b"%PDF-1.7",
    "entities": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "external": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "other_namespace": b"<definitions/>",
    "no_process": b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
    "huge": b" " * (100 << 20),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_refused_and_nothing_is_stored(run, tmp_path: Path, name: str) -> None:
    path = tmp_path / "buruk.bpmn"
    path.write_bytes(BAD_FILES[name])
    for verb in ("lint", "deploy"):
        code, answer = run(verb, str(path))
        assert code == 1
        assert answer["error"]["code"]
        assert answer["error"]["message"] != answer["error"]["code"]
        assert "passwd" not in json.dumps(answer)
    assert run("definitions") == (0, {"definitions": []})


def test_an_unknown_role_names_the_lane(run, tmp_path: Path) -> None:
    path = tmp_path / "peran.bpmn"
    path.write_bytes(SOP.read_bytes().replace(b'pelaksana="kepala_badan"', b'pelaksana="raja"'))
    code, answer = run("deploy", str(path))
    assert (code, answer["error"]["fields"]["element"]) == (1, "jalur_kepala_badan")
    code, answer = run("lint", str(path))
    assert code == 1
    assert any(f["element"] == "jalur_kepala_badan" for f in answer["findings"])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["item", "7", "--as", "kasubbag"], "item_not_found"),
        (["case", "7"], "case_not_found"),
        (["inbox", "--as", "hantu"], "person_not_found"),
        (["start", "lain", "--unit", "BAPPEDA", "--as", "kasubbag"], "definition_not_found"),
        (["complete", "1", "--as", "kasubbag", "--data", "[1]"], "invalid_json"),
        (["complete", "1", "--as", "kasubbag", "--data", "@tidak-ada"], "file_not_readable"),
        (["tick", "--now", "kemarin"], "invalid_moment"),
        (["deploy", "tidak-ada.bpmn"], "file_not_readable"),
        (["workdays", "add", "2026-01-05", "30 menit"], "needs_clock_time"),
        (["workdays", "add", "2026-01-05", "secepatnya"], "invalid_duration"),
        (["inbox"], "usage"),
    ],
)
def test_each_error_is_one_object(run, arguments: list[str], code: str) -> None:
    run("demo")
    exit_code, answer = run(*arguments)
    assert (exit_code, answer["error"]["code"]) == (1, code)


def test_a_database_that_is_not_there_is_said(tmp_path: Path) -> None:
    environment = {
        "ALUR_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "ALUR_DATA": str(tmp_path),
    }
    result = CliRunner().invoke(alur, ["cases", "--json"], env=environment)
    answer = json.loads(result.output)
    assert (result.exit_code, answer["error"]["code"]) == (1, "database_unavailable")


def test_a_database_without_a_schema_is_said(empty_database_url: str, tmp_path: Path) -> None:
    environment = {"ALUR_DATABASE_URL": empty_database_url, "ALUR_DATA": str(tmp_path)}
    result = CliRunner().invoke(alur, ["cases"], env=environment)
    assert result.exit_code == 1
    assert "alur migrate" in result.output


def test_an_unknown_setting_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(alur, ["cases"], env={"ALUR_DATABSE_URL": "x"})
    assert result.exit_code == 1
    assert "ALUR_DATABSE_URL" in result.output
