"""The arithmetic, comparisons and look-ups of the language, each checked for kind."""

import math
import operator
from collections.abc import Callable, Mapping

from workflows.expressions.amounts import parse
from workflows.expressions.kinds import number

Operation = Callable[[object, object], object]

_NUMBERS = frozenset({int, float})
_ORDERED = frozenset({int, float, str})


class MissingKeyError(LookupError):
    """A record has no such key; the argument names it."""


def read_key(record: object, key: str) -> object:
    """What a dot does: a key of a record, never an attribute of an object."""
    if isinstance(record, dict | Mapping):
        try:
            return record[key]
        except KeyError:
            raise MissingKeyError(key) from None
    raise TypeError(f"no key {key!r} in a value of another kind")


def read_item(container: object, index: object) -> object:
    """What brackets do in the plain notation: a key, or a place counted from 0."""
    if isinstance(container, Mapping):
        return read_key(container, _key(index))
    if isinstance(container, str | list | tuple) and isinstance(index, int | slice):
        return container[index]
    raise TypeError("a list needs a number, a record a key")


def read_nth(container: object, index: object) -> object:
    """What brackets do in FEEL: a place counted from 1, or from the end with negative numbers."""
    if isinstance(container, Mapping):
        return read_key(container, _key(index))
    if not isinstance(container, list | tuple) or type(index) is not int:
        raise TypeError("a list needs a number, a record a key")
    if index == 0:
        raise IndexError("items count from 1")
    return container[index - 1 if index > 0 else index]


def _key(index: object) -> str:
    if isinstance(index, str):
        return index
    raise TypeError("a list needs a number, a record a key")


def compared(kind: str, left: object, right: object) -> tuple[object, ...]:
    """The values that a comparison may have to go through to its end."""
    if kind in ("in", "not in"):
        return () if isinstance(right, Mapping) else (left, right)
    # Values of two kinds differ at once; of one kind they are equal as far as the shorter goes.
    return (left,) if isinstance(left, type(right)) else ()


def contains(part: object, whole: object) -> bool:
    if isinstance(whole, str):
        return isinstance(part, str) and part in whole
    if isinstance(whole, list | tuple | Mapping):
        return part in whole
    raise TypeError("a text, list or record is wanted after `in`")


def equal_or_in(value: object, other: object) -> bool:
    """What FEEL tests after `in`: a list holds it, anything else equals it."""
    return value == other or (isinstance(other, list | tuple) and value in other)


def _add(left: object, right: object) -> object:
    if isinstance(left, str) and isinstance(right, str):
        return left + right
    if isinstance(left, list) and isinstance(right, list):
        return left + right
    return number(left) + number(right)


def _numeric(apply: Callable[..., object]) -> Operation:
    # Excludes the repetition of texts and lists, and the formatting of texts with %.
    return lambda left, right: apply(number(left), number(right))


def _java_rest(left: object, right: object) -> object:
    """With the sign of the dividend."""
    dividend, divisor = number(left), number(right)
    if isinstance(dividend, int) and isinstance(divisor, int):
        rest = abs(dividend) % abs(divisor)
        return -rest if dividend < 0 else rest
    return math.fmod(dividend, divisor)


def _ordered(apply: Callable[..., object]) -> Operation:
    """Order is defined among numbers and among texts (ISO dates compare as texts)."""

    def checked(left: object, right: object) -> object:
        one, other = type(left), type(right)
        if (one is other and one in _ORDERED) or (one in _NUMBERS and other in _NUMBERS):
            return apply(left, right)
        raise TypeError("two numbers or two texts are wanted")

    return checked


def _java(compare: Operation) -> Operation:
    """Java's expression language compares a text with a number, or with yes or no, as such."""

    def coerced(left: object, right: object) -> object:
        if type(left) is type(right):
            return compare(left, right)
        if isinstance(left, str) and isinstance(right, bool | int | float):
            left = _read_as(right, left)
        elif isinstance(right, str) and isinstance(left, bool | int | float):
            right = _read_as(left, right)
        return compare(left, right)

    return coerced


def _read_as(model: object, text: str) -> object:
    if isinstance(model, bool):
        return text.lower() == "true"
    return parse(text or "0")


def negate(value: object) -> object:
    return -number(value)


ARITHMETIC: Mapping[str, Operation] = {
    "+": _add,
    "-": _numeric(operator.sub),
    "*": _numeric(operator.mul),
    "/": _numeric(operator.truediv),
    "//": _numeric(operator.floordiv),
    "%": _numeric(operator.mod),
    "juel %": _java_rest,
}
_PLAIN: Mapping[str, Operation] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": _ordered(operator.lt),
    "<=": _ordered(operator.le),
    ">": _ordered(operator.gt),
    ">=": _ordered(operator.ge),
}
COMPARISONS: Mapping[str, Operation] = {
    **_PLAIN,
    **{f"juel {name}": _java(compare) for name, compare in _PLAIN.items()},
    "in": contains,
    "not in": lambda part, whole: not contains(part, whole),
    "is": operator.is_,
    "is not": operator.is_not,
}
