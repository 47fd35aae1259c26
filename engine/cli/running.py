"""Verbs that run the installation: `up` and `demo`."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click

from engine.app import App, open_app
from engine.cli.call import Call, say, stop, table, verb
from engine.cli.sops import read_beside
from engine.errors import NotFoundError
from engine.servers import Servers
from engine.servers.processes import process_commands
from engine.servers.supervisor import supervise
from engine.settings import Settings
from engine.usecases import definitions, processes
from engine.usecases.demo import DEMO_PASSWORD, load_demo
from engine.usecases.upkeep import upgrade_schema
from engine.values import PersonLine
from workflows.reader import content_hash, read_xml
from workflows.rights import OPERATOR

SHIPPED = Path(__file__).parents[2] / "bpmn"  # lies beside the packages in a checkout and image
NAMES = {
    "postgres": "PostgreSQL",
    "valkey": "Valkey",
    "web": "web",
    "worker": "worker",
    "beat": "penjadwal",
}


def _load(app: App, now: datetime) -> tuple[PersonLine, ...]:
    """The demonstration agency and the SOPs that ship with Alur."""
    users = load_demo(app, now)
    for path in sorted(SHIPPED.glob("*/*.bpmn")):
        xml = path.read_bytes()
        forms = read_beside(xml, path.parent)
        if not _is_settled(app, path.stem, content_hash(read_xml(xml), forms), now):
            definitions.deploy_definition(app, OPERATOR, xml, forms, now)
    return users


def _is_settled(app: App, key: str, digest: str, now: datetime) -> bool:
    """Whether the shipped version is among those that are there, or somebody has published one of
    their own: neither a later one nor theirs must lose its place to it."""
    with suppress(NotFoundError):
        found = processes.read_process(app, OPERATOR, key, now)
        return any(one.approved or one.hash == digest for one in found.versions)
    return False


def _users_text(users: tuple[PersonLine, ...]) -> str:
    rows = [(user.login, DEMO_PASSWORD, user.name, user.jabatan) for user in users]
    return table(rows, ("LOGIN", "KATA SANDI", "NAMA", "JABATAN"))


@verb("demo")
def demo(call: Call) -> None:
    """Memuat SOP bawaan dan perangkat daerah contoh; aman diulang."""
    with call.app() as app:
        users = _load(app, call.now)
        keys = ("login", "name", "unit", "roles", "email", "jabatan")
        value = {"users": [{key: getattr(user, key) for key in keys} for user in users]}
        call.answer({**value, "password": DEMO_PASSWORD}, _users_text(users))


@verb("up")
@click.option("--demo", is_flag=True, help="Muat juga SOP bawaan dan perangkat daerah contoh.")
def up(call: Call, demo: bool) -> None:
    """Menjalankan semuanya di mesin ini sampai dihentikan dengan Ctrl-C."""
    users: list[PersonLine] = []

    def prepare(settings: Settings, servers: Servers) -> None:
        upgrade_schema(servers)
        if demo:
            app = open_app(settings, servers)
            try:
                users.extend(_load(app, datetime.now(UTC)))
            finally:
                app.close()

    def report(step: str, seconds: float, **fields: object) -> None:
        if call.as_json:
            call.answer({"step": step, "seconds": round(seconds, 2), **fields})
            return
        if step == "ready" and users:
            say(_users_text(tuple(users)))
        say(f"{seconds:6.1f} s  {_sentence(step, fields)}")

    settings = call.settings
    stop(supervise(settings, process_commands, prepare, report))


def _sentence(step: str, fields: dict[str, object]) -> str:
    name = NAMES.get(str(fields.get("name")), str(fields.get("name")))
    return {
        "starting": f"Menyalakan {name}",
        "preparing": "Menyiapkan basis data",
        "ready": f"Alur siap di {fields.get('url')} (hentikan dengan Ctrl-C)",
        "restarting": f"{name} berhenti dengan kode {fields.get('exit_code')}; "
        f"dinyalakan lagi dalam {fields.get('pause')} s; catatan: {fields.get('log')}",
        "restarted": f"{name} menyala lagi",
        "stopping": f"Menghentikan {name}",
        "killed": f"{name} tidak mau berhenti dan dimatikan paksa",
        "stopped": "Semua berhenti",
    }[step]
