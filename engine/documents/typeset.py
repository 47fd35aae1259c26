"""Pages set by Typst: templates of ours; texts of others are data, never read as markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.documents.words import LABELS
from engine.errors import UnavailableError

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).with_name("typst")


def typeset(
    template: str, data: Mapping[str, Any], language: str, now: datetime, *, dots: float = 0
) -> bytes:
    """A PDF, or of a template of one page a PNG with so many `dots` an inch. `template`: the name
    of one without its ending. The same input gives the same bytes.

    Raises UnavailableError: print_failed (reason).
    """
    import typst  # as large as a program, and most processes never print

    given = {**data, "label": LABELS[language], "lang": language, "today": now.date().isoformat()}
    try:
        made = typst.compile(
            TEMPLATES / f"{template}.typ",
            root=TEMPLATES,
            font_paths=_fonts(),
            format="png" if dots else "pdf",
            ppi=dots or None,
            sys_inputs={"data": json.dumps(given, ensure_ascii=False)},
            timestamp=int(now.timestamp()),
        )
    except typst.TypstError as error:
        raise UnavailableError("print_failed", reason=str(error)) from error
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> typst.Fonts:
    """Those that we and Typst bring along, so that a page looks the same on every machine."""
    import fontpkg_arimo
    import typst

    ours = [fontpkg_arimo.ROOT / "files"]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=ours)
