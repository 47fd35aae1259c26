"""Bad input at the command line: one object or one sentence, exit 1 or 2, nothing stored."""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from engine.cli import alur
from engine.cli.call import Face

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


@pytest.fixture
def demo() -> None:
    """The agency and the shipped SOP are there: see TEMPLATES of tests/conftest.py."""


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
        (["item", str(2**63), "--as", "kasubbag"], "usage"),
        (["case", "0"], "usage"),
        (["case", "9" * 5000], "usage"),
        (["item", str(2**63 - 1), "--as", "kasubbag"], "item_not_found"),
        (["inbox", "--as", "\udcff"], "usage"),
        (["inbox", "--as", "a\x00"], "usage"),
        (["start", "menyusun-rencana-kerja", "--unit", "\udcff", "--as", "kasubbag"], "usage"),
        (["start", "\udcff", "--unit", "BAPPEDA", "--as", "kasubbag"], "usage"),
        (["start", "menyusun-rencana-kerja", "--unit", "BAPPEDA", "--as", "kasubbag",
          "--data", '{"a": "\\u0000"}'], "invalid_payload"),
        (["complete", "1", "--as", "kasubbag", "--data", "9" * 5000], "invalid_json"),
        (["complete", "1", "--as", "kasubbag", "--data", "[" * 100_000], "invalid_json"),
        (["complete", "1", "--as", "kasubbag", "--data", '{"a": NaN}'], "invalid_json"),
        (["complete", "1", "--as", "kasubbag", "--data", ""], "invalid_json"),
        (["complete", "1", "--as", "kasubbag", "--data", '{"\\ud800": 1}'], "item_not_found"),
        (["complete", "1", "--as", "kasubbag", "--data", "@/dev/zero"], "file_not_readable"),
        (["lint", "/"], "file_not_readable"),
        (["lint", "\udcff.bpmn"], "file_not_readable"),
        (["tick", "--data", ""], "usage"),
        (["tick", "--now", "0001-01-01T00:00"], "outside_calendar"),
        (["tick", "--now", "9999-12-31T23:59-11:00"], "outside_calendar"),
        (["tick", "--now", "\udcff"], "invalid_moment"),
        (["workdays", "add", "0001-01-01T00:00+07:00", "30 menit"], "outside_calendar"),
        (["workdays", "sub", "9999-12-31T23:59-11:00", "1 hari kerja"], "outside_calendar"),
        (["workdays", "between", "2026-01-05", "0001-01-01"], "outside_calendar"),
        (["workdays", "add", "2026-01-05", "1 hari", "--zone", "Mars/Utopia"], "unknown_zone"),
        (["cases", "--data", "~tidak-ada/x"], "invalid_setting"),
        (["trace", "7"], "case_not_found"),
        (["incidents", "7"], "case_not_found"),
        (["suspend", "7"], "reason_missing"),
        (["cancel", "7", "--reason", "x" * 501], "reason_missing"),
        (["skip", "7", "konsultasi", "--reason", "uji"], "case_not_found"),
        (["move", "7", "konsultasi", "telaah", "--preview"], "case_not_found"),
        (["correct", "7", "--payload", "{", "--reason", "uji"], "invalid_json"),
        (["correct", "7", "--reason", "uji"], "usage"),
        (["migrate", "tidak-ada", "--to", "1"], "definition_not_found"),
        (["migrate", "menyusun-rencana-kerja", "--to", "9"], "version_not_found"),
        (["migrate", "menyusun-rencana-kerja", "--to", "1", "--map", "a"], "usage"),
        (["migrate", "menyusun-rencana-kerja", "--to", "1", "--case", "7"], "case_not_found"),
        (["migrate"], "usage"),
    ],
)  # fmt: skip
def test_each_error_is_one_object(demo, run, arguments: list[str], code: str) -> None:
    exit_code, answer = run(*arguments)
    wanted = 2 if code == "usage" else 1
    assert (exit_code, answer["error"]["code"]) == (wanted, code)


