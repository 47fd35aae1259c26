"""What tests stand on: a real PostgreSQL, a real broker, a real SMTP server, a real browser.

One database server a test process, one database in it for each set of first rows.
`ALUR_TEST_DATABASE_URL` names another server (its user must be allowed to create databases).
"""

from __future__ import annotations

import itertools
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from engine.app import App, open_app, open_database
from engine.servers import Servers, postgres, valkey
from engine.servers.children import free_port
from engine.settings import Settings
from engine.store.tables import Table
from engine.usecases.definitions import deploy_definition
from engine.usecases.demo import load_demo
from workflows.rights import OPERATOR

# The settings of whoever runs the tests are not ours: each test says what it needs.
GIVEN = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("ALUR_")}
CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def database_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server, with a database that nobody writes to."""
    if named := GIVEN.get("ALUR_TEST_DATABASE_URL"):
        yield f"postgresql+psycopg://{named.partition('://')[2]}"
        return
    folder = tmp_path_factory.mktemp("postgres")
    server = postgres.start(folder / "pg", log=folder / "postgres.log", durable=False)
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def database_template(database_server: str) -> Iterator[str]:
    """The name of a database with the whole schema and no rows."""
    from engine.store.migrate import upgrade

    name = f"alur_template_{os.getpid()}"
    execute(database_server, f"CREATE DATABASE {name}")
    upgrade(url_of(database_server, name))
    yield name
    execute(database_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def people_template(database_server: str, database_template: str) -> Iterator[str]:
    """The name of a database with the demonstration agency."""
    with filled(database_server, database_template) as (name, app):
        load_demo(app, MONDAY)
        app.close()
        yield name


@pytest.fixture(scope="session")
def agency_template(database_server: str, people_template: str) -> Iterator[str]:
    """The name of a database with the demonstration agency and the shipped SOP."""
    with filled(database_server, people_template) as (name, app):
        forms = {path.name: path.read_text("utf-8") for path in SHIPPED.glob("*.form")}
        xml = (SHIPPED / f"{SHIPPED.name}.bpmn").read_bytes()
        deploy_definition(app, OPERATOR, xml, forms, MONDAY)
        app.close()
        yield name


@pytest.fixture(scope="session")
def databases(database_server: str) -> Iterator[dict[str, Resettable]]:
    """Template -> the database of this process that is like it at the start of every test."""
    made: dict[str, Resettable] = {}
    yield made
    for one in made.values():
        one.link.close()
        execute(database_server, f"DROP DATABASE {one.name} WITH (FORCE)")


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest,
    database_server: str,
    database_template: str,
    databases: dict[str, Resettable],
) -> Iterator[str]:
    """The URL of a database for this test: migrated, with what the test's people need, and brought
    back to that afterwards."""
    asked = [TEMPLATES[name] for name in request.fixturenames if name in TEMPLATES]
    template = request.getfixturevalue(asked[0]) if asked else database_template
    if template not in databases:
        databases[template] = copy_of(database_server, template)
    yield databases[template].url
    databases[template].reset()


@pytest.fixture
def empty_database_url(database_server: str) -> Iterator[str]:
    """The URL of a database without a schema, for tests of migrations."""
    name = f"alur_test_{os.getpid()}_{next(NUMBERS)}"
    execute(database_server, f"CREATE DATABASE {name}")
    yield url_of(database_server, name)
    execute(database_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def broker_url(tmp_path: Path) -> Iterator[str]:
    """The URL of an empty broker of this test's own."""
    broker = valkey.start(tmp_path / "valkey", log=tmp_path / "valkey.log")
    yield broker.url
    broker.stop()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a data folder of this test's own; they name no server."""
    return Settings(data=tmp_path / "data", secret_key="not-a-secret-in-tests")


@pytest.fixture
def app(settings: Settings, database_url: str) -> Iterator[App]:
    """What use cases are handed, on this test's database."""
    pooled = POOLED.setdefault(database_url, Pooled(open_database(database_url)))
    opened = open_app(settings, Servers(database_url), pooled.database)
    yield opened
    for channel in opened.channels.values():
        channel.close()
    opened.live.close()  # but not the connections


