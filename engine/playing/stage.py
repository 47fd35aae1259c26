"""The stage of a trial: the draft as the newest version of its SOP, its case, and who plays."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final

from engine.app import App
from engine.errors import ConflictError
from engine.spiff import Compiled, compile_definition
from engine.starting import begin_case, find_agency
from engine.store import people
from engine.store.cast import PART, add_stand_in
from engine.store.tables import Definition, Message, Person, Unit
from engine.store.transaction import Tx, transaction
from workflows.errors import InvalidSopError
from workflows.lint import Finding, lint
from workflows.reader import content_hash, read_sop, read_xml
from workflows.sop import Kegiatan, Sop
from workflows.trials import Start

SECONDS: Final = 30.0  # of one play; whoever waits for a page waits no longer
VERSION: Final = 1_000_000_000  # newer than any real one
LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)  # before the first act
KNOWN: Final = 8  # drawings that were judged lately


@dataclass(frozen=True)
class Ready:
    """A drawing that can be played."""

    sop: Sop
    hash: str
    compiled: Compiled
    xml: bytes
    forms: Mapping[str, str]


@dataclass
class Stage:
    """`app`: that of the rehearsal. `now`: what the clock of the trial shows; `end`: when the play
    is broken off, by `time.monotonic`."""

    app: App
    ready: Ready
    definition_id: int = 0
    case_id: int = 0
    unit_id: int = 0
    now: datetime = LONG_AGO
    end: float = field(default_factory=lambda: time.monotonic() + SECONDS)

    def refuse_slow(self) -> None:
        """Raises ConflictError: trial_too_slow."""
        if time.monotonic() > self.end:
            raise ConflictError("trial_too_slow", seconds=round(SECONDS))


def prepare(xml: bytes, forms: Mapping[str, str]) -> Ready:
    """Raises InvalidSopError: sop_has_errors (findings), and what reading and compiling raise."""
    return _prepare(xml, tuple(sorted(forms.items())))


@lru_cache(maxsize=KNOWN)
def _prepare(xml: bytes, files: tuple[tuple[str, str], ...]) -> Ready:
    root, forms = read_xml(xml), dict(files)
    errors = [one for one in lint(root, forms) if one.severity == "error"]
    if errors:
        _refuse(errors)
    compiled = compile_definition(xml, forms)
    return Ready(read_sop(root), content_hash(root, forms), compiled, xml, forms)


def _refuse(errors: list[Finding]) -> None:
    raise InvalidSopError(
        "sop_has_errors",
        count=len(errors),
        element=errors[0].element,
        rule=errors[0].rule,
        message=errors[0].message,
        findings=[asdict(one) for one in errors],
    )


def begin(stage: Stage, act: Start) -> None:
    """Put the drawing up as the newest version, and begin a case of it; a role that nobody has
    there is given to somebody who stands in.

    Raises as `engine.starting.begin_case` and `find_agency` do.
    """
    stage.now, ready = act.at, stage.ready
    with transaction(stage.app.sessions) as tx:
        day = stage.app.today(stage.now)
        definition = _put_up(tx, ready, stage.now, day)
        unit = find_agency(tx, act.unit)
        _fill_vacancies(tx, ready.sop, unit, day)
        message = _opening(ready.compiled, unit, act)
        case = begin_case(tx, definition, unit, act.data, stage.now, day, message=message)
        stage.definition_id, stage.case_id, stage.unit_id = definition.id, case.id, unit.id


def _put_up(tx: Tx, ready: Ready, now: datetime, day: date) -> Definition:
    """Nobody is kept from publishing meanwhile: the key is not locked, nor the next number used."""
    row = Definition(
        key=ready.sop.key,
        hash=ready.hash,
        name=ready.sop.name,
        xml=ready.xml,
        forms=dict(ready.forms),
        findings=[],
        deployed_at=now,
        effective_on=day,
        digest=ready.compiled.digest,
        starts=[asdict(start) for start in ready.compiled.starts if start.kind != "none"],
    )
    tx.add(row)
    row.version = VERSION + time.monotonic_ns() % VERSION
    tx.flush()
    return row


def _opening(compiled: Compiled, unit: Unit, act: Start) -> Message | None:
    """What begins an SOP that no person begins."""
    if any(start.kind == "none" for start in compiled.starts) or not compiled.starts:
        return None
    first = compiled.starts[0]
    return Message(kind=first.kind, name=first.name, payload=dict(act.data), unit_id=unit.id)


def _fill_vacancies(tx: Tx, sop: Sop, unit: Unit, day: date) -> None:
    parts = [
        part for wanted in sop.data_awal for part in people.units_below(tx, unit.id, wanted.jenis)
    ]
    for kegiatan in sop.kegiatan:
        for one in parts if kegiatan.unit_variable else [unit]:
            where = people.where_role_is(tx, one, kegiatan.role)
            if not people.holders(tx, kegiatan.role, where.id, day):
                stand_in(tx, kegiatan, where, day)


def stand_in(tx: Tx, kegiatan: Kegiatan, unit: Unit, day: date) -> Person:
    """Somebody new who has the role of that step there."""
    role = kegiatan.role_name or kegiatan.role
    name = f"Pemeran {role}"
    return add_stand_in(tx, unit, kegiatan.role, role, name, min(day, date(2000, 1, 1)))


def is_stand_in(login: str) -> bool:
    return login.startswith(f"{PART}-")
