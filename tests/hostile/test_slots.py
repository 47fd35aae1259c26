"""Hostile texts in every kind of place of a process: refused at deploy or stuck as an incident."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SECONDS, BYTES = 1.0, 50_000_000
KINDS = 6  # of places, each read in a way of its own


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(HERE / "slots.py"), str(HERE / "payloads.json")],
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
    rows = found["rows"]
    assert [row for row in rows if row[2].startswith("escaped")] == []
    assert set(Counter(row[0] for row in rows).values()) == {KINDS}
    tried = Counter(row[1] for row in rows)
    assert set(tried) == set(found["slots"]) and min(tried.values()) > 80
    assert [row for row in rows if row[3] > SECONDS] == []
    assert found["grown"] < BYTES
