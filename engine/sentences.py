"""Every error code as a plain sentence: what is wrong, where, and what to do.

Indonesian, with `%(field)s` placeholders; the web face translates these texts through its
catalogue, the command line prints them as they are.
"""

from __future__ import annotations

from collections import defaultdict

from workflows.errors import SopError

SENTENCES: dict[str, str] = {}


def explain(error: SopError) -> str:
    """The sentence of the error, with its fields filled in."""
    template = SENTENCES.get(error.code)
    if template is None:
        named = ", ".join(f"{key}={value}" for key, value in error.fields.items())
        return f"{error.code}: {named}" if named else error.code
    return template % defaultdict(str, error.fields)
