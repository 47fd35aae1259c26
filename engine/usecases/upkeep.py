"""The health of an installation: `alur doctor` and /readyz."""

from __future__ import annotations

from datetime import datetime, timedelta

from engine import spiff
from engine.app import App
from engine.errors import StuckError, UnavailableError
from engine.servers import Servers
from engine.store import upkeep
from engine.store.migrate import is_current, upgrade
from engine.store.transaction import transaction
from engine.surroundings import compiled_of, surroundings
from engine.values import Check

LATE = timedelta(minutes=10)
PERSONAL = ("userTask", "manualTask")  # nodes whose tokens are work items


def upgrade_schema(servers: Servers) -> None:
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
    notices (nothing waits longer than LATE), messages (none has a receiver and cannot reach it),
    jobs (none of ours waits longer than LATE), incidents, documents (their place can be written to
    and read).
    """
    try:
        ping(app)
    except UnavailableError as error:
        return (Check("database", False, str(error.fields.get("reason", ""))),)
    database = Check("database", True, "")
    if not is_current(app.servers.database_url):
        return database, Check("schema", False, "alur schema upgrade")
    return (
        database,
        Check("schema", True, ""),
        _check_states(app),
        _check_notices(app, now),
        _check_messages(app),
        _check_jobs(app, now),
        _check_incidents(app),
        _check_documents(app),
    )


def _check_states(app: App) -> Check:
    """The work list is a projection of the engine's state: the two must agree."""
    wrong = []
    with transaction(app.sessions) as tx:
        upkeep.use_snapshot(tx)  # one moment for both sides, and no lock on anybody's case
        listed = upkeep.open_tokens(tx)
        for case_id, state, definition, unit in upkeep.unfinished_cases(tx):
            try:
                compiled, around = compiled_of(definition), surroundings(tx, unit)
                active = spiff.open_tokens(compiled, state, around)
                found = {t.token for t in active if t.kind in PERSONAL and not t.stuck}
            except StuckError:
                found = None
            if found != listed.get(case_id, set()):
                wrong.append(str(case_id))
    return Check("state", not wrong, ", ".join(wrong))


def _check_notices(app: App, now: datetime) -> Check:
    with transaction(app.sessions) as tx:
        waiting = upkeep.count_waiting(tx, now - LATE)
    return Check("notices", not waiting, str(waiting) if waiting else "")


def _check_messages(app: App) -> Check:
    with transaction(app.sessions) as tx:
        stuck = upkeep.stuck_messages(tx)
    return Check("messages", not stuck, ", ".join(stuck))


def _check_jobs(app: App, now: datetime) -> Check:
    with transaction(app.sessions) as tx:
        waiting = upkeep.count_unworked(tx, now - LATE)
    return Check("jobs", not waiting, str(waiting) if waiting else "")


def _check_documents(app: App) -> Check:
    reason = app.documents.check()
    return Check("documents", not reason, reason)


def _check_incidents(app: App) -> Check:
    with transaction(app.sessions) as tx:
        ids = upkeep.incident_case_ids(tx)
    return Check("incidents", not ids, ", ".join(str(i) for i in ids))
