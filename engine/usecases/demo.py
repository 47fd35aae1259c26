"""The demonstration agency: invented units and people around the shipped SOP."""

from __future__ import annotations

from datetime import date, datetime

from engine.app import App
from engine.errors import ConflictError
from engine.passwords import hash_password
from engine.store import people, upkeep
from engine.store.lines import person_lines
from engine.store.tables import Jabatan, Unit
from engine.store.transaction import Tx, transaction
from engine.values import PersonLine

DEMO_PASSWORD = "contoh-alur"  # printed by `make run`; only people of the demonstration have it
SINCE = date(2020, 1, 1)

# code, name, kind, code of the unit above
UNITS = (
    ("PEMDA", "Pemerintah Daerah Contoh", "pemda", None),
    ("SETDA", "Sekretariat Daerah", "setda", "PEMDA"),
    ("BAPPEDA", "Badan Perencanaan Pembangunan Daerah", "pd", "PEMDA"),
    ("BAPPEDA-SEK", "Sekretariat Bappeda", "sekretariat", "BAPPEDA"),
    ("BAPPEDA-RENMON", "Subbagian Rencana Kerja dan Monev", "subbagian", "BAPPEDA-SEK"),
    ("BAPPEDA-EKO", "Bidang Ekonomi", "bidang", "BAPPEDA"),
    ("BAPPEDA-SOS", "Bidang Sosial Budaya", "bidang", "BAPPEDA"),
    ("BAPPEDA-INF", "Bidang Infrastruktur dan Kewilayahan", "bidang", "BAPPEDA"),
)
# unit, jabatan, role, jabatan above, login, person, rights beyond the role
SEATS: tuple[tuple[str, str, str, str, str, str, list[str]], ...] = (
    ("SETDA", "Sekretaris Daerah", "sekda", "", "sekda", "Anggrek Contoh",
     ["supervisor"]),
    ("BAPPEDA", "Kepala Badan", "kepala_badan", "Sekretaris Daerah", "kepala", "Cempaka Contoh",
     ["supervisor"]),
    ("BAPPEDA-SEK", "Sekretaris", "sekretaris", "Kepala Badan", "sekretaris", "Kenanga Contoh",
     ["supervisor"]),
    ("BAPPEDA-RENMON", "Kasubbag Rencana Kerja dan Monev", "kasubbag_renja_monev", "Sekretaris",
     "kasubbag", "Melati Contoh", []),
    ("BAPPEDA-EKO", "Kepala Bidang Ekonomi", "kepala_bidang", "Kepala Badan", "kabid1",
     "Mawar Contoh", []),
    ("BAPPEDA-INF", "Kepala Bidang Infrastruktur dan Kewilayahan", "kepala_bidang", "Kepala Badan",
     "kabid2", "Seruni Contoh", []),
    ("BAPPEDA-SOS", "Kepala Bidang Sosial Budaya", "kepala_bidang", "Kepala Badan", "kabid3",
     "Dahlia Contoh", []),
    ("BAPPEDA-RENMON", "Pengelola Sistem", "pengelola_sistem", "Kasubbag Rencana Kerja dan Monev",
     "pengelola", "Tanjung Contoh", ["administrator", "process_owner"]),
)  # fmt: skip


def load_demo(app: App, now: datetime) -> tuple[PersonLine, ...]:
    """Create what is missing of the demonstration agency; running it again changes nothing.

    Raises ConflictError: not_a_demo where real people are registered, because the
    demonstration's password is public.
    """
    with transaction(app.sessions) as tx:
        if upkeep.has_real_people(tx):
            raise ConflictError("not_a_demo")
        units: dict[str, Unit] = {}
        for code, name, kind, above in UNITS:
            parent = units[above] if above else None
            units[code] = people.put_unit(tx, code, name, kind, app.settings.zone, parent)
        _fill_seats(tx, units, now)
        return person_lines(people.list_people(tx, app.today(now)), people.grants_by_person(tx))


def _fill_seats(tx: Tx, units: dict[str, Unit], now: datetime) -> None:
    password_hash = hash_password(DEMO_PASSWORD)
    seats: dict[str, Jabatan] = {}
    for unit, name, role, above, login, person_name, grants in SEATS:
        seats[name] = people.put_jabatan(tx, units[unit], name, role, seats.get(above))
        person = people.put_person(
            tx,
            {
                "login": login,
                "name": person_name,
                "email": f"{login}@contoh.example",
                "password_hash": password_hash,
                "demo": True,
            },
        )
        people.put_holding(tx, seats[name], person, SINCE)
        for grant in grants:
            people.put_grant(tx, person, grant, None, now)
