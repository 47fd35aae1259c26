"""Numbers as Indonesian texts spell them: "empat belas", "satu setengah", "1½"."""

import re
from functools import cache
from typing import Final

_ONES: Final = (
    *("", "satu", "dua", "tiga", "empat", "lima"),
    *("enam", "tujuh", "delapan", "sembilan"),
)
_HALVES: Final = {"½": "5", "1/2": "5", "¼": "25", "1/4": "25", "¾": "75", "3/4": "75"}
_HALF: Final = re.compile(r"(?:(\d+) ?)?([½¼¾]|(?<![\d/,.])(?:1/2|1/4|3/4)(?![\d/,.]))")


def halves_as_decimals(text: str) -> str:
    """ "1½ jam" as "1,5 jam"; other fractions stay, as "2/3 hari" may mean two or three."""
    return _HALF.sub(lambda found: f"{found[1] or 0},{_HALVES[found[2]]}", text)


def words_as_digits(text: str) -> str:
    """Number words (1 to 999, and "setengah") of a lower-case text as digits.

    Raises ValueError where number words stand together that are no number.
    """
    return _word_runs().sub(_digits, text)


def _digits(found: re.Match[str]) -> str:
    whole = found[0].removesuffix("setengah").strip()
    if whole and whole not in _spelling():
        raise ValueError(found[0])
    return f"{_spelling().get(whole, 0)}{',5' if found[0].endswith('setengah') else ''}"


@cache
def _word_runs() -> re.Pattern[str]:
    words = {word for phrase in _spelling() for word in phrase.split()} | {"setengah"}
    one = rf"\b(?:{'|'.join(sorted(words))})\b"
    return re.compile(f"{one}(?: {one})*")


@cache
def _spelling() -> dict[str, int]:
    return {_spell(number): number for number in range(1, 1000)}


def _spell(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, one = divmod(rest, 10)
    head = {0: "", 1: "seratus"}.get(hundreds, f"{_ONES[hundreds]} ratus")
    if rest in (10, 11):
        tail = "sepuluh" if rest == 10 else "sebelas"
    elif tens == 1:
        tail = f"{_ONES[one]} belas"
    else:
        tail = f"{_ONES[tens]} puluh {_ONES[one]}" if tens else _ONES[one]
    return f"{head} {tail}".strip()
