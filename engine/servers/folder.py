"""Who serves a data folder: one process at a time holds its lock, and says where its servers are.

The lock is the truth (the kernel drops it with its holder); `servers.json` only says what the
holder runs, and is believed only while the lock is held and its writer lives.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.errors import UnavailableError

PATIENCE = 120.0


@dataclass(frozen=True)
class Running:
    """A running `alur up`: its process, its servers, its web address."""

    pid: int
    database_url: str
    broker_url: str
    url: str


def find_running(data: Path) -> Running | None:
    """The `alur up` that serves this folder now, if any; never waits.

    Raises UnavailableError folder_not_ours when the folder is a file or cannot be looked into.
    """
    try:
        text = (data / "servers.json").read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _not_ours(data, error) from error
    with suppress(ValueError, TypeError, OverflowError, RecursionError):  # not written by us
        running = Running(**json.loads(text))
        if _alive(running.pid) and _is_locked(data):
            return running
    return None


def announce(data: Path, running: Running) -> None:
    """Tell other calls where the servers are; only the lock's holder may."""
    new = data / "servers.json.new"
    new.unlink(missing_ok=True)
    file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(file, "w", encoding="utf-8") as stream:
        json.dump(asdict(running), stream)
    new.replace(data / "servers.json")


@contextmanager
def try_lock(data: Path) -> Iterator[bool]:
    """Yield True while this process alone serves the folder, or False at once."""
    with open(_lock_file(data), "ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        (data / "servers.json").unlink(missing_ok=True)  # left by one that was killed
        try:
            yield True
        finally:
            (data / "servers.json").unlink(missing_ok=True)


@contextmanager
def lock_or_find(data: Path, patience: float = PATIENCE) -> Iterator[Running | None]:
    """Wait for a turn at the folder: yield None holding the lock, or the `alur up` that runs.

    Raises UnavailableError data_folder_busy when neither happens in `patience` seconds.
    """
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if running := find_running(data):
            yield running
            return
        with try_lock(data) as ours:
            if ours:
                yield None
                return
        time.sleep(0.05)
    raise UnavailableError("data_folder_busy", folder=str(data))


def _lock_file(data: Path) -> Path:
    try:
        data.mkdir(parents=True, exist_ok=True)
        path = data / "servers.lock"
        path.touch(0o600)
    except OSError as error:
        raise _not_ours(data, error) from error
    return path


def _not_ours(data: Path, error: OSError) -> UnavailableError:
    reason = f"{error.strerror} ({error.filename})"
    return UnavailableError("folder_not_ours", folder=str(data), reason=reason)


def _is_locked(data: Path) -> bool:
    with open(_lock_file(data), "ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
