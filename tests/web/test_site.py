"""What holds for every page: headers, weight, health, one sentence for every error."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text as sql

from engine.app import App, open_app
from engine.errors import UnavailableError
from engine.servers import Servers
from engine.settings import Settings
from tests.web.conftest import KEY, Site
from web import assets, auth, create_app

ROOT = Path(__file__).parents[2]
INBOX_BUDGET = 60 * 1024


def test_every_page_is_hardened(site: Site) -> None:
    answer = site.visitor("kasubbag").get("/tugas")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_diagrams_may_set_styles(site: Site) -> None:
    policy = site.visitor("kasubbag").get(f"/sop/{KEY}").headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize("path", ["/tugas", "/kasus/1", "/kasus/baru", "/pemberitahuan", "/sop"])
def test_pages_hold_no_inline_style_and_no_inline_script(site: Site, path: str) -> None:
    site.start()
    page = site.visitor("kasubbag").get(path).text
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son[a-z]+=", page)


def test_the_inbox_is_light(site: Site) -> None:
    for _ in range(20):
        site.start()
    answer = site.visitor("kasubbag").get("/tugas", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    page = gzip.decompress(answer.data).decode()
    files = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    weight = len(answer.data)
    for url in files:
        path = assets.STATIC / url.removeprefix("/static/")
        packed = path.with_name(f"{path.name}.br")
        weight += (packed if packed.exists() else path).stat().st_size
    assert len(files) == 3  # the script, the styles, the icon
    assert weight < INBOX_BUDGET


def test_built_files_are_kept_for_ever_and_sent_compressed(site: Site) -> None:
    entry = assets.read_manifest(assets.STATIC / "dist" / "manifest.json")["app"]
    answer = site.stranger().get(entry.script, headers={"Accept-Encoding": "br"})
    assert answer.headers["Content-Encoding"] == "br"
    assert "immutable" in answer.headers["Cache-Control"]
    answer.close()
    answer = site.stranger().get("/static/alur.svg")
    assert "immutable" not in answer.headers["Cache-Control"]
    answer.close()


def test_pages_go_on_while_the_front_end_is_built_anew(tmp_path: Path) -> None:
    old, kept, new = (
        tmp_path / f"dist/assets/{name}-12345678.js" for name in ("old", "kept", "new")
    )
    old.parent.mkdir(parents=True)
    for file in (old, kept):
        file.write_text(file.stem)
    manifest = tmp_path / "dist/manifest.json"
    manifest.write_text('{"a": {"name": "app", "isEntry": true, "file": "assets/old-12345678.js"}}')
    flask = Flask(__name__, static_folder=None)
    flask.wsgi_app = assets.StaticFiles(flask.wsgi_app, tmp_path)  # type: ignore[method-assign]
    client, build = flask.test_client(), assets.Build(manifest)

    def status(file: Path) -> int:
        with client.get(f"/static/dist/assets/{file.name}") as answer:
            return answer.status_code

    assert status(old) == 200 and build["app"].script.endswith(old.name)
    old.unlink()
    manifest.unlink()
    assert build["app"].script.endswith(old.name)  # half-way
    assert [status(file) for file in (old, old, kept)] == [404, 404, 200]
    new.write_text("new")
    manifest.write_text('{"a": {"name": "app", "isEntry": true, "file": "assets/new-12345678.js"}}')
    assert status(new) == 200 and build["app"].script.endswith(new.name)


def test_without_the_built_front_end_the_start_fails_plainly(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="assets_missing"):
        assets.read_manifest(tmp_path / "manifest.json")


def test_health(site: Site) -> None:
    assert site.stranger().get("/healthz").json == {"status": "ok"}
    assert site.stranger().get("/readyz").json == {"status": "ok"}


@pytest.fixture
def lost(settings: Settings) -> App:
    """An App whose database does not answer."""
    return open_app(settings, Servers("postgresql+psycopg://nobody@127.0.0.1:9/none"))


def test_a_missing_database_is_one_clear_page(lost: App) -> None:
    client = create_app(lost).test_client()
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json == {"status": "unavailable", "code": "database_unavailable"}
    with client.session_transaction() as session:
        session[auth.KEY] = "of somebody who had logged in before"
    page = client.get("/tugas")
    assert page.status_code == 503
    assert "Basis data tidak menjawab" in page.text


def test_an_unexpected_error_shows_nothing_of_itself(site: Site) -> None:
    visitor = site.visitor("kasubbag")
    with site.app.database.begin() as link:
        link.execute(sql("ALTER TABLE notice RENAME COLUMN subject TO gone"))
    answer = visitor.get("/pemberitahuan")
    with site.app.database.begin() as link:  # the next test has the same tables
        link.execute(sql("ALTER TABLE notice RENAME COLUMN gone TO subject"))
    assert answer.status_code in (500, 503)
    assert "subject" not in answer.text and "Traceback" not in answer.text
