"""What every verb shares: its options, the open App, the clock of the call, the answer."""

from __future__ import annotations

import json
import logging
import os
import stat
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
from engine.cli.parameters import FOLDER
from engine.cli.usage import SpokenGroup, SpokenVerb, usage_hint, usage_sentence
from engine.errors import SettingsError
from engine.sentences import explain
from engine.servers import Servers, open_servers
from engine.settings import Settings
from engine.usecases.upkeep import upgrade_schema
from workflows.errors import InvalidTimeError, SopError
from workflows.workdays.calendar import FIRST_YEAR, LAST_YEAR

Answer = dict[str, Any]
USAGE = 2  # the exit code of a call that cannot be understood
MAX_BYTES = 8 << 20  # of a file that is read whole: SOPs, forms, answers
log = logging.getLogger(__name__)


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
        """--now, or the clock of the machine. Raises as `moment`."""
        return datetime.now(UTC) if self.clock is None else self.moment(self.clock)

    def moment(self, text: str) -> datetime:
        """Read as local time of the installation when it names no offset.

        Raises InvalidTimeError: invalid_moment, outside_calendar.
        """
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as error:
            raise InvalidTimeError("invalid_moment", text=text) from error
        if not FIRST_YEAR < moment.year < LAST_YEAR:  # its neighbours may be counted from it
            reason = f"{FIRST_YEAR + 1}-{LAST_YEAR - 1}"
            raise InvalidTimeError("outside_calendar", text=text, reason=reason)
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
            say(json.dumps(value, ensure_ascii=False, default=_to_json))
        elif text:
            say(text)


def ensure_schema(settings: Settings, servers: Servers) -> None:
    """Our own database is brought up to date unasked; a named one is its operator's to upgrade."""
    if settings.database_url is None:
        upgrade_schema(servers)


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
        options.append(
            click.option("--data", metavar="DIR", type=FOLDER, expose_value=False,
                         callback=_set("folder"), help="Folder data (bawaan: var).")
        )  # fmt: skip
    for option in reversed(options):
        function = option(function)
    return function


class Face(SpokenGroup):
    """Turns every error into one sentence, or with --json into one object; exit 1, or 2 where the
    call itself cannot be understood."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        arguments = list(sys.argv[1:] if args is None else args)
        as_json = "--json" in arguments
        extra["standalone_mode"] = False
        try:
            code = super().main(arguments, *rest, **extra)
        except SopError as error:
            stop(fail(error, as_json=as_json))
        except click.ClickException as error:
            stop(refuse(error, as_json=as_json))
        except click.Abort:
            stop(130)
        except Exception as error:  # ours to mend: the trace is for us, the sentence for the caller
            log.exception("unexpected error")
            reason = f"{type(error).__name__}: {error}"
            stop(fail(SopError("internal_error", reason=reason), as_json=as_json))
        stop(code if isinstance(code, int) else 0)


CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group("alur", cls=Face, context_settings=CONTEXT)
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
        brief = (function.__doc__ or "").split("\n")[0]
        command = click.command(name, cls=SpokenVerb, short_help=brief)
        made = command(_common(click.make_pass_decorator(Call)(function), data=not payload))
        (group or alur).add_command(made)
        return made

    return decorate


def read_json(text: str | None) -> dict[str, Any]:
    """A JSON object, given as text or as @FILE; None is the empty one.

    Raises SopError: invalid_json (reason), and what `read_text` raises.
    """
    if text is None:
        return {}
    if text.startswith("@"):
        text = read_text(Path(text[1:]))
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        reason = f"{error.msg} ({error.lineno}:{error.colno})"
        raise SopError("invalid_json", reason=reason) from error
    except (ValueError, RecursionError) as error:  # NaN, endless digits, endless brackets
        raise SopError("invalid_json", reason=str(error)) from error
    if not isinstance(value, dict):
        raise SopError("invalid_json", reason="{…}")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name}: not JSON")


def read_file(path: Path) -> bytes:
    """Raises SopError: file_not_readable (file, reason), file_too_large (file, limit in bytes)."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or device may never end
            raise SopError("file_not_readable", file=str(path), reason="bukan berkas biasa")
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise SopError("file_not_readable", file=str(path), reason=error.strerror) from error
    if len(content) > MAX_BYTES:
        raise SopError("file_too_large", file=str(path), limit=MAX_BYTES)
    return content


def read_text(path: Path) -> str:
    """Raises as `read_file`."""
    try:
        return read_file(path).decode("utf-8")
    except UnicodeDecodeError as error:
        reason = "bukan teks UTF-8"
        raise SopError("file_not_readable", file=str(path), reason=reason) from error


def fail(error: SopError, *, as_json: bool) -> int:
    """Say what went wrong and give back the exit code."""
    message: str = explain(error, _zone())
    file = error.fields.get("file")
    found: Any = error.fields.get("findings") or ()
    if len(found) > 1 and not as_json:
        draft = error.code == "sop_has_errors"
        what = "Rancangan ini masih punya" if draft else "Berkas belum dapat dipasang;"
        message = f"{what} {len(found)} kesalahan:"
    if file and str(file) not in message:
        message = f"{file}: {message}"
    if as_json:
        value = {"error": {"code": error.code, "message": message, "fields": error.fields}}
        say(json.dumps(value, ensure_ascii=False, default=str))
    else:
        say(click.style(message, fg="red"), err=True)
        if len(found) > 1:
            rows = [(one["rule"], one["element"], one["message"]) for one in found]
            say(table(rows, ("ATURAN", "ELEMEN", "TEMUAN")), err=True)
    return 1


def refuse(error: click.ClickException, *, as_json: bool) -> int:
    """Say why the call itself cannot be understood, and give back the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and not as_json:
        say(error.format_message(), err=True)
        return USAGE
    fail(SopError("usage", reason=usage_sentence(error)), as_json=as_json)
    if not as_json:
        say(usage_hint(error), err=True)
    return USAGE


def _zone() -> str:
    """That of the installation; the usual one where the settings are what is wrong."""
    try:
        return Settings.from_env(os.environ).zone
    except SettingsError:
        return Settings().zone


def say(text: str, *, err: bool = False) -> None:
    """Print. Names of files may hold lone surrogates, which are written as JSON escapes them."""
    click.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"), err=err)


def stop(code: int) -> NoReturn:
    sys.exit(code)


def table(rows: Sequence[Sequence[object]], head: Sequence[str]) -> str:
    """Aligned columns for people; None shows as a dash, a text of several lines as one."""
    cells = [list(head), *[[_cell(one) for one in row] for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in cells]
    return "\n".join(line.rstrip() for line in lines)


def _cell(value: object) -> str:
    return "-" if value is None else " ".join(str(value).splitlines())
