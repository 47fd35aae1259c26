"""A pemda of ten PD whose fifty staff have a hundred thousand open items before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from engine.app import App
from engine.usecases import definitions
from workflows.reader import form_names, read_sop, read_xml
from workflows.rights import OPERATOR

FOLDER = Path(__file__).parents[3] / "bpmn" / "menyusun-rencana-kerja"
NAMES = ("Menyusun Rencana Kerja", "Menyusun RKA", "Evaluasi Renja", "Laporan Kinerja")
PDS = (
    "Badan Perencanaan Pembangunan Daerah", "Dinas Kesehatan", "Dinas Pendidikan",
    "Dinas Pekerjaan Umum", "Dinas Sosial", "Dinas Perhubungan", "Dinas Lingkungan Hidup",
    "Dinas Pertanian", "Dinas Perdagangan", "Dinas Kependudukan",
)  # fmt: skip
# jabatan, role, part of the PD
SEATS = (
    ("Kepala", "kepala_badan", ""),
    ("Sekretaris", "sekretaris", "SEK"),
    ("Kasubbag", "kasubbag_renja_monev", "SUB"),
    ("Kepala Bidang A", "kepala_bidang", "A"),
    ("Kepala Bidang B", "kepala_bidang", "B"),
)
PER_CASE = 5  # open items


@dataclass(frozen=True)
class Town:
    """`open`: how many items wait; as many again are done. `logins`: of the staff."""

    open: int
    logins: tuple[str, ...]


def build(app: App, items: int) -> Town:
    """Fill an empty database by bulk SQL, through the real tables."""
    now = datetime.now(UTC)
    xml = (FOLDER / f"{FOLDER.name}.bpmn").read_text("utf-8")
    forms = {
        name: (FOLDER / name).read_text("utf-8") for name in form_names(read_xml(xml.encode()))
    }
    for number, name in enumerate(NAMES):
        text = xml.replace('id="menyusun-rencana-kerja"', f'id="sop-{number}"')
        text = text.replace('name="Menyusun Rencana Kerja"', f'name="{name}"')
        text = text.replace('"menyusun-rencana-kerja"', f'"sop-{number}"')
        definitions.deploy_definition(app, OPERATOR, text.encode(), forms, now)
    steps = [
        (step.node, step.name, step.role) for step in read_sop(read_xml(xml.encode())).kegiatan
    ]
    with psycopg.connect(_plain(app), autocommit=True) as link:
        logins = tuple(_add_staff(link))
        _add_work(link, steps, items)
        link.execute("VACUUM ANALYZE")
    return Town(items, logins)


def _plain(app: App) -> str:
    return f"postgresql://{app.servers.database_url.partition('://')[2]}"


def _add_staff(link: psycopg.Connection[tuple[int, ...]]) -> Iterator[str]:
    pemda = _unit(link, "PEMDA", "Pemerintah Daerah Contoh", "pemda", None)
    for number, name in enumerate(PDS):
        pd = _unit(link, f"PD{number}", name, "pd", pemda)
        head = None
        for title, role, part in SEATS:
            unit = (
                _unit(link, f"PD{number}-{part}", f"{title} {name}", "bidang", pd) if part else pd
            )
            seat = link.execute(
                "INSERT INTO jabatan (name, role, unit_id, superior_id) VALUES (%s, %s, %s, %s)"
                " RETURNING id",
                [f"{title} {name}", role, unit[0], head],
            ).fetchone()
            assert seat is not None
            head = head or seat[0]
            login = f"{role[:4]}{number}{part.lower()}"
            link.execute(
                "WITH p AS (INSERT INTO person (login, name, email, password_hash)"
                " VALUES (%s, %s, '', '-') RETURNING id)"
                " INSERT INTO holding (jabatan_id, person_id, since)"
                " SELECT %s, id, '2020-01-01' FROM p",
                [login, f"{title} {number} Contoh", seat[0]],
            )
            yield login


def _unit(
    link: psycopg.Connection[tuple[int, ...]],
    code: str,
    name: str,
    kind: str,
    above: tuple[int, list[int]] | None,
) -> tuple[int, list[int]]:
    made = link.execute(
        "INSERT INTO unit (code, name, kind, zone, parent_id, ancestors)"
        " VALUES (%s, %s, %s, 'Asia/Jakarta', %s, '{}') RETURNING id",
        [code, name, kind, above[0] if above else None],
    ).fetchone()
    assert made is not None
    ancestors = [*(above[1] if above else []), made[0]]
    link.execute("UPDATE unit SET ancestors = %s WHERE id = %s", [ancestors, made[0]])
    return made[0], ancestors


def _add_work(
    link: psycopg.Connection[tuple[int, ...]], steps: list[tuple[str, str, str]], items: int
) -> None:
    """Cases of all PD in turn; of the items a third is claimed, some are late, some undated."""
    link.execute("CREATE TEMP TABLE step (n int, node text, title text, role text)")
    with link.cursor() as cursor:
        rows = [(number, *step) for number, step in enumerate(steps)]
        cursor.executemany("INSERT INTO step VALUES (%s, %s, %s, %s)", rows)
    link.execute(
        'INSERT INTO "case" (definition_id, unit_id, state, engine_state, tokens, data, started_at)'
        " SELECT d.id, u.id, 'running', '', '[]', '{}', now() - interval '20 days'"
        " FROM generate_series(0, %s) n"
        " JOIN definition d ON d.key = 'sop-' || (n %% 4)"
        " JOIN unit u ON u.code = 'PD' || (n / 4 %% 10)",
        [items // PER_CASE - 1],
    )
    link.execute(WORK, {"steps": len(steps), "each": PER_CASE})
    link.execute(
        "INSERT INTO draft (work_item_id, answers, checked, revision, saved_at, saved_by)"
        " SELECT id, '{}', '[]', 1, now(), claimed_by FROM work_item"
        " WHERE state = 'claimed' AND id % 20 = 0"
    )
    link.execute(
        "INSERT INTO consultation (work_item_id, asked_by, asked_of, question, asked_at)"
        " SELECT w.id, w.claimed_by, p.id, 'Bagaimana?', now() FROM work_item w"
        " JOIN person p ON p.id = 1 + w.id % 50"
        " WHERE w.state = 'claimed' AND w.id % 50 = 0 AND p.id <> w.claimed_by"
    )


WORK = """
INSERT INTO work_item (case_id, case_unit_id, token, node, title, sop_key, role, unit_id, variables,
 round, state, available_at, due_at, at_risk_at, paused_at, standard_minutes, claimed_at,
 claimed_by, completed_at, completed_by, answers, checked)
