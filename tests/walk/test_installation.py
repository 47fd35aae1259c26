"""`alur up` as an operator meets it: a worker that is killed, Ctrl-C, a second start."""

from __future__ import annotations

import json
import shutil
import time
from collections import Counter
from pathlib import Path

import psutil

KEY = "menyusun-rencana-kerja"
SHIPPED = Path(__file__).parents[2] / "bpmn" / KEY
LONG_AGO = "2026-11-02T08:00"  # what starts then is overdue by the worker's own clock
# The worker's clock is the machine's, which need not show an hour at which agencies work.
AT_ANY_HOUR = json.dumps(
    {
        "rungs": [
            {"key": kind, "kind": kind, "at": {"share": "1"}, "whom": [whom], "any_hour": True}
            for kind, whom in (("overdue", "performer"), ("escalation", "superior"))
        ]
    }
)


def test_a_killed_worker_loses_nothing_and_mails_nothing_twice(
    start_installation, smtp_sink, tmp_path
) -> None:
    site = start_installation()
    deploy_long_ago(site, tmp_path / "lama")
    site.alur("ladder", "set", "--data", AT_ANY_HOUR)
    for _ in range(3):
        site.alur("start", KEY, "--unit", "BAPPEDA", "--as", "kasubbag", "--now", LONG_AGO)
    smtp_sink.wait_for(1)
    for process in site.workers():
        process.kill()
    site.alur("start", KEY, "--unit", "BAPPEDA", "--as", "kasubbag", "--now", LONG_AGO)
    site.wait_for("restarted")
    deadline = time.monotonic() + 60
    while [bool(mail["sent_at"]) for mail in told(site)] != [True] * 8:
        assert time.monotonic() < deadline, told(site)
        time.sleep(0.5)  # another process' progress cannot be handed in as an argument
    wait_for_ticks(site, 3)
    sent = Counter((m.recipients[0], m.message["Message-ID"]) for m in smtp_sink.messages)
    assert set(sent.values()) == {1}
    mails = told(site)
    assert {f"<{mail['message_id']}>" for mail in mails} == {name for _, name in sent}
    assert Counter(mail["kind"] for mail in mails) == {"overdue": 4, "escalation": 4}
    assert len(site.alur("inbox", "--as", "kasubbag")["items"]) == 4
    assert site.alur("doctor")["ok"]


def deploy_long_ago(site, folder: Path) -> None:
    """The shipped SOP, with one word changed, in force since then: cases cannot begin before."""
    shutil.copytree(SHIPPED, folder)
    file = folder / f"{KEY}.bpmn"
    file.write_text(file.read_text("utf-8").replace("Ejaan yang", "Ejaan lama yang", 1), "utf-8")
    site.alur("deploy", str(file), "--now", LONG_AGO)


def told(site) -> list[dict[str, object]]:
    """Every notice that leaves the house by mail; several may share a message."""
    return site.alur("mail")["mails"]


def wait_for_ticks(site, count: int) -> None:
    """Let the scheduler go round: each period it hands out one of each tick."""
    log = f"{site.environment['ALUR_DATA']}/logs/beat.log"

    def rounds() -> int:
        with open(log, encoding="utf-8") as file:
            return file.read().count("Sending due task send_notices")

    wanted = rounds() + count
    deadline = time.monotonic() + 60
    while rounds() < wanted:
        assert time.monotonic() < deadline, "the scheduler stands still"
        time.sleep(0.1)  # another process' progress cannot be handed in as an argument


def test_ctrl_c_leaves_no_process_and_the_next_start_has_the_data(start_installation) -> None:
    site = start_installation()
    site.alur("start", KEY, "--unit", "BAPPEDA", "--as", "kasubbag")
    family = psutil.Process(site.process.pid).children(recursive=True)
    assert len(family) >= 8  # PostgreSQL and Valkey, web, worker and scheduler with their own
    assert site.stop() == 0
    _, alive = psutil.wait_procs(family, timeout=30)
    assert alive == []
    again = start_installation()
    assert [case["id"] for case in again.alur("cases")["cases"]] == [1]
    assert again.stop() == 0
