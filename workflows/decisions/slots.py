"""Expressions of a decision: compiled when the file is read, literals computed there and then."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from workflows.decisions.errors import UnfitError
from workflows.decisions.kinds import Kind
from workflows.decisions.moments import read_any, read_date, read_date_time, read_time
from workflows.decisions.scan import QUOTED
from workflows.decisions.scope import Scope
from workflows.expressions import Expression, ExpressionError, compile_expression
from workflows.expressions.budget import TooLargeError
from workflows.expressions.expression import Language

# The name that stands for the sign `?`: a letter that looks like it.
ASKED: Final = "\N{LATIN LETTER GLOTTAL STOP}"
_GLUE: Final = "\N{MODIFIER LETTER HALF TRIANGULAR COLON}"
_SHARED: Final = frozenset({"steps", "work", "memory"})  # what is spent together

_STRING: Final = re.compile(QUOTED, re.DOTALL)
_QUESTION: Final = re.compile(rf"({QUOTED})|\?", re.DOTALL)
_NUMBER: Final = re.compile(r"[-+]?\s*[0-9]{1,15}(?:\.[0-9]{1,15})?")
_MOMENT: Final = re.compile(
    r"(?:@|(?P<kind>date and time|date|time)\s*(?P<opens>\())\s*"
    r"\"(?P<text>[^\"\\]*)\"\s*(?P<closes>\)?)"
)
_JUEL: Final = re.compile(r"[$#]\{.*\}", re.DOTALL)
_WORDS: Final[Mapping[str, object]] = {"true": True, "false": False, "null": None}
_READERS: Final[Mapping[str | None, Callable[[str], object]]] = {
    "date": read_date,
    "time": read_time,
    "date and time": read_date_time,
    None: read_any,
}


@dataclass(frozen=True, slots=True)
class Slot:
    """An expression; without one, the constant `value`. `names`: variables that it reads."""

    text: str
    value: object = None
    expression: Expression | None = None

    @property
    def names(self) -> frozenset[str]:
        return self.expression.names if self.expression else frozenset()

    def evaluate(self, scope: Scope) -> object:
        """Raises UnfitError when there is no value, TooLargeError."""
        if self.expression is None:
            return self.value
        scope.budget.variables = scope.variables
        try:
            return self.expression.evaluate_in(scope.budget)
        except ExpressionError as error:
            if error.fields.get("limit") in _SHARED:
                raise TooLargeError(error.fields["limit"]) from None
            raise _unfit(error) from None

    def of_kind(self, kind: Kind) -> "Slot":
        """With a constant as a value of this kind; raises UnfitError."""
        return self if self.expression else Slot(self.text, kind.read(self.value))


def is_juel(text: str, language: Language) -> bool:
    """Java's expression language, by its name or by the braces around all of the text."""
    return language == "juel" or bool(_JUEL.fullmatch(text))


def compile_slot(text: str, language: Language, names: Mapping[str, str]) -> Slot:
    """`names`: of variables that are no words, as written -> as a word (see `as_word`).

    Raises UnfitError unreadable (cause, construct), not_a_moment.
    """
    source = text.strip()
    if is_juel(source, language):
        return Slot(source, None, _compile(source, "juel"))
    is_literal, value = read_literal(source)
    if is_literal:
        return Slot(source, value)
    asked = _QUESTION.sub(lambda found: found[1] or f" {ASKED} ", _replace_names(source, names))
    return Slot(source, None, _compile(asked, "feel"))


def as_word(name: str) -> str:
    """The name as a word that an expression can contain."""
    return re.sub(r"\W", _GLUE, name)


def read_literal(text: str) -> tuple[bool, object]:
    """Whether the text is a literal other than a list, and its value."""
    if text in _WORDS:
        return True, _WORDS[text]
    if _NUMBER.fullmatch(text):
        digits = "".join(text.split())
        return True, float(digits) if "." in digits else int(digits)
    if _STRING.fullmatch(text):
        return True, _compile(text, "feel").evaluate({})
    found = _MOMENT.fullmatch(text)
    if found and bool(found["opens"]) == bool(found["closes"]):
        try:
            return True, _READERS[found["kind"]](found["text"])
        except ValueError:
            raise UnfitError("not_a_moment") from None
    return False, None


def _replace_names(text: str, names: Mapping[str, str]) -> str:
    if not names:
        return text
    longest_first = sorted(names, key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first))
    pattern = re.compile(rf"({QUOTED})|(?<!\w)(?:{either})(?!\w)", re.DOTALL)
    return pattern.sub(lambda found: found[1] or names[found[0]], text)


def _compile(text: str, language: Language) -> Expression:
    try:
        return compile_expression(text, language)
    except ExpressionError as error:
        raise _unfit(error, "unreadable") from None


def _unfit(error: ExpressionError, reason: str = "failed") -> UnfitError:
    fields = {
        key: str(error.fields[key]).replace(_GLUE, " ").replace(ASKED, "?")
        for key in ("construct", "name")
        if key in error.fields
    }
    if error.code == "expression_too_large":
        return UnfitError("too_large", cause=error.code, **fields)
    if error.fields.get("reason") in ("unknown_name", "missing_key"):
        reason = str(error.fields["reason"])
    return UnfitError(reason, cause=error.code, **fields)
