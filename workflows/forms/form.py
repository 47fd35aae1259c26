"""A form as a value: fields, options, and which answer shows which field."""

from dataclasses import dataclass
from typing import Final, Literal

FieldType = Literal[
    "textfield", "textarea", "number", "select", "radio", "checkbox", "checklist", "date", "text"
]
CHOICES: Final = frozenset({"select", "radio", "checklist"})


@dataclass(frozen=True)
class Option:
    """One choice: the value that is stored and the label that people see."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One field of a form. A `text` is a paragraph to read: it has no key and takes no answer.

    `hide` is the schema's expression (true: the field is not there), `visible_when` its opposite;
    `shown_for` is (key, value) where the field simply belongs to one choice of another field, so
    that a page can show it without evaluating anything. `appearance` is "tombol" for a choice
    that is drawn as buttons which submit the form, "arahan" for the note that goes with a
    decision, else "". `integer`: a number without decimals.
    """

    key: str
    label: str
    type: FieldType
    required: bool = False
    options: tuple[Option, ...] = ()
    description: str = ""
    minimum: float | None = None
    maximum: float | None = None
    integer: bool = False
    min_length: int | None = None
    max_length: int | None = None
    hide: str | None = None
    shown_for: tuple[str, str] | None = None
    appearance: str = ""
    default: object = None

    @property
    def visible_when(self) -> str | None:
        return None if self.hide is None else f"=not({self.hide.strip().removeprefix('=')})"


@dataclass(frozen=True)
class Form:
    """A form in the order in which it is filled in."""

    title: str
    fields: tuple[Field, ...]

    @property
    def questions(self) -> tuple[Field, ...]:
        """The fields that take an answer."""
        return tuple(field for field in self.fields if field.type != "text")
