"""Child processes that never outlive us.

Every child is started through `setpriv` (util-linux, essential on Debian and Ubuntu), which asks
the kernel to signal the child when the thread that started it is gone: nothing is left behind even
by `kill -9`. Every child leads its own session, so Ctrl-C in a terminal reaches us alone and we
decide the order in which things stop.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.errors import UnavailableError

LOG_LIMIT = 10 * 1024 * 1024
LOOPBACK = "127.0.0.1"
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2  # bits, capabilities(7)


@dataclass(frozen=True)
class Account:
    """Whom a child runs as, and the one capability it keeps ("" for none)."""

    uid: int
    gid: int
    capability: str

    def arguments(self) -> list[str]:
        """The options of setpriv that change to this account."""
        options = [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups", "--no-new-privs"]
        if not self.capability:
            return options
        kept = f"+{self.capability}"
        # no_setuid_fixup: access(2), with which initdb looks for its neighbour `postgres`, would
        # otherwise ignore the capability for every account but root.
        return [
            *options,
            f"--inh-caps=-all,{kept}",
            f"--ambient-caps=-all,{kept}",
            f"--bounding-set=-all,{kept}",
            "--securebits=+no_setuid_fixup",
        ]


def account_for(folder: Path) -> Account | None:
    """Whom PostgreSQL, which refuses to be root, runs as; None when we are not root ourselves.

    That is the folder's owner, or `nobody` for a new folder. The account keeps the right to read
    through folders that are closed to it, because a home folder with mode 0700 may hold the
    programs and the data; it gains no right to write (in containers without that capability it
    gets the stronger one).
    """
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, _capability())
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_uid, nobody.pw_gid, _capability())


def _capability() -> str:
    """The weakest capability we hold that opens closed folders; containers often lack the first."""
    status = Path("/proc/self/status").read_text("ascii")
    held = int(status.partition("CapEff:")[2].split()[0], 16)
    if held >> CAP_DAC_READ_SEARCH & 1:
        return "dac_read_search"
    return "dac_override" if held >> CAP_DAC_OVERRIDE & 1 else ""


def wrapped(argv: Sequence[str], death_signal: str, account: Account | None = None) -> list[str]:
    """The command line that runs `argv` bound to our life, as `account`."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:  # not Linux: no death signal; an orderly stop works all the same
        return [*argv]
    change = account.arguments() if account else []
    return [setpriv, f"--pdeathsig={death_signal}", *change, *argv]


def spawn(
    argv: Sequence[str],
    *,
    death_signal: str,
    log: Path,
    env: Mapping[str, str],
    account: Account | None = None,
) -> subprocess.Popen[bytes]:
    """Start `argv` with its output appended to `log`; `death_signal` as setpriv names it.

    Raises UnavailableError folder_not_ours when the log cannot be written.
    """
    with _open_log(log) as output:
        return subprocess.Popen(
            wrapped(argv, death_signal, account),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env),
            cwd="/" if account else None,
            start_new_session=True,
        )


def _open_log(log: Path) -> BinaryIO:
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LOG_LIMIT:
            log.replace(log.with_suffix(".log.1"))
        return open(log, "ab")
    except PermissionError as error:
        reason = error.strerror
        raise UnavailableError("folder_not_ours", folder=str(log.parent), reason=reason) from error


def stop(process: subprocess.Popen[bytes], order: signal.Signals, deadline: float) -> bool:
    """Ask with `order`, wait `deadline` seconds, then end the whole group; False if it had to."""
    if process.poll() is None:
        process.send_signal(order)
    try:
        process.wait(deadline)
        obeyed = True
    except subprocess.TimeoutExpired:
        obeyed = False
    end_group(process)
    return obeyed


def end_group(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL whatever is left of the child and of the children it started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    """A loopback port that was free a moment ago; who uses it must be ready to try another."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def last_lines(log: Path, count: int = 5) -> list[str]:
    """The end of a log file, for an error's `reason`."""
    with suppress(OSError):
        return log.read_text("utf-8", "replace").splitlines()[-count:]
    return []