SELECT c.id, c.unit_id, 't' || k, s.node, s.title, d.key, s.role, seat.unit_id,
 '{"bidang": "PD-A"}', 1 + (k = 0)::int,
 CASE WHEN k >= %(each)s THEN 'completed' WHEN h %% 3 = 0 THEN 'claimed' ELSE 'ready' END,
 at, due, due - interval '4 hours', NULL, 60,
 CASE WHEN k >= %(each)s OR h %% 3 = 0 THEN at + interval '1 hour' END,
 CASE WHEN k >= %(each)s OR h %% 3 = 0 THEN seat.person_id END,
 CASE WHEN k >= %(each)s THEN at + make_interval(mins => h %% 5000) END,
 CASE WHEN k >= %(each)s THEN seat.person_id END,
 '{"ringkasan": "Sudah dibahas dalam rapat."}', '[]'
FROM "case" c
JOIN definition d ON d.id = c.definition_id
CROSS JOIN generate_series(0, 2 * %(each)s - 1) k
CROSS JOIN LATERAL (SELECT abs(hashint8(c.id * 10 + k)) AS h) hash
JOIN step s ON s.n = (h / 7) %% %(steps)s
CROSS JOIN LATERAL (
 SELECT CASE WHEN s.role = 'kepala_bidang' THEN j.unit_id ELSE c.unit_id END AS unit_id,
  o.person_id FROM jabatan j JOIN unit u ON u.id = j.unit_id JOIN holding o ON o.jabatan_id = j.id
 WHERE j.role = s.role AND c.unit_id = ANY (u.ancestors)
 ORDER BY (j.id + h) %% 2, j.id LIMIT 1) seat
CROSS JOIN LATERAL (SELECT now() - make_interval(mins => h %% 20000) AS at) moment
CROSS JOIN LATERAL (SELECT CASE WHEN h %% 20 > 0
 THEN now() + make_interval(mins => h / 11 %% 50000 - 4000) END AS due) deadline
"""
