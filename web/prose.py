"""The Markdown of form-js's texts, as far as instructions need it: paragraphs, headings, lists,
**bold**, *italic*, links. Everything else, HTML included, is shown as it was written."""

from __future__ import annotations

import re
from itertools import groupby

from markupsafe import Markup, escape

HEADING = re.compile(r"(#{1,4})\s+(.+)")
BULLET = re.compile(r"[*+-]\s+(.+)")
NUMBER = re.compile(r"\d{1,3}[.)]\s+(.+)")
LINK = re.compile(
    r"\[([^\]\n]{1,300})\]\((https?://[^\s()<>&#\"']{1,500}|/[^\s()<>&\"'/][^\s()<>&\"']*)\)"
)
BOLD = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
ITALIC = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,500})(?<=\S)\1(?![\w*])")


def show_prose(text: str) -> Markup:
    blocks = [
        block
        for paragraph in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n"))
        for block in _blocks(paragraph)
    ]
    return Markup("\n").join(blocks)


def _blocks(paragraph: str) -> list[Markup]:
    lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
    return [_block(kind, list(group)) for kind, group in groupby(lines, _kind)]


def _kind(line: str) -> str:
    if HEADING.fullmatch(line):
        return "h"
    return "ul" if BULLET.fullmatch(line) else "ol" if NUMBER.fullmatch(line) else "p"


def _block(kind: str, lines: list[str]) -> Markup:
    if kind == "h":
        found = [HEADING.fullmatch(line) for line in lines]
        return Markup().join(Markup("<h3>{}</h3>").format(_inline(one[2])) for one in found if one)
    if kind == "p":
        return Markup("<p>{}</p>").format(Markup("<br>").join(_inline(line) for line in lines))
    pattern = BULLET if kind == "ul" else NUMBER
    found = [pattern.fullmatch(line) for line in lines]
    items = Markup().join(Markup("<li>{}</li>").format(_inline(one[1])) for one in found if one)
    return Markup("<{0}>{1}</{0}>").format(Markup(kind), items)


def _inline(text: str) -> Markup:
    """Escaped first: what is added afterwards are our own tags."""
    html = str(escape(text))
    html = LINK.sub(r'<a href="\2" rel="noopener">\1</a>', html)
    html = BOLD.sub(r"<strong>\2</strong>", html)
    return Markup(ITALIC.sub(r"<em>\2</em>", html))
