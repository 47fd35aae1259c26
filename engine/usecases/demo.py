"""The demonstration agency: invented units and people around the shipped SOP."""

from __future__ import annotations

from datetime import date, datetime

from engine.app import App
from engine.errors import ConflictError
from engine.passwords import hash_password
from engine.store import organisation, people, persons, upkeep
from engine.store.lines import person_lines
from engine.store.tables import Jabatan, Person, Unit
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
    ("BAPPEDA-FORUM", "Forum SKPD", "forum", "BAPPEDA"),
    ("INSPEKTORAT", "Inspektorat Daerah", "pd", "PEMDA"),
    ("DINAS", "Dinas Contoh", "pd", "PEMDA"),
    ("DINAS-SEK", "Sekretariat Dinas Contoh", "sekretariat", "DINAS"),
)
# unit, jabatan, role, jabatan above (by unit and name), whether several people hold it
Place = tuple[str, str]
JABATAN: tuple[tuple[str, str, str, Place | None, bool], ...] = (
    ("SETDA", "Sekretaris Daerah", "sekda", None, False),
    ("BAPPEDA", "Kepala Badan", "kepala_badan", ("SETDA", "Sekretaris Daerah"), False),
    ("BAPPEDA-SEK", "Sekretaris", "sekretaris", ("BAPPEDA", "Kepala Badan"), False),
    ("BAPPEDA-RENMON", "Kasubbag Rencana Kerja dan Monev", "kasubbag_renja_monev",
     ("BAPPEDA-SEK", "Sekretaris"), False),
    ("BAPPEDA-EKO", "Kepala Bidang Ekonomi", "kepala_bidang", ("BAPPEDA", "Kepala Badan"), False),
    ("BAPPEDA-INF", "Kepala Bidang Infrastruktur dan Kewilayahan", "kepala_bidang",
     ("BAPPEDA", "Kepala Badan"), False),
    ("BAPPEDA-SOS", "Kepala Bidang Sosial Budaya", "kepala_bidang", ("BAPPEDA", "Kepala Badan"),
     False),
    ("BAPPEDA-RENMON", "Pengelola Sistem", "",
     ("BAPPEDA-RENMON", "Kasubbag Rencana Kerja dan Monev"), False),
    ("BAPPEDA-FORUM", "Anggota", "forum_skpd", ("BAPPEDA", "Kepala Badan"), True),
    ("INSPEKTORAT", "Auditor", "inspektorat", None, True),
    ("DINAS", "Kepala Dinas", "kepala_badan", ("SETDA", "Sekretaris Daerah"), False),
    ("DINAS-SEK", "Sekretaris Dinas", "sekretaris", ("DINAS", "Kepala Dinas"), False),
    ("DINAS-SEK", "Kasubbag Program", "kasubbag_renja_monev", ("DINAS-SEK", "Sekretaris Dinas"),
     False),
)  # fmt: skip
# login, person, unit and name of each jabatan, rights: with the unit where it counts, or everywhere
PEOPLE: tuple[tuple[str, str, tuple[Place, ...], dict[str, str | None]], ...] = (
    ("sekda", "Anggrek Contoh", (("SETDA", "Sekretaris Daerah"),), {"supervisor": None}),
    ("kepala", "Cempaka Contoh", (("BAPPEDA", "Kepala Badan"),), {"supervisor": "BAPPEDA"}),
    ("sekretaris", "Kenanga Contoh", (("BAPPEDA-SEK", "Sekretaris"),), {"supervisor": "BAPPEDA"}),
    ("kasubbag", "Melati Contoh",
     (("BAPPEDA-RENMON", "Kasubbag Rencana Kerja dan Monev"),), {}),
    ("kabid1", "Mawar Contoh",
     (("BAPPEDA-EKO", "Kepala Bidang Ekonomi"), ("BAPPEDA-FORUM", "Anggota")), {}),
    ("kabid2", "Seruni Contoh",
     (("BAPPEDA-INF", "Kepala Bidang Infrastruktur dan Kewilayahan"),
      ("BAPPEDA-FORUM", "Anggota")), {}),
    ("kabid3", "Dahlia Contoh",
     (("BAPPEDA-SOS", "Kepala Bidang Sosial Budaya"), ("BAPPEDA-FORUM", "Anggota")), {}),
    ("pengelola", "Tanjung Contoh", (("BAPPEDA-RENMON", "Pengelola Sistem"),),
     {"administrator": None, "process_owner": None}),
    ("auditor", "Teratai Contoh", (("INSPEKTORAT", "Auditor"),), {"auditor": None}),
    ("kadis", "Kamboja Contoh", (("DINAS", "Kepala Dinas"),),
     {"administrator": "DINAS", "supervisor": "DINAS"}),
    ("program", "Flamboyan Contoh", (("DINAS-SEK", "Kasubbag Program"),), {}),
)  # fmt: skip
FORMER_ROLE = "pengelola_sistem"  # of the first releases' demonstration; no lane asks for it


def load_demo(app: App, now: datetime) -> tuple[PersonLine, ...]:
    """Create what is missing of the demonstration agency, and put right what older releases made
    otherwise; running it again changes nothing.

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
        seats = _put_jabatan(tx, units)
        password_hash = hash_password(DEMO_PASSWORD)
        for login, name, held, grants in PEOPLE:
            person = _put_person(tx, login, name, password_hash)
            for place in held:
                people.put_holding(tx, seats[place], person, SINCE)
            for grant, where in grants.items():
                _put_grant(tx, person, grant, units[where] if where else None, now)
        return person_lines(people.list_people(tx, app.today(now)), people.grants_by_person(tx))


def _put_jabatan(tx: Tx, units: dict[str, Unit]) -> dict[Place, Jabatan]:
    seats: dict[Place, Jabatan] = {}
    for unit, name, role, above, many in JABATAN:
        known = organisation.jabatan_of_name(tx, units[unit].id, name)
        if known is not None and known.role == FORMER_ROLE:
            known.role = role
        superior = seats[above] if above else None
        row = known or people.put_jabatan(tx, units[unit], name, role, superior)
        if known is None:
            row.many = many
        seats[unit, name] = row
    return seats


def _put_person(tx: Tx, login: str, name: str, password_hash: str) -> Person:
    return people.put_person(
        tx,
        {
            "login": login,
            "name": name,
            "email": f"{login}@contoh.example",
            "password_hash": password_hash,
            "demo": True,
        },
    )


def _put_grant(tx: Tx, person: Person, name: str, unit: Unit | None, now: datetime) -> None:
    """Once: what somebody has taken back since stays so. A right of the first releases, which all
    counted everywhere, becomes that of the unit."""
    known = [
        grant
        for revoked in (False, True)
        for grant, *_ in persons.grant_rows(tx, [person.id], revoked=revoked)
        if grant.name == name
    ]
    unit_id = unit.id if unit else None
    if any(grant.unit_id == unit_id for grant in known):
        return
    for grant in known:
        if grant.granted_at is None and grant.revoked_at is None:
            grant.revoked_at = now
    tx.flush()
    people.put_grant(tx, person, name, unit_id, now)
