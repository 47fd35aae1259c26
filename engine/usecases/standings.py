"""What everybody may know of an SOP: which version counts, which one comes, whether it is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from engine.app import App
from engine.store import definitions, processes
from engine.store.tables import Definition, Process
from engine.store.transaction import Tx, transaction
from engine.studio_values import Standing


def list_standings(app: App, now: datetime) -> Mapping[str, Standing]:
    """key -> how that SOP stands today, of all that have a version."""
    with transaction(app.sessions) as tx:
        day, known = app.today(now), processes.processes_by_key(tx)
        counting = {row.key: row for row in definitions.list_in_force(tx, day)}
        return {
            row.key: _standing(tx, row, counting.get(row.key), known.get(row.key), day)
            for row in definitions.newest_definitions(tx)
        }


def read_standing(app: App, key: str, now: datetime) -> Standing:
    """Raises NotFoundError: definition_not_found."""
    with transaction(app.sessions) as tx:
        day, newest = app.today(now), definitions.get_definition(tx, key)
        counting = definitions.find_in_force(tx, key, day)
        return _standing(tx, newest, counting, processes.find_process(tx, key), day)


def _standing(
    tx: Tx, newest: Definition, counting: Definition | None, process: Process | None, day: date
) -> Standing:
    waits = counting is None or counting.version < newest.version
    coming = definitions.find_coming(tx, newest.key, day) if waits else None
    retired = process.retired_at if process else None
    return Standing(
        name=(counting or newest).name,
        version=counting.version if counting else None,
        effective_on=counting.effective_on if counting else None,
        coming=coming.version if coming else None,
        coming_on=coming.effective_on if coming else None,
        retired_at=retired,
        retired_reason=process.retired_reason if process and retired else "",
    )
