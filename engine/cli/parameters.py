"""Kinds of arguments: what cannot be stored or looked up is refused before a server is started."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from workflows.case_data import MAX_NAME, check_name
from workflows.errors import InvalidAnswerError
from workflows.storable import is_storable
from workflows.workdays.calendar import FIRST_YEAR, LAST_YEAR

MAX_ID = 2**63 - 1  # ids are bigint
FILE = click.Path(path_type=Path)
SHOWN = 40  # letters of what was typed that a sentence repeats


def plain_text(value: str) -> str:
    """A text; bytes that are no UTF-8 arrive from the shell as lone surrogates."""
    if not is_storable(value):
        raise click.BadParameter("bukan teks UTF-8 yang sah.")
    return value


def plain_name(value: str) -> str:
    """The name of a key, a topic, a message or a signal."""
    if not plain_text(value).strip():
        raise click.BadParameter("tidak boleh kosong.")
    try:
        return check_name(value)
    except InvalidAnswerError as error:
        reason = f"tulis 1 sampai {MAX_NAME} huruf biasa, tanpa spasi di tepinya."
        raise click.BadParameter(reason) from error


class _Number(click.ParamType[int]):
    name = "N"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> int:
        try:
            number = int(value)
        except ValueError:  # also of endless digits
            number = 0
        if not 0 < number <= MAX_ID:
            shown = str(value)[:SHOWN]
            self.fail(f"“{shown}” bukan nomor; tulis bilangan bulat mulai dari 1.", param, context)
        return number


NUMBER = _Number()


class _Year(click.ParamType[int]):
    name = "YYYY"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> int:
        try:
            year = int(value)
        except ValueError:
            year = 0
        if not FIRST_YEAR < year < LAST_YEAR:
            shown = str(value)[:SHOWN]
            reason = f"“{shown}” bukan tahun antara {FIRST_YEAR + 1} dan {LAST_YEAR - 1}."
            self.fail(reason, param, context)
        return year


YEAR = _Year()


class _Date(click.ParamType[date]):
    name = "YYYY-MM-DD"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> date:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            shown = str(value)[:SHOWN]
            self.fail(f"“{shown}” bukan tanggal, misalnya 2026-12-31.", param, context)


DATE = _Date()


class OneOf(click.Choice[str]):
    """One of a few words."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        return f"“{str(value)[:SHOWN]}” tidak dikenal; pilih {', '.join(self.choices)}."


class _Existing(click.Path):
    """A file that can be read."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Any:
        try:
            return super().convert(value, param, context)
        except click.BadParameter:
            self.fail(f"berkas “{value}” tidak ada atau tidak dapat dibaca.", param, context)


EXISTING = _Existing()


class _Folder(click.Path):
    """A folder, there already or not; the empty text would mean wherever one happens to be."""

    def __init__(self) -> None:
        super().__init__(file_okay=False, path_type=Path)

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Any:
        if value == "":
            self.fail("sebutkan sebuah folder.", param, context)
        try:
            return super().convert(value, param, context)
        except click.BadParameter:
            self.fail(f"“{value}” bukan folder yang dapat dibaca.", param, context)


FOLDER = _Folder()