USAGE = {
    "alur kasus": "Perintah “kasus” tidak dikenal.",
    "alur send pesan": "Perintah “pesan” tidak dikenal.",
    "alur cases --stat running": "Pilihan --stat tidak dikenal. Mungkin maksud Anda: --state",
    "alur cases --state jalan": "Pilihan --state: “jalan” tidak dikenal; pilih running, incident, ",
    "alur cases --state": "Pilihan --state memerlukan nilai.",
    "alur cases --json=1": "Pilihan --json tidak membawa nilai.",
    "alur inbox": "Pilihan --as wajib disebut.",
    "alur inbox --as a --tab milik": "Pilihan --tab: “milik” tidak dikenal; pilih todo, mine, ",
    "alur inbox --as a --due-to besok": "Pilihan --due-to: “besok” bukan tanggal",
    "alur case": "Argumen ID wajib disebut.",
    "alur case satu": "Argumen ID: “satu” bukan nomor; tulis bilangan bulat mulai dari 1.",
    "alur case 1 2": "Terlalu banyak argumen: 2.",
    "alur attach 1 tiada.txt --as a": "Argumen FILE: berkas “tiada.txt” tidak ada",
    "alur key add ''": "Argumen NAME: tidak boleh kosong.",
    "alur key add a --topic ''": "Pilihan --topic: tidak boleh kosong.",
    "alur send message ''": "Argumen NAME: tidak boleh kosong.",
    "alur send signal ' a'": "Argumen NAME: tulis 1 sampai 200 huruf biasa",
}


@pytest.mark.parametrize("line", USAGE)
def test_a_call_that_cannot_be_understood_is_said_in_indonesian(line: str) -> None:
    words = shlex.split(line)[1:]
    result = CliRunner().invoke(alur, words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(USAGE[line])
    assert "Lihat: alur" in result.stderr
    as_object = CliRunner().invoke(alur, ["--json", *words])
    assert as_object.exit_code == 2
    error = json.loads(as_object.stdout)["error"]
    assert error["code"] == "usage" and error["message"].startswith(USAGE[line])


def test_help_is_indonesian() -> None:
    for words in (["--help"], ["send", "--help"], ["cancel", "--help"]):
        result = CliRunner().invoke(alur, words, prog_name="alur")
        assert result.exit_code == 0
        for text in ("Pemakaian: alur", "Pilihan:", "Tampilkan bantuan ini."):
            assert text in result.output
        for text in ("Usage", "Options", "Commands", "COMMAND", "Show this"):
            assert text not in result.output


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
    assert "alur schema upgrade" in result.output


def test_a_form_that_is_not_utf8_is_refused_by_name(run, tmp_path: Path) -> None:
    shutil.copytree(SOP.parent, tmp_path / "sop")
    form = tmp_path / "sop" / "konsultasi.form"
    form.write_bytes(form.read_text("utf-8").replace("Catatan", "Résumé").encode("latin-1"))
    for verb in ("lint", "deploy"):
        code, answer = run(verb, str(tmp_path / "sop" / SOP.name))
        assert (code, answer["error"]["code"]) == (1, "file_not_readable")
        assert "konsultasi.form" in answer["error"]["message"]
    assert run("definitions") == (0, {"definitions": []})


def test_of_several_files_none_is_stored_when_one_is_refused(run, tmp_path: Path) -> None:
    broken, nameless = tmp_path / "rusak.bpmn", tmp_path / "tanpa.bpmn"
    broken.write_bytes(b"<a>")
    nameless.write_bytes(SOP.read_bytes().replace(b'waktu="60 menit"', b'waktu="segera"'))
    for path, wanted in ((broken, "malformed_xml"), (nameless, "findings_block")):
        code, answer = run("deploy", str(SOP), str(path))
        assert (code, answer["error"]["code"]) == (1, wanted)
        assert answer["error"]["message"].startswith(str(path))
    assert run("definitions") == (0, {"definitions": []})


def test_a_form_with_a_name_that_no_file_can_have_is_a_finding(run, tmp_path: Path) -> None:
    path = tmp_path / "panjang.bpmn"
    path.write_bytes(SOP.read_bytes().replace(b'"konsultasi.form"', b'"' + b"x" * 5000 + b'"'))
    code, answer = run("lint", str(path))
    assert code == 1
    assert any(finding["rule"] == "form_readable" for finding in answer["findings"])


def test_all_findings_that_block_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "banyak.bpmn"
    path.write_bytes(SOP.read_bytes().replace(b'waktu="60 menit"', b'waktu="segera"'))
    result = CliRunner().invoke(alur, ["deploy", str(path)])
    assert result.exit_code == 1
    head, *rows = result.stderr.splitlines()
    assert head.startswith(str(path)) and head.endswith("kesalahan:")
    linted = CliRunner().invoke(alur, ["lint", str(path), "--json"])
    found = [f for f in json.loads(linted.stdout)["findings"] if f["severity"] == "error"]
    assert len(found) > 1 and len(rows) == 1 + len(found)
    assert all(one["message"] in result.stderr for one in found)


@pytest.mark.parametrize("verb", ["lint", "deploy"])
def test_what_lies_beside_an_sop_is_not_named(run, tmp_path: Path, verb: str) -> None:
    path = tmp_path / "nilai.dmn"
    path.write_text("<definitions/>", "utf-8")
    code, answer = run(verb, str(path))
    assert (code, answer["error"]["code"]) == (1, "file_beside")


@pytest.mark.parametrize("name", ["berkas", "berkas/dalam"])
def test_a_data_folder_that_is_a_file_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "berkas").write_text("bukan folder", "utf-8")
    result = CliRunner().invoke(alur, ["--data", str(tmp_path / name), "cases", "--json"])
    code = json.loads(result.output)["error"]["code"]
    assert (result.exit_code, code) in ((2, "usage"), (1, "folder_not_ours"))


