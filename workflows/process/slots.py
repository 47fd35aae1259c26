"""Texts that are computed while a case runs: every one is compiled when the file is read."""

import re
from collections import Counter
from typing import Final

from lxml import etree

from workflows.errors import SopError
from workflows.expressions import compile_expression
from workflows.process.model import Mapped
from workflows.process.refusals import Notes

# The languages of expressions that are read, as files name them.
_LANGUAGES: Final = re.compile(
    r"juel|feel|https?://www\.omg\.org/spec/(?:dmn/\w+/)?feel(?:/|$)", re.IGNORECASE
)
_WRAPPED: Final = re.compile(r"[$#]\{([^{}]*)\}")


def expression(notes: Notes, owner: etree._Element, slot: str, text: str) -> str:
    """The text without blanks around it; a refusal where it cannot be compiled."""
    stripped = text.strip()
    try:
        compile_expression(stripped)
    except SopError as error:
        fields = {"text": stripped, "column": error.fields.get("column")}
        notes.refuse("invalid_expression", owner, slot=slot, cause=error.code, **fields)
    return stripped


def mapped(
    notes: Notes, owner: etree._Element, slot: str, pairs: list[tuple[str, str]], *, dots: str = ""
) -> Mapped:
    """Pairs of a variable and an expression. `dots`: a prefix such as "header." after which
    anything but blanks may follow."""
    for name, value in pairs:
        free = bool(dots) and name.startswith(dots) and name != dots and not name.split()[1:]
        if not name.isidentifier() and not free:
            notes.refuse("invalid_name", owner, slot=slot, text=name)
        expression(notes, owner, f"{slot} {name}", value)
    _refuse_order(notes, owner, pairs)
    for name, count in Counter(name for name, _ in pairs).items():
        if count > 1:
            notes.refuse("written_twice", owner, slot=slot, text=name)
    return tuple((name, value.strip()) for name, value in pairs)


def _refuse_order(notes: Notes, owner: etree._Element, pairs: list[tuple[str, str]]) -> None:
    """All are computed from what was there before, none from what another one has just set."""
    before: set[str] = set()
    for name, value in pairs:
        try:
            used = compile_expression(value.strip()).names & before
        except SopError:
            continue  # has been refused
        if used:
            notes.refuse("mapping_order", owner, text=name)
        if value.strip().strip("=${} ") != name:
            before.add(name)


def formal(notes: Notes, owner: etree._Element, element: etree._Element | None) -> str:
    """The expression in an element of BPMN, "" where there is none or its language is refused."""
    written = "" if element is None else notated(notes, owner, element)
    if element is None or not written:
        return ""
    return expression(notes, owner, slot_of(element), written)


def notated(
    notes: Notes, owner: etree._Element, element: etree._Element, *, plain: bool = False
) -> str:
    """The text of such an element, so that it says itself in which notation it is written; ""
    with a refusal where that is none of ours. `plain`: the text is the same in any language, so
    that only a language named at the element itself counts."""
    written = "".join(map(str, element.itertext())).strip()
    language = (element.get("language") or "").strip()
    if not language and not plain:
        default = (element.getroottree().getroot().get("expressionLanguage") or "").strip()
        # Most tools write the default of the standard without meaning it.
        language = "" if "xpath" in default.casefold() else default
    if written and language and not _LANGUAGES.match(language):
        notes.refuse("expression_language", owner, slot=slot_of(element), text=language)
        return ""
    return written if plain else in_notation(written, language)


def slot_of(element: etree._Element) -> str:
    """How refusals call the place of an expression; a key of the words of the lint."""
    return str(etree.QName(element).localname).removesuffix("Expression")


def in_notation(text: str, notation: str) -> str:
    """The text so that it says itself in which notation it is written."""
    kind, stripped = notation.casefold(), text.strip()
    if not stripped:
        return ""
    if "feel" in kind and not stripped.startswith("="):
        return f"={stripped}"
    if "juel" in kind and not computed(stripped):
        return f"${{{stripped}}}"
    return stripped


def variable(notes: Notes, owner: etree._Element, slot: str, text: str) -> str:
    """The name of one variable, "" where there is none."""
    name = text.strip()
    if name and not name.isidentifier():
        notes.refuse("invalid_name", owner, slot=slot, text=name)
    return name


def literal(text: str) -> str:
    """The expression whose value is this very text."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f'"{escaped}"'


def computed(text: str) -> bool:
    """Whether a text that is usually plain holds an expression of any notation."""
    return bool(_WRAPPED.search(text)) or "${" in text or "#{" in text or text.startswith("=")


def whole(text: str) -> str | None:
    """What stands in a text that is one `${…}` from its beginning to its end."""
    match = _WRAPPED.fullmatch(text.strip())
    return match[1].strip() if match else None
