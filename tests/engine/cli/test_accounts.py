"""The verbs of accounts, on an installation that nobody is registered in yet."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from engine.cli import alur


@pytest.fixture
def run(database_url: str, tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ALUR_DATABASE_URL", database_url.replace("+psycopg", ""))
    monkeypatch.setenv("ALUR_DATA", str(tmp_path))

    def run(*words: str) -> dict[str, object]:
        done = CliRunner().invoke(alur, [*words, "--json"])
        answer: dict[str, object] = json.loads(done.output)
        return answer

    return run


def test_the_first_administrator_and_what_is_logged_of_it(run) -> None:
    asked = ("admin", "create", "Admin", "--name", "Admin Contoh", "--email", "a@contoh.example")
    made = run(*asked)
    assert made["login"] == "admin" and "/masuk/sandi/" in str(made["link"])
    assert run(*asked)["error"]["code"] == "login_taken"
    assert "/masuk/sandi/" in str(run("person", "invite", "admin", "--link")["link"])
    assert run("person", "invite", "admin")["email"] == "a@contoh.example"
    assert run("person", "invite", "siapa")["error"]["code"] == "person_not_found"
    assert run("session", "list") == {"sessions": []}
    assert run("session", "end", "admin")["ended"] == 0
    assert run("admin", "reset-factor", "admin")["error"]["code"] == "factor_off"
    entries = run("audit", "list", "--person", "admin")["entries"]
    assert [one["kind"] for one in entries] == [
        "sessions_ended", "invited", "invited", "administrator_created"
    ]  # fmt: skip
