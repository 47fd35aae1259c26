"""Bring a database to today's schema; alembic does the work, under one advisory lock."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from engine.errors import UnavailableError

MIGRATIONS = Path(__file__).parent / "migrations"


def _config(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config


def upgrade(database_url: str) -> None:
    """Apply every migration that is missing. Raises UnavailableError: database_unavailable."""
    try:
        command.upgrade(_config(database_url), "head")
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise UnavailableError("database_unavailable", reason=reason) from error


def is_current(database_url: str) -> bool:
    """Whether the schema is the one this release was written for.

    Raises UnavailableError: database_unavailable.
    """
    head = ScriptDirectory.from_config(_config(database_url)).get_current_head()
    database = create_engine(database_url)
    try:
        with database.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise UnavailableError("database_unavailable", reason=reason) from error
    finally:
        database.dispose()
