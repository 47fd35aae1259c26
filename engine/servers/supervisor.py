"""`alur up`: the servers, then web, worker and beat; watched, and stopped in order."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Protocol

from engine.errors import ConflictError, UnavailableError
from engine.servers import Server, Servers, data_folder, log_file, start_servers
from engine.servers.address import choose_address, is_healthy
from engine.servers.children import last_lines
from engine.servers.folder import Running, announce, lock_or_find
from engine.servers.watched import Watched
from engine.settings import Settings

STOP_ORDER = {"web": 12.0, "beat": 5.0, "worker": 20.0, "valkey": 10.0, "postgres": 20.0}
# What the kernel sends them when we are killed. The broker goes at the same moment, so nothing is
# gained by finishing tasks; Celery's children die with it, gunicorn has to tell its own.
DEATH_SIGNALS = {"web": "QUIT", "worker": "KILL", "beat": "KILL"}
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
READY_SECONDS = 60.0
LOOK_SECONDS = 0.1

Commands = Callable[[Settings], Mapping[str, list[str]]]
Prepare = Callable[[Settings, Servers], None]


class Report(Protocol):
    """Hears of each step; faces turn it into a sentence.

    Steps and their fields: starting (name), preparing, ready (url, address), restarting (name,
    exit_code, pause, log), restarted (name), stopping (name), killed (name), stopped.
    """

    def __call__(self, step: str, seconds: float, **fields: object) -> None:
        """`seconds` since the start."""


def supervise(settings: Settings, commands: Commands, prepare: Prepare, report: Report) -> int:
    """Run everything until SIGINT, SIGTERM or SIGHUP; the exit code. Main thread only.

    `prepare` (migrations, first data) gets the settings with the address chosen, and the running
    servers. A second signal while stopping kills instead of waiting. Raises ConflictError
    already_running (url, pid); UnavailableError: address_taken, process_failed (name, exit_code,
    log, reason), web_not_ready (address, log), and what the servers raise.
    """
    with lock_or_find(data_folder(settings)) as running:
        if running:
            raise ConflictError("already_running", url=running.url, pid=running.pid)
        site = _Site(replace(settings, bind=choose_address(settings)), report)
        before = {number: signal.signal(number, site.interrupt) for number in SIGNALS}
        try:
            with suppress(_InterruptedError):
                site.start(commands, prepare)
                site.watch()
        finally:
            site.stop()
            for number, handler in before.items():
                signal.signal(number, handler)
    return 0


class _InterruptedError(Exception):
    """A signal came while starting."""


class _Site:
    """What is running now, by name."""

    def __init__(self, settings: Settings, report: Report) -> None:
        self._settings = settings
        self._data = data_folder(settings)
        self._report = report
        self._began = time.monotonic()
        self._interrupted = threading.Event()
        self._servers: dict[str, Server] = {}
        self._processes: dict[str, Watched] = {}

    def interrupt(self, number: int, frame: FrameType | None) -> None:
        """The signal handler: stop; a second signal does not wait for the processes any more."""
        if self._interrupted.is_set():
            for process in self._processes.values():
                process.kill()
        self._interrupted.set()

    def start(self, commands: Commands, prepare: Prepare) -> None:
        """Everything up to the first answer of the web process."""
        servers = start_servers(
            self._settings,
            self._servers,
            broker=True,
            tell=lambda name: self._tell("starting", name=name),
        )
        self._tell("preparing")
        prepare(self._settings, servers)
        self._announce(servers)
        environment = _environment(self._settings, servers)
        for name, argv in commands(self._settings).items():
            self._check_interrupted()
            self._start(name, argv, environment)
            if name == "web":  # alone at first: people wait for it, nobody for the others
                self._wait_healthy()
        self._tell("ready", url=self._settings.url, address=self._settings.address)

    def watch(self) -> None:
        """Look after all of them until a signal comes."""
        while not self._interrupted.wait(LOOK_SECONDS):
            self._check_servers()
            for name, process in self._processes.items():
                if (code := process.death()) is not None:
                    pause, log = process.plan_restart(), str(process.log)
                    self._tell("restarting", name=name, exit_code=code, pause=pause, log=log)
                elif process.restart_if_due():
                    self._tell("restarted", name=name)

    def stop(self) -> None:
        """Each in its turn; what does not go by itself is killed."""
        for name, deadline in STOP_ORDER.items():
            running = self._processes.get(name) or self._servers.get(name)
            if running is not None:
                self._tell("stopping", name=name)
                if not running.stop(deadline):
                    self._tell("killed", name=name)
        self._tell("stopped")

    def _start(self, name: str, argv: list[str], environment: dict[str, str]) -> None:
        self._tell("starting", name=name)
        log, death_signal = log_file(self._data, name), DEATH_SIGNALS[name]
        self._processes[name] = Watched(name, argv, environment, log=log, death_signal=death_signal)

    def _announce(self, servers: Servers) -> None:
        broker_url = servers.broker_url or ""
        announce(
            self._data, Running(os.getpid(), servers.database_url, broker_url, self._settings.url)
        )

    def _wait_healthy(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not is_healthy(self._settings.address):
            self._check_interrupted()
            self._check_servers()
            for process in self._processes.values():
                if (code := process.death()) is not None:
                    raise _failed(process.name, code, process.log)
            if time.monotonic() > deadline:
                log = str(log_file(self._data, "web"))
                raise UnavailableError("web_not_ready", address=self._settings.address, log=log)
            self._interrupted.wait(LOOK_SECONDS)

    def _check_servers(self) -> None:
        for name, server in self._servers.items():
            if (code := server.process.poll()) is not None:
                raise _failed(name, code, log_file(self._data, name))

    def _check_interrupted(self) -> None:
        if self._interrupted.is_set():
            raise _InterruptedError

    def _tell(self, step: str, **fields: object) -> None:
        self._report(step, time.monotonic() - self._began, **fields)


def _failed(name: str, code: int, log: Path) -> UnavailableError:
    reason = "\n".join(last_lines(log))
    return UnavailableError(
        "process_failed", name=name, exit_code=code, log=str(log), reason=reason
    )


def _environment(settings: Settings, servers: Servers) -> dict[str, str]:
    """Ours, but with these settings and servers, and our own programs first."""
    known = replace(settings, database_url=servers.database_url, broker_url=servers.broker_url)
    others = {name: value for name, value in os.environ.items() if not name.startswith("ALUR_")}
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return {**others, **known.to_env(), "PATH": programs, "PYTHONUNBUFFERED": "1"}
