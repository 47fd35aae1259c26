"""One open editor on a draft of the shipped SOP; no error may go unseen in the browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.web.conftest import Site
from tests.web.studio.editor import Editor, begin, enter


@pytest.fixture
def context(browser: Browser, url: str) -> Iterator[BrowserContext]:
    """Closed before the server is: an open page asks on, and its request would hold a connection
    of a database that is gone."""
    opened = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def editor(context: BrowserContext, url: str, site: Site) -> Iterator[Editor]:
    page = enter(context, url)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Editor(page, site, begin(site)).open()
    assert errors == []
