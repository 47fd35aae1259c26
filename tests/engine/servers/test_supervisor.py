"""`alur up` as seen from outside: what it says, in which order it stops, what it leaves."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from engine.errors import UnavailableError
from engine.sentences import explain
from engine.servers import open_servers
from engine.servers.address import choose_address, is_healthy
from engine.servers.children import free_port
from engine.settings import Settings

PROJECT = Path(__file__).parents[3]
SITE = """
import json, os, sys
from engine.errors import SopError
from engine.servers.supervisor import supervise
from engine.settings import Settings

WEB = '''
import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
host, port = os.environ["ALUR_BIND"].split(":")
http.server.HTTPServer((host, int(port)), Handler).serve_forever()
'''
SLEEP = "import time; time.sleep(600)"

def commands(settings):
    web = sys.argv[1] if len(sys.argv) > 1 else WEB
    return {name: [sys.executable, "-c", text] for name, text in
            {"web": web, "worker": SLEEP, "beat": SLEEP}.items()}

def report(step, seconds, **fields):
    print(json.dumps({"step": step, **fields}), flush=True)

try:
    sys.exit(supervise(Settings.from_env(os.environ), commands, lambda *_: None, report))
except SopError as error:
    report("error", 0, code=error.code, **error.fields)
    sys.exit(1)
"""
NAMED = {"ALUR_DATABASE_URL": "postgresql://named/alur", "ALUR_BROKER_URL": "redis://named"}

Step = dict[str, object]


class Site:
    """A supervisor in a process group of its own, and what it has said so far."""

    def __init__(self, data: Path, *arguments: str, **settings: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SITE, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            process_group=0,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "ALUR_DATA": str(data), **settings},
        )

    def wait_for(self, step: str) -> Step:
        return next(said for said in self.steps() if said["step"] == step)

    def steps(self) -> Iterator[Step]:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            yield json.loads(line)

    def children(self) -> dict[int, psutil.Process]:
        found = psutil.Process(self.process.pid).children(recursive=True)
        return {child.pid: child for child in found}

    def child(self, word: str) -> psutil.Process:
        return next(c for c in self.children().values() if word in " ".join(c.cmdline()))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    sites: list[Site] = []

    def start_site(*arguments: str, **settings: str) -> Site:
        address = {"ALUR_BIND": f"127.0.0.1:{free_port()}"}
        sites.append(Site(tmp_path / "data", *arguments, **{**address, **settings}))
        return sites[-1]

    yield start_site
    for site in sites:
        if site.process.poll() is None:
            site.process.kill()
        site.process.communicate()


def gone(processes: dict[int, psutil.Process], seconds: float = 30) -> bool:
    """Whether all have ended; a zombie that nobody has collected yet has ended too."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(map(is_alive, processes.values())):
            return True
        time.sleep(0.02)
    return False


def is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_ctrl_c_stops_everything_in_order(start: Callable[..., Site], tmp_path: Path) -> None:
    site = start()
    ready = site.wait_for("ready")
    assert is_healthy(str(ready["address"]))
    with open_servers(Settings(data=tmp_path / "data"), broker=True) as servers:
        assert servers.broker_url is not None

    second = list(start().steps())
    assert second == [
        {"step": "error", "code": "already_running", "url": ready["url"], "pid": site.process.pid}
    ]

    children = site.children()
    assert len(children) >= 5
    os.killpg(site.process.pid, signal.SIGINT)  # as a terminal does it: to the whole group
    ended = list(site.steps())
    names = ["web", "beat", "worker", "valkey", "postgres"]
    assert ended == [*({"step": "stopping", "name": name} for name in names), {"step": "stopped"}]
    assert site.process.wait(10) == 0
    assert gone(children, 0.1)
    assert not (tmp_path / "data" / "servers.json").exists()


def test_nothing_outlives_a_killed_supervisor(start: Callable[..., Site]) -> None:
    site = start()
    site.wait_for("ready")
    children = site.children()
    site.process.kill()
    assert gone(children)


def test_a_process_that_dies_is_started_again(start: Callable[..., Site]) -> None:
    site = start(**NAMED)
    site.wait_for("ready")
    web = site.child("http.server")
    web.kill()
    said = site.wait_for("restarting")
    assert (said["name"], said["exit_code"]) == ("web", -signal.SIGKILL)
    site.wait_for("restarted")
    assert site.child("http.server").pid != web.pid
    site.process.terminate()
    assert site.process.wait(10) == 0


def test_without_its_database_everything_stops(start: Callable[..., Site]) -> None:
    site = start(ALUR_BROKER_URL=NAMED["ALUR_BROKER_URL"])
    site.wait_for("ready")
    children = site.children()
    site.child("bin/postgres").kill()
    error = site.wait_for("error")
    assert (error["code"], error["name"]) == ("process_failed", "postgres")
    assert site.process.wait(10) == 1
    assert gone(children)


def test_a_web_process_that_cannot_start_is_reported_with_its_words(
    start: Callable[..., Site],
) -> None:
    site = start("raise SystemExit('no templates')", **NAMED)
    error = site.wait_for("error")
    assert (error["code"], error["name"], error["reason"]) == (
        "process_failed",
        "web",
        "no templates",
    )
    assert site.process.wait(10) == 1


def test_an_address_that_was_asked_for_and_is_taken_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(UnavailableError) as refused:
            choose_address(Settings(bind=address))
    assert (refused.value.code, refused.value.fields["address"]) == ("address_taken", address)


@pytest.mark.parametrize("host", ["tidak.ada.invalid", "x" * 70])
def test_an_address_that_is_none_of_this_machine_says_why(host: str) -> None:
    with pytest.raises(UnavailableError) as refused:
        choose_address(Settings(bind=f"{host}:80"))
    assert refused.value.code == "address_taken"
    assert str(refused.value.fields["reason"]) in explain(refused.value)
    assert "dipakai program lain" not in explain(refused.value)


def test_without_a_wish_the_next_free_port_is_taken() -> None:
    first = choose_address(Settings())
    host, _, port = first.partition(":")
    with socket.create_server((host, int(port))):
        second = choose_address(Settings())
    assert int(second.partition(":")[2]) > int(port)
