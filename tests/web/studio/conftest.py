"""One open editor on a draft of the shipped SOP; no error may go unseen in the browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.web.conftest import Site, let_in
from tests.web.studio.editor import OWNER, Editor, begin


@pytest.fixture
def context(browser: Browser, url: str, site: Site) -> Iterator[BrowserContext]:
    """The owner's. Closed before the server is: an open page asks on, and its request would hold
    a connection of a database that is gone."""
    opened = browser.new_context(
        base_url=url, locale="id-ID", viewport={"width": 1280, "height": 900}
    )
    yield let_in(opened, site, url, OWNER)
    opened.close()


@pytest.fixture
def editor(context: BrowserContext, site: Site) -> Iterator[Editor]:
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield Editor(page, site, begin(site)).open()
    assert errors == []
