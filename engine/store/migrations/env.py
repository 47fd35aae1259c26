"""Run by alembic: one connection, short lock waits, one migrating process at a time."""

from alembic import context
from sqlalchemy import create_engine, text

from engine.store.tables import Table

LOCK = 0x616C7572  # "alur": any constant that no other program takes


def run() -> None:
    """Online only: an SQL script of the schema is not a supported way to install."""
    url = context.config.get_main_option("sqlalchemy.url")
    assert url is not None
    database = create_engine(url)
    with database.connect() as connection, connection.begin():
        connection.execute(text("SET LOCAL lock_timeout = '30s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        context.configure(connection=connection, target_metadata=Table.metadata)
        context.run_migrations()
    database.dispose()


run()
