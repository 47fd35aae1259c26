"""Files in the encodings of older tools, written anew in UTF-8, the only one that is read."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

_DECLARED: Final = re.compile(rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]{1,30})["']""")
_NAMED: Final = re.compile(r"""(<\?xml[^>]*?\sencoding\s*=\s*)(["'])[\w.-]+\2""")
_WESTERN: Final = frozenset({"iso-8859-1", "iso-8859-15", "latin1", "windows-1252"})


def in_utf8(data: bytes) -> bytes:
    """UTF-16 by its mark, western letters by what the file says of itself; all else as it is."""
    encoding = _encoding_of(data)
    if not encoding:
        return data
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return data
    return _NAMED.sub(r"\1\2UTF-8\2", text, count=1).encode()


def _encoding_of(data: bytes) -> str:
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    declared = _DECLARED.match(data[:200])
    name = declared[1].decode("ascii").lower() if declared else ""
    return name if name in _WESTERN else ""


def is_markup(data: bytes) -> bool:
    """Whether this can be XML at all. What is empty is told of by who reads it."""
    return data.removeprefix(BOM_UTF8).lstrip()[:1] in (b"<", b"")
