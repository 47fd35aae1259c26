"""The health of an installation: `alur doctor` and /readyz."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine import spiff
from engine.app import App
from engine.errors import StuckError, UnavailableError
from engine.servers import Servers
from engine.store import cases, upkeep, work_items
from engine.store.migrate import is_current, upgrade
from engine.store.transaction import transaction
from engine.values import Check

LATE = timedelta(minutes=10)


def migrate(servers: Servers) -> None:
    """Bring the schema up to this release; nothing to do is fine.

    Raises UnavailableError: database_unavailable.
    """
    if not is_current(servers.database_url):
        upgrade(servers.database_url)


def ping(app: App) -> None:
    """Raises UnavailableError when the database does not answer."""
    with transaction(app.sessions) as tx:
        upkeep.ping(tx)


def check_health(app: App, now: datetime) -> tuple[Check, ...]:
    """Everything that must hold, in order; stops early when the database is not usable.

    Check names: database, schema, state (the engine's tokens are the open work items),
    notices (nothing waits longer than LATE), incidents.
    """
    try:
        ping(app)
    except UnavailableError as error:
        return (Check("database", False, str(error.fields.get("reason", ""))),)
    database = Check("database", True, "")
    if not is_current(app.servers.database_url):
        return database, Check("schema", False, "alur migrate")
    return (
        database,
        Check("schema", True, ""),
        _check_states(app),
        _check_notices(app, now),
        _check_incidents(app),
    )


def _check_states(app: App) -> Check:
    """The work list is a projection of the engine's state: the two must agree."""
    wrong = []
    with transaction(app.sessions) as tx:
        for case_id in upkeep.running_case_ids(tx):
            case = cases.lock_case(tx, case_id)
            if case is None:
                continue
            compiled = spiff.compile_definition(cases.definition_of(tx, case).xml)
            listed = {item.token for item in work_items.open_items_of_case(tx, case_id)}
            try:
                if set(spiff.open_tokens(compiled, case.engine_state)) != listed:
                    wrong.append(str(case_id))
            except StuckError:
                wrong.append(str(case_id))
    return Check("state", not wrong, ", ".join(wrong))


def _check_notices(app: App, now: datetime) -> Check:
    with transaction(app.sessions) as tx:
        waiting = upkeep.count_waiting(tx, now - LATE)
    return Check("notices", not waiting, str(waiting) if waiting else "")


def _check_incidents(app: App) -> Check:
    with transaction(app.sessions) as tx:
        ids = upkeep.incident_case_ids(tx)
    return Check("incidents", not ids, ", ".join(str(i) for i in ids))
