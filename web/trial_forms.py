"""The forms of a trial's page as acts of its script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import NoReturn
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from engine.values import WorkItemDetail
from web.parse import Entry
from workflows.errors import InvalidAnswerError
from workflows.forms import Field, questions_of
from workflows.trials import Advance, Claim, Complete, Hear, Report, Start

EXAMPLE = "contoh.pdf"  # what a file field has in a trial, unless another name is chosen
OFFERED = {0: EXAMPLE}  # id -> name, as the form of a trial offers it
MOST_LOGIN = 200
Typed = MultiDict[str, str]


def read_start(form: Typed, zone: str) -> Start:
    """Raises InvalidAnswerError: trial_moment_wrong, trial_data_not_json."""
    at = _moment(form.get("tanggal", ""), form.get("jam", ""), zone)
    return Start(form.get("unit", "").strip(), at, read_data(form.get("data", "")))


def read_advance(form: Typed, zone: str) -> Advance:
    """To the moment of the button that was pressed, else to the one that was typed.

    Raises InvalidAnswerError: trial_moment_wrong.
    """
    if pressed := form.get("ke"):
        try:
            return Advance(_aware(datetime.fromisoformat(pressed)))
        except ValueError:
            _refuse()
    return Advance(_moment(form.get("tanggal", ""), form.get("jam", ""), zone))


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else _refuse()


def _moment(day: str, clock: str, zone: str) -> datetime:
    try:
        at = time.fromisoformat(clock or "08:00")
        moment = datetime.combine(datetime.fromisoformat(day).date(), at.replace(tzinfo=None))
        found = moment.replace(tzinfo=ZoneInfo(zone))
    except ValueError:
        _refuse()
    return found if 2000 <= found.year < 2200 else _refuse()


def _refuse() -> NoReturn:
    raise InvalidAnswerError("trial_moment_wrong", field="tanggal")


def read_data(text: str) -> Mapping[str, object]:
    """Raises InvalidAnswerError: trial_data_not_json."""
    try:
        found = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError) as error:
        raise InvalidAnswerError("trial_data_not_json", field="data") from error
    if not isinstance(found, dict):
        raise InvalidAnswerError("trial_data_not_json", field="data")
    return found


def read_spot(form: Typed) -> tuple[str, str, int]:
    """Node, unit and number of an open step."""
    node, unit, nth = (*form.get("langkah", "").split("/"), "", "")[:3]
    return node, unit, int(nth) if nth.isascii() and nth.isdecimal() and len(nth) < 5 else 0


def read_claim(form: Typed) -> Claim:
    return Claim(*read_spot(form), by=read_player(form))


def read_player(form: Typed) -> str:
    """Login of whoever was chosen to do the step."""
    return form.get("oleh", "")[:MOST_LOGIN]


def read_complete(form: Typed, entry: Entry, fields: tuple[Field, ...]) -> Complete:
    """Files count by their names alone; the example that was offered is one of them."""
    node, unit, nth = read_spot(form)
    answers, files = dict(entry.answers), dict[str, tuple[str, ...]]()
    for field in questions_of(fields):
        if field.type != "file":
            continue
        kept = answers.pop(field.key, None)
        chosen = [one.filename or "" for one in entry.files.get(field.key, ())]
        if not chosen and isinstance(kept, list) and "0" in kept:
            chosen = [EXAMPLE]
        if chosen:
            files[field.key] = tuple(name.rpartition("/")[2] or EXAMPLE for name in chosen)
    return Complete(node, unit, nth, answers, entry.checked, files, by=read_player(form))


def offer_files(item: WorkItemDetail, answers: Mapping[str, object]) -> dict[str, object]:
    """With the example in every file field that has nothing yet."""
    fields = [one.key for one in questions_of(item.fields) if one.type == "file"]
    return {**answers, **{key: [0] for key in fields}}


def without_files(entry: Entry) -> Entry:
    """As it is shown again: what was chosen is not uploaded, so it cannot stay."""
    return replace(entry, files={})


def read_report(form: Typed) -> Report:
    """Raises InvalidAnswerError: trial_data_not_json."""
    node, _, nth = read_spot(form)
    if form.get("hasil") == "galat":
        return Report(node, nth, code=form.get("kode", "").strip(), text=form.get("teks", ""))
    if form.get("hasil") == "gagal":
        return Report(node, nth, text=form.get("teks", "").strip() or "gagal")
    return Report(node, nth, answer=dict(read_data(form.get("jawaban", ""))))


def read_hear(form: Typed) -> Hear:
    """Raises InvalidAnswerError: trial_data_not_json."""
    kind = "signal" if form.get("jenis") == "signal" else "message"
    return Hear(kind, form.get("nama", ""), read_data(form.get("isi_pesan", "")))
