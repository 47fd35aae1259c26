"""The pages on a real App: the demonstration agency, the shipped SOP, a clock that tests turn."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from engine.account_values import PASSWORD, Caller
from engine.app import App
from engine.entering import begin_session
from engine.inbox_values import InboxLine, InboxQuery
from engine.settings import Settings
from engine.store import people as people_store
from engine.store.transaction import transaction
from engine.usecases import cases, demo, inbox, people, work_items
from web import auth, create_app
from web.opening import Clock, Opening
from workflows.rights import Actor

KEY = "menyusun-rencana-kerja"
SHIPPED = Path(__file__).parents[2] / "bpmn" / KEY
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 09.00 WIB
USUAL: list[tuple[Flask, dict[str, object]]] = []  # and how it was configured
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Visitor:
    """A browser of one person, without JavaScript."""

    client: FlaskClient

    def get(self, path: str, **options: object) -> TestResponse:
        return self.client.get(path, **options)

    def post(
        self, path: str, data: Mapping[str, object] | None = None, **options: object
    ) -> TestResponse:
        """Send a form as a page would: with the token of the page that it stands on."""
        found = TOKEN.search(self.client.get("/masuk").text)
        assert found
        form = {"csrf_token": found[1], **(data or {})}
        answer = self.client.post(path, data=form, **options)
        answer.request.environ["wsgi.input"].close()  # a temporary file when the form is large
        return answer

    def log_in(self, login: str, password: str = demo.DEMO_PASSWORD) -> TestResponse:
        return self.post("/masuk", {"login": login, "sandi": password})


def flask_of(app: App, clock: Clock) -> Flask:
    """Where only the data folder differs, one Flask serves all tests of this process, so that its
    routes and templates are compiled once; each test has it as it was made."""
    usual = Settings(data=app.settings.data, secret_key=app.settings.secret_key)
    if app.settings != usual:
        return create_app(app, clock)
    if not USUAL:
        flask = create_app(app, clock)
        USUAL.append((flask, dict(flask.config)))
    flask, config = USUAL[0]
    flask.config.clear()
    flask.config.update(config)
    flask.extensions["alur"] = Opening(app.settings, app, clock)
    return flask


@dataclass
class Site:
    """The running agency, which its database has already. `now` is what every clock shows."""

    app: App
    now: datetime = MONDAY
    flask: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.flask = flask_of(self.app, lambda: self.now)

    def stranger(self) -> Visitor:
        return Visitor(self.flask.test_client())

    def visitor(self, login: str) -> Visitor:
        """Somebody who has logged in: their session as web.auth keeps it, without the password,
        whose check takes longer than most pages."""
        visitor = self.stranger()
        with transaction(self.app.sessions) as tx:
            person = people_store.find_person(tx, login=login)
            assert person is not None
            key = begin_session(tx, person, PASSWORD, Caller("127.0.0.1", "Werkzeug"), self.now)
        with visitor.client.session_transaction() as session:
            session.permanent = True
            session[auth.KEY] = key
        return visitor

    def actor(self, login: str) -> Actor:
        return people.load_actor(self.app, login, self.now)

    def start(self) -> int:
        """A new case of the shipped SOP; its first task is the kasubbag's."""
        return cases.start_case(
            self.app, self.actor("kasubbag"), KEY, "BAPPEDA", {}, self.now
        ).line.id

    def waiting(self, login: str) -> tuple[InboxLine, ...]:
        return inbox.list_items(self.app, self.actor(login), InboxQuery(), self.now).lines

    def first(self, login: str) -> InboxLine:
        """What stands on top of a person's inbox."""
        return self.waiting(login)[0]

    def do(self, login: str, answers: Mapping[str, object] | None = None) -> None:
        item = self.first(login)
        work_items.complete_work_item(self.app, self.actor(login), item.id, answers or {}, self.now)
        self.now += timedelta(minutes=5)

    def reach_decision(self) -> InboxLine:
        """Everything up to the decision, which is the kepala's."""
        self.start()
        for login in ("kasubbag", "kabid1", "kabid2", "kabid3", "sekretaris", "kasubbag"):
            self.do(login)
        self.do("sekretaris")
        return self.first("kepala")


@pytest.fixture
def site(app: App) -> Site:
    return Site(app)


@pytest.fixture
def url(site: Site) -> Iterator[str]:
    """Where a browser finds the site."""
    server = make_server("127.0.0.1", 0, site.flask, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def let_in(context: BrowserContext, site: Site, url: str, login: str) -> BrowserContext:
    """Whoever uses this browser has logged in, as `Site.visitor` does."""
    cookie = site.visitor(login).client.get_cookie("alur")
    assert cookie
    context.add_cookies([{"name": "alur", "value": cookie.value, "url": url}])
    return context


@pytest.fixture
def enter(browser: Browser, site: Site, url: str) -> Iterator[Callable[..., Page]]:
    """enter(login, path, **options): the page in a browser of its own, its reader logged in."""
    contexts: list[BrowserContext] = []

    def enter(login: str, path: str = "", **options: object) -> Page:
        contexts.append(browser.new_context(**{"locale": "id-ID", **options}))
        page = let_in(contexts[-1], site, url, login).new_page()
        if path:
            page.goto(url + path)
        return page

    yield enter
    for context in contexts:
        context.close()
