"""What every verb shares: its options, the open App, the clock of the call, the answer."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

from engine.app import App, open_app
from engine.sentences import explain
from engine.servers import Servers, open_servers
from engine.settings import Settings
from engine.usecases.upkeep import migrate
from workflows.errors import InvalidTimeError, SopError

Answer = dict[str, Any]


@dataclass
class Call:
    """One run of the command: where its data is, what time it is, how it answers."""

    folder: Path | None = None
    clock: str | None = None
    as_json: bool = False

    @property
    def settings(self) -> Settings:
        return Settings.from_env(os.environ, self.folder)

    @property
    def now(self) -> datetime:
        """--now, read as local time of the installation when it names no offset."""
        if self.clock is None:
            return datetime.now(UTC)
        try:
            moment = datetime.fromisoformat(self.clock)
        except ValueError as error:
            raise InvalidTimeError("invalid_moment", text=self.clock) from error
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(self.settings.zone))
        return moment.astimezone(UTC)

    @contextmanager
    def app(self) -> Iterator[App]:
        """The App on running servers, or on servers started for this call."""
        settings = self.settings
        with open_servers(settings, broker=False) as servers:
            ensure_schema(settings, servers)
            app = open_app(settings, servers)
            try:
                yield app
            finally:
                app.close()

    def answer(self, value: Answer, text: str = "") -> None:
        """Print the one object, or the text for people."""
        if self.as_json:
            click.echo(json.dumps(value, ensure_ascii=False, default=_to_json))
        elif text:
            click.echo(text)


def ensure_schema(settings: Settings, servers: Servers) -> None:
    """Our own database is brought up to date unasked; a named one is its operator's to migrate."""
    if settings.database_url is None:
        migrate(servers)


def _to_json(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    raise TypeError(f"{type(value).__name__} is not JSON")


def _set(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    """Options may stand before or after the verb; what is not given changes nothing."""

    def callback(context: click.Context, _: click.Parameter, value: Any) -> None:
        if value not in (None, False):
            setattr(context.ensure_object(Call), name, value)

    return callback


def _common(function: Any, *, data: bool) -> Any:
    options = [
        click.option("--json", is_flag=True, expose_value=False, callback=_set("as_json"),
                     help="Jawaban sebagai satu objek JSON."),
        click.option("--now", metavar="ISO8601", expose_value=False, callback=_set("clock"),
                     help="Jam untuk panggilan ini."),
    ]  # fmt: skip
    if data:
        kind = click.Path(file_okay=False, path_type=Path)
        options.append(
            click.option("--data", metavar="DIR", type=kind, expose_value=False,
                         callback=_set("folder"), help="Folder data (bawaan: var).")
        )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


class Face(click.Group):
    """Turns every SopError into one sentence, or with --json into one object; exit 1."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        arguments = list(sys.argv[1:] if args is None else args)
        as_json = "--json" in arguments
        extra["standalone_mode"] = False
        try:
            code = super().main(arguments, *rest, **extra)
        except SopError as error:
            stop(fail(error, as_json=as_json))
        except click.ClickException as error:
            if as_json:
                stop(fail(SopError("usage", reason=error.format_message()), as_json=True))
            error.show()
            stop(error.exit_code)
        except click.Abort:
            stop(130)
        stop(code if isinstance(code, int) else 0)


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=Face, context_settings=CONTEXT)
@click.pass_context
def _alur(context: click.Context) -> None:
    """Menjalankan SOP perangkat daerah sebagai BPMN 2.0."""
    context.ensure_object(Call)


alur: click.Group = _common(_alur, data=True)


def verb(
    name: str, *, group: click.Group | None = None, payload: bool = False
) -> Callable[[Callable[..., None]], click.Command]:
    """Add a verb. With `payload` its own --data holds JSON, so the folder stands before it."""

    def decorate(function: Callable[..., None]) -> click.Command:
        command = click.command(name, short_help=(function.__doc__ or "").split("\n")[0])
        made = command(_common(click.make_pass_decorator(Call)(function), data=not payload))
        (group or alur).add_command(made)
        return made

    return decorate


def read_json(text: str | None) -> dict[str, Any]:
    """A JSON object, given as text or as @FILE; None is the empty one.

    Raises SopError: invalid_json (reason), file_not_readable (file, reason).
    """
    if text is None:
        return {}
    if text.startswith("@"):
        text = read_file(Path(text[1:])).decode("utf-8", "replace")
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise SopError(
            "invalid_json", reason=f"{error.msg} ({error.lineno}:{error.colno})"
        ) from error
    if not isinstance(value, dict):
        raise SopError("invalid_json", reason="{…}")
    return value


def read_file(path: Path) -> bytes:
    """Raises SopError: file_not_readable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise SopError("file_not_readable", file=str(path), reason=error.strerror) from error


def fail(error: SopError, *, as_json: bool) -> int:
    """Say what went wrong and give back the exit code."""
    message = explain(error)
    if as_json:
        value = {"error": {"code": error.code, "message": message, "fields": error.fields}}
        click.echo(json.dumps(value, ensure_ascii=False, default=str))
    else:
        click.secho(message, fg="red", err=True)
    return 1


def stop(code: int) -> NoReturn:
    sys.exit(code)


def table(rows: Sequence[Sequence[object]], head: Sequence[str]) -> str:
    """Aligned columns for people; None shows as a dash."""
    cells = [list(head), *[["-" if cell is None else str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in cells]
    return "\n".join(line.rstrip() for line in lines)
