"""Log-in by a real OpenID Connect provider: a certified program that runs beside the test."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from engine.errors import NotAllowedError, UnavailableError
from engine.oidc import Request
from engine.servers.children import free_port
from engine.settings import Settings
from engine.store.tables import LoginIdentity
from engine.store.transaction import transaction
from engine.usecases import account_log, account_oidc
from tests.web.conftest import Site
from workflows.rights import OPERATOR

FOLDER = Path(__file__).parents[1] / "oidc"


@pytest.fixture
def provider(settings: Settings, port: int) -> Iterator[str]:
    """The address of the running provider, which sends people back to Alur at `port`."""
    node = Path(__file__).parents[2] / ".venv" / "bin" / "node"
    program = str(node) if node.exists() else shutil.which("node")
    if program is None or not (FOLDER / "node_modules").exists():
        if os.environ.get("CI") == "true":
            pytest.fail("no provider: make dev")
        pytest.skip("no provider: make dev")
    own, back = free_port(), f"http://127.0.0.1:{port}/masuk/oidc/kembali"
    child = subprocess.Popen(
        [program, "provider.mjs", str(own), back],
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,  # the wheel's `node` starts the real one as a child of its own
    )
    assert child.stdout and child.stdout.readline().startswith("siap")
    yield f"http://127.0.0.1:{own}"
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def linked(site: Site, provider: str, port: int) -> Iterator[Site]:
    """Alur as its settings know the provider, served where it sends people back to."""
    settings = replace(
        site.app.settings,
        public_url=f"http://127.0.0.1:{port}",
        oidc_issuer=provider,
        oidc_client_id="alur",
        oidc_client_secret="rahasia-uji",
        oidc_name="akun Pemda Contoh",
    )
    served = Site(replace(site.app, settings=settings))
    server = make_server("127.0.0.1", port, served.flask, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


def enter(page: Page, site: Site, name: str) -> None:
    """Through the provider's own pages, as a person does."""
    page.goto(f"{site.app.url}/masuk?next=/kasus")
    page.get_by_role("link", name="Masuk dengan akun Pemda Contoh").click()
    sign_in(page, name)


def sign_in(page: Page, name: str) -> None:
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill("apa saja")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()


@pytest.mark.browser
def test_whoever_the_provider_lets_in_is_at_their_tasks(browser: Browser, linked: Site) -> None:
    page = browser.new_context(locale="id-ID").new_page()
    enter(page, linked, "kasubbag")
    expect(page).to_have_url(f"{linked.app.url}/kasus")
    page.get_by_text("Melati Contoh").first.click()
    expect(page.get_by_role("button", name="Keluar")).to_be_visible()
    with transaction(linked.app.sessions) as tx:
        (link,) = tx.query(LoginIdentity).all()
        assert (link.subject, link.issuer) == ("kasubbag", linked.app.settings.oidc_issuer)
    page.get_by_role("button", name="Keluar").click()
    page.goto(f"{linked.app.url}/kasus")
    expect(page).to_have_url(f"{linked.app.url}/masuk?next=/kasus")
    lines, _ = account_log.list_log(linked.app, OPERATOR, "kasubbag", None, linked.now)
    assert [line.kind for line in lines] == ["logout", "login", "identity_linked"]
    assert lines[1].data["method"] == "oidc"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("orang-luar", "Belum ada akun Alur dengan surel orang-luar@contoh.example"),
        ("tanpa-kepala", "tidak menyatakan alamat surel Anda terverifikasi"),
    ],
)
def test_whom_alur_does_not_know_is_told_so(
    browser: Browser, linked: Site, name: str, sentence: str
) -> None:
    page = browser.new_context(locale="id-ID").new_page()
    enter(page, linked, name)
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(page.get_by_label("Nama pengguna")).to_be_visible()


@pytest.mark.browser
def test_an_answer_to_something_else_opens_nothing(browser: Browser, linked: Site) -> None:
    """State, nonce and PKCE verifier each bind the answer to what was asked."""
    for wrong in ("state", "nonce", "verifier"):
        begun = account_oidc.begin_oidc(linked.app)
        assert "code_challenge_method=S256" in begun.url
        page = browser.new_context().new_page()
        page.goto(begun.url)
        sign_in(page, "kasubbag")
        page.wait_for_url("**/masuk/oidc/kembali?**")  # the cookie of this log-in is elsewhere
        answer = page.url
        tampered = Request(**{**asdict(begun), wrong: "x" * 48})
        with pytest.raises(NotAllowedError) as error:
            account_oidc.finish_oidc(linked.app, tampered, answer, linked.now)
        assert error.value.code == "oidc_invalid", wrong
    sent = parse_qs(urlsplit(answer).query)
    assert sent["iss"] == [linked.app.settings.oidc_issuer]


def test_a_provider_that_is_away_leaves_the_password(site: Site) -> None:
    settings = replace(
        site.app.settings,
        oidc_issuer=f"http://127.0.0.1:{free_port()}",
        oidc_client_id="alur",
    )
    served = Site(replace(site.app, settings=settings))
    with pytest.raises(UnavailableError):
        account_oidc.begin_oidc(served.app)
    answer = served.stranger().get("/masuk/oidc")
    assert answer.status_code == 503 and "Penyedia identitas tidak menjawab" in answer.text
    assert "Nama pengguna" in answer.text
    stray = served.stranger().get("/masuk/oidc/kembali?code=x&state=y")
    assert stray.status_code == 403 and "tidak cocok" in stray.text
    assert site.stranger().get("/masuk/oidc").status_code == 404
