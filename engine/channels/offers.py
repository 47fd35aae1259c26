"""Finds the channels: whatever folder stands beside this file and holds an `OFFER`."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import engine.channels
from engine.channels import Offer


def offers() -> tuple[Offer, ...]:
    """All channels there are, by name."""
    package = engine.channels
    folders = [found.name for found in iter_modules(package.__path__) if found.ispkg]
    return tuple(import_module(f"{package.__name__}.{name}").OFFER for name in sorted(folders))
