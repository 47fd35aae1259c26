"""The documents of a case as lists show them: each with its older versions behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from engine.values import DocumentLine


class Versions(NamedTuple):
    newest: DocumentLine
    older: tuple[DocumentLine, ...]


def group_versions(lines: Iterable[DocumentLine]) -> list[Versions]:
    """What was uploaded last stands first."""
    by_id = {line.id: line for line in lines}
    groups = [Versions(line, tuple(_older(line, by_id))) for line in by_id.values() if line.newest]
    return sorted(groups, key=lambda group: group.newest.id, reverse=True)


def _older(line: DocumentLine, by_id: dict[int, DocumentLine]) -> Iterable[DocumentLine]:
    before = by_id.get(line.replaces or 0)
    while before is not None:
        yield before
        before = by_id.get(before.replaces or 0)
