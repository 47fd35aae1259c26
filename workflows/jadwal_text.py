"""How sheets write times that are not a duration alone: "H-3 Kegiatan", "7 hari (Des t-1 / Jan t)".

As with durations: what a text leaves open is named (`assumed`) or refused.
"""

import re
from fractions import Fraction
from typing import Final, Literal, NoReturn

from workflows.errors import InvalidTimeError
from workflows.jadwal import MONTHS, Jendela, Relatif
from workflows.waktu import Unit, Waktu
from workflows.waktu_text import parse_waktu, plain_text

_DAY_COUNT: Final = re.compile(
    r"h ?(?P<sign>[-+]) ?(?P<days>\d{1,3})(?: ?\(?hari (?P<kind>kerja|kalender)\b\)?)?"
    r"(?: (?P<word>sebelum|setelah|sesudah|sejak)\b)?(?: (?P<event>.+))?",
    re.IGNORECASE,
)
_FROM_EVENT: Final = re.compile(
    r"(?P<length>.+?) (?P<word>setelah|sesudah|sejak|semenjak|"
    r"terhitung (?:sejak|mulai|dari)|terhitung|sebelum) (?P<event>.+)",
    re.IGNORECASE,
)
# A second count in the event: which of the two is meant?
_COUNT: Final = re.compile(
    r"\bh ?[-+] ?\d|\d ?(menit|jam|hari|minggu|bulan|tahun)\b", re.IGNORECASE
)
_LONGEST_EVENT: Final = 200

_NAMES: Final = "|".join([*(f"{name[:3].lower()}[a-z]*" for name in MONTHS), "ags", "agt"])
_YEAR: Final = r"(?: t(?: ?[-+] ?\d)?)?"
_WINDOW: Final = re.compile(
    r"(?:(?P<length>[^()]+?) ?)??\(?(?:dilaksanakan )?(?:(?:dalam|pada) )?(?:"
    r"(?:triwulan|tw\.?) ?(?:ke-?)? ?(?P<quarter>i{1,3}|iv|[1-4])"
    r"|semester ?(?:ke-?)? ?(?P<half>i{1,2}|[12])"
    rf"|(?:bulan )?(?P<first>(?:{_NAMES})\.?)(?P<first_year>{_YEAR})"
    rf"(?: ?(?P<between>[-/]) ?(?:bulan )?(?P<last>(?:{_NAMES})\.?)(?P<last_year>{_YEAR}))?"
    r")\)?"
)
_SPELLINGS: Final = {"ags": 8, "agt": 8}
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def parse_relatif(text: str) -> Relatif:
    """The date that a text counts from an event; "H-3" are calendar days, assumed where the text
    does not say so.

    Raises InvalidTimeError: relative_duration for what cannot be read, else as parse_waktu for
    the length.
    """
    line = re.sub(r"[\u2010-\u2015\u2212]", "-", " ".join(text.split()))
    counted = _DAY_COUNT.fullmatch(line)
    if counted:
        before, word = counted["sign"] == "-", (counted["word"] or "").casefold()
        if word and before != (word == "sebelum"):  # "H-7 setelah rapat": which of the two?
            _refuse(text, "relative_duration", "counted_from_event")
        return _relatif(text, _days(text, counted), before, counted["event"] or "")
    found = _FROM_EVENT.fullmatch(line)
    if not found:
        _refuse(text, "relative_duration", "counted_from_event")
    waktu = _length(text, found["length"], "relative_duration", "counted_from_event")
    return _relatif(text, waktu, found["word"].casefold() == "sebelum", found["event"])


def parse_jendela(text: str) -> Jendela:
    """The months that a text names. Raises InvalidTimeError as parse_relatif, window_duration."""
    found = _WINDOW.fullmatch(plain_text(text))
    if not found:
        _refuse(text, "window_duration", "calendar_window")
    waktu = None
    if found["length"]:
        waktu = _length(text, found["length"], "window_duration", "calendar_window")
    if found["quarter"]:
        last = 3 * _number(found["quarter"])
        return Jendela(last - 2, last, waktu)
    if found["half"]:
        last = 6 * _number(found["half"])
        return Jendela(last - 5, last, waktu)
    first = _month(text, found["first"])
    last = _month(text, found["last"]) if found["last"] else first
    _check_years(text, first, last, found["first_year"], found["last_year"])
    return Jendela(first, last, waktu, assumed=found["between"] == "/")


def _relatif(text: str, waktu: Waktu, before: bool, event: str) -> Relatif:
    if len(event) > _LONGEST_EVENT or _COUNT.search(event):
        _refuse(text, "relative_duration", "counted_from_event")
    direction: Literal["before", "after"] = "before" if before else "after"
    return Relatif(event, waktu, direction)


def _days(text: str, counted: re.Match[str]) -> Waktu:
    kind = (counted["kind"] or "").casefold()
    unit: Unit = "hari_kerja" if kind == "kerja" else "hari"
    try:
        return Waktu(unit, None, Fraction(counted["days"]), assumed=not kind)
    except InvalidTimeError as error:
        _refuse(text, error.code, str(error.fields["reason"]))


def _length(text: str, length: str, code: str, reason: str) -> Waktu:
    try:
        return parse_waktu(length)
    except InvalidTimeError as error:
        if error.fields["reason"] == "unreadable":
            _refuse(text, code, reason)  # "10 Januari": no length and a window, but a date
        raise InvalidTimeError(error.code, **{**error.fields, "text": text}) from None


def _number(written: str) -> int:
    return _ROMAN.get(written) or int(written)


def _month(text: str, written: str) -> int:
    """A month by its name or by at least three letters of it."""
    letters = written.rstrip(".")
    for number, name in enumerate(MONTHS, 1):
        if name.lower().startswith(letters):
            return number
    if letters not in _SPELLINGS:
        _refuse(text, "window_duration", "calendar_window")
    return _SPELLINGS[letters]


def _check_years(text: str, first: int, last: int, first_year: str, last_year: str | None) -> None:
    """Years marked as t-1 and t must be those between which the months lie."""
    if first_year and last_year and _mark(last_year) - _mark(first_year) != (last < first):
        _refuse(text, "window_duration", "calendar_window")


def _mark(year: str) -> int:
    """ " t-1" as -1, " t" as 0."""
    return int(year.replace(" ", "").removeprefix("t") or 0)


def _refuse(text: str, code: str, reason: str) -> NoReturn:
    raise InvalidTimeError(code, text=text, reason=reason)
