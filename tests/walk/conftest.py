"""A whole installation: `alur up --demo` as its own process, on a data folder of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from engine.servers.children import free_port

ALUR = Path(sys.executable).with_name("alur")


@dataclass
class Installation:
    """`alur up`, and the command line beside it."""

    environment: dict[str, str]
    url: str
    process: subprocess.Popen[str]

    def alur(self, *arguments: str) -> dict[str, Any]:
        """Another `alur` call on the same data folder."""
        line = [ALUR, *arguments, "--json"]
        done = subprocess.run(
            line, env=self.environment, capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    def workers(self) -> list[psutil.Process]:
        """The processes of the Celery worker."""
        below = psutil.Process(self.process.pid).children(recursive=True)
        return [p for p in below if p.is_running() and "worker" in command_of(p)]

    def wait_for(self, step: str) -> dict[str, Any]:
        """Read what `up` reports until that step."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            told = json.loads(line)
            if told["step"] == step:
                return told
        raise AssertionError(f"`alur up` ended before {step!r}")

    def stop(self) -> int:
        """Ctrl-C; gives back the exit code."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.stdout is not None
        self.process.stdout.read()  # it may not block on a full pipe
        return self.process.wait(60)


def command_of(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


@pytest.fixture
def start_installation(tmp_path: Path, smtp_sink) -> Iterator[Callable[[], Installation]]:
    """Start `alur up --demo`; a second call in one test runs on the same data."""
    port = free_port()
    own = {k: v for k, v in os.environ.items() if not k.startswith("ALUR_")}
    environment = {
        **own,
        "ALUR_DATA": str(tmp_path / "data"),
        "ALUR_BIND": f"127.0.0.1:{port}",
        "ALUR_SMTP_URL": smtp_sink.url,
        "ALUR_TICK_SECONDS": "1",
    }
    running: list[Installation] = []

    def start() -> Installation:
        process = subprocess.Popen(
            [ALUR, "up", "--demo", "--json"], env=environment, stdout=subprocess.PIPE, text=True
        )
        installation = Installation(environment, f"http://127.0.0.1:{port}", process)
        running.append(installation)
        installation.wait_for("ready")
        return installation

    yield start
    for installation in running:
        if installation.process.poll() is None:
            installation.stop()
        if installation.process.stdout is not None:
            installation.process.stdout.close()
