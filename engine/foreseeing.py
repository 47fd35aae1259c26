"""What would become of running cases if a draft were published now: all of it done, none of it
kept. Stands above the use cases, as `engine.ticks` does."""

from __future__ import annotations

from datetime import datetime

from engine.app import App
from engine.operation_values import MigrationLine
from engine.rehearsing import rehearse
from engine.releasing import content_of, store_version
from engine.sketching import read_draft
from engine.store.transaction import transaction
from engine.usecases import migration
from workflows.rights import Actor


def foresee_migration(
    app: App, actor: Actor, draft_id: int, now: datetime
) -> tuple[MigrationLine, ...]:
    """Each case that goes on by an older version: whether it could move, and why not.

    Raises NotAllowedError: right_missing; NotFoundError: sop_draft_not_found; InvalidSopError:
    sop_has_errors, and what compiling raises; UnavailableError: database_busy.
    """
    with rehearse(app) as stage:
        with transaction(stage.sessions) as tx:
            row = read_draft(tx, actor, draft_id)
            content = content_of(tx, stage, row, now)
            made = store_version(tx, stage, actor, content, now, stage.today(now))
            key, version = made.key, made.version
        return migration.migrate_cases(stage, actor, key, version, now, dry_run=True)
