"""The verbs of administrators, as scripts use them: --json in, exit codes out."""

from __future__ import annotations

import json
import re
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


@pytest.fixture
def say(database_url: str, tmp_path: Path):
    """(exit code, what people read)."""
    environment = {"ALUR_DATABASE_URL": database_url, "ALUR_DATA": str(tmp_path / "data")}

    def say(*arguments: str) -> tuple[int, str]:
        line = [*arguments, "--now", "2026-11-23T08:00"]
        result = CliRunner().invoke(alur, line, env=environment)
        assert isinstance(result.exception, SystemExit | None), result.exception
        return result.exit_code, result.output

    return say


# A decision by a variable that is declared but that nobody sets stops the case.
UNSET = (
    ('keputusan == "tanda_tangan"', "jumlah_paraf &gt; 2"),
    ("<bpmn:laneSet ", '<bpmn:property id="jumlah_paraf" /><bpmn:laneSet '),
)


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
    deploy(run, tmp_path / "salah", *UNSET)
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
    assert run("demo")[0] == 0  # what ships with Alur comes again, but not over a later version
    assert [one["version"] for one in run("sop", "versions", KEY)[1]["versions"]] == [2, 1]
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


FORUM = re.compile(
    r'<bpmn:intermediateThrowEvent id="kesepakatan_forum".*?</bpmn:intermediateThrowEvent>',
    re.DOTALL,
)
FLOWS = "<bpmn:incoming>ke_forum</bpmn:incoming><bpmn:outgoing>ke_penyempurnaan</bpmn:outgoing>"
WAITING = {
    "job": (
        '<bpmn:serviceTask id="kesepakatan_forum" name="Arsip"><bpmn:extensionElements>'
        '<sop:layanan jenis="luar" nama="arsip"/></bpmn:extensionElements>{}</bpmn:serviceTask>',
        "Menunggu pekerjaan: arsip",
    ),
    "message": (
        '<bpmn:receiveTask id="kesepakatan_forum" name="Balasan" messageRef="pesan">{}'
        "</bpmn:receiveTask>",
        "Menunggu pesan “Balasan dinas”",
    ),
    "timer": (
        '<bpmn:intermediateCatchEvent id="kesepakatan_forum" name="Jeda">{}'
        "<bpmn:timerEventDefinition><bpmn:timeDuration>P2D</bpmn:timeDuration>"
        "</bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>",
        "Menunggu pewaktu sampai 2026-11-25 08:00",
    ),
}


@pytest.mark.parametrize("kind", WAITING)
def test_what_a_case_waits_for_is_shown(run, say, tmp_path: Path, kind: str) -> None:
    element, wanted = WAITING[kind]
    text = (SOP / f"{KEY}.bpmn").read_text("utf-8")
    (old,) = FORUM.findall(text)
    message = '<bpmn:message id="pesan" name="Balasan dinas"/><bpmn:process '
    deploy(run, tmp_path / "baru", (old, element.format(FLOWS)), ("<bpmn:process ", message))
    start(run)
    code, answer = run("move", "1", "konsultasi", "kesepakatan_forum", "--reason", "Uji.")
    assert code == 0, answer
    assert say("case", "1") == (0, f"Kasus 1 (berjalan): {wanted}\n")
    assert wanted in say("cases")[1]
    one, (listed,) = run("case", "1")[1], run("cases")[1]["cases"]
    assert one["tokens"] == listed["tokens"] == ["kesepakatan_forum"]


def test_a_retry_that_stays_stuck_says_so(run, say, tmp_path: Path) -> None:
    deploy(run, tmp_path / "salah", *UNSET)
    start(run)
    assert run("move", "1", "konsultasi", "keputusan_renja", "--reason", "Uji.")[0] == 0
    code, text = say("case", "1")
    assert code == 0 and text.startswith("Kasus 1 (terhenti): ") and "Terhenti di “" in text
    code, text = say("retry", "1")
    assert code == 1 and "masih terhenti" in text and "Terhenti di “" in text
    code, answer = run("retry", "1")
    assert (code, answer["state"], answer["tokens"]) == (1, "incident", ["keputusan_renja"])
    assert "terhenti karena kesalahan: kasus 1; lihat alur incidents" in say("doctor")[1]


def test_a_node_that_is_nowhere_is_named(run, say) -> None:
    start(run)
    for verb in (
        ("skip", "1", "zzz"),
        ("move", "1", "zzz", "telaah"),
        ("move", "1", "konsultasi", "zzz"),
    ):
        code, answer = run(*verb, "--reason", "Uji.")
        assert (code, answer["error"]["code"]) == (1, "node_not_found")
    code, text = say("skip", "1", "telaah", "--reason", "Uji.")
    assert (code, text) == (1, "Langkah “telaah” tidak sedang terbuka; lihat alur trace 1.\n")


def test_a_move_says_whether_it_happened(run, say) -> None:
    start(run)
    preview = say("move", "1", "konsultasi", "telaah", "--preview")[1]
    assert preview.startswith("Pratinjau, belum ada yang berubah: Kasus 1")
    assert run("case", "1")[1]["tokens"] == ["konsultasi"]
    done = say("move", "1", "konsultasi", "telaah", "--reason", "Uji.")[1]
    assert done.startswith("Dipindahkan. Kasus 1")


def test_a_version_that_is_not_there_is_named_with_the_newest(run, say) -> None:
    code, text = say("migrate", KEY, "--to", "9")
    assert (code, text) == (1, f"SOP “{KEY}” tidak punya versi 9; yang terbaru versi 1.\n")
    assert say("migrate", KEY, "--to", "1") == (0, "Tidak ada kasus yang perlu dipindahkan.\n")
