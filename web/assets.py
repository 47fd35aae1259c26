"""Built front-end files: vite's manifest turned into addresses."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from engine.errors import UnavailableError

STATIC = Path(__file__).with_name("static")
HASHED = re.compile(r"/static/dist/assets/.+-[\w-]{8}\.\w+$")


@dataclass(frozen=True)
class Entry:
    """What a page needs for one TypeScript entry: its module, those it imports, its styles."""

    script: str
    preload: tuple[str, ...]
    styles: tuple[str, ...]


def init_app(flask: Flask) -> None:
    entries = read_manifest(STATIC / "dist" / "manifest.json")
    flask.jinja_env.globals["assets"] = entries


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
