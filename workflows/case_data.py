"""The data that a case is started with, or repaired with: checked before any of it is kept."""

import json
from collections.abc import Mapping
from typing import Final

from workflows.errors import InvalidAnswerError
from workflows.storable import find_unstorable, is_storable

MAX_BYTES: Final = 256 * 1024
MAX_NAME: Final = 200


def check_case_data(data: Mapping[str, object]) -> dict[str, object]:
    """The same variables, when every one of them can be kept.

    Raises InvalidAnswerError("invalid_payload"), fields field (the variable; "" for all together)
    and reason: invalid_name, not_json, not_text, not_a_number, too_deep, too_large (limit, bytes).
    """
    for name, value in data.items():
        if not _is_name(name):
            raise _refused(_shown(name), "invalid_name")
        if reason := find_unstorable(value):
            raise _refused(name, reason)
    # Only now: what has passed can be written.
    size = len(json.dumps(dict(data), ensure_ascii=False).encode())
    if size > MAX_BYTES:
        raise _refused("", "too_large", limit=MAX_BYTES)
    return dict(data)


def compare_case_data(
    before: Mapping[str, object], after: Mapping[str, object]
) -> dict[str, dict[str, object]]:
    """The variables of `after` that differ: name -> {"before", "after"}; no "before" for a new one.

    1, 1.0 and true are different values here.
    """
    return {
        name: {**({"before": before[name]} if name in before else {}), "after": value}
        for name, value in after.items()
        if name not in before or _written(before[name]) != _written(value)
    }


def _written(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def check_name(name: str) -> str:
    """The same name, when it is one. Raises InvalidAnswerError("invalid_payload"): invalid_name."""
    if not _is_name(name):
        raise _refused(_shown(name), "invalid_name")
    return name


def _is_name(name: object) -> bool:
    return (
        isinstance(name, str)
        and 0 < len(name) <= MAX_NAME
        and name == name.strip()
        and is_storable(name)
        and name.isprintable()
    )


def _shown(name: object) -> str:
    """Enough of a bad name to recognise it, and nothing in it that cannot be printed."""
    return ascii(name)[1:-1][:MAX_NAME] if isinstance(name, str) else ""


def _refused(field: str, reason: str, **fields: object) -> InvalidAnswerError:
    return InvalidAnswerError("invalid_payload", field=field, reason=reason, **fields)
