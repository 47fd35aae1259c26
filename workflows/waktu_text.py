"""How sheets write time: `parse_waktu` reads the texts of real SOP sheets.

What a text leaves open is either named (`Waktu.assumed`) or refused with a reason; it never
guesses in silence.
"""

import re
from fractions import Fraction
from typing import Final, NoReturn

from workflows.errors import InvalidTimeError
from workflows.number_words import halves_as_decimals, words_as_digits
from workflows.waktu import Unit, Waktu

LONGEST_TEXT: Final = 300


def parse_waktu(text: str) -> Waktu:
    """The duration that a sheet's text means.

    Raises InvalidTimeError, fields text and reason:
    no_duration (empty, dash, "Sesuai Jadwal"), relative_duration ("H-3", "setelah …"),
    window_duration (a month or quarter named), ambiguous_duration (several meanings; `choices`
    lists those that can be chosen), invalid_duration (unreadable or impossible).
    """
    if len(text) > LONGEST_TEXT:
        _refuse(text[:LONGEST_TEXT], "invalid_duration", "text_too_long")
    plain = plain_text(text)
    for code, reason, pattern in _NOT_DURATIONS:
        if pattern.search(plain):
            raise InvalidTimeError(code, text=text, reason=reason)
    times = _TIMES.search(plain)
    if times:
        _refuse_clock_hours(text, times[1] if times[2] == "24" else None)
    approximate = bool(_APPROXIMATE.search(plain))
    body = _UPPER_BOUND.sub("", _APPROXIMATE.sub("", plain)).strip()
    parts = [part.strip() for part in re.split(r"/|\batau\b", _with_digits(text, body))]
    if len(parts) > 1:
        return _agreed(text, [_read(text, part, approximate) for part in parts])
    return _read(text, parts[0], approximate)


# --- the text, step by step ---------------------------------------------------------------

_MONTH: Final = (
    r"(jan(uari)?|feb(ruari)?|mar(et)?|apr(il)?|mei|juni?|juli?|agu(stus)?|ags|agt|"
    r"sept?(ember)?|okt(ober)?|nov(ember)?|des(ember)?)"
)
_NOT_DURATIONS: Final = (
    ("no_duration", "empty", re.compile(r"^[-.]*$")),
    (
        "no_duration",
        "as_scheduled",
        re.compile(r"^(sesuai|menyesuaikan|tergantung|tentatif|insidentil?|kondisional)\b"),
    ),
    ("relative_duration", "counted_from_event", re.compile(r"\bh ?[-+] ?\d")),
    (
        "relative_duration",
        "counted_from_event",
        re.compile(r"\b(setelah|sesudah|sebelum|sejak|terhitung|semenjak)\b"),
    ),
    ("window_duration", "calendar_window", re.compile(rf"\b{_MONTH}\b")),
    (
        "window_duration",
        "calendar_window",
        re.compile(r"\b(triwulan|semester|minggu ke|pada)\b"),
    ),
    (
        "ambiguous_duration",
        "lower_bound_only",
        re.compile(r"\b(minimal|minimum|paling cepat|paling sedikit|lebih dari|min\.)|>|≥"),
    ),
)
# "1 x 24 jam" is officialese for a calendar day, never for 24 hours of work.
_TIMES: Final = re.compile(r"(\d+) ?[x\u00d7] ?(\d+)")
_APPROXIMATE: Final = re.compile(
    r"±|\+/-|\+-|\b(kira-kira|sekitar|kurang lebih|lebih kurang|rata-rata)\b"
)
_UPPER_BOUND: Final = re.compile(
    r"^(maks\.|maks\b|maksimal|maksimum|max\.?|paling (lama|lambat|banyak)|kurang dari|"
    r"se(lambat|lama)-(lambat|lama)nya|selama|dalam( waktu)?\b|<=?|≤)"
)
_NUMBER: Final = r"\d+(?:,\d{1,2})?"
_UNIT: Final = r"(?:menit|mnt|jam|hari|hr|minggu|mgg|bulan|bln|tahun|thn)\b\.?"
_KIND: Final = r"(?:kerja|kalender)\b"
_TERM: Final = re.compile(
    rf"(?:(?P<low>{_NUMBER}) ?(?P<low_unit>{_UNIT})? ?(?P<low_kind>{_KIND})? ?- ?)?"
    rf"(?P<high>{_NUMBER}) ?(?P<unit>{_UNIT}) ?(?P<kind>{_KIND})?"
)
_HOURS_AND_MINUTES: Final = re.compile(
    rf"(?P<hours>{_NUMBER}) jam (?:dan )?(?P<minutes>{_NUMBER}) (?:menit|mnt)"
)
_UNITS: Final[dict[str, tuple[Unit, int]]] = {
    "menit": ("menit", 1),
    "mnt": ("menit", 1),
    "jam": ("menit", 60),
    "hari": ("hari_kerja", 1),
    "hr": ("hari_kerja", 1),
    "minggu": ("minggu", 1),
    "mgg": ("minggu", 1),
    "bulan": ("bulan", 1),
    "bln": ("bulan", 1),
    "tahun": ("bulan", 12),
    "thn": ("bulan", 12),
}


