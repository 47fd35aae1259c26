"""As what somebody acts on an item, as records keep it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from workflows.rights import Actor, Thing, capacity_for


def capacity_of(actor: Actor, thing: Thing) -> dict[str, Any] | None:
    """The `workflows.rights.Capacity` in which they work on it, as JSON; None in none."""
    position = capacity_for(actor, thing)
    return None if position is None else asdict(position.capacity)


def stood_in_for(actor: Actor, thing: Thing) -> int | None:
    """Id of the person whom they stand in for there."""
    position = capacity_for(actor, thing)
    return None if position is None else position.for_id
