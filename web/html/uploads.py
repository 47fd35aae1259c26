"""Files that were chosen in the form of a work item: each is attached, and its id is the answer"""

from __future__ import annotations

import mimetypes
from dataclasses import replace
from typing import BinaryIO, cast

from werkzeug.datastructures import FileStorage

from engine.usecases import documents, work_items
from web.opening import call
from web.parse import Entry
from workflows.errors import InvalidAnswerError
from workflows.forms import Field, questions_of

Outcome = tuple[Entry, InvalidAnswerError | None]


def attach_chosen(item_id: int, entry: Entry) -> Outcome:
    """The entry with the ids of what has been attached in the place of its files, and why the first
    file that was not taken was refused; the others are attached all the same."""
    if not any(entry.files.values()):
        return entry, None
    app, actor, now = call()
    item = work_items.read_work_item(app, actor, item_id, now)
    answers, refusal = dict(entry.answers), None
    for field in questions_of(item.fields):
        for file in entry.files.get(field.key, ()) if field.type == "file" else ():
            try:
                answers[field.key] = _with_file(item_id, field, answers.get(field.key), file)
            except InvalidAnswerError as error:
                refusal = refusal or _of_field(error, field)
    return replace(entry, answers=answers, files={}), refusal


def _with_file(item_id: int, field: Field, answer: object, file: FileStorage) -> list[object]:
    name = file.filename or ""
    if not _is_accepted(field, name):
        raise InvalidAnswerError("invalid_answer", reason="wrong_kind", accept=_kinds(field))
    app, actor, now = call()
    stream = cast(BinaryIO, file.stream)
    line = documents.attach_document(app, actor, item_id, name, stream, now)
    before = list(answer) if field.multiple and isinstance(answer, list | tuple) else []
    return [*before, line.id]


def _is_accepted(field: Field, name: str) -> bool:
    """By what the file calls itself; whether it is that is for the documents to find out."""
    if not field.accept:
        return True
    kind = mimetypes.guess_type(name)[0] or ""
    whole = f"{kind.partition('/')[0]}/*"
    return any(
        name.lower().endswith(one) if one.startswith(".") else one in (kind, whole)
        for one in field.accept
    )


def _kinds(field: Field) -> str:
    return ", ".join(one.removeprefix(".").upper() for one in field.accept)


def _of_field(error: InvalidAnswerError, field: Field) -> InvalidAnswerError:
    """The same, said beside the field in which the file was chosen."""
    fields = {**error.fields, "field": field.key, "label": field.label}
    if fields.get("reason") == "too_large":
        fields["reason"] = "file_too_large"
    return InvalidAnswerError(error.code, **fields)
