"""A database of the first release keeps its definitions, and learns what they are known by, and
what their steps are called."""

from __future__ import annotations

from hashlib import sha256

import psycopg
from alembic import command
from alembic.config import Config

from engine.spiff import definition_digest
from engine.store.migrate import MIGRATIONS, is_current, upgrade

XML = b"<definitions>\xc3\xa9<userTask name='Menyusun \n rencana'/></definitions>"


def test_a_database_of_the_first_release_gets_what_is_asked_now(
    empty_database_url: str,
) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", empty_database_url)
    command.upgrade(config, "0001")
    with psycopg.connect(empty_database_url.replace("+psycopg", "")) as link:
        link.execute(
            "INSERT INTO definition (key, version, hash, name, xml, forms, findings, deployed_at)"
            " VALUES ('a', 1, 'h', 'A', %s, '{\"a.form\": \"{}\"}', '[]', now())",
            [XML],
        )
    upgrade(empty_database_url)
    assert is_current(empty_database_url)
    with psycopg.connect(empty_database_url.replace("+psycopg", "")) as link:
        row = link.execute("SELECT digest, starts FROM definition").fetchone()
        titles = link.execute("SELECT title FROM step_title").fetchall()
    assert titles == [("Menyusun rencana",)]
    assert row == (sha256(XML).hexdigest(), [])
    assert row[0] == definition_digest(XML, {"a.form": "{}"})
