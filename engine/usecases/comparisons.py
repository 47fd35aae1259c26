"""Two versions of an SOP side by side: versions that are published, and drafts of the next one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from engine.app import App
from engine.comparison_values import ComparisonDetail, SideLine
from engine.errors import NotFoundError
from engine.sketching import read_draft
from engine.store import definitions, sop_drafts
from engine.store.tables import SopDraft
from engine.store.transaction import Tx, transaction
from workflows.compare import Version, compare_versions
from workflows.errors import InvalidAnswerError
from workflows.reader import read_xml
from workflows.rights import Actor

DRAFT: Final = "rancangan"
_SIDE: Final = re.compile(r"(versi|revisi)-([1-9][0-9]{0,8})")
Content = tuple[SideLine, bytes, Mapping[str, str]]


def compare_published(app: App, key: str, before: str, after: str) -> ComparisonDetail:
    """Two versions of an SOP, each "versi-3"; "" for `before`: the one before `after`, "" for
    `after`: the newest. Versions are open to everybody.

    Raises InvalidAnswerError: invalid_side (side); NotFoundError: definition_not_found,
    version_not_found; InvalidSopError as `compare_versions`.
    """
    with transaction(app.sessions) as tx:
        newest = definitions.get_definition(tx, key, None)
        after = after or f"versi-{newest.version}"
        number = _number(after, "versi")
        before = before or f"versi-{max(number - 1, 1)}"
        sides = (_version(tx, key, before), _version(tx, key, after))
        name = newest.name
        choices = _versions(tx, key)
    return _compare(name, *sides, choices)


def compare_draft(
    app: App, actor: Actor, draft_id: int, before: str, after: str
) -> ComparisonDetail:
    """A draft with its versions and revisions: "rancangan" as it is now, "revisi-12" of it, or
    "versi-3" of its SOP. "" for `before`: the version that it was begun from, else its first
    revision; "" for `after`: as it is now.

    Raises as `compare_published`, and NotAllowedError: right_missing; NotFoundError:
    sop_draft_not_found, revision_not_found.
    """
    with transaction(app.sessions) as tx:
        row = read_draft(tx, actor, draft_id)
        revisions = [(number, at) for number, _, at, *_ in sop_drafts.list_revisions(tx, row.id)]
        base = sop_drafts.base_of(tx, row)
        first = f"versi-{base.version}" if base else f"revisi-{min(revisions)[0]}"
        sides = (
            _side_of_draft(tx, row, before or first),
            _side_of_draft(tx, row, after or DRAFT),
        )
        name = row.name
        choices = (
            SideLine(DRAFT, "draft", row.revision, row.changed_at),
            *_versions(tx, row.key),
            *(SideLine(f"revisi-{number}", "revision", number, at) for number, at in revisions),
        )
    return _compare(name, *sides, choices)


def _side_of_draft(tx: Tx, row: SopDraft, name: str) -> Content:
    if name == DRAFT:
        return SideLine(DRAFT, "draft", row.revision, row.changed_at), row.xml, row.forms
    if name.startswith("versi-"):
        return _version(tx, row.key, name)
    number = _number(name, "revisi")
    found = sop_drafts.find_revision(tx, row.id, number)
    if found is None:
        raise NotFoundError("revision_not_found", draft=row.id, revision=number)
    return SideLine(name, "revision", number, found.saved_at), found.xml, found.forms


def _version(tx: Tx, key: str, name: str) -> Content:
    row = definitions.get_definition(tx, key, _number(name, "versi"))
    return _line_of(row.version, row.deployed_at), row.xml, row.forms


def _versions(tx: Tx, key: str) -> tuple[SideLine, ...]:
    rows = definitions.list_versions(tx, key)
    return tuple(_line_of(row.version, row.deployed_at) for row in rows)


def _line_of(version: int, at: datetime) -> SideLine:
    return SideLine(f"versi-{version}", "version", version, at)


def _number(name: str, kind: str) -> int:
    found = _SIDE.fullmatch(name)
    if found is None or found[1] != kind:
        raise InvalidAnswerError("invalid_side", field="dari", side=name[:40])
    return int(found[2])


def _compare(
    name: str, before: Content, after: Content, choices: tuple[SideLine, ...]
) -> ComparisonDetail:
    sides = [Version(read_xml(xml), forms) for _, xml, forms in (before, after)]
    return ComparisonDetail(
        name=name,
        before=before[0],
        after=after[0],
        before_xml=before[1].decode("utf-8"),
        after_xml=after[1].decode("utf-8"),
        comparison=compare_versions(*sides),
        choices=choices,
    )
