"""`alur`: the third face, for operators and scripts. `docs/reference/cli.md` shows each verb."""

from __future__ import annotations

import sys

from engine.cli import running, sops, times, upkeep, work  # each adds its verbs
from engine.cli.call import alur, fail, wants_json
from workflows.errors import SopError

__all__ = ["alur", "main", "running", "sops", "times", "upkeep", "work"]


def main() -> None:
    """The console command: every SopError becomes one sentence, or one JSON object."""
    try:
        alur.main(standalone_mode=True)
    except SopError as error:
        sys.exit(fail(error, as_json=wants_json(sys.argv[1:])))
