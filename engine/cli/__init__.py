"""`alur`: the third face, for operators and scripts. `docs/reference/cli.md` shows each verb."""

from __future__ import annotations

from engine.cli import (
    accounts,
    calendars,
    documents,
    drafts,
    exchange,
    handovers,
    hearing,
    inbox,
    ladders,
    leave,
    operations,
    organisation,
    pauses,
    persons,
    processes,
    running,
    sops,
    times,
    upkeep,
    work,
)
from engine.cli.call import alur

# Each module adds its verbs.
__all__ = [
    "accounts",
    "alur",
    "calendars",
    "documents",
    "drafts",
    "exchange",
    "handovers",
    "hearing",
    "inbox",
    "ladders",
    "leave",
    "main",
    "operations",
    "organisation",
    "pauses",
    "persons",
    "processes",
    "running",
    "sops",
    "times",
    "upkeep",
    "work",
]


def main() -> None:
    """The console command."""
    alur.main(prog_name="alur")