def plain_text(text: str) -> str:
    """Lower case, single blanks, one kind of dash, halves as decimals ("1½" is "1,5")."""
    plain = re.sub(r"\s+", " ", text.casefold()).strip()
    plain = re.sub(r"[\u2010-\u2015\u2212]", "-", plain)
    plain = re.sub(r"\b(s/d|s\.d\.?|sd|sampai( dengan)?|hingga)(?=[ \d])", "-", plain)
    plain = re.sub(r"\bse(?=(menit|jam|hari|minggu|bulan|tahun)\b)", "1 ", plain)
    return halves_as_decimals(plain)


def _with_digits(text: str, body: str) -> str:
    """Number words as digits, and "14 (14)" as "14"; the two must agree."""

    def confirmed(found: re.Match[str]) -> str:
        if found[1] != found[2]:
            before, after = found.string[: found.start()], found.string[found.end() :]
            choices = [f"{before}{number}{after}" for number in (found[1], found[2])]
            _refuse(text, "ambiguous_duration", "number_and_words_differ", choices=choices)
        return found[1]

    try:
        body = words_as_digits(body)
    except ValueError:
        _refuse(text, "invalid_duration", "unreadable_number")
    # A point before three digits parts thousands here and decimals elsewhere: not ours to choose.
    if re.search(r"\d[.,]\d{3}", body):
        _refuse(text, "ambiguous_duration", "thousands_or_decimal")
    body = re.sub(r"(?<=\d)\.(?=\d)", ",", body)
    return re.sub(rf"({_NUMBER}) ?\( ?({_NUMBER}) ?\)", confirmed, body)


def _agreed(text: str, readings: list[Waktu]) -> Waktu:
    """One value where all alternatives mean the same ("60 menit / 1 jam")."""
    if len(set(readings)) == 1:
        return readings[0]
    _refuse(
        text,
        "ambiguous_duration",
        "alternatives",
        choices=[str(one) for one in readings],
    )


def _read(text: str, body: str, approximate: bool) -> Waktu:
    both = _HOURS_AND_MINUTES.fullmatch(body)
    if both:
        minutes = _fraction(both["hours"]) * 60 + _fraction(both["minutes"])
        return _waktu(text, "menit", None, minutes, approximate)
    found = _TERM.fullmatch(body)
    if not found:
        _refuse(text, "invalid_duration", "unreadable")
    unit, factor, open_kind = _unit(text, found["unit"], found["kind"])
    high = _fraction(found["high"]) * factor
    if found["unit"] == "jam" and high % (24 * 60) == 0:
        _refuse_clock_hours(text, high / (24 * 60))
    low = None
    if found["low"]:
        low_unit, low_factor = unit, factor
        if found["low_unit"]:
            kind = found["low_kind"] or found["kind"]
            low_unit, low_factor, _ = _unit(text, found["low_unit"], kind)
        elif found["low_kind"]:
            _refuse(text, "invalid_duration", "unreadable")
        if low_unit != unit:
            _refuse(text, "ambiguous_duration", "mixed_units")
        low = _fraction(found["low"]) * low_factor
    return _waktu(text, unit, low, high, approximate or open_kind)


def _unit(text: str, written: str, kind: str | None) -> tuple[Unit, int, bool]:
    """(unit, factor, whether the kind of day or week was left open)."""
    name = written.rstrip(".")
    unit, factor = _UNITS[name]
    if unit == "hari_kerja":
        return ("hari", 1, False) if kind == "kalender" else (unit, 1, kind is None)
    fitting = "kerja" if unit == "menit" else "kalender"
    if kind not in (None, fitting):
        # A "minggu kerja" has five or six days by region; an hour has no calendar.
        _refuse(text, "ambiguous_duration", "kind_of_unit")
    return unit, factor, unit == "minggu" and kind is None


def _waktu(text: str, unit: Unit, low: Fraction | None, high: Fraction, assumed: bool) -> Waktu:
    try:
        return Waktu(unit, low, high, assumed)
    except InvalidTimeError as error:
        raise InvalidTimeError(error.code, **{**error.fields, "text": text}) from None


def _refuse_clock_hours(text: str, days: object) -> NoReturn:
    kinds = () if days is None else ("kalender", "kerja")
    choices = [f"{days} hari {kind}" for kind in kinds]
    _refuse(text, "ambiguous_duration", "clock_hours", choices=choices)


def _fraction(digits: str) -> Fraction:
    return Fraction(digits.replace(",", "."))


def _refuse(text: str, code: str, reason: str, **more: object) -> NoReturn:
    raise InvalidTimeError(code, text=text, reason=reason, **more)
