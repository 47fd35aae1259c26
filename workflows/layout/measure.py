"""How wide a text is and how it breaks, without a font: a usual sans-serif, rounded up."""

from typing import Final

LINE: Final = 1.2  # line height in font sizes
_LONGEST: Final = 300  # letters of a name that are looked at
_NARROW: Final = frozenset("iIl.,:;'|!jtfr()[]-/ ")
_WIDE: Final = frozenset("mwMW@%–—")


def text_width(text: str, size: float) -> float:
    return size * sum(_em(letter) for letter in text)


def wrap(text: str, width: float, size: float, lines: int = 99) -> list[str]:
    """The words in lines no wider than `width`; a longer word is broken, what does not fit into
    `lines` ends with an ellipsis."""
    found: list[str] = []
    taken = 0.0
    for word in text[:_LONGEST].split():
        for part, wide in _parts(word, width, size):
            joined = taken + size * _em(" ") + wide
            if found and joined <= width:
                found[-1] += f" {part}"
                taken = joined
            else:
                found.append(part)
                taken = wide
    if len(found) > lines:
        last = found[lines - 1]
        while last and text_width(last + "…", size) > width:
            last = last[:-1]
        found[lines - 1 :] = [last.rstrip() + "…"]
    return found


def block(text: str, width: float, size: float) -> tuple[float, float]:
    """Width and height of the text when it is broken at `width`."""
    lines = wrap(text, width, size)
    widest = max((text_width(line, size) for line in lines), default=0.0)
    return float(round(widest + 1)), float(round(len(lines) * size * LINE))


def _em(letter: str) -> float:
    if letter in _NARROW:
        return 0.33
    if letter in _WIDE:
        return 0.88
    if letter.isupper():
        return 0.69
    return 0.56 if ord(letter) < 0x2E80 else 1.0


def _parts(word: str, width: float, size: float) -> list[tuple[str, float]]:
    """The word with its width, in pieces where it is too wide."""
    parts: list[tuple[str, float]] = []
    start, taken = 0, 0.0
    for at, letter in enumerate(word):
        wide = size * _em(letter)
        if taken + wide > width and at > start:
            parts.append((word[start:at], taken))
            start, taken = at, 0.0
        taken += wide
    return [*parts, (word[start:], taken)]
