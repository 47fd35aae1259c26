"""Bring the accepted notations to one Python-like source, token by token.

Working on tokens, and not on the text, is what keeps string literals as they were written.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from workflows.expressions.errors import ExpressionError

MAX_LENGTH = 4000

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<string>"(?:[^"\\\n]|\\["'\\nrt])*"|'(?:[^'\\\n]|\\["'\\nrt])*')
    |(?P<number>(?:\d+\.\d+|\d+)(?:[eE][+-]?\d+)?)
    |(?P<name>[^\W\d]\w*)
    |(?P<operator>==|!=|<=|>=|&&|\|\||\*\*|//|[<>!=+\-*/%()\[\]{}.,:])""",
    re.VERBOSE,
)
_WRAPPED = re.compile(r"[$#]\{(.*)\}", re.DOTALL)
# `!` becomes `~`, which binds as tightly in Python as `!` does in the notations that have it.
# The compiler reads `~` as "not"; it cannot be written in an expression itself.
_SYMBOLS = {"&&": "and", "||": "or", "!": "~"}
_JUEL_WORDS = {
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "gt": ">",
    "le": "<=",
    "ge": ">=",
    "div": "/",
    "mod": "%",
}


class Token(NamedTuple):
    kind: str
    text: str
    column: int


def to_python(text: str) -> str:
    """The source of `text` in Python's grammar; raises ExpressionError."""
    if len(text) > MAX_LENGTH:
        raise ExpressionError("expression_too_large", limit="length", maximum=MAX_LENGTH)
    source = text.strip()
    if wrapped := _WRAPPED.fullmatch(source):
        return _join(_rewrite(_tokens(wrapped[1], text), _JUEL_WORDS, feel=False))
    if source.startswith("=") and not source.startswith("=="):
        return _join(_rewrite(_tokens(source[1:], text), {}, feel=True))
    return _join(_rewrite(_tokens(source, text), {}, feel=False))


def _tokens(source: str, text: str) -> list[Token]:
    """`source` in tokens without spaces; columns count from 1 in the text as it was written."""
    offset = text.index(source) + 1
    found: list[Token] = []
    position = 0
    touching = ""
    while position < len(source):
        match = _TOKEN.match(source, position)
        kind = match.lastgroup if match else None
        # Words and literals must not touch each other: it excludes string prefixes (f"…") and
        # "1and", which Python warns about instead of refusing.
        glued = kind in ("string", "number", "name") and touching in ("string", "number", "name")
        if match is None or kind is None or glued:
            raise ExpressionError("expression_syntax", text=text, column=offset + position)
        touching = kind
        if kind != "space":
            found.append(Token(kind, match[0], offset + position))
        position = match.end()
    if not found:
        raise ExpressionError("expression_syntax", text=text, column=1, reason="empty")
    return found


def _rewrite(tokens: list[Token], words: dict[str, str], *, feel: bool) -> Iterator[str]:
    after_dot = False
    for index, (kind, text, column) in enumerate(tokens):
        following = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if kind == "operator" and text == "=":
            if not feel:
                raise ExpressionError("expression_syntax", column=column, reason="single_equals")
            yield "=="
        elif kind == "operator":
            yield _SYMBOLS.get(text, text)
        elif kind == "name" and feel and text == "not" and following == "(":
            yield "~"  # a function in FEEL: not(a) = b compares
        elif kind == "name" and not after_dot:
            yield words.get(text, text)
        else:
            yield text
        after_dot = text == "."


def _join(parts: Iterator[str]) -> str:
    return " ".join(parts)
