"""Answers of a form as printed text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal

from engine.documents.words import LABELS
from workflows.forms import Field

Printed = dict[str, Any]
GROUPED = 10_000  # smaller numbers may be years


def print_answers(
    fields: Sequence[Field],
    answers: Mapping[str, object],
    files: Mapping[int, str],
    language: str,
) -> list[Printed]:
    """Every question that has an answer. `files`: names of documents by id."""
    made = []
    for field in fields:
        answer = answers.get(field.key)
        if answer in (None, "", [], {}):
            continue
        if field.type == "table" and isinstance(answer, list):
            made.append(_table(field, answer, files, language))
        else:
            text = say_answer(field, answer, files, language)
            made.append({"label": field.label or field.key, "text": text})
    return made


def _table(field: Field, rows: Sequence[Any], files: Mapping[int, str], language: str) -> Printed:
    cells = [
        [say_answer(column, row.get(column.key), files, language) for column in field.fields]
        for row in rows
        if isinstance(row, Mapping)
    ]
    head = [column.label or column.key for column in field.fields]
    return {"label": field.label or field.key, "head": head, "rows": cells}


def say_answer(field: Field, answer: object, files: Mapping[int, str], language: str) -> str:
    """One answer; what is not of the field's type is shown as it is stored."""
    if answer is None:
        return ""
    if isinstance(answer, bool):
        return LABELS[language]["yes" if answer else "no"]
    if isinstance(answer, list):
        return "; ".join(say_answer(field, one, files, language) for one in answer)
    if field.type == "file" and isinstance(answer, int):
        return files.get(answer, str(answer))
    if isinstance(answer, int | float):
        grouped = field.type == "currency" or abs(answer) >= GROUPED
        number = format_decimal(answer, locale=language, group_separator=grouped)
        prefix = field.prefix or ("Rp" if field.type == "currency" else "")
        return " ".join(filter(None, (prefix, number, field.suffix)))
    text = str(answer)
    if field.type == "date":
        return _day(text, language)
    return next((option.label for option in field.options if option.value == text), text)


def _day(text: str, language: str) -> str:
    try:
        return format_date(date.fromisoformat(text), "d MMMM y", locale=language)
    except ValueError:
        return text
