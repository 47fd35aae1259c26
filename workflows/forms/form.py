"""A form as a value: fields, options, and which answer shows which field."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

FieldType = Literal[
    "textfield",
    "textarea",
    "number",
    "currency",
    "select",
    "radio",
    "checkbox",
    "checklist",
    "taglist",
    "date",
    "time",
    "datetime",
    "file",
    "table",
    "text",
    "separator",
    "group",
]
CHOICES: Final = frozenset({"select", "radio", "checklist", "taglist"})
MULTIPLE: Final = frozenset({"checklist", "taglist", "file"})  # whose answer is a list
SILENT: Final = frozenset({"text", "separator", "group"})  # take no answer
MAX_ROWS: Final = 200  # of a table that sets no limit of its own


@dataclass(frozen=True)
class Option:
    """One choice: the value that is stored and the label that people see."""

    value: str
    label: str


@dataclass(frozen=True)
class Field:
    """One field of a form. A `text` is a paragraph to read (its `label`, in form-js's Markdown), a
    `separator` a line and a `group` a frame around its `fields`: they have no key and take no
    answer. The `fields` of a `table` are its columns.

    `hide` is the schema's expression (true: the field is not there), `visible_when` its opposite;
    `within` are those of the groups around it; `shown_for` is (key, value) where the field simply
    belongs to one choice of another field. `appearance` is "tombol" for a choice that is drawn as
    buttons which submit the form, "arahan" for the note that goes with a decision, else "".
    `integer`: a number without decimals; `digits`: the most decimals; `prefix`, `suffix`: what
    stands beside the number. `format`: "email" or "phone". `rows`: how many a table begins with.
    `accept`: extensions and media types, as an HTML file input has them.
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
    digits: int | None = None
    prefix: str = ""
    suffix: str = ""
    pattern: str = ""
    format: str = ""
    within: tuple[str, ...] = ()
    fields: "tuple[Field, ...]" = ()
    rows: int = 1
    min_rows: int = 0
    max_rows: int = MAX_ROWS
    fixed_rows: bool = False
    multiple: bool = False
    accept: tuple[str, ...] = ()

    @property
    def visible_when(self) -> str | None:
        return None if self.hide is None else f"=not({self.hide.strip().removeprefix('=')})"

    @property
    def conditions(self) -> tuple[str, ...]:
        """The field is not there while one of them holds."""
        return self.within if self.hide is None else (*self.within, self.hide)


@dataclass(frozen=True)
class Form:
    """A form in the order in which it is filled in."""

    title: str
    fields: tuple[Field, ...]

    @property
    def questions(self) -> tuple[Field, ...]:
        """The fields that take an answer, those in groups included."""
        return tuple(questions_of(self.fields))


def questions_of(fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields that take an answer, in the order of the form."""
    for field in fields:
        if field.type == "group":
            yield from questions_of(field.fields)
        elif field.type not in SILENT:
            yield field
