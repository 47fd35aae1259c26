"""Functions of texts. None makes more than a budget allows, not even for a moment."""

from workflows.expressions.budget import MAX_SIZE, TooLargeError
from workflows.expressions.kinds import items, number, text, whole

_PATTERN_SIGNS = frozenset("\\.^$|?*+()[]{}")  # that mean more than themselves in a pattern


def string(value: object) -> str:
    """As the value is shown: whole numbers without a fraction, yes and no as in JSON."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return value if isinstance(value, str) else str(number(value))


def python_string(value: object) -> str:
    if value is None or isinstance(value, str | int | float):
        return str(value)
    raise TypeError("a text or number is wanted")


def join(parts: object, separator: object = "") -> str:
    between = text(separator)
    return join_texts([string(part) for part in items(parts)], between)


def join_texts(parts: list[str], between: str = "") -> str:
    if sum(map(len, parts)) + len(between) * len(parts) > MAX_SIZE + len(between):
        raise TooLargeError("size")
    return between.join(parts)


def split(whole_text: object, separator: object) -> list[str]:
    return text(whole_text).split(text(separator))  # an empty separator is a ValueError


def replace(whole_text: object, old: object, new: object) -> str:
    where, part, other = text(whole_text), text(old), text(new)
    if not part:
        raise ValueError("nothing to replace")
    if len(where) + where.count(part) * (len(other) - len(part)) > MAX_SIZE:
        raise TooLargeError("size")
    return where.replace(part, other)


def split_by_pattern(whole_text: object, pattern: object) -> list[str]:
    """FEEL splits by a regular expression: the same for a text without its signs."""
    return split(whole_text, _plain(pattern))


def replace_pattern(whole_text: object, pattern: object, new: object) -> str:
    if not {"$", "\\"}.isdisjoint(text(new)):
        raise ValueError("references to groups are not supported")
    return replace(whole_text, _plain(pattern), new)


def _plain(pattern: object) -> str:
    if not _PATTERN_SIGNS.isdisjoint(text(pattern)):
        raise ValueError("regular expressions are not supported")
    return text(pattern)


def substring(whole_text: object, start: object, length: object = None) -> str:
    """Counted from 1, or from the end with negative numbers, as in FEEL."""
    where, first = text(whole_text), whole(start)
    if first == 0:
        raise ValueError("letters count from 1")
    begin = first - 1 if first > 0 else max(len(where) + first, 0)
    if length is None:
        return where[begin:]
    if whole(length) < 0:
        raise ValueError("a length is not negative")
    return where[begin : begin + whole(length)]


def substring_before(whole_text: object, part: object) -> str:
    before, found, _ = _parted(whole_text, part)
    return before if found else ""


def substring_after(whole_text: object, part: object) -> str:
    return _parted(whole_text, part)[2]


def _parted(whole_text: object, part: object) -> tuple[str, str, str]:
    return text(whole_text).partition(text(part))
