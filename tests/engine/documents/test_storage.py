"""A folder and an S3 server behave alike."""

from __future__ import annotations

import hashlib
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.documents.folder import Folder
from engine.documents.s3 import Bucket
from engine.documents.storage import Storage, open_storage
from engine.errors import NotFoundError, UnavailableError
from engine.servers.children import free_port
from engine.settings import Settings
from tests.engine.documents.conftest import settings_for

BIG = os.urandom(12 << 20)  # more than one part


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(params=["folder", "s3"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    if request.param == "folder":
        return open_storage(Settings(data=tmp_path))
    return open_storage(settings_for(request.getfixturevalue("s3_url")))


def test_content_comes_back_and_can_be_forgotten(storage: Storage) -> None:
    assert storage.check() == ""
    for content in (b"isi", BIG):
        name = sha256(content)
        assert not storage.exists(name)
        for _ in range(2):
            storage.keep(name, io.BytesIO(content))
        assert storage.exists(name)
        with storage.open(name) as file:
            assert file.read() == content
            file.seek(1)
            assert file.read(2) == content[1:3]
            assert file.fileno() >= 0  # another process reads from it
        later = datetime.now(UTC) + timedelta(minutes=1)
        assert name in list(storage.kept_before(later))
        assert name not in list(storage.kept_before(later - timedelta(days=1)))
        storage.forget(name)
        storage.forget(name)
        assert not storage.exists(name)
        with pytest.raises(NotFoundError, match="document_content_missing"):
            storage.open(name)


def test_the_settings_pick_the_place(tmp_path: Path) -> None:
    assert isinstance(open_storage(Settings(data=tmp_path)), Folder)
    assert isinstance(open_storage(settings_for("http://127.0.0.1:1")), Bucket)


def test_a_server_that_is_away_is_said(s3_url: str) -> None:
    away = open_storage(settings_for(f"http://127.0.0.1:{free_port()}"))
    wrong = open_storage(settings_for(s3_url, s3_bucket="tidak-ada"))
    for storage in (away, wrong):
        assert storage.check()
        with pytest.raises(UnavailableError, match="storage_failed"):
            storage.keep(sha256(b"x"), io.BytesIO(b"x"))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("bukan folder")
    storage = open_storage(Settings(data=tmp_path))
    assert str(tmp_path) in storage.check()
    with pytest.raises(UnavailableError, match="storage_failed"):
        storage.keep(sha256(b"x"), io.BytesIO(b"x"))


def test_what_a_broken_write_left_is_cleared(tmp_path: Path) -> None:
    storage = Folder(tmp_path)
    (tmp_path / "part-old").write_bytes(b"x")
    os.utime(tmp_path / "part-old", (1, 1))
    (tmp_path / "part-new").write_bytes(b"x")
    assert list(storage.kept_before(datetime.now(UTC) - timedelta(days=1))) == []
    assert [path.name for path in tmp_path.iterdir()] == ["part-new"]
