"""The functions that an expression may call. Each is total over JSON values or raises TypeError,
ValueError or a relative of theirs; none can be made to do more work than its arguments hold, which
the compiler charges for."""

from collections.abc import Callable, Mapping

Number = int | float


def _number(value: object) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("a number is wanted")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is wanted")
    return value


def _items(value: object) -> list[object]:
    if not isinstance(value, list | tuple):
        raise TypeError("a list is wanted")
    return list(value)


def _numbers(values: tuple[object, ...]) -> list[Number]:
    return [_number(item) for item in (_items(values[0]) if len(values) == 1 else values)]


def _len(value: object) -> int:
    if not isinstance(value, str | list | tuple | Mapping):
        raise TypeError("a text, list or dict is wanted")
    return len(value)


def _round(value: object, digits: object = 0) -> Number:
    places = int(_number(digits))
    if abs(places) > 12:
        raise ValueError("too many digits")
    return round(_number(value), places) if places else round(_number(value))


def _str(value: object) -> str:
    if value is None or isinstance(value, str | int | float):
        return str(value)
    raise TypeError("a text or number is wanted")


def _int(value: object) -> int:
    return int(value) if isinstance(value, str) else int(_number(value))


def _float(value: object) -> float:
    return float(value) if isinstance(value, str) else float(_number(value))


def _sorted(value: object) -> list[object]:
    items = _items(value)
    if all(isinstance(item, str) for item in items):
        return sorted(items, key=_text)
    return sorted(items, key=_number)


def _contains(whole: object, part: object) -> bool:
    if isinstance(whole, str):
        return _text(part) in whole
    return part in _items(whole)


def _get(record: object, key: object, default: object = None) -> object:
    return record.get(key, default) if isinstance(record, Mapping) else default


FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "abs": lambda value: abs(_number(value)),
    "all": lambda value: all(_items(value)),
    "any": lambda value: any(_items(value)),
    "bool": bool,
    "contains": _contains,
    "empty": lambda value: value is None or _len(value) == 0,
    "endswith": lambda value, end: _text(value).endswith(_text(end)),
    "float": _float,
    "get": _get,
    "int": _int,
    "len": _len,
    "lower": lambda value: _text(value).lower(),
    "max": lambda *values: max(_numbers(values)),
    "min": lambda *values: min(_numbers(values)),
    "round": _round,
    "sorted": _sorted,
    "startswith": lambda value, start: _text(value).startswith(_text(start)),
    "str": _str,
    "strip": lambda value: _text(value).strip(),
    "sum": lambda *values: sum(_numbers(values)),
    "upper": lambda value: _text(value).upper(),
}
# These look at no element of what they are given.
INSTANT = frozenset({"bool", "empty", "get", "len"})
