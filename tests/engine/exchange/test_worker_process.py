"""Celery's own processes do it all: a message that a case throws, and the job behind it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]


@pytest.fixture
def worker(
    database_url: str, broker_url: str, tmp_path: Path, services
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with the scheduler inside, ticking every second."""
    own = {name: text for name, text in os.environ.items() if not name.startswith("ALUR_")}
    environment = {
        **own,
        "ALUR_DATABASE_URL": database_url,
        "ALUR_BROKER_URL": broker_url,
        "ALUR_DATA": str(tmp_path / "data"),
        "ALUR_TICK_SECONDS": "1",
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "site"), str(PROJECT)]),
    }
    argv = [sys.executable, "-m", "celery", "--app=tasks", "worker", "--beat", "--concurrency=2"]
    argv += ["--without-gossip", "--without-mingle", f"--schedule={tmp_path}/beat"]
    with open(tmp_path / "worker.log", "wb") as log:
        process = subprocess.Popen(argv, env=environment, cwd=PROJECT, stdout=log, stderr=log)
    yield process
    process.terminate()
    process.wait(30)


@pytest.mark.walk
def test_a_message_and_a_job_need_nobody(house, sketch, worker, tmp_path) -> None:
    house.now = datetime.now(UTC)  # the worker's clock is the machine's
    house.deploy(
        sketch.draw(
            "menghitung",
            sketch.event("start", "mulai", sketch.about("message", "hitung")),
            sketch.service("jumlahkan", "fungsi", "tambah", sketch.isi(a="a", b="b")),
            sketch.event("end", "selesai"),
            flows="mulai>jumlahkan jumlahkan>selesai",
            shared=sketch.message("hitung"),
        )
    )
    house.deploy(
        sketch.draw(
            "meminta",
            sketch.event("start", "mulai"),
            sketch.event(
                "end", "kirim", sketch.about("message", "hitung", isi=sketch.isi(a="40", b="2"))
            ),
            flows="mulai>kirim",
            shared=sketch.message("hitung"),
        )
    )
    first = house.start("meminta")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert worker.poll() is None, (tmp_path / "worker.log").read_text()
        found = house.cases()
        if [line.state for line in found if line.id != first] == ["completed"]:
            break
        time.sleep(0.2)
    assert house.case(found[0].id).data["jumlah"] == 42, (tmp_path / "worker.log").read_text()
