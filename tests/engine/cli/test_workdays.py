"""`alur workdays` counts on the shipped calendar, or on that of a unit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from engine.cli import alur


@pytest.fixture
def run(database_url: str, tmp_path: Path):
    environment = {"ALUR_DATABASE_URL": database_url, "ALUR_DATA": str(tmp_path)}

    def run(*arguments: str) -> dict[str, Any]:
        result = CliRunner().invoke(alur, [*arguments, "--json"], env=environment)
        return json.loads(result.output)

    return run


def test_the_hours_of_ramadan_are_named(run) -> None:
    answer = run("workdays", "add", "2026-02-18T15:30", "60 menit")
    assert answer["result"] == "2026-02-19T08:30:00+07:00"
    assert [row["name"] for row in answer["explain"]] == ["", "Ramadan 1447 H"]


def test_the_calendar_of_a_unit_counts(run) -> None:
    run("demo")
    start, waktu = "2026-06-05T16:00", "60 menit"
    shipped = run("workdays", "add", start, waktu)
    assert run("workdays", "add", start, waktu, "--unit", "BAPPEDA") == shipped
    there = run("workdays", "add", start, waktu, "--unit", "BAPPEDA", "--zone", "Asia/Makassar")
    assert there["result"].endswith("+08:00")
    assert (
        run("workdays", "add", start, waktu, "--unit", "lain")["error"]["code"] == "unit_not_found"
    )
