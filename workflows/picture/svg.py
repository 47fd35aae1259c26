"""Writing SVG: numbers short, texts escaped, attributes in the order given."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workflows.layout.measure import LINE

# What no XML may hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float) -> str:
    """At most one digit after the point."""
    text = f"{value:.1f}"
    text = text[:-2] if text.endswith(".0") else text
    return "0" if text == "-0" else text


def escape(text: str) -> str:
    text = _FORBIDDEN.sub("", text)
    for letter, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(letter, name)
    return text


def tag(name: str, content: str = "", /, **attributes: object) -> str:
    """An element; `content` is SVG already. `class_` and `stroke_width` become `class` and
    `stroke-width`; None leaves an attribute out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _value(value: object) -> str:
    return number(float(value)) if isinstance(value, int | float) else escape(str(value))


def rect(x: float, y: float, w: float, h: float, **attributes: object) -> str:
    return tag("rect", x=x, y=y, width=w, height=h, **attributes)


def circle(cx: float, cy: float, r: float, **attributes: object) -> str:
    return tag("circle", cx=cx, cy=cy, r=r, **attributes)


def path(d: str, **attributes: object) -> str:
    return tag("path", d=d, **attributes)


def moved(content: str, x: float, y: float) -> str:
    return tag("g", content, transform=f"translate({number(x)} {number(y)})")


def lines_of_text(
    lines: Sequence[str], x: float, y: float, size: float, **attributes: object
) -> str:
    """Lines in the middle of `x`, the first with its top at `y`."""
    found = []
    for at, line in enumerate(lines):
        base = y + size * (0.82 + LINE * at + (LINE - 1) / 2)
        found.append(tag("text", escape(line), x=x, y=base, font_size=size, **attributes))
    return "".join(found)
