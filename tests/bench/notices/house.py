"""A house full of open work items, each with a reminder due at the same moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg

from engine.app import App
from engine.usecases import cases, definitions
from engine.usecases.demo import load_demo
from workflows.reader import form_names, read_xml
from workflows.rights import OPERATOR

SOP = Path(__file__).parents[3] / "bpmn" / "menyusun-rencana-kerja"
UNITS = 100
# At any hour, so that the measurement does not depend on when it is made.
LADDER = """{"at_risk": "3/4", "rungs": [{"key": "reminder", "at": {"share": "3/4"},
 "whom": ["performer"], "kind": "reminder", "channels": ["email"], "any_hour": true}]}"""


@dataclass(frozen=True)
class Scene:
    """`people`: among how many the items are spread evenly, each claimed by one of them;
    `seconds`: within which all must have left, None: it is measured and shown only."""

    name: str
    items: int
    people: int
    seconds: float | None


def fill(app: App, scene: Scene) -> None:
    """The demonstration agency with the shipped SOP, and so many items claimed by so many."""
    load_demo(app, datetime.now(UTC))
    xml = (SOP / f"{SOP.name}.bpmn").read_bytes()
    forms = {name: (SOP / name).read_text("utf-8") for name in form_names(read_xml(xml))}
    definitions.deploy_definition(app, OPERATOR, xml, forms, datetime.now(UTC))
    made = cases.start_case(app, OPERATOR, SOP.name, "BAPPEDA", {}, datetime.now(UTC))
    with _connect(app) as link:
        link.execute(
            "INSERT INTO ladder (key, node, document, changed_at) VALUES ('', '', %s, now())",
            [LADDER],
        )
        _add_people(link, scene.people)
        _copy_case(link, made.line.id, scene)
        link.execute("ANALYZE")


def ring(app: App, moment: datetime) -> None:
    """Let the rungs of all items be due at that moment."""
    with _connect(app) as link:
        link.execute(
            "UPDATE work_item SET next_notice_at = %s WHERE claimed_by IS NOT NULL", [moment]
        )


def tell(app: App) -> tuple[int, int, int]:
    """(rungs raised, notices sent by e-mail, given up or still waiting)."""
    with _connect(app) as link:
        row = link.execute(
            "SELECT count(*), count(sent_at), count(*) - count(sent_at) FROM notice"
            " WHERE channel = 'email'"
        ).fetchone()
    assert row is not None
    return row[0], row[1], row[2]


def _connect(app: App) -> psycopg.Connection[tuple[int, ...]]:
    return psycopg.connect(f"postgresql://{app.servers.database_url.partition('://')[2]}")


def _add_people(link: psycopg.Connection[tuple[int, ...]], people: int) -> None:
    """Units with one jabatan each that several people hold."""
    link.execute(
        "INSERT INTO unit (code, name, kind, zone, parent_id, ancestors)"
        " SELECT 'U' || n, 'Unit ' || n, 'bidang', 'Asia/Jakarta', pd.id, '{}'"
        " FROM generate_series(1, %s) n, unit pd WHERE pd.code = 'BAPPEDA'",
        [UNITS],
    )
    link.execute(
        "UPDATE unit SET ancestors = above.ancestors || unit.id FROM unit above"
        " WHERE above.id = unit.parent_id AND unit.ancestors = '{}'"
    )
    link.execute(
        "INSERT INTO jabatan (name, role, unit_id)"
        " SELECT 'Pelaksana', 'kasubbag_renja_monev', id FROM unit WHERE code ~ '^U[0-9]+$'"
    )
    link.execute(
        "INSERT INTO person (login, name, email, password_hash, demo)"
        " SELECT 'p' || n, 'Orang ' || n, 'p' || n || '@contoh.example', '-', true"
        " FROM generate_series(1, %s) n",
        [people],
    )
    link.execute(
        "INSERT INTO holding (jabatan_id, person_id, since)"
        " SELECT j.id, p.id, '2020-01-01' FROM person p JOIN unit u ON u.code = 'U' ||"
        " (1 + substr(p.login, 2)::int %% %s) JOIN jabatan j ON j.unit_id = u.id"
        " WHERE p.login ~ '^p[0-9]+$'",
        [UNITS],
    )


def _copy_case(link: psycopg.Connection[tuple[int, ...]], case_id: int, scene: Scene) -> None:
    """Cases like that one, each with its open item claimed by the next of the people."""
    now = datetime.now(UTC)
    link.execute(
        'INSERT INTO "case" (definition_id, unit_id, state, engine_state, tokens, data,'
        " started_at) SELECT definition_id, unit_id, state, engine_state, tokens, data, started_at"
        ' FROM "case", generate_series(1, %s) WHERE id = %s',
        [scene.items, case_id],
    )
    link.execute(
        "INSERT INTO work_item (case_id, case_unit_id, token, node, role, unit_id, variables,"
        " round, state, available_at, due_at, claimed_at, claimed_by, answers, checked)"
        " SELECT c.id, c.unit_id, w.token, w.node, w.role, j.unit_id, w.variables, 1, 'claimed',"
        " %s, %s, %s,"
        " p.id, '{}', '[]' FROM \"case\" c JOIN work_item w ON w.case_id = %s"
        " JOIN person p ON p.login = 'p' || (1 + c.id %% %s)"
        " JOIN holding h ON h.person_id = p.id JOIN jabatan j ON j.id = h.jabatan_id"
        " WHERE c.id <> %s",
        [now - timedelta(days=9), now + timedelta(hours=1), now, case_id, scene.people, case_id],
    )
