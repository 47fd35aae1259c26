"""The forms of a draft, changed one at a time: the drawing and the other forms stay as they are,
so somebody may draw meanwhile. The pen keeps other people out; a form that has changed since it
was opened is never overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Final

from engine.app import App
from engine.errors import ConflictError, NotFoundError
from engine.sketching import (
    draft_detail,
    keep,
    log_draft,
    make_room,
    name_of,
    open_draft,
    pen_is_held,
    read_content,
    read_draft,
)
from engine.sop_form_values import DraftForm, DraftForms, FormLine, SavedForm
from engine.store import sop_drafts
from engine.store.tables import SopDraft
from engine.store.transaction import Tx, transaction
from engine.studio_values import SavedLine
from workflows.errors import InvalidAnswerError, InvalidSopError
from workflows.form_files import ENDING, FormUse, blank_form, list_uses, name_form, name_forms
from workflows.forms import Form, read_form
from workflows.rights import Actor

KINDS: Final = ("autosave", "save")


def list_draft_forms(app: App, actor: Actor, draft_id: int, now: datetime) -> DraftForms:
    """Those that are there and those that a step names in vain, in the order of the steps.

    Raises NotAllowedError: right_missing; NotFoundError: sop_draft_not_found.
    """
    with transaction(app.sessions) as tx:
        row = read_draft(tx, actor, draft_id)
        uses = _uses(row)
        named = dict.fromkeys(one.form for one in uses if one.form)
        kept = [name for name in sorted(row.forms) if name.endswith(ENDING)]
        names = [*named, *(name for name in kept if name not in named)]
        lines = tuple(_line(name, row.forms.get(name), uses) for name in names)
        bare = tuple(one for one in uses if not one.form)
        return DraftForms(draft_detail(tx, row, actor, now), lines, bare)


def _uses(row: SopDraft) -> tuple[FormUse, ...]:
    try:
        return list_uses(row.xml)
    except InvalidSopError:
        return ()  # a drawing that cannot be followed; the editor of the diagram says why


def _line(name: str, text: str | None, uses: tuple[FormUse, ...]) -> FormLine:
    own = tuple(one for one in uses if one.form == name)
    if text is None:
        return FormLine(name, "", own, missing=True)
    try:
        form = read_form(text)
    except InvalidSopError as error:
        return FormLine(name, "", own, refusal=error)
    return FormLine(name, form.title, own, len(form.questions))


def read_draft_form(app: App, actor: Actor, draft_id: int, name: str, now: datetime) -> DraftForm:
    """Raises as `list_draft_forms`; NotFoundError: sop_form_not_found."""
    with transaction(app.sessions) as tx:
        row = read_draft(tx, actor, draft_id)
        text = _text(row, name)
        uses = tuple(one for one in _uses(row) if one.form == name)
        return DraftForm(draft_detail(tx, row, actor, now), name, text, mark_of(text), uses)


def _text(row: SopDraft, name: str) -> str:
    if name not in row.forms or not name.endswith(ENDING):
        raise NotFoundError("sop_form_not_found", name=name, draft=row.id)
    return str(row.forms[name])


def mark_of(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def try_form(app: App, actor: Actor, draft_id: int, text: str) -> Form:
    """What is on somebody's screen, as a form. Raises as `list_draft_forms`; InvalidSopError:
    invalid_form."""
    with transaction(app.sessions) as tx:
        read_draft(tx, actor, draft_id)
    return read_form(text)


def create_draft_form(
    app: App, actor: Actor, draft_id: int, typed: str, now: datetime, *, step: str = ""
) -> str:
    """Begin a form, for that step if one is named; answers with its file name.

    Raises as `open_draft`; InvalidAnswerError: invalid_form_name, unknown_form_step;
    ConflictError: sop_form_exists, pen_taken.
    """
    name = _read_name(typed)
    with transaction(app.sessions) as tx:
        row = _open(tx, actor, draft_id, now)
        _refuse_taken(row, name)
        xml = row.xml
        uses = _uses(row)
        if step:
            if step not in {one.node for one in uses}:
                raise InvalidAnswerError("unknown_form_step", field="step", step=step)
            xml = name_forms(xml, {step: name})
        title = next((one.step for one in uses if one.node == step or one.form == name), "")
        forms = {**row.forms, name: blank_form(title or typed.strip().removesuffix(ENDING))}
        _save(tx, row, actor, xml, forms, "save", now)
        return name


def _read_name(typed: str) -> str:
    name = name_form(typed)
    if not name:
        raise InvalidAnswerError("invalid_form_name", field="name")
    return name


def _refuse_taken(row: SopDraft, name: str) -> None:
    if name in row.forms:
        raise ConflictError("sop_form_exists", name=name)


def _open(tx: Tx, actor: Actor, draft_id: int, now: datetime) -> SopDraft:
    """Who draws in another tab of their own goes on there: that tab takes the forms over."""
    row = open_draft(tx, actor, draft_id, "edit")
    if pen_is_held(row, now) and row.pen_person != actor.person_id:
        assert row.pen_until is not None
        by, until = name_of(tx, row.pen_person), row.pen_until.isoformat()
        raise ConflictError("pen_taken", draft=row.id, by=by, until=until)
    return row


def save_draft_form(
    app: App,
    actor: Actor,
    draft_id: int,
    name: str,
    text: str,
    now: datetime,
    *,
    seen: str,
    kind: str = "save",
) -> SavedForm:
    """Keep a form that can be read. `seen`: the mark of the text it was made from.

    Raises as `open_draft`; NotFoundError: sop_form_not_found; InvalidSopError: invalid_form;
    InvalidAnswerError: invalid_sop_files; ConflictError: sop_form_changed (by, at, mark),
    pen_taken.
    """
    read_form(text)
    with transaction(app.sessions) as tx:
        row = _open(tx, actor, draft_id, now)
        before = _text(row, name)
        if before == text:
            return SavedForm(SavedLine(row.revision, row.changed_at), mark_of(text))
        if mark_of(before) != seen:
            by, at = name_of(tx, row.changed_by), row.changed_at.isoformat()
            raise ConflictError("sop_form_changed", name=name, by=by, at=at, mark=mark_of(before))
        saved = _save(tx, row, actor, row.xml, {**row.forms, name: text}, kind, now)
        return SavedForm(saved, mark_of(text))


def rename_draft_form(
    app: App, actor: Actor, draft_id: int, name: str, typed: str, now: datetime
) -> str:
    """The steps that name it follow. Raises as `create_draft_form`; NotFoundError:
    sop_form_not_found."""
    other = _read_name(typed)
    with transaction(app.sessions) as tx:
        row = _open(tx, actor, draft_id, now)
        text = _text(row, name)
        if other == name:
            return name
        _refuse_taken(row, other)
        forms = {key: value for key, value in row.forms.items() if key != name}
        steps = {one.node: other for one in _uses(row) if one.form == name}
        xml = name_forms(row.xml, steps) if steps else row.xml
        _save(tx, row, actor, xml, {**forms, other: text}, "save", now)
        return other


def delete_draft_form(app: App, actor: Actor, draft_id: int, name: str, now: datetime) -> None:
    """The steps that name it stay as they are, and the judge says that it is missing. Earlier
    revisions keep it. Raises as `save_draft_form`."""
    with transaction(app.sessions) as tx:
        row = _open(tx, actor, draft_id, now)
        _text(row, name)
        forms = {key: value for key, value in row.forms.items() if key != name}
        _save(tx, row, actor, row.xml, forms, "save", now)


def _save(
    tx: Tx,
    row: SopDraft,
    actor: Actor,
    xml: bytes,
    forms: Mapping[str, str],
    kind: str,
    now: datetime,
) -> SavedLine:
    read_content(xml, forms)
    if kind == "autosave":
        make_room(tx, row, actor, now)
    keep(tx, row, actor, xml, forms, now)
    sop_drafts.add_revision(tx, row, kind, actor.person_id, "", now)
    if kind != "autosave":
        log_draft(tx, row, actor, "sop_draft_saved", now)
    return SavedLine(row.revision, now)
