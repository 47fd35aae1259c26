"""A database of the first release keeps its definitions, and learns what they are known by."""

from __future__ import annotations

from hashlib import sha256

import psycopg
from alembic import command
from alembic.config import Config

from engine.spiff import definition_digest
from engine.store.migrate import MIGRATIONS, is_current, upgrade

XML = b"<definitions>\xc3\xa9</definitions>"


def test_definitions_of_the_first_release_get_their_digest(empty_database_url: str) -> None:
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
    assert row == (sha256(XML).hexdigest(), [])
    assert row[0] == definition_digest(XML, {"a.form": "{}"})
