"""Hostile texts in every place of a process: refused at deploy or stuck as an incident."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SECONDS, BYTES = 1.0, 50_000_000


SHARES = 2  # run side by side where there are two processors


@pytest.fixture(scope="module", params=range(SHARES))
def found(request: pytest.FixtureRequest) -> dict[str, Any]:
    share = [str(request.param), str(SHARES)]
    command = [sys.executable, str(HERE / "slots.py"), str(HERE / "payloads.json"), *share]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_nothing_gets_out_is_slow_or_large(found: dict[str, Any]) -> None:
    """Each within a second, all of them within fifty megabytes."""
    escaped = [row for row in found["rows"] if row[2].startswith("escaped")]
    assert escaped == []
    assert len(found["rows"]) > 100 * 15
    assert [row for row in found["rows"] if row[3] > SECONDS] == []
    assert found["grown"] < BYTES
