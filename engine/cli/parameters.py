"""Kinds of arguments: what cannot be stored or looked up is refused before a server is started."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workflows.storable import is_storable

NUMBER = click.IntRange(1, 2**63 - 1)  # ids are bigint
FILE = click.Path(path_type=Path)


def plain_text(value: str) -> str:
    """A text; bytes that are no UTF-8 arrive from the shell as lone surrogates."""
    if not is_storable(value):
        raise click.BadParameter("bukan teks UTF-8 yang sah.")
    return value


class _Folder(click.Path):
    """A folder, there already or not; the empty text would mean wherever one happens to be."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Any:
        if value == "":
            self.fail("sebutkan sebuah folder.", param, context)
        return super().convert(value, param, context)


FOLDER = _Folder()
