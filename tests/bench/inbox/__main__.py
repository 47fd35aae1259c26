"""`python -m tests.bench.inbox [--explain] [ITEMS]`: how long a page of the inbox takes.

Fifty staff, 100,000 open items, a real PostgreSQL as durable as in operation; each figure is a
whole WSGI request of one of the staff: session, statements, template, compression. Then the first
load in Chromium over a slow 3G, if there is a Chromium. Fails when the p95 of all lists together is
over MILLISECONDS or the first load is over its bounds.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from engine.app import open_app
from engine.servers import Servers, postgres
from engine.settings import Settings
from engine.store.migrate import upgrade
from tests.bench.inbox.loading import load_slowly
from tests.bench.inbox.measuring import MILLISECONDS, explain, measure, report
from tests.bench.inbox.town import build
from tests.bench.machine import describe_machine

KILOBYTES, SECONDS = 60, 3.0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(arguments: list[str]) -> int:
    items = next((int(one) for one in arguments if one.isdecimal()), 100_000)
    with tempfile.TemporaryDirectory(prefix="alur-inbox-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        database = postgres.start(folder / "pg", log=folder / "pg.log")
        try:
            upgrade(database.url)
            settings = Settings(data=folder / "data", secret_key="only-of-this-measurement")
            app = open_app(settings, Servers(database.url))
            town = build(app, items)
            say(f"{describe_machine('sqlalchemy', 'flask')}; beban {os.getloadavg()[0]:.1f}")
            if "--explain" in arguments:
                say(explain(app, town))
            spent = measure(app, town, rounds=2)
            say(report(spent, town))
            loaded = load_slowly(app, town.logins[2])
            app.close()
        finally:
            database.stop()
    met = spent.p95 <= MILLISECONDS
    if loaded is not None:
        say(
            f"\nMuat pertama, 400 kbit/s, RTT 400 ms, CPU/4: {loaded.kilobytes:.1f} KB dalam "
            f"{loaded.requests} permintaan, {loaded.seconds:.2f} s."
        )
        met = met and loaded.kilobytes <= KILOBYTES and loaded.seconds <= SECONDS
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
