"""Every page that a link leads to, in a real browser: on a phone, on a wide screen, light and dark,
judged by axe; and no page of the house that no link leads to."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.routing import Rule

from engine import playing
from engine.usecases import absences, comments, definitions, documents, sop_drafts
from tests import files
from tests.web.conftest import KEY, SHIPPED, Site, Visitor
from tests.web.looking import COLOURS, WCAG, violations
from workflows.rights import OPERATOR
from workflows.trials import Start

WIDTHS = (360, 768, 1280, 3840)
LINK = re.compile(r'(?:href|src|hx-get|data-stream|data-diagram)="(/[^"#]*)')
# What answers something else than a page, and pages that only a mail or a provider leads to.
ELSEWHERE = re.compile(r"^(api|static|health|feeds)\b")
OF_A_KIND = 3  # addresses of one endpoint that are looked at for further links


def page_rules(flask: Flask) -> dict[str, Rule]:
    """Endpoint -> rule of everything that answers GET."""
    return {
        rule.endpoint: rule
        for rule in flask.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not ELSEWHERE.match(rule.endpoint)
    }


CRAWLED: dict[str, dict[str, tuple[str, bool]]] = {}  # every `busy` has the same rows


def crawled(busy: Site, login: str) -> dict[str, tuple[str, bool]]:
    if login not in CRAWLED:
        CRAWLED[login] = crawl(busy, busy.visitor(login))
    return CRAWLED[login]


def crawl(site: Site, visitor: Visitor, start: str = "/") -> dict[str, tuple[str, bool]]:
    """Endpoint -> the first address of it that links lead to, and whether that is a page."""
    adapter = site.flask.url_map.bind("localhost")
    waiting, seen, found = [start], {start}, dict[str, tuple[str, bool]]()
    asked: Counter[str] = Counter()
    while waiting:
        path = waiting.pop(0)
        endpoint = adapter.match(path.partition("?")[0], method="GET")[0]
        asked[endpoint] += 1
        if ELSEWHERE.match(endpoint) or asked[endpoint] > OF_A_KIND:
            continue
        answer = visitor.get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code)
        is_page = answer.data.lstrip().startswith(b"<!doctype html>")
        answer.close()
        found.setdefault(endpoint, (path, is_page))
        if not is_page:
            continue
        for link in map(unescape, LINK.findall(answer.text)):
            if link not in seen and not link.startswith("/static/"):
                seen.add(link)
                waiting.append(link)
    return found


@pytest.fixture
def busy(site: Site) -> Site:
    """An agency in the middle of its work: a case at its decision with a document and a comment,
    another one begun, somebody about to go on leave; a draft of its SOP that is being tried."""
    app, item = site.app, site.reach_decision()
    kepala, sekretaris = site.actor("kepala"), site.actor("sekretaris")
    stream = BytesIO(files.pdf())
    documents.attach_document(app, kepala, item.id, "renja.pdf", stream, site.now)
    body = "Mohon ditelaah @kepala."
    comments.add_comment(app, sekretaris, body, site.now, case_id=item.case_id)
    days = (date(2026, 12, 7), date(2026, 12, 11))
    absences.plan_absence(app, kepala, "kepala", "sekretaris", *days, "Cuti tahunan", site.now)
    site.start()
    shipped = definitions.read_definition(app, KEY).xml.replace('"Sekretaris"', '"Sekban"', 1)
    forms = {path.name: path.read_text("utf-8") for path in SHIPPED.glob("*.form")}
    definitions.deploy_definition(app, OPERATOR, shipped.encode(), forms, site.now)
    owner = site.actor("pengelola")
    draft = sop_drafts.create_draft_from_version(app, owner, KEY, None, site.now).line.id
    playing.begin_trial(app, owner, draft, Start("BAPPEDA", site.now), site.now)
    return site


def faults(page: Page) -> list[tuple[object, ...]]:
    """What is wrong with the page that is open: as axe says, and what hangs over its side."""
    found: list[tuple[object, ...]] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        reach = page.evaluate("document.documentElement.scrollWidth")
        if reach > width:
            found.append(("too wide", width, reach))
        if width in (360, 1280):
            scheme, rules = ("light", WCAG) if width == 360 else ("dark", COLOURS)
            page.emulate_media(color_scheme=scheme)
            found += [(width, *one) for one in violations(page, rules)]
    page.emulate_media(color_scheme="light")
    return found


# Pages that look otherwise to whoever works on the case, beside those that only they are led to.
OTHERWISE = {"work_items.inbox", "work_items.show", "cases.show"}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("login", "part"), [("pengelola", 0), ("pengelola", 1), ("pengelola", 2), ("kepala", 0)]
)
def test_every_page_is_sound(busy: Site, enter, url: str, login: str, part: int) -> None:
    pages = crawled(busy, login)
    if login != "pengelola":  # who sees most of them
        seen = crawled(busy, "pengelola")
        pages = {one: where for one, where in pages.items() if one in OTHERWISE or one not in seen}
    page = enter(login, bypass_csp=True)
    wrong = {}
    parts = 3 if login == "pengelola" else 1
    for endpoint, (path, is_page) in sorted(pages.items())[part::parts]:
        if not is_page:
            continue
        page.goto(url + path)
        if found := faults(page):
            wrong[endpoint, path] = found
    assert wrong == {}


# Only scripts, mails, a provider, or whoever is not logged in come here.
UNLINKED = {
    "calendars.home",  # leads on to what the reader may see of the settings
    "comments.mentionable",
    "live.stream",
    "studio_data.read",
    "login.ask",
    "login.choose",
    "login.code",
    "login.forgotten",
    "login_oidc.begin",
    "login_oidc.come_back",
}


def test_links_lead_to_every_page(busy: Site) -> None:
    reached = {
        endpoint
        for login in ("pengelola", "kepala", "kasubbag")
        for endpoint in crawled(busy, login)
    }
    assert {*page_rules(busy.flask)} - reached - UNLINKED == set()
