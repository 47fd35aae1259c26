"""What click itself says, in Indonesian: help pages, and calls that no verb understands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import click

_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)", re.DOTALL)
_HEADINGS = {"Options": "Pilihan", "Commands": "Perintah"}


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Pemakaian: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        said = [(name, text.replace("[required]", "[wajib]")) for name, text in rows]
        super().write_dl(said, col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


class _Spoken(click.Command):
    """What a verb and a group of verbs have in common."""

    context_class = _Context

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[PILIHAN]", **extra})

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Tampilkan bantuan ini."
        return option


class SpokenVerb(_Spoken):
    """A verb whose help is Indonesian."""


class SpokenGroup(_Spoken, click.Group):
    """A group of verbs whose help is Indonesian."""

    group_class = type

    def __init__(self, *args: Any, **extra: Any) -> None:
        super().__init__(*args, **{"subcommand_metavar": "PERINTAH [ARGUMEN]...", **extra})


def usage_sentence(error: click.ClickException) -> str:
    """What is wrong with the call."""
    match error:
        case click.NoSuchOption():
            return f"Pilihan {error.option_name} tidak dikenal.{_like(error.possibilities)}"
        case click.exceptions.NoSuchCommand():
            return f"Perintah “{error.command_name}” tidak dikenal.{_like(error.possibilities)}"
        case click.MissingParameter():
            return f"{_name(error.param)} wajib disebut."
        case click.BadParameter():
            return f"{_name(error.param)}: {error.message}"
        case click.BadOptionUsage():
            wrong = "tidak membawa" if "not take a value" in error.message else "memerlukan"
            return f"Pilihan {error.option_name} {wrong} nilai."
    if extra := _EXTRA.search(error.message):
        return f"Terlalu banyak argumen: {extra[1]}."
    if isinstance(error, click.UsageError) and isinstance(error.cmd, click.Group):
        return "Sebutkan perintahnya."
    return error.message


def _like(possibilities: Sequence[str] | None) -> str:
    return f" Mungkin maksud Anda: {', '.join(possibilities)}." if possibilities else ""


def _name(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return f"Pilihan {'/'.join(parameter.opts)}"
    return f"Argumen {parameter.human_readable_name}" if parameter else "Argumen"


def usage_hint(error: click.ClickException) -> str:
    """Where the right call is described."""
    path = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "alur"
    return f"Lihat: {path} --help"
