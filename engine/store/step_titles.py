"""The names of steps, for searches: there are hundreds of them, and a hundred thousand items."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from sqlalchemy.dialects.postgresql import insert

from engine.store.tables import StepTitle
from engine.store.transaction import Tx


def note_titles(tx: Tx, titles: Iterable[str]) -> None:
    """Those that are known already stay."""
    # In order, so that two who deploy at once do not wait for each other in a circle.
    rows = [
        {"sha256": sha256(title.encode()).hexdigest(), "title": title}
        for title in sorted(set(titles))
    ]
    if rows:
        tx.execute(insert(StepTitle).on_conflict_do_nothing(), rows)
