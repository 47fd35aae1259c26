"""What a fresh machine relies on: the lock files, and the Makefile's choice of Python."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
LOCKS = sorted(PROJECT.glob("requirements*.lock"))
PACKAGE_LOCK = PROJECT / "web" / "frontend" / "package-lock.json"


def locked(path: Path) -> dict[str, str]:
    """Package name -> pinned version of a hashed lock file."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", path.read_text(), re.MULTILINE))


def wanted(requirements: list[str]) -> set[str]:
    names = (re.split(r"[\[<>=~!; ]", requirement)[0] for requirement in requirements)
    return {re.sub(r"[._-]+", "-", name).lower() for name in names}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_python_locks_name_hashes_but_no_host_and_no_path(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"://|^\s*-|@ |file:|^/", text.replace("    --hash=", ""), re.MULTILINE)
    entries = [line for line in text.splitlines() if not line.startswith(" ")]
    assert entries and all(line.endswith(" \\") for line in entries)


def test_the_frontend_lock_names_no_registry() -> None:
    lock = json.loads(PACKAGE_LOCK.read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert "resolved" not in entry and entry["integrity"].startswith("sha512-"), name


def test_the_locks_agree_with_each_other_and_with_pyproject() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    main, build, dev = (
        locked(PROJECT / name)
        for name in ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")
    )
    assert wanted(project["project"]["dependencies"]) <= main.keys()
    assert wanted(groups["build"]) <= build.keys()
    assert wanted(groups["dev"]) <= dev.keys()
    for one, other in ((main, build), (main, dev), (build, dev)):
        assert {name: one[name] for name in one.keys() & other.keys()} == {
            name: other[name] for name in one.keys() & other.keys()
        }


def test_a_python_that_exists_but_fails_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for name, script in {
        "python3.13": "exit 127",  # what a version manager leaves behind
        "python3.12": f"exec {sys.executable} -c 'raise SystemExit(1)'",  # too old
        "python3.11": f'exec {sys.executable} "$@"',
    }.items():
        program = tmp_path / "bin" / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
    chosen = subprocess.run(
        ["make", "-s", "-f", str(PROJECT / "Makefile"), "python"],
        cwd=tmp_path,
        env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin"},  # nothing of a make that runs this test
        capture_output=True,
        text=True,
        check=True,
    )
    assert chosen.stdout == "python3.11\n"


def test_help_names_every_target_for_people() -> None:
    text = subprocess.run(
        ["make", "-s", "help"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    for target in ("run", "test", "install", "lint", "lock", "clean", "help"):
        assert f"make {target} " in text
