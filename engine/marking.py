"""The mark of texts that the pages show in other languages too."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802  # gettext's own name for this mark
    """Mark a text for extraction; it is translated where it is shown."""
    return text
