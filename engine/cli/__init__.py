"""`alur`: the third face, for operators and scripts. `docs/reference/cli.md` shows each verb."""

from __future__ import annotations

from engine.cli import (
    calendars,
    exchange,
    hearing,
    ladders,
    operations,
    pauses,
    running,
    sops,
    times,
    upkeep,
    work,
)
from engine.cli.call import alur

# Each module adds its verbs.
__all__ = [
    "alur",
    "calendars",
    "exchange",
    "hearing",
    "ladders",
    "main",
    "operations",
    "pauses",
    "running",
    "sops",
    "times",
    "upkeep",
    "work",
]


def main() -> None:
    """The console command."""
    alur.main(prog_name="alur")
