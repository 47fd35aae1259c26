"""`alur`: the third face, for operators and scripts. `docs/reference/cli.md` shows each verb."""

from __future__ import annotations

from engine.cli import exchange, operations, running, sops, times, upkeep, work
from engine.cli.call import alur

# Each module adds its verbs.
__all__ = ["alur", "exchange", "main", "operations", "running", "sops", "times", "upkeep", "work"]


def main() -> None:
    """The console command."""
    alur.main(prog_name="alur")
