"""A request turned into typed arguments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NoReturn
from urllib.parse import urlsplit

from flask import Request
from werkzeug.datastructures import FileStorage, MultiDict

from workflows.errors import InvalidAnswerError

# Form field names: `isi.key`, `isi.key[]` with several values, `isi.key.0.column` of a table, and
# `isi.key.tempel` for what is to become rows of it.
ANSWER = "isi."
LIST = "[]"
PASTE = "tempel"
FILES = "berkas."  # `berkas.key`: files chosen for a field of the form


@dataclass(frozen=True)
class Entry:
    """What a person has put into the form of a work item."""

    answers: Mapping[str, object] = field(default_factory=dict)
    checked: tuple[int, ...] = ()
    file: FileStorage | None = None
    files: Mapping[str, list[FileStorage]] = field(default_factory=dict)
    draft: int = 0  # the revision that the page began with

    @property
    def is_filled(self) -> bool:
        """Whether there is anything at all that could be lost."""
        return bool(self.checked or self.file or any(self.files.values())) or any(
            map(_is_filled, self.answers.values())
        )


@dataclass(frozen=True)
class Refused:
    """One of several forms of a page that was refused: which one, why, because of which field
    (empty when of none), and what was typed."""

    form: str
    sentence: str
    field: str
    values: Mapping[str, str]


def _is_filled(answer: object) -> bool:
    if isinstance(answer, Mapping):
        return any(map(_is_filled, answer.values()))
    return any(map(_is_filled, answer)) if isinstance(answer, list) else bool(answer)


def read_entry(request: Request) -> Entry:
    """Raises RequestEntityTooLarge when the form is larger than a document may be."""
    entry = read_typed(request.form)
    file = request.files.get("berkas")
    chosen = {
        name.removeprefix(FILES): [one for one in listed if one.filename]
        for name, listed in request.files.lists()
        if name.startswith(FILES)
    }
    return replace(entry, file=file if file and file.filename else None, files=chosen)


def read_typed(form: MultiDict[str, str]) -> Entry:
    """All of it but the files."""
    draft = form.get("draf", "")
    return Entry(
        read_answers(form.to_dict(flat=False)),
        tuple(sorted({int(one) for one in form.getlist("lengkap") if _is_count(one)})),
        draft=int(draft) if _is_count(draft) else 0,
    )


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def read_answers(form: Mapping[str, list[str]]) -> dict[str, object]:
    """Answers by field key; texts are typed later, by the form itself."""
    answers: dict[str, object] = {}
    rows: dict[str, dict[int, dict[str, str]]] = {}
    pasted: dict[str, str] = {}
    for name, values in form.items():
        if not name.startswith(ANSWER):
            continue
        key, _, place = name.removeprefix(ANSWER).partition(".")
        number, _, column = place.partition(".")
        text = values[-1].replace("\r\n", "\n")
        if key.endswith(LIST):
            answers[key.removesuffix(LIST)] = [value for value in values if value]
        elif column and _is_count(number):
            rows.setdefault(key, {}).setdefault(int(number), {})[column] = text
        elif place == PASTE:
            pasted[key] = text
        else:
            answers[key + ("." + place if place else "")] = text
    for key in {**rows, **pasted}:
        listed: list[object] = [row for _, row in sorted(rows.get(key, {}).items())]
        answers[key] = [*listed, pasted[key]] if pasted.get(key, "").strip() else listed
    return answers


def read_value(text: str, *, as_json: bool) -> object:
    """A value of case data as somebody typed it: plain text, or JSON.

    Raises InvalidAnswerError: value_not_json.
    """
    if not as_json:
        return text.replace("\r\n", "\n")
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise InvalidAnswerError("value_not_json", field="nilai") from error


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)  # NaN and Infinity are not JSON


def read_text(content: bytes) -> str:
    """A text file as spreadsheets write one: UTF-8, with a byte order mark or not, UTF-16, or the
    code page of Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def local_path(text: str | None) -> str | None:
    """A path on this very site, or None: `next` must not lead elsewhere."""
    if not text or not text.startswith("/") or text.startswith(("//", "/\\")):
        return None
    if any(ord(char) < 33 for char in text):  # browsers drop tabs and newlines: "/\t/evil"
        return None
    parts = urlsplit(text)
    return None if parts.scheme or parts.netloc else text


def referring_path(request: Request) -> str | None:
    """The page of this site from which the request was sent."""
    parts = urlsplit(request.referrer or "")
    return local_path(parts.path) if parts.netloc == request.host else None
