"""Sentences that can be said in another language after they were made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce


def N_(text: str) -> str:  # noqa: N802  # gettext's own name for this mark
    """Mark a text for extraction; it is translated where it is shown."""
    return text


class Said(str):
    """An Indonesian sentence that remembers how it was made.

    It is a plain text to whoever only writes it down. `text` has `%(name)s` for each of its
    `fields`, which may be `Said` themselves; what is given as `text` is extracted for translation.
    """

    text: str
    fields: Mapping[str, str]

    def __new__(cls, text: str, /, **fields: object) -> Said:
        given = {name: one if isinstance(one, str) else str(one) for name, one in fields.items()}
        made = super().__new__(cls, text % given)
        made.text, made.fields = text, given
        return made

    def __reduce__(self) -> tuple[object, ...]:
        return read_said, (self.document(),)

    def translated(self, gettext: Callable[[str], str]) -> str:
        """`gettext` knows the text in the other language."""
        fields = {
            name: one.translated(gettext) if isinstance(one, Said) else one
            for name, one in self.fields.items()
        }
        return gettext(self.text) % fields

    def document(self) -> dict[str, object]:
        """As JSON, for `read_said`."""
        fields = {
            name: one.document() if isinstance(one, Said) else one
            for name, one in self.fields.items()
        }
        return {"text": self.text, "fields": fields}


def read_said(document: Mapping[str, object]) -> Said:
    given = document["fields"]
    assert isinstance(given, Mapping)
    fields = {
        name: read_said(one) if isinstance(one, Mapping) else str(one)
        for name, one in given.items()
    }
    return Said(str(document["text"]), **fields)


def joined(parts: Sequence[str]) -> Said:
    """ "A, B, C"."""
    fields = {f"part{number}": one for number, one in enumerate(parts)}
    text = ", ".join(f"%({name})s" for name in fields)
    return Said(text, **fields)


def one_of(parts: Iterable[str]) -> str:
    """ "A atau B"; "" of none."""
    listed = list(parts)
    return reduce(_either, listed) if listed else ""


def _either(one: str, other: str) -> str:
    return Said("%(one)s atau %(other)s", one=one, other=other)
