"""When a jabatan is held."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from engine.store.tables import Holding


def held_on(day: date) -> ColumnElement[bool]:
    """The condition that a Holding is in force on that day (both ends inclusive)."""
    return and_(Holding.since <= day, or_(Holding.until.is_(None), Holding.until >= day))
