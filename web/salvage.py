"""What was typed into a form that came with too large a file: read once more, without the file."""

from __future__ import annotations

import io
from typing import IO

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser
from werkzeug.wsgi import get_input_stream

MOST = 200 * 2**20  # bytes that are still read to spare somebody their typing
TYPED = 2**20
PARTS = 25_000


class _Nowhere(io.BytesIO):
    """Takes everything and keeps nothing."""

    def write(self, content: object) -> int:
        return len(content) if isinstance(content, bytes | bytearray | memoryview) else 0


def salvage_form(request: Request) -> MultiDict[str, str] | None:
    """None when even the texts are too much, or nothing is left to read."""
    if request.shallow or (request.content_length or 0) > MOST:
        return None
    try:
        if (request.content_length or 0) <= (request.max_content_length or 0):
            return request.form or None
        parser = FormDataParser(_nowhere, max_form_memory_size=TYPED, max_form_parts=PARTS)
        stream = get_input_stream(request.environ)
        mimetype, length = request.mimetype, request.content_length
        return parser.parse(stream, mimetype, length, request.mimetype_params)[1] or None
    except (HTTPException, ValueError, OSError):
        return None


def _nowhere(
    total_content_length: int | None,
    content_type: str | None,
    filename: str | None,
    content_length: int | None = None,
) -> IO[bytes]:
    return _Nowhere()
