"""Texts written to break out of the expression language, or to exhaust its host: each is refused
when it is compiled or ends as an ExpressionError, within a second and 50 MB."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MEMORY = 50_000_000
SECONDS = 1.0  # of the processor: what others do on the machine does not count
# What some texts harmlessly mean in a notation that their authors did not have in mind.
BENIGN = {
    ("comment", "script"): {"x": 1},
    ("juel_nested", "juel"): "${a.b.c.d}.x",
    ("juel_nested", "plain"): "${a.b.c.d}.x",
    ("script_call_only", "feel"): 1,
    ("script_call_only", "juel"): 1,
    ("script_call_only", "plain"): 1,
    ("script_constant", "feel"): False,
    ("script_expression", "feel"): 2,
    ("script_expression", "juel"): 2,
    ("script_expression", "plain"): 2,
    ("script_literal_target", "feel"): False,
}


class Row(NamedTuple):
    name: str
    way: str
    kind: str
    detail: object
    seconds: float


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    command = [sys.executable, str(HERE / "expressions.py"), str(HERE / "payloads.json")]
    done = subprocess.run(
        [*command, str(MEMORY)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [Row(*row) for row in json.loads(done.stdout)]


def test_the_corpus_is_large_and_each_text_its_own() -> None:
    payloads = json.loads((HERE / "payloads.json").read_text("utf-8"))
    assert len(payloads) == len({payload["text"] for payload in payloads}) > 400
    assert len({payload["name"] for payload in payloads}) == len(payloads)
    assert {payload["kind"] for payload in payloads} == {"expression", "script", "both"}


def test_nothing_but_an_expression_error_gets_out(rows: list[Row]) -> None:
    assert [row for row in rows if row.kind == "escaped"] == []


def test_only_harmless_texts_have_a_value(rows: list[Row]) -> None:
    assert {(row.name, row.way): row.detail for row in rows if row.kind == "value"} == BENIGN


def test_each_ends_within_a_second(rows: list[Row]) -> None:
    slowest = max(rows, key=lambda row: row.seconds)
    assert slowest.seconds < SECONDS, slowest
