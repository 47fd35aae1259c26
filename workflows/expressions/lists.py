"""Functions of lists and records. None changes what it is given."""

from collections.abc import Mapping

from workflows.expressions.budget import MAX_SIZE, TooLargeError
from workflows.expressions.kinds import items, number, record, text, whole

_MAX_RANGE = 10_000


def length(value: object) -> int:
    if not isinstance(value, str | list | tuple | Mapping):
        raise TypeError("a text, list or record is wanted")
    return len(value)


def is_empty(value: object) -> bool:
    return value is None or length(value) == 0


def contains(whole_value: object, part: object) -> bool:
    if isinstance(whole_value, str):
        return text(part) in whole_value
    return part in items(whole_value)


def get(source: object, key: object, default: object = None) -> object:
    return source.get(key, default) if isinstance(source, Mapping) else default


def sort(value: object) -> list[object]:
    found = items(value)
    if all(isinstance(item, str) for item in found):
        return sorted(found, key=text)
    return sorted(found, key=number)


def keys(value: object) -> list[object]:
    return list(record(value))


def values(value: object) -> list[object]:
    return list(record(value).values())


def flatten(value: object) -> list[object]:
    """One list of what lies in the list and in the lists within it."""
    found: list[object] = []
    left = items(value)[::-1]
    while left:
        item = left.pop()
        if isinstance(item, list | tuple):
            left += item[::-1]
        else:
            found.append(item)
        if len(found) + len(left) > MAX_SIZE:
            raise TooLargeError("size")
    return found


def distinct(value: object) -> list[object]:
    """Each once, in the order of its first place; true is not 1."""
    seen: set[object] = set()
    found: list[object] = []
    for item in items(value):
        if item is not None and not isinstance(item, str | int | float):
            raise TypeError("texts and numbers are wanted")
        mark = (isinstance(item, bool), item)
        if mark not in seen:
            seen.add(mark)
            found.append(item)
    return found


def index_of(value: object, part: object) -> int | None:
    """Counted from 0, as the brackets of the plain notation count; null where it is not."""
    if isinstance(value, str):
        place = value.find(text(part))
        return place if place >= 0 else None
    found = items(value)
    return found.index(part) if part in found else None


def positions(value: object, part: object) -> list[int]:
    """Counted from 1, as in FEEL."""
    return [place for place, item in enumerate(items(value), 1) if item == part]


def reverse(value: object) -> list[object]:
    return items(value)[::-1]


def append(value: object, *more: object) -> list[object]:
    return [*items(value), *more]


def concatenate(*parts: object) -> list[object]:
    if sum(map(length, parts)) > MAX_SIZE:
        raise TooLargeError("size")
    return [item for part in parts for item in items(part)]


def sublist(value: object, start: object, count: object = None) -> list[object]:
    """Counted from 1, or from the end with negative numbers, as in FEEL."""
    found, first = items(value), whole(start)
    if first == 0:
        raise ValueError("items count from 1")
    begin = first - 1 if first > 0 else max(len(found) + first, 0)
    if count is None:
        return found[begin:]
    if whole(count) < 0:
        raise ValueError("a length is not negative")
    return found[begin : begin + whole(count)]


def whole_numbers(first: object, end: object = None) -> list[object]:
    """Python's range: from 0 or the first number up to, and without, the last."""
    begin, stop = (0, whole(first)) if end is None else (whole(first), whole(end))
    if stop - begin > _MAX_RANGE:
        raise TooLargeError("size")
    return list(range(begin, stop))


def span(first: object, last: object) -> list[object]:
    """FEEL's `first..last`, both included, downwards where the first is larger."""
    begin, end = whole(first), whole(last)
    if abs(end - begin) >= _MAX_RANGE:
        raise TooLargeError("size")
    step = 1 if begin <= end else -1
    return list(range(begin, end + step, step))
