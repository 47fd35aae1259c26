"""One answer, as it arrives, read by the kind of its field."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from decimal import Decimal
from typing import Final

from workflows.forms.amounts import LARGEST, read_amount, storable_number
from workflows.forms.form import MULTIPLE, Field
from workflows.forms.pattern import compile_pattern
from workflows.forms.unfit import UnfitAnswerError
from workflows.storable import is_storable

# What a text field takes where its schema sets no limit of its own.
DEFAULT_MAX_LENGTH: Final = {"textfield": 1_000, "textarea": 20_000}
MAX_FILES: Final = 20

_YES: Final = frozenset({"on", "true", "1", "ya", "yes", "y", "v", "x", "✓", "✔", "benar"})
_NO: Final = frozenset({"off", "false", "0", "tidak", "no", "t", "-", "salah"})
_SEN: Final = 2
_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL_DATE: Final = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})")
_WORD_DATE: Final = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)\.?[ -](\d{4})")
_MONTHS: Final = "jan feb mar apr mei jun jul agu sep okt nov des".split()
_FOREIGN_MONTHS: Final = {"may": 5, "aug": 8, "agt": 8, "ags": 8, "oct": 10, "dec": 12, "nop": 11}
_TIME: Final = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]00)?")
_MOMENT: Final = re.compile(r"(\S.*?)(?:T|,? +(?:pukul +)?)(\d{1,2}[:.]\d{2}(?:[:.]00)?)")
_EMAIL: Final = re.compile(r"[^@\s<>,;]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_PHONE: Final = re.compile(r"\+?\d{6,15}")


def read_answer(field: Field, answer: object) -> object:
    """The typed value; None (unticked: False, of several: []) when there is none.

    Raises UnfitAnswerError.
    """
    if field.type in MULTIPLE:
        return _READERS[field.type](field, answer)
    if isinstance(answer, list | tuple):
        if len(answer) > 1:
            raise UnfitAnswerError("not_single")
        answer = answer[0] if answer else None
    if isinstance(answer, str):
        if not is_storable(answer):
            raise UnfitAnswerError("not_text")
        answer = answer.replace("\r\n", "\n").replace("\r", "\n").strip()
    if field.type == "checkbox":
        return _checkbox(answer)
    return None if answer is None or answer == "" else _READERS[field.type](field, answer)


def _text(field: Field, answer: object) -> str:
    if not isinstance(answer, str):
        raise UnfitAnswerError("not_text")
    limit = field.max_length if field.max_length is not None else DEFAULT_MAX_LENGTH[field.type]
    if len(answer) > limit:
        raise UnfitAnswerError("too_long", limit=limit, length=len(answer))
    if field.min_length is not None and len(answer) < field.min_length:
        raise UnfitAnswerError("too_short", limit=field.min_length, length=len(answer))
    if field.format == "email" and not _EMAIL.fullmatch(answer):
        raise UnfitAnswerError("not_an_email")
    if field.format == "phone" and not _PHONE.fullmatch(re.sub(r"[\s().-]", "", answer)):
        raise UnfitAnswerError("not_a_phone")
    if field.pattern and not compile_pattern(field.pattern)(answer):
        raise UnfitAnswerError("wrong_pattern")
    return answer


def _number(field: Field, answer: object) -> int | float:
    money = field.type == "currency"
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        raise UnfitAnswerError("not_a_number")
    if isinstance(answer, str):
        number = read_amount(answer, money=money, whole=field.integer)
    elif not -LARGEST < answer < LARGEST:  # also refuses infinity and "not a number"
        raise UnfitAnswerError("not_a_number")
    else:
        number = Decimal(str(answer))
    _check_decimals(field, number, _SEN if money else None)
    if field.minimum is not None and number < Decimal(str(field.minimum)):
        raise UnfitAnswerError("too_small", limit=field.minimum)
    if field.maximum is not None and number > Decimal(str(field.maximum)):
        raise UnfitAnswerError("too_large", limit=field.maximum)
    return storable_number(number)


def _check_decimals(field: Field, number: Decimal, usual: int | None) -> None:
    if field.integer and number != number.to_integral_value():
        raise UnfitAnswerError("not_an_integer")
    digits = usual if field.digits is None else field.digits
    if digits is not None and number != round(number, digits):
        raise UnfitAnswerError("too_many_decimals", limit=digits)


def _choice(field: Field, answer: object) -> str:
    for option in field.options:
        if answer == option.value:
            return option.value
    raise UnfitAnswerError("not_an_option", options=[option.value for option in field.options])


def _choices(field: Field, answer: object) -> list[str]:
    """The chosen values once each, in the order of the options."""
    given = answer if isinstance(answer, list | tuple) else [answer]
    chosen = {_choice(field, one) for one in given if one is not None and one != ""}
    return [option.value for option in field.options if option.value in chosen]


def _checkbox(answer: object) -> bool:
    if answer is None or answer == "" or answer is False:
        return False
    if answer is True:
        return True
    if isinstance(answer, str) and answer.casefold() in _YES | _NO:
        return answer.casefold() in _YES
    raise UnfitAnswerError("not_yes_or_no")


def _date(field: Field, answer: object) -> str:
    """ISO date; day first and names of months are understood too, for browsers without a date
    picker and for what is pasted."""
    if isinstance(answer, str):
        found = _find_date(answer)
        if found:
            return found.isoformat()
    raise UnfitAnswerError("not_a_date")


def _find_date(text: str) -> date | None:
    iso, local, worded = (one.fullmatch(text) for one in (_DATE, _LOCAL_DATE, _WORD_DATE))
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if local:
            return date(int(local[4]), int(local[3]), int(local[1]))
        if worded and (month := _month(worded[2])):
            return date(int(worded[3]), month, int(worded[1]))
    except ValueError:
        pass
    return None


def _month(name: str) -> int | None:
    short = name[:3].casefold()
    return _MONTHS.index(short) + 1 if short in _MONTHS else _FOREIGN_MONTHS.get(short)


def _time(field: Field, answer: object) -> str:
    """`HH:MM` of the place where the form is filled in."""
    found = _TIME.fullmatch(answer) if isinstance(answer, str) else None
    try:
        if found:
            return f"{time(int(found[1]), int(found[2])):%H:%M}"
    except ValueError:
        pass
    raise UnfitAnswerError("not_a_time")


def _datetime(field: Field, answer: object) -> str:
    """`YYYY-MM-DDTHH:MM`, without a zone: as the clock shows it where the form is filled in."""
    found = _MOMENT.fullmatch(answer) if isinstance(answer, str) else None
    if not found:
        raise UnfitAnswerError("not_a_moment")
    try:
        return f"{_date(field, found[1])}T{_time(field, found[2])}"
    except UnfitAnswerError:
        raise UnfitAnswerError("not_a_moment") from None


def _files(field: Field, answer: object) -> list[int]:
    """Ids of documents; whether they belong to the case is for the use case to look up."""
    given = answer if isinstance(answer, list | tuple) else [answer]
    ids: dict[int, None] = {}
    for one in given:
        if one is None or one == "":
            continue
        number = int(one) if isinstance(one, str) and re.fullmatch(r"[0-9]{1,18}", one) else one
        if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 2**63:
            raise UnfitAnswerError("not_a_document")
        ids[number] = None
    limit = MAX_FILES if field.multiple else 1
    if len(ids) > limit:
        raise UnfitAnswerError("too_many_files", limit=limit)
    return list(ids)


_READERS: Final[Mapping[str, Callable[[Field, object], object]]] = {
    "textfield": _text,
    "textarea": _text,
    "number": _number,
    "currency": _number,
    "select": _choice,
    "radio": _choice,
    "checklist": _choices,
    "taglist": _choices,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
    "file": _files,
}
