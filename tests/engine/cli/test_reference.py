"""docs/reference/cli.md: every example is run, and its output is what the page shows.

`WRITE_DOCS=1` writes the page anew instead of comparing.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from engine.cli import alur

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "reference" / "cli.md"
EXAMPLE = re.compile(r"```console\n\$ (alur [^\n]*)\n(.*?)```", re.DOTALL)


@pytest.fixture
def run(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs a command line as the shell would and gives back what it printed."""
    shutil.copytree(ROOT / "bpmn", tmp_path / "bpmn")
    (tmp_path / "nota-dinas.txt").write_text("Nota dinas contoh.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    environment = {"ALUR_DATABASE_URL": database_url, "ALUR_DATA": str(tmp_path / "data")}

    def run(line: str) -> str:
        result = CliRunner().invoke(alur, shlex.split(line)[1:], env=environment)
        assert isinstance(result.exception, SystemExit | None), result.exception
        return result.output

    return run


def shown(line: str, output: str) -> str:
    """JSON is shown indented, everything else as it is."""
    if "--json" not in line:
        return output
    return json.dumps(json.loads(output), indent=2, ensure_ascii=False) + "\n"


def test_every_example_prints_what_the_page_shows(run) -> None:
    page = PAGE.read_text("utf-8")

    def fill(match: re.Match[str]) -> str:
        line = match[1]
        return f"```console\n$ {line}\n{shown(line, run(line))}```"

    written = EXAMPLE.sub(fill, page)
    if os.environ.get("WRITE_DOCS"):
        PAGE.write_text(written, "utf-8")
    assert written == PAGE.read_text("utf-8")


def test_every_verb_stands_on_the_page() -> None:
    page = PAGE.read_text("utf-8")
    for name, command in alur.commands.items():
        inner = command.commands if isinstance(command, click.Group) else {"": command}
        for verb in inner:
            assert f"alur {name} {verb}".strip() in page


def test_json_is_understood_before_and_after_the_verb(run) -> None:
    for line in ("alur --json version", "alur version --json"):
        assert json.loads(run(line))["spiffworkflow"]
