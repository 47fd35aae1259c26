"""The kinds of JSON values, as the functions ask for them."""

from collections.abc import Mapping

Number = int | float


def number(value: object) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a number is wanted")
    return value


def whole(value: object) -> int:
    """A number without a fraction; JSON does not tell 2 from 2.0."""
    found = number(value)
    if found != int(found):
        raise TypeError("a whole number is wanted")
    return int(found)


def text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value


def items(value: object) -> list[object]:
    if not isinstance(value, list | tuple):
        raise TypeError("a list is wanted")
    return list(value)


def record(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError("a record is wanted")
    return value


def numbers(values: tuple[object, ...]) -> list[Number]:
    """Of one list, or of several arguments."""
    return [number(item) for item in (items(values[0]) if len(values) == 1 else values)]