@pytest.fixture
def statements(app: App) -> Iterator[list[str]]:
    """All SQL that is sent while the test runs."""
    sent: list[str] = []

    def note(_link: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(app.database, "before_cursor_execute", note)
    yield sent
    event.remove(app.database, "before_cursor_execute", note)


@dataclass(frozen=True)
class Received:
    """One message as the SMTP server got it."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage


@dataclass
class SmtpSink:
    """A mail server that keeps everything; `refuse` answers a recipient with that line instead."""

    url: str
    refuse: dict[str, str] = field(default_factory=dict)
    _messages: list[Received] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def messages(self) -> list[Received]:
        """All messages so far, oldest first."""
        with self._changed:
            return list(self._messages)

    def wait_for(self, count: int, seconds: float = 20.0) -> list[Received]:
        """The messages once there are `count` of them; fails when they do not come."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: len(self._messages) >= count, seconds)
            assert arrived, f"{len(self._messages)} of {count} mails after {seconds} s"
            return list(self._messages)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = (envelope.original_content or b"").replace(b"\r\n", b"\n")
        message = message_from_bytes(content, EmailMessage, policy=policy.default)
        with self._changed:
            recipients = tuple(envelope.rcpt_tos)
            self._messages.append(Received(envelope.mail_from or "", recipients, message))
            self._changed.notify_all()
        return "250 OK"


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    """A running SMTP server; `settings.smtp_url` takes its `url`."""
    port = free_port()
    sink = SmtpSink(f"smtp://127.0.0.1:{port}?tls=none")
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    yield sink
    controller.stop()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Chromium's program; without it the test is skipped, and fails where CI=true."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        reason = "no Chromium: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """The headless Chromium of this process."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_OPTIONS)
        yield launched
        launched.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """A test opens its own contexts in it. None is left open: its pages would ask on for ever."""
    yield chromium
    for context in chromium.contexts:
        context.close()


NUMBERS = itertools.count()
POOLED: dict[str, Pooled] = {}  # by URL
SHIPPED = Path(__file__).parents[1] / "bpmn" / "menyusun-rencana-kerja"
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 08:00 WIB, an ordinary working day
# Who of a test's fixtures finds which rows; these fixtures stand in the folders' own conftest.py.
TEMPLATES = {
    "house": "people_template",
    "agency": "agency_template",
    "demo": "agency_template",
    "site": "agency_template",
}


class Pooled:
    """A pool that the tests of this process share, so that neither statements nor connections are
    made anew for each."""

    def __init__(self, database: Engine) -> None:
        self.database, self.backends = database, set[int]()
        event.listen(database, "connect", lambda link, _: self.backends.add(pid_of(link)))
        event.listen(database, "close", lambda link, _: self.backends.discard(pid_of(link)))

    def idle(self) -> list[int]:
        """Process ids of the connections that wait for the next test. Where one is still in use,
        by a request that nobody waits for any more, none is kept."""
        left = self.database.pool
        if left.checkedout():
            self.database.dispose()
            self.backends.clear()
            event.listen(left, "checkin", lambda link, _: link and link.close())
        return sorted(self.backends)


def pid_of(link: DBAPIConnection) -> int:
    return int(link.info.backend_pid)


@dataclass(frozen=True)
class Resettable:
    """A database that can be brought back to its first rows: much faster than making another.

    `statements`: what does so, to the rows alone; a test that changes the tables changes them back.
    `link`: kept open, as half of the time goes into the plans for the foreign keys.
    """

    name: str
    url: str
    statements: str
    link: psycopg.Connection

    def reset(self) -> None:
        """Whoever is still connected, such as a process of the test that was killed, is cut off."""
        kept = POOLED[self.url].idle() if self.url in POOLED else []
        with self.link.transaction():
            self.link.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> ALL(%s::int[] || pg_backend_pid())",
                [kept],
            )
            self.link.execute(self.statements.encode())


def copy_of(server: str, template: str) -> Resettable:
    """A copy of the template that keeps its rows and the state of its sequences beside them."""
    name = f"alur_test_{os.getpid()}_{next(NUMBERS)}"
    execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    url, tables = url_of(server, name), [table.name for table in Table.metadata.sorted_tables]
    with psycopg.connect(plain(url)) as link:
        link.execute("CREATE SCHEMA first")
        filled_tables = []
        for table in tables:
            link.execute(f'CREATE TABLE first."{table}" AS TABLE "{table}"'.encode())
            if link.execute(f'SELECT 1 FROM "{table}" LIMIT 1'.encode()).fetchone():
                filled_tables.append(table)
        sequences = link.execute(
            "SELECT schemaname || '.' || sequencename, last_value FROM pg_sequences"
        ).fetchall()
    statements = [f'DELETE FROM "{table}"' for table in reversed(tables)]
    statements += [
        f'INSERT INTO "{table}" OVERRIDING SYSTEM VALUE TABLE first."{table}"'
        for table in filled_tables
    ]
    statements += [
        f"SELECT setval('{sequence}', {last or 1}, {last is not None})"
        for sequence, last in sequences
    ]
    return Resettable(name, url, "; ".join(statements), psycopg.connect(plain(url)))


def plain(url: str) -> str:
    """As psycopg reads it."""
    return f"postgresql://{url.partition('://')[2]}"


@contextmanager
def filled(server: str, template: str) -> Iterator[tuple[str, App]]:
    """A copy of a database to be filled, which others are copied from once its App is closed."""
    name = f"alur_template_{os.getpid()}_{next(NUMBERS)}"
    execute(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield name, open_app(Settings(), Servers(url_of(server, name)))
    execute(server, f"DROP DATABASE {name} WITH (FORCE)")


def execute(server: str, statement: str) -> None:
    """Run one statement outside a transaction, on the server's own database."""
    with psycopg.connect(plain(server), autocommit=True) as link:
        link.execute(statement.encode())


def url_of(server: str, name: str) -> str:
    """The URL of another database on the same server."""
    return urlsplit(server)._replace(path=f"/{name}").geturl()