@pytest.mark.parametrize("as_json", [True, False])
def test_a_mistake_of_ours_is_logged_and_answered(
    caplog: pytest.LogCaptureFixture, as_json: bool
) -> None:
    @click.group(cls=Face)
    def face() -> None: ...

    @face.command("jatuh")
    @click.option("--json", is_flag=True)
    def jatuh(json: bool) -> None:
        raise ZeroDivisionError("nol")

    result = CliRunner().invoke(face, ["jatuh", *(["--json"] if as_json else [])])
    assert result.exit_code == 1
    assert "Traceback" in caplog.text and "ZeroDivisionError" in caplog.text
    if as_json:
        error = json.loads(result.stdout)["error"]
        assert (error["code"], error["fields"]["reason"]) == (
            "internal_error",
            "ZeroDivisionError: nol",
        )
    else:
        assert (result.stdout, "ZeroDivisionError" in result.stderr) == ("", True)


def test_bytes_from_the_shell_that_are_no_text_are_answered_in_utf8(tmp_path: Path) -> None:
    """The true way in: the argument as bytes, the answer over a real pipe."""
    for verb in (["inbox", "--as"], ["lint"]):
        program = [sys.executable, "-c", "from engine.cli import main; main()"]
        argv = [*program, "--data", str(tmp_path), *verb, b"\xff", "--json"]
        done = subprocess.run(argv, cwd=ROOT, capture_output=True, check=False)
        assert done.returncode == (2 if "inbox" in verb else 1)
        assert json.loads(done.stdout)["error"]["message"]
        assert done.stderr == b""


def test_an_unknown_setting_is_said(tmp_path: Path) -> None:
    result = CliRunner().invoke(alur, ["cases"], env={"ALUR_DATABSE_URL": "x"})
    assert result.exit_code == 1
    assert "ALUR_DATABSE_URL" in result.output
