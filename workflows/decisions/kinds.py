"""The types of columns and results, as `typeRef` names them; a value of another type is refused."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Literal

from workflows.decisions.compare import is_number
from workflows.decisions.errors import UnfitError
from workflows.decisions.moments import read_date, read_date_time, read_time

Base = Literal["any", "text", "number", "integer", "yes_no", "date", "time", "date_time", "record"]

# By the word after a prefix (`feel:string`) in small letters, blanks left out.
_BASES: Final[Mapping[str, Base]] = {
    "": "any",
    "any": "any",
    "<undefined>": "any",
    "undefined": "any",
    "string": "text",
    "number": "number",
    "double": "number",
    "float": "number",
    "decimal": "number",
    "integer": "integer",
    "int": "integer",
    "long": "integer",
    "boolean": "yes_no",
    "date": "date",
    "time": "time",
    "datetime": "date_time",
    "dateandtime": "date_time",
    "context": "record",
}
_LISTS: Final = frozenset({"list", "collection"})


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value must be. Null is of every kind: it says that nothing is known."""

    base: Base = "any"
    is_list: bool = False

    def read(self, value: object) -> object:
        """The value, dates as dates. Raises UnfitError not_<base>."""
        if value is None or (self.base == "any" and not self.is_list):
            return value
        if not self.is_list:
            return self._read_one(value)
        if not isinstance(value, list | tuple):
            raise UnfitError("not_list")
        return [None if item is None else self._read_one(item) for item in value]

    def _read_one(self, value: object) -> object:
        try:
            return _READERS[self.base](value)
        except ValueError:
            raise UnfitError(f"not_{self.base}") from None


def find_built_in(type_ref: str) -> Kind | None:
    """The built-in type of this name, None for a name that the file itself must explain."""
    word = "".join(type_ref.split()).rpartition(":")[2].rpartition("}")[2].lower()
    if word in _LISTS:
        return Kind(is_list=True)
    base = _BASES.get(word)
    return Kind(base) if base else None


def _text(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError
    return value


def _number(value: object) -> object:
    if not is_number(value):
        raise ValueError
    return value


def _integer(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError
    return value


def _yes_no(value: object) -> object:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _record(value: object) -> object:
    if not isinstance(value, Mapping):
        raise ValueError
    return value


def _date(value: object) -> object:
    if isinstance(value, str):
        return read_date(value)
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError
    return value


def _time(value: object) -> object:
    if isinstance(value, str):
        return read_time(value)
    if not isinstance(value, time):
        raise ValueError
    return value


def _date_time(value: object) -> object:
    if isinstance(value, str):
        return read_date_time(value)
    if not isinstance(value, datetime):
        raise ValueError
    return value


_READERS: Final[Mapping[Base, Callable[[object], object]]] = {
    "any": lambda value: value,
    "text": _text,
    "number": _number,
    "integer": _integer,
    "yes_no": _yes_no,
    "date": _date,
    "time": _time,
    "date_time": _date_time,
    "record": _record,
}
