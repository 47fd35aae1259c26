"""Versions of SOPs without what is drawn: enough to say which one counts and which one comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine.store.tables import Definition
from engine.store.transaction import Tx


@dataclass(frozen=True)
class Outline:
    version: int
    name: str
    effective_on: date


def list_outlines(tx: Tx, key: str | None = None) -> Mapping[str, Sequence[Outline]]:
    """key -> its versions, the newest first; `key`: only of that SOP."""
    query = select(
        Definition.key, Definition.version, Definition.name, Definition.effective_on
    ).order_by(Definition.key, Definition.version.desc())
    found: dict[str, list[Outline]] = {}
    for row in tx.execute(query if key is None else query.where(Definition.key == key)):
        found.setdefault(row.key, []).append(Outline(row.version, row.name, row.effective_on))
    return found


def counting_on(versions: Sequence[Outline], day: date) -> Outline | None:
    """The version by which cases begin on that day, of those that are given newest first."""
    return next((one for one in versions if one.effective_on <= day), None)


def coming_after(versions: Sequence[Outline], day: date) -> Outline | None:
    """The version that takes the place of the one that counts on that day, if one will."""
    counting = counting_on(versions, day)
    waiting = [one for one in versions if counting is None or one.version > counting.version]
    return min(waiting, key=lambda one: (one.effective_on, -one.version), default=None)
