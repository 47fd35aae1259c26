"""`alur`: the third face, for operators and scripts. `docs/reference/cli.md` shows each verb."""

from __future__ import annotations

from engine.cli import running, sops, times, upkeep, work
from engine.cli.call import alur

__all__ = ["alur", "main", "running", "sops", "times", "upkeep", "work"]  # each adds its verbs


def main() -> None:
    """The console command."""
    alur.main(prog_name="alur")
