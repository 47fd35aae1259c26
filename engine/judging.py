"""The judge of drafts: what the lint says of a drawing, given the organisation as it is, and what
the engine would refuse of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lxml import etree

from engine import spiff
from engine.seating import surroundings
from engine.sentences import explain
from engine.store.library import Library
from engine.store.transaction import Tx
from workflows.bpmn_xml import find_process
from workflows.decisions import InvalidDecisionError
from workflows.drawing import read_drawing
from workflows.errors import InvalidSopError, SopError
from workflows.lint import EXECUTABLE, Finding, asked_seats, asked_units, lint
from workflows.process.nodes import all_nodes


def judge(tx: Tx, root: etree._Element, forms: Mapping[str, str], day: date) -> tuple[Finding, ...]:
    """All findings, errors first; what cannot be walked or run is a finding as well.

    `root` comes from `read_xml`; `day`: on it somebody must hold each of the roles.
    """
    try:
        drawing = read_drawing(root)
        asked, units = asked_seats(drawing), asked_units(drawing)
        findings = lint(root, forms, surroundings(tx, asked, units, day))
    except InvalidSopError as error:
        return (_finding(root, error),)
    if any(finding.severity == "error" for finding in findings):
        return findings
    try:
        refuse_call_cycle(tx, spiff.compile_draft(root, forms))
    except (InvalidSopError, InvalidDecisionError) as error:
        return (_finding(root, error), *findings)
    return findings


def refuse_call_cycle(tx: Tx, compiled: spiff.Compiled) -> None:
    """A process that would call itself, by way of the newest versions of others, never ends.

    Raises InvalidSopError: call_cycle.
    """
    library = Library(tx, spiff.compile_definition)
    for node in all_nodes(compiled.container):
        seen: set[str] = set()
        pending = [node.call.key] if node.call is not None else []
        while pending:
            key = pending.pop()
            if key == compiled.key:
                raise InvalidSopError(
                    "call_cycle", element=node.id, name=node.name, processes=sorted(seen | {key})
                )
            called = library.newest(key) if key not in seen else None
            seen.add(key)
            pending += called.calls if called is not None else ()


def _finding(root: etree._Element, error: SopError) -> Finding:
    """At its element where the error names one of the file, else at the process."""
    ids = {str(one.get("id")) for one in root.iter(etree.Element) if one.get("id")}
    named = str(error.fields.get("element"))
    return Finding(EXECUTABLE, "error", named if named in ids else _key(root), explain(error))


def _key(root: etree._Element) -> str:
    return str(find_process(root).get("id"))
