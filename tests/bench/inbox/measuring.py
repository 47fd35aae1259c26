"""Requests of the staff in turn, timed; the outcome as a table in Indonesian."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import perf_counter

from flask.testing import FlaskClient
from sqlalchemy import event, text

from engine.account_values import PASSWORD, Caller
from engine.app import App
from engine.entering import begin_session
from engine.store import people
from engine.store.transaction import transaction
from tests.bench.inbox.town import Town
from web import auth, create_app
from web.serving import settle_memory

MILLISECONDS = 50.0
PAGES = {
    "perlu dikerjakan": "/tugas",
    "milik saya": "/tugas/milik",
    "kelompok saya": "/tugas/kelompok",
    "selesai": "/tugas/selesai",
    "semua": "/tugas/semua",
    "halaman berikutnya": "",
    "saring: SOP": "/tugas/semua?sop=sop-2",
    "saring: unit": "/tugas/semua?unit=PD3",
    "saring: terlambat": "/tugas?keadaan=terlambat",
    "saring: berisiko": "/tugas/semua?keadaan=berisiko",
    "saring: tenggat": f"/tugas/semua?dari={datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}",
    "saring: peran, pelaksana": "/tugas/semua?peran=sekretaris&pengambil=sekr3sek",
    "cari: langkah dan SOP": "/tugas?cari=rancangan+rka",
    "cari: nomor kasus": "/tugas/semua?cari=4711",
    "cari: tidak ada": "/tugas/semua?cari=tidakada",
    "pembaruan sendiri": "/tugas#htmx",
}


@dataclass(frozen=True)
class Spent:
    """Milliseconds of each request, by page."""

    by_page: dict[str, list[float]]

    @property
    def all(self) -> list[float]:
        return [one for spent in self.by_page.values() for one in spent]

    @property
    def p95(self) -> float:
        return quantile(self.all, 0.95)


def quantile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]


def visitors(app: App, town: Town) -> list[FlaskClient]:
    """A browser of each of the staff, logged in."""
    flask, clients = create_app(app), []
    for login in town.logins:
        client = flask.test_client()
        with transaction(app.sessions) as tx:
            person = people.find_person(tx, login=login)
            assert person is not None
            key = begin_session(tx, person, PASSWORD, Caller("127.0.0.1", ""), datetime.now(UTC))
        with client.session_transaction() as session:
            session.permanent = True
            session[auth.KEY] = key
        clients.append(client)
    return clients


def measure(app: App, town: Town, rounds: int) -> Spent:
    clients = visitors(app, town)
    for client in clients[:5]:  # warm: SOPs are read once a process
        _following(client)
        client.get("/tugas")
    spent: dict[str, list[float]] = {name: [] for name in PAGES}
    work = [(client, name) for client in clients for name in PAGES] * rounds
    random.Random(7).shuffle(work)
    settle_memory()
    for client, name in work:
        spent[name].append(_request(client, PAGES[name] or _following(client)))
    return Spent(spent)


def _request(client: FlaskClient, path: str) -> float:
    path, _, fragment = path.partition("#")
    headers = {"Accept-Encoding": "gzip", **({"HX-Request": "true"} if fragment else {})}
    begun = perf_counter()
    answer = client.get(path, headers=headers)
    took = perf_counter() - begun
    assert answer.status_code == 200, (path, answer.status_code)
    return took * 1000


def _following(client: FlaskClient) -> str:
    found = re.search(r'href="(/tugas\?sesudah=[^"]+)"', client.get("/tugas").text)
    return found[1].replace("&amp;", "&") if found else "/tugas"


def report(spent: Spent, town: Town) -> str:
    lines = [
        f"{town.open:,} tugas terbuka, {len(town.logins)} pegawai".replace(",", "."),
        "",
        "| halaman | p50 ms | p95 ms | terlama ms |",
        "|---|--:|--:|--:|",
    ]
    for name, values in (*spent.by_page.items(), ("**semuanya**", spent.all)):
        parts = (quantile(values, 0.5), quantile(values, 0.95), max(values))
        lines.append(f"| {name} | {' | '.join(f'{one:.1f}' for one in parts)} |")
    met = "terpenuhi" if spent.p95 <= MILLISECONDS else "**TIDAK TERPENUHI**"
    return "\n".join([*lines, "", f"p95 semuanya ≤ {MILLISECONDS:.0f} ms: {met}"])


def explain(app: App, town: Town) -> str:
    """The plans of all statements of each page, of one of the staff."""
    client, found = visitors(app, town)[2], []
    for name, path in PAGES.items():
        sent: list[tuple[str, object]] = []

        def note(link, cursor, statement, parameters, *rest, sent=sent) -> None:  # type: ignore[no-untyped-def]
            sent.append((statement, parameters))

        event.listen(app.database, "before_cursor_execute", note)
        client.get(path.partition("#")[0] or _following(client))
        event.remove(app.database, "before_cursor_execute", note)
        with app.database.connect() as link:
            for statement, parameters in sent:
                if "work_item" not in statement or not statement.startswith("SELECT"):
                    continue
                rows = link.exec_driver_sql(
                    f"EXPLAIN (ANALYZE, BUFFERS) {statement}", parameters
                ).scalars()
                found.append(f"=== {name}\n" + "\n".join(rows))
            link.execute(text("SELECT 1"))
    return "\n".join(found)
