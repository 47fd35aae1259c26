"""Form fields as a page shows them: each with its value, its error and what belongs to it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from web import amounts
from web.language import gettext
from web.moments import format_iso_day
from web.parse import ANSWER, FILES, LIST, PASTE
from web.problems import Problem, list_problems
from workflows.errors import InvalidAnswerError
from workflows.forms import (
    Field,
    Form,
    UnfitAnswerError,
    hidden_places,
    read_values,
    spread_rows,
)
from workflows.forms.form import MULTIPLE
from workflows.forms.portable import portable_condition

BUTTONS = "tombol"  # a choice drawn as buttons that send the form
NEW_ROW = "__n__"  # in the row from which the page's script makes others


@dataclass(frozen=True)
class FieldView:
    """`value` as a text for inputs, `values` the chosen options; `master` is the choice that
    decides whether the field is wanted at all.

    `path` names it among all: its key, in a table also row and column. `parts`: what stands in a
    group; `rows`: those of a table, each a tuple of cells, and `new_row` an empty one; `files`:
    (id, name) of what has been uploaded for it; `condition`: the attributes by which the page's
    script shows and hides it.
    """

    field: Field
    answer: object
    error: str
    master: Field | None
    path: str
    condition: str = ""
    parts: tuple[FieldView, ...] = ()
    rows: tuple[tuple[FieldView, ...], ...] = ()
    new_row: tuple[FieldView, ...] = ()
    files: tuple[tuple[int, str], ...] = ()

    @property
    def id(self) -> str:
        return f"isi-{self.path.replace('.', '-')}"

    @property
    def name(self) -> str:
        return f"{ANSWER}{self.path}{LIST if self.field.type in MULTIPLE else ''}"

    @property
    def file_name(self) -> str:
        return f"{FILES}{self.path}"

    @property
    def paste_name(self) -> str:
        return f"{ANSWER}{self.path}.{PASTE}"

    @property
    def buttons(self) -> bool:
        return self.field.type == "radio" and self.field.appearance == BUTTONS

    @property
    def decides(self) -> Field | None:
        """The buttons beside which it stands, for a note that belongs to one of them."""
        return self.master if self.master and self.master.appearance == BUTTONS else None

    @property
    def required(self) -> bool:
        """Whether the browser itself may insist on it: not while another choice decides, nor in a
        row that may stay empty."""
        return self.field.required and not self.field.conditions and "." not in self.path

    @property
    def value(self) -> str:
        if self.field.type == "checkbox":
            return "on" if self.answer in (True, "on") else ""
        if self.field.type in ("number", "currency"):
            return amounts.type_number(self.field, self.answer)
        return "" if self.answer is None else str(self.answer)

    @property
    def values(self) -> tuple[str, ...]:
        if isinstance(self.answer, list | tuple):
            return tuple(str(one) for one in self.answer)
        return (self.value,)

    @property
    def text(self) -> str:
        """The answer in words, for a form that is only read."""
        kind = self.field.type
        if kind == "checkbox":
            return gettext("Ya") if self.value else gettext("Tidak")
        if self.field.options:
            return ", ".join(o.label for o in self.field.options if o.value in self.values)
        if kind in ("number", "currency"):
            return amounts.show_number(self.field, self.answer)
        if kind in ("date", "time", "datetime"):
            day, _, clock = self.value.partition("T")
            day = format_iso_day(day) if kind != "time" else day.replace(":", ".")
            return f"{day} {clock.replace(':', '.')}".strip()
        return self.value if kind not in ("table", "file") else ""

    @property
    def filled(self) -> bool:
        """Whether there is anything to read."""
        if self.field.type == "group":
            return any(part.filled for part in self.parts)
        return bool(self.text or self.rows or self.files)

    @property
    def hint(self) -> str:
        parts = [self.field.description]
        if self.decides and self.field.required:
            label = next(o.label for o in self.decides.options if o.value == self._wanted)
            parts.append(gettext("Wajib bila Anda memilih “%(label)s”.", label=label))
        return " ".join(part for part in parts if part)

    @property
    def when(self) -> str:
        """When the field counts, for readers whose browser cannot hide it."""
        if not self.field.hide or self.decides:
            return ""
        option = self.master and next(
            (o.label for o in self.master.options if o.value == self._wanted), None
        )
        if self.master and option:
            return gettext(
                "Hanya bila “%(question)s” dijawab “%(option)s”.",
                question=self.master.label,
                option=option,
            )
        return gettext("Hanya dipakai bila berlaku menurut isian lain; selain itu diabaikan.")

    @property
    def described_by(self) -> str:
        ids = ((self.hint, f"{self.id}-ket"), (self.error, f"{self.id}-salah"))
        return " ".join(name for wanted, name in ids if wanted)

    @property
    def _wanted(self) -> str:
        return self.field.shown_for[1] if self.field.shown_for else ""


@dataclass(frozen=True)
class _Page:
    """What all fields of one form are shown with."""

    form: Form
    answers: Mapping[str, object]
    case: Mapping[str, object]
    problems: Sequence[Problem]
    names: Mapping[int, str]
    hides: Mapping[str, bool]
    typed: bool
    masters: Mapping[str, Field] = field(default_factory=dict)

    def show(self, one: Field) -> FieldView:
        errors = {problem.path: problem.sentence for problem in self.problems}
        # What was typed is all there is: an unticked box sends nothing at all.
        answer = self.answers.get(one.key, None if self.typed else one.default)
        view = FieldView(
            one,
            answer,
            errors.get(one.key, "") if one.key else "",
            self.masters.get(one.shown_for[0]) if one.shown_for else None,
            one.key,
        )
        if not view.decides:
            view = replace(view, condition=self._condition(one))
        if one.type == "group":
            return replace(view, parts=tuple(self.show(part) for part in one.fields))
        if one.type == "file":
            return replace(view, files=self._files(answer))
        return self._with_rows(view, errors) if one.type == "table" else view

    def _with_rows(self, view: FieldView, errors: Mapping[str, str]) -> FieldView:
        one = view.field
        try:
            given = spread_rows(one, view.answer)
        except UnfitAnswerError:
            given = []
        if view.answer is None and not self.typed:
            given = [{}] * one.rows
        rows = (_cells(one, str(place), row, errors) for place, row in enumerate(given))
        return replace(view, rows=tuple(rows), new_row=_cells(one, NEW_ROW, {}, {}))

    def _files(self, answer: object) -> tuple[tuple[int, str], ...]:
        given = answer if isinstance(answer, list | tuple) else [answer]
        texts = [str(one) for one in given]
        ids = [int(one) for one in texts if one.isascii() and one.isdecimal() and len(one) < 19]
        return tuple((one, self.names[one]) for one in dict.fromkeys(ids) if one in self.names)

    def _condition(self, one: Field) -> str:
        if one.hide is None:
            return ""
        tree = portable_condition(one.hide, self.form, self.case)
        written = "ask" if tree is None else json.dumps(tree, ensure_ascii=False)
        gone = " data-gone" if self.hides.get(one.hide) else ""
        return Markup(' data-hide="{}" data-condition="{}"{}').format(
            written, list(self.hides).index(one.hide), Markup(gone)
        )


def view_fields(
    fields: Sequence[Field],
    answers: Mapping[str, object],
    error: InvalidAnswerError | None = None,
    *,
    typed: bool = False,
    case: Mapping[str, object] | None = None,
    names: Mapping[int, str] | None = None,
) -> list[FieldView]:
    """Answers are either typed ones or, where `typed` says so, the texts of a form that was sent or
    kept. `case`: data that conditions may read; `names`: of the documents of the case."""
    form = Form("", tuple(fields))
    case = case or {}
    hides = hidden_places(form, read_values(form, _started(form, answers, typed)), case)
    page = _Page(form, answers, case, list_problems(error), names or {}, hides, typed)
    page = replace(page, masters={one.key: one for one in form.questions})
    return [page.show(one) for one in fields]


def _started(form: Form, answers: Mapping[str, object], typed: bool) -> Mapping[str, object]:
    """With what a new form begins."""
    if typed:
        return answers
    begun = {one.key: one.default for one in form.questions if one.default is not None}
    return {**begun, **answers}


def _cells(
    table: Field, place: str, row: Mapping[str, object], errors: Mapping[str, str]
) -> tuple[FieldView, ...]:
    views = []
    for column in table.fields:
        path = f"{table.key}.{place}.{column.key}"
        answer = row.get(column.key, None if row else column.default)
        views.append(FieldView(column, answer, errors.get(path, ""), None, path))
    return tuple(views)


def flatten(views: Sequence[FieldView]) -> list[FieldView]:
    """Those in groups as well, for the buttons of a decision."""
    return [one for view in views for one in (view, *flatten(view.parts))]


def open_answers(fields: Sequence[Field], answers: Mapping[str, object]) -> dict[str, object]:
    """What a form starts with: an earlier decision and its note are not offered again."""
    questions = Form("", tuple(fields)).questions
    buttons = {one.key for one in questions if one.appearance == BUTTONS}
    stale = buttons | {f.key for f in questions if f.shown_for and f.shown_for[0] in buttons}
    return {key: value for key, value in answers.items() if key not in stale}
