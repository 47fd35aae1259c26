"""A cell of unary tests, taken apart: where its commas, intervals and operators are.

Brackets decide, and FEEL's brackets may stand the wrong way round (`]1..5[`); so it goes by tokens.
What is between is not judged here: whoever compiles a piece refuses what is no expression.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workflows.decisions.errors import UnfitError
from workflows.expressions.tokens import MAX_LENGTH

# A text in quotes. One without an end goes on to the end: looking for it again and again from each
# quote within would take the square of the length.
QUOTED: Final = r"""\"(?:[^\"\\]|\\.)*+(?:\"|\\?\Z)|'(?:[^'\\]|\\.)*+(?:'|\\?\Z)"""
_TOKEN: Final = re.compile(
    rf"""(?P<string>{QUOTED})
    |(?P<dots>\.\.)
    |(?P<number>[0-9]+(?:\.[0-9]+)?)
    |(?P<name>[^\W\d]\w*)
    |(?P<sign><=|>=|!=|==|[<>=])
    |(?P<other>\S)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """An expression, after the operator `sign` if there is one."""

    text: str
    sign: str


@dataclass(frozen=True, slots=True)
class Interval:
    """`low` and `high` are expressions; the flags say whether the end itself belongs to it."""

    low: str
    high: str
    with_low: bool
    with_high: bool


@dataclass(frozen=True, slots=True)
class Tests:
    """Alternatives, all of them negated by `not(…)`. Empty for a cell that everything fits."""

    items: tuple[Piece | Interval, ...]
    negated: bool = False


def scan_tests(text: str) -> Tests:
    """Raises UnfitError unbalanced, empty_test, too_large for what cannot be taken apart.

    A nested `not(…)` stays an expression.
    """
    if len(text) > MAX_LENGTH:
        raise UnfitError("too_large")
    tokens = list(_TOKEN.finditer(text))
    words = [token[0] for token in tokens]
    if words in ([], ["-"]):
        return Tests(())
    if words[:2] == ["not", "("] and words[-1] == ")":
        try:
            return Tests(tuple(_items(text, tokens[2:-1])), negated=True)
        except UnfitError:
            pass  # not(a) or (b): the brackets do not belong together
    return Tests(tuple(_items(text, tokens)))


def _items(text: str, tokens: list[re.Match[str]]) -> Iterator[Piece | Interval]:
    start = 0
    while True:
        item, end = _interval(text, tokens, start) or _piece(text, tokens, start)
        yield item
        if end == len(tokens):
            return
        if tokens[end][0] != ",":
            raise UnfitError("unbalanced")
        start = end + 1


def _end_of_piece(tokens: list[re.Match[str]], start: int) -> int:
    depth = 0
    for place in range(start, len(tokens)):
        word = tokens[place][0]
        if word == "," and depth == 0:
            return place
        depth += (word in "([{") - (word in ")]}")
        if depth < 0:
            raise UnfitError("unbalanced")
    if depth:
        raise UnfitError("unbalanced")
    return len(tokens)


def _piece(text: str, tokens: list[re.Match[str]], start: int) -> tuple[Piece, int]:
    """The expression that begins here, and the place after it."""
    end = _end_of_piece(tokens, start)
    rest = tokens[start:end]
    sign = rest[0][0] if rest and rest[0].lastgroup == "sign" else ""
    rest = rest[1:] if sign else rest
    if not rest:
        raise UnfitError("empty_test")
    return Piece(_between(text, rest), sign), end


def _interval(text: str, tokens: list[re.Match[str]], start: int) -> tuple[Interval, int] | None:
    """The interval that begins here and the place after it; None where none begins."""
    if start >= len(tokens) or tokens[start][0] not in "[(]":
        return None
    depth, dots = 0, 0
    for place in range(start + 1, len(tokens)):
        word = tokens[place][0]
        if depth == 0 and word == "..":
            dots = place
        elif depth == 0 and dots and _closes(tokens, place):
            low, high = tokens[start + 1 : dots], tokens[dots + 1 : place]
            if not low or not high:
                raise UnfitError("empty_test")
            with_low, with_high = tokens[start][0] == "[", word == "]"
            ends = _between(text, low), _between(text, high)
            return Interval(*ends, with_low, with_high), place + 1
        elif (depth == 0 and word in ",)]") or depth < 0:
            return None
        else:
            depth += (word in "([{") - (word in ")]}")
    return None


def _closes(tokens: list[re.Match[str]], place: int) -> bool:
    """`)` and `]` close an interval; `[` does where nothing follows that it could index."""
    word = tokens[place][0]
    last = place + 1 == len(tokens) or tokens[place + 1][0] == ","
    return word in ")]" or (word == "[" and last)


def _between(text: str, tokens: list[re.Match[str]]) -> str:
    return text[tokens[0].start() : tokens[-1].end()]
