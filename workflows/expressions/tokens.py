"""The words of an expression or script, each with its place in the text as it was written."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from workflows.expressions.errors import ExpressionError

TokenKind = Literal[
    "text", "number", "name", "operator", "newline", "comment", "indent", "dedent", "end"
]

MAX_LENGTH = 4000

# In texts neither NUL nor half characters, which could be stored nowhere.
_TOKEN = re.compile(
    r"""(?P<space>[^\S\n]+)
    |(?P<newline>\n)
    |(?P<comment>\#[^\n]*)
    |(?P<text>"(?:[^"\\\n\0\ud800-\udfff]|\\["'\\nrt])*"
             |'(?:[^'\\\n\0\ud800-\udfff]|\\["'\\nrt])*')
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    |(?P<name>[^\W\d]\w*)
    |(?P<operator>//=|\*\*|==|!=|<=|>=|&&|\|\||//|\.\.|[+\-*/%]=|[<>=!+\-*/%()\[\]{}.,:?;])""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t"}
_WORDS = ("text", "number", "name")


class Token(NamedTuple):
    """`at`: offset in the text, counted from 0."""

    kind: TokenKind
    text: str
    at: int


def scan(text: str, begin: int, end: int) -> Iterator[Token]:
    """The tokens of text[begin:end], newlines and comments among them; raises ExpressionError."""
    position = begin
    touching = ""
    while position < end:
        match = _TOKEN.match(text, position, end)
        kind = match.lastgroup if match else None
        # Words and literals must not touch each other: it excludes the string prefixes of Python
        # (f"…"), its other numbers (0x10, 1j, 1_000) and misreadings such as "1and".
        if match is None or (kind in _WORDS and touching in _WORDS):
            reason = "unterminated" if text[position] in "\"'" else "unreadable"
            raise ExpressionError("expression_syntax", at=position, reason=reason)
        touching = kind or ""
        if kind != "space":
            yield Token(kind, match[0], position)  # type: ignore[arg-type] # a group's name
        position = match.end()


def tokenise(text: str, begin: int, end: int) -> list[Token]:
    """The tokens of one expression, then one of kind "end"."""
    found = []
    for token in scan(text, begin, end):
        if token.kind == "comment":
            raise ExpressionError("expression_syntax", at=token.at, reason="unreadable")
        if token.kind != "newline":
            found.append(token)
    return [*found, Token("end", "", end)]


def unquote(literal: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), literal[1:-1])
