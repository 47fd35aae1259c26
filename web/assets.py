"""Built front-end files: vite's manifest turned into addresses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flask import Flask
from whitenoise import WhiteNoise

from engine.errors import UnavailableError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATIC = Path(__file__).with_name("static")
MANIFEST = STATIC / "dist" / "manifest.json"
HASHED = re.compile(r"/static/dist/assets/[^/]+-[\w-]{8}\.\w+$")
Body = Iterable[bytes]


@dataclass(frozen=True)
class Entry:
    """What a page needs for one TypeScript entry: its module, those it imports, its styles."""

    script: str
    preload: tuple[str, ...]
    styles: tuple[str, ...]


@dataclass
class Build:
    """The entries by name, read again once the front end was built anew under the server."""

    manifest: Path
    _stamp: int = field(init=False)
    _entries: dict[str, Entry] = field(init=False)

    def __post_init__(self) -> None:
        self._entries, self._stamp = read_manifest(self.manifest), stamp(self.manifest)

    def __getitem__(self, name: str) -> Entry:
        now = stamp(self.manifest)
        if now not in (0, self._stamp):  # 0: just being built
            self._entries, self._stamp = read_manifest(self.manifest), now
        return self._entries[name]


class StaticFiles(WhiteNoise):  # type: ignore[misc]  # has no types
    """The files below /static/, as listed at the start; those of a later build are found too.

    WhiteNoise alone raises an OSError for a listed file that has gone; gunicorn takes that for
    a broken connection, and the browser gets no answer at all instead of a 404.
    """

    def __init__(self, application: WSGIApplication, root: Path = STATIC) -> None:
        self._root = root
        super().__init__(
            application,
            root=root,
            prefix="static/",
            max_age=3600,
            immutable_file_test=is_immutable,
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Body:
        path = environ.get("PATH_INFO", "")
        if path not in self.files and self._is_new(path):
            self.add_files(self._root, "static/")
        if path in self.files:
            try:
                return cast(Body, self.serve(self.files[path], environ, start_response))
            except FileNotFoundError:
                self.files.pop(path, None)
        return cast(Body, self.application(environ, start_response))

    def _is_new(self, path: str) -> bool:
        return bool(HASHED.match(path)) and (self._root / path.removeprefix("/static/")).is_file()


def init_app(flask: Flask) -> None:
    flask.jinja_env.globals["assets"] = Build(MANIFEST)


def stamp(path: Path) -> int:
    """When the file was written; 0 if there is none."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def read_manifest(path: Path) -> dict[str, Entry]:
    """Entries by short name ("app", "diagram"). Raises UnavailableError: assets_missing."""
    try:
        chunks = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise UnavailableError("assets_missing", path=str(path)) from error
    return {c["name"]: _entry(chunks, key) for key, c in chunks.items() if c.get("isEntry")}


def is_immutable(path: str, url: str) -> bool:
    """Whether the name carries a hash of the content, so that browsers may keep it for ever."""
    return HASHED.search(url) is not None


def _entry(chunks: dict[str, dict[str, object]], key: str) -> Entry:
    reached = _reach(chunks, key, {})
    files = [_url(chunk["file"]) for chunk in reached.values()]
    styles: dict[str, None] = {}
    for chunk in reversed(reached.values()):  # imported styles first: an entry may overrule them
        names = chunk.get("css", [])
        assert isinstance(names, list)
        styles |= dict.fromkeys(_url(name) for name in names)
    return Entry(files[0], tuple(files[1:]), tuple(styles))


def _reach(
    chunks: dict[str, dict[str, object]], key: str, seen: dict[str, dict[str, object]]
) -> dict[str, dict[str, object]]:
    if key not in seen:
        seen[key] = chunks[key]
        imports = chunks[key].get("imports", [])
        assert isinstance(imports, list)
        for other in imports:
            _reach(chunks, other, seen)
    return seen


def _url(file: object) -> str:
    return f"/static/dist/{file}"
