"""The first load of the inbox in a real Chromium: bytes as transferred, and the time on a slow
phone over a slow network."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from engine.account_values import PASSWORD, Caller
from engine.app import App
from engine.entering import begin_session
from engine.store import people
from engine.store.transaction import transaction
from web import auth, create_app

SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
SLOWER = 4  # times, the processor
PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Loaded:
    kilobytes: float
    requests: int
    seconds: float


class KeepAlive(WSGIRequestHandler):
    """As gunicorn does; without it every request would begin with a handshake of its own."""

    protocol_version = "HTTP/1.1"


@contextmanager
def served(flask: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, flask, threaded=True, request_handler=KeepAlive)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


def load_slowly(app: App, login: str) -> Loaded | None:
    """None where there is no Chromium."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        return None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            return load(browser, app, login)
        finally:
            browser.close()


def load(browser: Browser, app: App, login: str) -> Loaded:
    """The page of somebody who is logged in and whose browser has nothing of ours yet."""
    flask = create_app(app)
    with served(flask) as url:
        context = browser.new_context(viewport=PHONE, locale="id-ID")
        context.add_cookies([{"name": "alur", "value": _cookie(flask, app, login), "url": url}])
        page = context.new_page()
        try:
            return _load(page, f"{url}/tugas")
        finally:
            context.close()


def _load(page: Page, url: str) -> Loaded:
    link = page.context.new_cdp_session(page)
    link.send("Network.enable")
    link.send("Network.emulateNetworkConditions", SLOW_3G)
    link.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: list[float] = []

    def note(told: dict[str, Any]) -> None:
        sizes.append(told["encodedDataLength"])

    link.on("Network.loadingFinished", note)
    page.goto(url, wait_until="load", timeout=60_000)
    spent = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventStart")
    return Loaded(sum(sizes) / 1000, len(sizes), spent / 1000)


def _cookie(flask: Flask, app: App, login: str) -> str:
    with transaction(app.sessions) as tx:
        person = people.find_person(tx, login=login)
        assert person is not None
        key = begin_session(tx, person, PASSWORD, Caller("127.0.0.1", ""), datetime.now(UTC))
    signer = flask.session_interface.get_signing_serializer(flask)  # type: ignore[attr-defined]
    return str(signer.dumps({"_permanent": True, auth.KEY: key}))
