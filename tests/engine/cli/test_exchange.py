"""Verbs around messages and keys, as the shell calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from engine.cli import alur


@pytest.fixture
def run(database_url: str, tmp_path: Path) -> Callable[..., Any]:
    environment = {"ALUR_DATABASE_URL": database_url, "ALUR_DATA": str(tmp_path / "data")}

    def run(*words: str, code: int = 0) -> Any:
        result = CliRunner().invoke(alur, [*words, "--json"], env=environment)
        assert result.exit_code == code, result.output
        return json.loads(result.output)

    return run


def test_a_key_is_made_listed_and_revoked(run) -> None:
    made = run("key", "add", "arsip", "--topic", "arsip", "--topic", "cetak")
    assert made["key"].startswith("alur_") and len(made["key"]) > 40
    (listed,) = run("key", "list")["keys"]
    assert (listed["name"], listed["topics"]) == ("arsip", ["arsip", "cetak"])
    assert "key" not in listed and listed["revoked_at"] is None
    assert run("key", "revoke", "arsip")["revoked_at"]
    assert run("key", "add", "arsip", code=1)["error"]["code"] == "key_exists"
    assert run("key", "revoke", "lain", code=1)["error"]["code"] == "key_not_found"


def test_a_message_is_sent_once_for_its_id(run) -> None:
    words = ("send", "message", "surat", "--key", "a=b=c", "--key", "n=7", "--id", "k")
    assert run(*words)["outcome"] == "buffered"
    assert run(*words)["repeated"] is True
    (line,) = run("messages")["messages"]
    assert line["keys"] == {"a": "b=c", "n": "7"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("send", "message", "surat", "--key", "tanpa"), "usage"),
        (("send", "message", "surat", "--key", "a=1", "--key", "a=2"), "usage"),
        (("send", "message", "surat", "--key", "=1"), "invalid_payload"),
        (("send", "message", "surat", "--key", "case=dua"), "invalid_payload"),
        (("send", "message", "surat", "--payload", "["), "invalid_json"),
        (("send", "message", " "), "usage"),
        (("send", "signal", "bel", "--unit", "X"), "unit_not_found"),
        (("jobs", "--case", "9"), "case_not_found"),
    ],
)
def test_mistakes_are_named(run, words, code) -> None:
    assert run(*words, code=2 if code == "usage" else 1)["error"]["code"] == code
