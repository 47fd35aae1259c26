"""What everybody may know of an SOP: which version counts, which one comes, whether it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from engine.app import App
from engine.errors import NotFoundError
from engine.store import processes
from engine.store.outlines import Outline, coming_after, counting_on, list_outlines
from engine.store.tables import Process
from engine.store.transaction import transaction
from engine.studio_values import Standing


def list_standings(app: App, now: datetime) -> Mapping[str, Standing]:
    """key -> how that SOP stands today, of all that have a version."""
    with transaction(app.sessions) as tx:
        day, known = app.today(now), processes.processes_by_key(tx)
        return {
            key: _standing(versions, known.get(key), day)
            for key, versions in list_outlines(tx).items()
        }


def read_standing(app: App, key: str, now: datetime) -> Standing:
    """Raises NotFoundError: definition_not_found."""
    with transaction(app.sessions) as tx:
        versions = list_outlines(tx, key).get(key)
        if versions is None:
            raise NotFoundError("definition_not_found", key=key)
        return _standing(versions, processes.find_process(tx, key), app.today(now))


def _standing(versions: Sequence[Outline], process: Process | None, day: date) -> Standing:
    counting, coming = counting_on(versions, day), coming_after(versions, day)
    retired = process.retired_at if process else None
    return Standing(
        name=(counting or versions[0]).name,
        version=counting.version if counting else None,
        effective_on=counting.effective_on if counting else None,
        coming=coming.version if coming else None,
        coming_on=coming.effective_on if coming else None,
        retired_at=retired,
        retired_reason=process.retired_reason if process and retired else "",
    )
