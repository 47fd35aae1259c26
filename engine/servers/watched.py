"""One process of ours that is started again when it dies."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from engine.servers.children import end_group, spawn, stop

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
SETTLED_SECONDS = 60.0


class Watched:
    """A running command line, its log, and how long to wait before its next start."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        environment: Mapping[str, str],
        *,
        log: Path,
        death_signal: str,
    ) -> None:
        program = shutil.which(argv[0], path=environment["PATH"]) or argv[0]
        self.name = name
        self.log = log
        self._death_signal = death_signal
        self._argv = [program, *argv[1:]]
        self._environment = environment
        self._pause = FIRST_PAUSE
        self._due: float | None = None
        self._start()

    def _start(self) -> None:
        self._due = None
        self._started = time.monotonic()
        self._process = spawn(
            self._argv, death_signal=self._death_signal, log=self.log, env=self._environment
        )

    def death(self) -> int | None:
        """The exit code of a process that has died and awaits no restart; None if all is well."""
        return None if self._due is not None else self._process.poll()

    def plan_restart(self) -> float:
        """Clear away what is left of it; the seconds until `restart_if_due` starts it again.

        The pause doubles with every death that follows a start closely.
        """
        end_group(self._process)
        if time.monotonic() - self._started > SETTLED_SECONDS:
            self._pause = FIRST_PAUSE
        pause, self._pause = self._pause, min(2 * self._pause, LONGEST_PAUSE)
        self._due = time.monotonic() + pause
        return pause

    def restart_if_due(self) -> bool:
        """Start it again when its pause is over; whether it did."""
        if self._due is None or time.monotonic() < self._due:
            return False
        self._start()
        return True

    def stop(self, deadline: float) -> bool:
        """SIGTERM, then the end of its whole group; False if it did not go by itself."""
        return stop(self._process, signal.SIGTERM, deadline)

    def kill(self) -> None:
        """SIGKILL without waiting; safe in a signal handler."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
