"""The files of a PostgreSQL cluster: made, checked, and cleared after a crash.

Access: a password (SCRAM), made once into a 0600 file beside the cluster. "trust" would let every
local user in over TCP, and "peer" needs a Unix socket and equal user names, which fails where
root's PostgreSQL runs as `nobody`.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from engine.errors import UnavailableError
from engine.servers.children import Account, wrapped

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
OWNER = "alur"


def open_cluster(folder: Path, programs: Path, account: Account | None, durable: bool) -> str:
    """Make the cluster where there is none, check that it may be started; its password.

    Raises UnavailableError (postgres_version_mismatch, not_a_database_folder, folder_not_ours,
    database_password_lost, postgres_still_running, postgres_failed).
    """
    major = _major(programs)
    if not _is_cluster(folder):
        _make_cluster(folder, programs, major, account, durable)
    _check_cluster(folder, major)
    _clear_leftover(folder)
    return _read_password(folder)


def _major(programs: Path) -> int:
    argv = [str(programs / "postgres"), "--version"]
    text = subprocess.run(argv, check=True, capture_output=True, text=True).stdout
    found = re.search(r"(\d+)[.\w]*\s*(?:\(|$)", text)
    if found is None:
        raise UnavailableError("postgres_failed", log="", reason=text.strip())
    return int(found[1])


def _is_cluster(folder: Path) -> bool:
    try:
        return (folder / "PG_VERSION").exists()
    except PermissionError as error:
        reason = error.strerror
        raise UnavailableError("folder_not_ours", folder=str(folder), reason=reason) from error


def _make_cluster(
    folder: Path, programs: Path, major: int, account: Account | None, durable: bool
) -> None:
    """initdb beside `folder`, then rename: a crash in between leaves no half cluster."""
    if folder.exists() and any(folder.iterdir()):
        raise UnavailableError("not_a_database_folder", folder=str(folder))
    new = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700, parents=True)
    if account:
        os.chown(new, account.uid, account.gid)
    argv = [str(programs / "initdb"), "-D", str(new), "-U", OWNER, "-E", "UTF8"]
    argv += ["--auth=scram-sha-256", f"--pwfile={_make_password(folder)}", "--no-instructions"]
    if major >= 17:  # sorts alike on every machine, whatever its C library
        argv += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    argv += [] if durable else ["--no-sync"]
    made = subprocess.run(
        wrapped(argv, "KILL", account),
        env=ENVIRONMENT,
        cwd="/",
        capture_output=True,
        text=True,
        start_new_session=True,  # Ctrl-C is ours to handle, after this step
    )
    if made.returncode != 0:
        raise UnavailableError("postgres_failed", log="", reason=made.stderr.strip())
    if folder.exists():
        folder.rmdir()
    new.rename(folder)


def _check_cluster(folder: Path, major: int) -> None:
    found = (folder / "PG_VERSION").read_text("ascii").strip()
    if found != str(major):
        raise UnavailableError(
            "postgres_version_mismatch", folder=str(folder), found=found, expected=str(major)
        )
    if os.geteuid() not in (0, folder.stat().st_uid):
        reason = os.strerror(errno.EPERM)
        raise UnavailableError("folder_not_ours", folder=str(folder), reason=reason)


def _password_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}_password")


def _make_password(folder: Path) -> Path:
    path = _password_file(folder)
    with suppress(FileExistsError):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(file, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(24))
    return path


def _read_password(folder: Path) -> str:
    path = _password_file(folder)
    try:
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UnavailableError("database_password_lost", file=str(path)) from error


def _clear_leftover(folder: Path, patience: float = 15.0) -> None:
    """Deal with the postmaster.pid of a server that died or that is just dying.

    Processes that still work in the folder were orphaned a moment ago and are ending: wait.
    PostgreSQL itself clears the file when its number is free; it takes any process that has got
    the number meanwhile for the old server.
    """
    file = folder / "postmaster.pid"
    if not file.exists():
        return
    deadline = time.monotonic() + patience
    while (pid := _process_in(folder)) is not None:
        if time.monotonic() > deadline:
            raise UnavailableError("postgres_still_running", folder=str(folder), pid=pid)
        time.sleep(0.02)
    with suppress(FileNotFoundError, ValueError):
        recorded = int(file.read_text("utf-8").split("\n", 1)[0])
        if Path(f"/proc/{recorded}").exists():
            file.unlink()


def _process_in(folder: Path) -> int | None:
    """A process whose working folder this is: the postmaster and all its children have it."""
    for process in Path("/proc").glob("[1-9]*"):
        with suppress(OSError):
            if os.path.samefile(process / "cwd", folder):
                return int(process.name)
    return None
