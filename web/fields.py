"""Form fields as a page shows them: each with its value, its error and what belongs to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from web import messages
from web.language import gettext
from web.parse import ANSWER, LIST
from workflows.errors import InvalidAnswerError
from workflows.forms import Field

BUTTONS = "tombol"  # a choice drawn as buttons that send the form


@dataclass(frozen=True)
class FieldView:
    """`value` as a text for inputs, `values` the chosen options; `master` is the choice that
    decides whether the field is wanted at all."""

    field: Field
    answer: object
    error: str
    master: Field | None

    @property
    def id(self) -> str:
        return f"isi-{self.field.key}"

    @property
    def name(self) -> str:
        return f"{ANSWER}{self.field.key}{LIST if self.field.type == 'checklist' else ''}"

    @property
    def buttons(self) -> bool:
        return self.field.type == "radio" and self.field.appearance == BUTTONS

    @property
    def decides(self) -> Field | None:
        """The buttons beside which it stands, for a note that belongs to one of them."""
        return self.master if self.master and self.master.appearance == BUTTONS else None

    @property
    def required(self) -> bool:
        """Whether the browser itself may insist on it: not while another choice decides."""
        return self.field.required and self.field.hide is None

    @property
    def value(self) -> str:
        if self.field.type == "checkbox":
            return "on" if self.answer in (True, "on") else ""
        return "" if self.answer is None else str(self.answer)

    @property
    def values(self) -> tuple[str, ...]:
        if isinstance(self.answer, list | tuple):
            return tuple(str(one) for one in self.answer)
        return (self.value,)

    @property
    def text(self) -> str:
        """The answer in words, for a form that is only read."""
        if self.field.type == "checkbox":
            return gettext("Ya") if self.value else gettext("Tidak")
        if self.field.options:
            return ", ".join(o.label for o in self.field.options if o.value in self.values)
        return self.value

    @property
    def hint(self) -> str:
        parts = [self.field.description]
        if self.decides and self.field.required:
            label = next(o.label for o in self.decides.options if o.value == self._wanted)
            parts.append(gettext("Wajib bila Anda memilih “%(label)s”.", label=label))
        return " ".join(part for part in parts if part)

    @property
    def described_by(self) -> str:
        ids = ((self.hint, f"{self.id}-ket"), (self.error, f"{self.id}-salah"))
        return " ".join(name for wanted, name in ids if wanted)

    @property
    def shown_for(self) -> str:
        """The attribute by which the page's script shows and hides the field."""
        if self.master is None or self.decides:
            return ""
        name = escape(f"{ANSWER}{self.master.key}={self._wanted}")
        return Markup(' data-shown-for="{}"').format(name)

    @property
    def _wanted(self) -> str:
        return self.field.shown_for[1] if self.field.shown_for else ""


def view_fields(
    fields: Sequence[Field], answers: Mapping[str, object], error: InvalidAnswerError | None = None
) -> list[FieldView]:
    """Answers are either typed ones or the texts of a form that was refused."""
    errors = {problem.key: problem.sentence for problem in list_problems(error)}
    by_key = {field.key: field for field in fields if field.key}
    return [
        FieldView(
            field,
            answers.get(field.key, field.default),
            errors.get(field.key, ""),
            by_key.get(field.shown_for[0]) if field.shown_for else None,
        )
        for field in fields
    ]


@dataclass(frozen=True)
class Problem:
    """One line of the summary above a refused form; `anchor` is the id of its field."""

    key: str
    label: str
    sentence: str

    @property
    def anchor(self) -> str:
        return self.key if self.key == "berkas" else f"isi-{self.key}"


def list_problems(error: InvalidAnswerError | None) -> list[Problem]:
    if error is None:
        return []
    listed = error.fields.get("errors")
    found = listed if isinstance(listed, list) else [error.fields]
    return [
        Problem(
            str(one.get("field")),
            str(one.get("label") or _names(one.get("field"))),
            messages.explain_answer(one),
        )
        for one in found
    ]


def _names(key: object) -> str:
    """What stands on the page without being a field of the form."""
    known = {"berkas": gettext("Lampirkan dokumen"), "kelengkapan": gettext("Kelengkapan")}
    return known.get(str(key), str(key))


def open_answers(fields: Sequence[Field], answers: Mapping[str, object]) -> dict[str, object]:
    """What a form starts with: an earlier decision and its note are not offered again."""
    buttons = {field.key for field in fields if field.appearance == BUTTONS}
    stale = buttons | {f.key for f in fields if f.shown_for and f.shown_for[0] in buttons}
    return {key: value for key, value in answers.items() if key not in stale}
