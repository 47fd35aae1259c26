"""What is wrong with a form, line by line, for the summary above it and for its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from web import messages
from web.language import gettext
from workflows.errors import InvalidAnswerError

MOST = 12  # lines of the summary; the fields themselves show all


@dataclass(frozen=True)
class Problem:
    """One line of the summary above a refused form; `path` names its field, in a table its cell;
    `anchor` is the id of that."""

    key: str
    label: str
    sentence: str
    path: str

    @property
    def anchor(self) -> str:
        return self.key if self.key == "berkas" else f"isi-{self.path.replace('.', '-')}"


def list_problems(error: InvalidAnswerError | None) -> list[Problem]:
    if error is None:
        return []
    listed = error.fields.get("errors")
    found = listed if isinstance(listed, list) else [error.fields]
    return [_problem(one) for one in found]


def _problem(one: Mapping[str, object]) -> Problem:
    key, cell = str(one.get("field")), one.get("cell")
    label = str(one.get("label") or _names(key))
    if cell:
        label = gettext(
            "%(table)s, baris %(row)s, %(column)s",
            table=label,
            row=one.get("row"),
            column=one.get("column"),
        )
    return Problem(key, label, messages.explain_answer(one), f"{key}.{cell}" if cell else key)


def _names(key: str) -> str:
    """What stands on the page without being a field of the form."""
    known = {"berkas": gettext("Lampirkan dokumen"), "kelengkapan": gettext("Kelengkapan")}
    return known.get(key, key)
