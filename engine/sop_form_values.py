"""What the use cases of a draft's forms give back."""

from __future__ import annotations

from dataclasses import dataclass

from engine.studio_values import SavedLine, SopDraftDetail
from workflows.errors import SopError
from workflows.form_files import FormUse


@dataclass(frozen=True)
class FormLine:
    """A form of a draft. `uses`: the steps that name it; `missing`: there is no such file;
    `refusal`: why it cannot be read; `questions`: how many it asks."""

    name: str
    title: str
    uses: tuple[FormUse, ...]
    questions: int = 0
    refusal: SopError | None = None
    missing: bool = False


@dataclass(frozen=True)
class DraftForms:
    """`bare`: the steps that name no form yet."""

    draft: SopDraftDetail
    forms: tuple[FormLine, ...]
    bare: tuple[FormUse, ...]


@dataclass(frozen=True)
class DraftForm:
    """One form as it is kept; `mark` tells its text from any other."""

    draft: SopDraftDetail
    name: str
    text: str
    mark: str
    uses: tuple[FormUse, ...]


@dataclass(frozen=True)
class SavedForm:
    saved: SavedLine
    mark: str
