"""Clearing away what no document needs: content without a row, pictures nobody looks at."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

from engine.app import App
from engine.store import documents
from engine.store.transaction import transaction

UNNEEDED = timedelta(days=1)  # an upload is never under way for so long
BATCH = 500


def clear_content(app: App, now: datetime) -> int:
    """Forget what was kept a day ago and more and is of no document; how many that were. Safe
    beside a running upload of the same content. Raises UnavailableError: storage_failed."""
    app.previews.tidy(now)
    kept, cleared = app.documents.kept_before(now - UNNEEDED), 0
    while hashes := list(islice(kept, BATCH)):
        with transaction(app.sessions) as tx:
            needed = documents.needed_of(tx, hashes)
        cleared += sum(_clear(app, one) for one in hashes if one not in needed)
    return cleared


def _clear(app: App, sha256: str) -> bool:
    with transaction(app.sessions) as tx:
        documents.lock_content(tx, sha256)  # an upload that comes now stores it again
        if documents.is_needed(tx, sha256):
            return False
        app.documents.forget(sha256)
        return True
