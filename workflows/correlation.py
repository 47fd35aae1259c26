"""Whom a message is meant for: its keys, compared as texts.

Senders are programs of all kinds: one writes the number 12, the other the text "12". So a key's
value is a text here, and the two are the same.
"""

import json
from collections.abc import Mapping
from hashlib import sha256

from workflows.case_data import check_case_data
from workflows.errors import InvalidAnswerError

CASE = "case"  # this key names the case itself
_MAX_CASE = 2**63  # ids are bigint


def check_keys(keys: Mapping[str, object]) -> dict[str, str]:
    """The keys of a message as texts.

    Raises InvalidAnswerError("invalid_payload"): what `check_case_data` refuses, and not_a_key for
    a value that is no text, number, yes or no, or a `case` that is no id.
    """
    for name, value in check_case_data(keys).items():
        if value is None or isinstance(value, dict | list):
            raise InvalidAnswerError("invalid_payload", field=name, reason="not_a_key")
    texts = key_texts(keys)
    if CASE in texts and named_case(texts) is None:
        raise InvalidAnswerError("invalid_payload", field=CASE, reason="not_a_key")
    return texts


def key_texts(keys: Mapping[str, object]) -> dict[str, str]:
    """Each value as the text that it is compared by."""
    return {name: _text(value) for name, value in keys.items()}


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def named_case(texts: Mapping[str, str]) -> int | None:
    """The id that the reserved key names, if it does."""
    text = texts.get(CASE, "")
    if not (text.isascii() and text.isdecimal()) or len(text) > 19:
        return None
    return int(text) if 0 < int(text) < _MAX_CASE else None


def correlation(texts: Mapping[str, str]) -> str:
    """Equal for equal keys and for no others, in whatever order; "" without keys."""
    if not texts:
        return ""
    return sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()
