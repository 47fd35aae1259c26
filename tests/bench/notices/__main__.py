"""`python -m tests.bench.notices`: 10,000 rungs due at one moment leave the house, each once.

Real PostgreSQL (as durable as in operation), Valkey, Celery beat and worker with two processes,
and a mail server, all on this machine. Fails when a notice is lost or sent twice, or when an office
takes longer than SECONDS; with a message of its own for every rung the time is only shown.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.app import App, open_app
from engine.servers import Servers, postgres, valkey
from engine.servers.children import free_port
from engine.servers.processes import process_commands
from engine.settings import Settings
from engine.store.migrate import upgrade
from tests.bench.notices.house import Scene, fill, ring, tell

SECONDS = 60.0
SCENES = (
    Scene("kantor: 500 orang, 20 tugas seorang", 10_000, 500, SECONDS),
    Scene("terburuk: 10.000 orang, 1 tugas seorang", 10_000, 10_000, None),
)
HEAD = ("keadaan", "jenjang", "orang", "pesan", "dua kali", "tidak sampai", "pertama", "terakhir")
START = timedelta(seconds=10)  # for beat and worker to be ready


@contextmanager
def running(argv: list[str], settings: Settings, log: Path) -> Iterator[None]:
    """A process of the installation for as long as the block lasts."""
    env = {**os.environ, **settings.to_env(), "PYTHONPATH": str(Path.cwd())}
    program = str(Path(sys.executable).with_name(argv[0]))
    with log.open("ab") as file:
        process = subprocess.Popen([program, *argv[1:]], env=env, stdout=file, stderr=file)
        try:
            yield
        finally:
            process.terminate()
            process.wait(90)


@contextmanager
def mail_server(folder: Path) -> Iterator[tuple[str, Path]]:
    """(its URL, the file with a line for each message)."""
    port, path = free_port(), folder / "mails"
    path.touch()
    argv = [sys.executable, "-m", "tests.bench.notices.sink", str(port), str(path)]
    process = subprocess.Popen(argv, stdin=subprocess.PIPE)
    try:
        yield f"smtp://127.0.0.1:{port}?tls=none", path
    finally:
        process.communicate()


def measure(scene: Scene, folder: Path) -> list[str]:
    """The row of the table; raises AssertionError when something is lost or sent twice."""
    database = postgres.start(folder / "pg", log=folder / "pg.log")
    broker = valkey.start(folder / "valkey", log=folder / "valkey.log")
    try:
        upgrade(database.url)
        with mail_server(folder) as (smtp_url, mails):
            settings = Settings(
                data=folder / "data",
                database_url=database.url,
                broker_url=broker.url,
                smtp_url=smtp_url,
                secret_key="only-of-this-measurement",
            )
            return _measure(scene, settings, mails, folder)
    finally:
        broker.stop()
        database.stop()


def _measure(scene: Scene, settings: Settings, mails: Path, folder: Path) -> list[str]:
    settings.data.mkdir()
    assert settings.database_url
    app = open_app(settings, Servers(settings.database_url, settings.broker_url))
    fill(app, scene)
    commands = process_commands(settings)
    with (
        running(commands["worker"], settings, folder / "worker.log"),
        running(commands["beat"], settings, folder / "beat.log"),
    ):
        moment = datetime.now(UTC) + START
        ring(app, moment)
        _wait(app, scene, moment)
    rungs, _, waiting = tell(app)
    app.close()
    return row_of(scene, moment, rungs, waiting, mails)


def _wait(app: App, scene: Scene, moment: datetime) -> None:
    """Until all is sent, or twice the time has passed that it may take."""
    while datetime.now(UTC) < moment + timedelta(seconds=2 * SECONDS):
        time.sleep(1)
        _, sent, waiting = tell(app)
        if sent >= scene.items and not waiting:
            time.sleep(2)  # were one sent twice, it would come now
            return


def row_of(scene: Scene, moment: datetime, rungs: int, waiting: int, mails: Path) -> list[str]:
    """One row of the table, in the order of HEAD."""
    lines = [line.split("\t") for line in mails.read_text("utf-8").splitlines()]
    twice = sum(count - 1 for count in Counter(name for _, name, _ in lines).values())
    told = sum(int(items) for _, _, items in lines)
    times = sorted(float(at) - moment.timestamp() for at, _, _ in lines) or [float("inf")]
    missing = max(scene.items - told, waiting, 0)
    numbers = [rungs, scene.people, len(lines), twice, missing]
    return [scene.name, *map(str, numbers), f"{times[0]:.1f} s", f"{times[-1]:.1f} s"]


def main() -> int:
    rows = []
    for scene in SCENES:
        sys.stderr.write(f"mengukur {scene.name} …\n")
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(scene, Path(folder)))
    widths = [max(len(row[i]) for row in [HEAD, *rows]) for i in range(len(HEAD))]
    for row in [list(HEAD), *rows]:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        sys.stdout.write("  ".join(cells).rstrip() + "\n")
    missed = [row for scene, row in zip(SCENES, rows, strict=True) if not is_met(scene, row)]
    for row in missed:
        sys.stderr.write(f"Tidak terpenuhi: {row[0]}\n")
    return 1 if missed else 0


def is_met(scene: Scene, row: list[str]) -> bool:
    """Nothing lost, nothing twice, all in time."""
    twice, missing, last = row[4], row[5], float(row[7].removesuffix(" s"))
    return (twice, missing) == ("0", "0") and (scene.seconds is None or last <= scene.seconds)


if __name__ == "__main__":
    sys.exit(main())
