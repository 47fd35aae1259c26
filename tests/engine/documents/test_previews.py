"""Pictures of files that nobody can trust."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from engine.documents import previews, rendering
from engine.documents.previews import Previews, Source
from engine.errors import ConflictError, NotFoundError, UnavailableError
from tests import files

Look = Callable[..., Source]


@pytest.fixture
def shelf(tmp_path: Path) -> Previews:
    return Previews(tmp_path / "previews")


def source(tmp_path: Path, content: bytes, media_type: str, name: str = "ab" * 32) -> Source:
    path = tmp_path / name
    path.write_bytes(content)
    return Source(name, media_type, lambda: path.open("rb"))


def test_pages_of_a_pdf_become_pictures_of_the_width_asked_for(shelf, tmp_path) -> None:
    document = source(tmp_path, files.pdf(3), "application/pdf")
    assert shelf.sizes(document) == ((595, 842),) * 3
    picture = Image.open(io.BytesIO(shelf.page(document, 3, 800)))
    assert (picture.format, picture.width) == ("WEBP", 800)
    assert 1130 <= picture.height <= 1134
    for page, width in ((0, 800), (4, 800), (1, 801)):
        with pytest.raises(NotFoundError):
            shelf.page(document, page, width)


def test_a_photo_is_turned_upright_and_says_nothing_of_its_place(shelf, tmp_path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif.get_ifd(0x8825)[1] = "S"
    exif[0x010F] = "Kamera Contoh"
    photo = files.image("JPEG", (1000, 500), exif=exif)
    document = source(tmp_path, photo, "image/jpeg")
    assert shelf.sizes(document) == ((500, 1000),)
    made = shelf.page(document, 1, 400)
    picture = Image.open(io.BytesIO(made))
    assert picture.size == (400, 800)
    assert not picture.getexif() and b"Kamera" not in made
    small = source(tmp_path, files.image("PNG", (40, 20)), "image/png", "cd" * 32)
    assert Image.open(io.BytesIO(shelf.page(small, 1, 1600))).size == (40, 20)


HOSTILE = [
    (files.PDF, "application/pdf", "preview_broken"),
    (files.pdf(2)[:300], "application/pdf", "preview_broken"),
    (files.image()[:40], "image/png", "preview_broken"),
    (b"\xff\xd8\xff" + b"x" * 100, "image/jpeg", "preview_broken"),
    (files.bomb_png(), "image/png", "preview_too_large"),
    (files.ooxml(), "text/plain", "not_previewable"),
]


@pytest.mark.parametrize(("content", "media_type", "code"), HOSTILE)
def test_what_cannot_be_shown_is_said(shelf, tmp_path, content, media_type, code) -> None:
    document = source(tmp_path, content, media_type)
    for _ in range(2):  # the second time from memory
        with pytest.raises(ConflictError) as refused:
            shelf.page(document, 1, 800)
        assert refused.value.code == code


def test_a_page_as_large_as_a_field_is_shown_small(shelf, tmp_path) -> None:
    for number, (width, height) in enumerate(((14_400, 14_400), (10, 14_400), (200_000, 3))):
        document = source(
            tmp_path, files.pdf(1, width, height), "application/pdf", f"{number}" * 64
        )
        picture = Image.open(io.BytesIO(shelf.page(document, 1, 400)))
        assert picture.width <= 401 and picture.height <= 1601


def test_a_process_that_takes_too_long_is_ended(shelf, tmp_path, monkeypatch) -> None:
    document, began = source(tmp_path, files.pdf(), "application/pdf"), time.monotonic()
    monkeypatch.setattr(previews, "SECONDS", 0.05)
    with pytest.raises(UnavailableError, match="preview_busy"):
        shelf.sizes(document)
    assert time.monotonic() - began < 5
    monkeypatch.undo()
    assert shelf.sizes(document) == ((595, 842),)  # it was not the document's fault


def test_a_page_that_never_ends_is_given_up(shelf, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(previews.rendering, "__file__", str(tmp_path / "rendering.py"))
    program = Path(rendering.__spec__.origin).read_text("utf-8")
    slow = program.replace("CPU_SECONDS = 15", "CPU_SECONDS = 1")
    slow = slow.replace("    document.init_forms()", "    while True: pass")
    (tmp_path / "rendering.py").write_text(slow, "utf-8")
    document = source(tmp_path, files.pdf(), "application/pdf")
    for _ in range(2):
        with pytest.raises(ConflictError, match="preview_too_large"):
            shelf.page(document, 1, 400)


def test_pictures_are_made_once_and_the_oldest_go_first(shelf, tmp_path, monkeypatch) -> None:
    opened = []
    path = tmp_path / "a.pdf"
    path.write_bytes(files.pdf())
    sources = [
        Source(f"{number}" * 64, "application/pdf", lambda: opened.append(1) or path.open("rb"))
        for number in range(3)
    ]
    for number, one in enumerate(sources):
        assert shelf.page(one, 1, 400) == shelf.page(one, 1, 400)
        for file in (shelf.folder / one.sha256[:2] / one.sha256).iterdir():
            os.utime(file, (1000 + number, 1000 + number))
    assert len(opened) == 6  # sizes and one page of each
    size = sum(f.stat().st_size for f in (shelf.folder / "00" / ("0" * 64)).iterdir())
    monkeypatch.setattr(previews, "KEPT_BYTES", 2 * size + 1)
    assert shelf.tidy(datetime.fromtimestamp(2000, UTC)) == 1
    assert not (shelf.folder / "00" / ("0" * 64)).exists()
    assert shelf.tidy(datetime.fromtimestamp(2000, UTC) + timedelta(days=61)) == 2
