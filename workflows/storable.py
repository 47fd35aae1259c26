"""What can be kept: JSON that PostgreSQL stores, text that can be written as UTF-8."""

import math
import re
from typing import Final

MAX_DEPTH: Final = 32
_MAX_BITS: Final = 1024  # the budget of expressions; a longer number could not be used anyway
# NUL cannot be stored by PostgreSQL, a lone surrogate not even be written as UTF-8.
_UNSTORABLE: Final = re.compile(r"[\x00\ud800-\udfff]")


def is_storable(text: str) -> bool:
    return not _UNSTORABLE.search(text)


def find_unstorable(value: object) -> str | None:
    """Why a value cannot be kept, None when it can: not_json, not_text (a text, or the name of a
    value, that cannot be stored), not_a_number (infinite, NaN or enormous), too_deep."""
    level = [value]
    for _ in range(MAX_DEPTH):
        for one in level:
            if reason := _misfit(one):
                return reason
        level = [part for one in level for part in _parts(one)]
        if not level:
            return None
    return "too_deep"


def _misfit(value: object) -> str | None:
    if value is None or isinstance(value, bool | list):
        return None
    if isinstance(value, str):
        return None if is_storable(value) else "not_text"
    if isinstance(value, int):
        return None if value.bit_length() <= _MAX_BITS else "not_a_number"
    if isinstance(value, float):
        return None if math.isfinite(value) else "not_a_number"
    if not isinstance(value, dict):
        return "not_json"
    storable = all(isinstance(key, str) and is_storable(key) for key in value)
    return None if storable else "not_text"


def _parts(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
