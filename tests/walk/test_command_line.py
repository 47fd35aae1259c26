"""The whole SOP with the verbs of `alur`, mails over real SMTP; and the command as installed, which
starts the servers of a data folder of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from engine.cli import alur

KEY = "menyusun-rencana-kerja"
ALUR = Path(sys.executable).with_name("alur")


class Operator:
    """Calls `alur --json` with a clock that it is told."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.now = "2026-11-23T08:00"

    def __call__(self, *arguments: str) -> dict[str, Any]:
        line = ["--now", self.now, *arguments, "--json"]
        result = CliRunner().invoke(alur, line, env=self.environment)
        assert result.exit_code == 0, result.output
        return json.loads(result.output)

    def item(self, login: str) -> dict[str, Any]:
        (item,) = self("inbox", "--as", login)["items"]
        return item

    def do(self, login: str, claim_at: str, done_at: str, **answers: object) -> dict[str, Any]:
        """Claim and complete the one item in the inbox."""
        self.now = claim_at
        item = self.item(login)
        self("claim", str(item["id"]), "--as", login)
        self.now = done_at
        return self("complete", str(item["id"]), "--as", login, "--data", json.dumps(answers))


@pytest.fixture
def operator(database_url: str, tmp_path: Path, smtp_sink) -> Operator:
    return Operator(
        {
            "ALUR_DATA": str(tmp_path / "data"),
            "ALUR_DATABASE_URL": database_url,
            "ALUR_SMTP_URL": smtp_sink.url,
        }
    )


def test_the_sop_runs_from_start_over_one_return_to_the_signature(operator, smtp_sink) -> None:
    users = {user["login"]: user for user in operator("demo")["users"]}
    assert "kepala_badan" in users["kepala"]["roles"]
    case = str(operator("start", KEY, "--unit", "BAPPEDA", "--as", "kasubbag")["case"])

    # Activity 1 lies until it is late: one reminder, one overdue notice, one escalation.
    for operator.now in ("2026-11-23T08:44", "2026-11-23T08:45", "2026-11-23T08:50"):
        operator("tick")
    for operator.now in ("2026-11-23T09:01", "2026-11-23T09:02", "2026-11-23T10:00"):
        operator("tick")
    operator.do("kasubbag", "2026-11-23T10:00", "2026-11-23T10:50", tahun_rencana=2027)
    for login in ("kabid1", "kabid2", "kabid3"):
        operator.do(login, "2026-11-24T09:00", "2026-11-24T10:00", ringkasan="Rencana bidang")
    operator.do("sekretaris", "2026-11-24T11:00", "2026-11-24T14:00")  # over the noon break
    operator.do("kasubbag", "2026-11-24T14:10", "2026-11-24T14:25")
    operator.do("sekretaris", "2026-11-24T14:26", "2026-11-24T14:31")
    returned = operator.do(
        "kepala", "2026-11-24T14:32", "2026-11-24T14:40", keputusan="kembalikan", arahan="Lengkapi."
    )
    assert [item["node"] for item in returned["opened"]] == ["penyempurnaan"]
    assert operator("item", str(returned["opened"][0]["id"]), "--as", "kasubbag")["round"] == 2
    operator.do("kasubbag", "2026-11-24T15:50", "2026-11-25T07:40")  # over night
    operator.do("sekretaris", "2026-11-25T07:41", "2026-11-25T07:45")
    signed = operator.do("kepala", "2026-11-25T07:46", "2026-11-25T07:50", keputusan="tanda_tangan")
    assert (signed["state"], signed["opened"]) == ("completed", [])
    operator("tick")

    assert operator("case", case)["data"]["keputusan"] == "tanda_tangan"
    check_steps(operator("steps", case)["steps"])
    check_mails(operator("mail")["mails"], smtp_sink.messages)
    assert operator("doctor")["ok"]


def check_steps(steps: list[dict[str, Any]]) -> None:
    """Standards of the sheet, and the true minutes on the two clocks."""
    sheet = [step for step in steps if step["standard_minutes"] is not None]
    figures = [
        (s["nomor"], s["round"], s["standard_minutes"], s["waiting_minutes"], s["working_minutes"])
        for s in sheet
    ]
    assert figures == [
        ("1", 1, 60, 120, 50),
        ("2", 1, 120, 60, 120),
        ("3", 1, 30, 10, 15),
        ("4", 1, 10, 1, 5),
        ("5", 1, 10, 1, 8),
        ("3", 2, 30, 70, 20),
        ("4", 2, 10, 1, 4),
        ("5", 2, 10, 1, 4),
    ]
    assert sum(s["standard_minutes"] for s in sheet if s["round"] == 1) == 230
    late = {(s["nomor"], s["round"]) for s in sheet if not s["on_time"]}
    assert late == {("1", 1), ("2", 1), ("3", 2)}
    drafts = [step for step in steps if step["standard_minutes"] is None]
    assert [(draft["node"], draft["on_time"]) for draft in drafts] == [
        ("penyusunan_bidang", None)
    ] * 3


def check_mails(mails: list[dict[str, Any]], received: list[Any]) -> None:
    """What the outbox says was sent is what the mail server got: each once."""
    told = Counter((mail["item"], mail["kind"], mail["to"]) for mail in mails if mail["sent_at"])
    assert told == {
        (1, "reminder", "kasubbag@contoh.example"): 1,
        (1, "overdue", "kasubbag@contoh.example"): 1,
        (1, "escalation", "sekretaris@contoh.example"): 1,
    }
    got = Counter((m.recipients[0], str(m.message["Subject"])) for m in received)
    assert got == Counter((mail["to"], mail["subject"]) for mail in mails)


def test_the_installed_command_starts_its_own_servers(tmp_path: Path) -> None:
    """For each call anew; what one call has written is there for the next."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ALUR_")}

    def installed(*arguments: str) -> tuple[int, dict[str, Any]]:
        line = [ALUR, "--data", tmp_path / "data", *arguments, "--json"]
        done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, json.loads(done.stdout)

    for _ in range(2):
        code, answer = installed("demo")
        assert (code, len(answer["users"])) == (0, 11)
    assert installed("start", KEY, "--unit", "BAPPEDA", "--as", "kasubbag")[0] == 0
    assert installed("item", "1", "--as", "kasubbag")[0] == 0
    code, answer = installed("item", "2", "--as", "kasubbag")
    assert (code, answer["error"]["code"]) == (1, "item_not_found")
