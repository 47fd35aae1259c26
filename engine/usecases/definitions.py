"""Deploying SOPs, and reading what is deployed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine.app import App
from engine.errors import NotAllowedError
from engine.judging import refuse_call_cycle
from engine.releasing import Content, refuse_errors, store_version
from engine.spiff import compile_definition
from engine.store import cases, definitions
from engine.store.lines import definition_line, sop_of
from engine.store.transaction import transaction
from engine.values import DefinitionDetail, DefinitionLine
from workflows.lint import Finding, lint
from workflows.reader import content_hash, read_sop, read_xml
from workflows.rights import Actor, Thing, may


def check_definition(xml: bytes, forms: Mapping[str, str]) -> tuple[Finding, ...]:
    """What the lint says of a file.

    Raises InvalidSopError when it cannot be read at all, or when the engine cannot run what the
    lint has let pass.
    """
    findings = lint(read_xml(xml), forms)
    if not any(finding.severity == "error" for finding in findings):
        compile_definition(xml, forms)
    return findings


def deploy_definition(
    app: App, actor: Actor, xml: bytes, forms: Mapping[str, str], now: datetime
) -> DefinitionLine:
    """Store a new version, unless the newest one has the very same content: then that one.

    `forms`: the texts of the files beside it by name: form-js schemas and DMN decisions.
    Raises InvalidSopError (findings_block: fields findings, element, message; and what reading
    and compiling raise; call_cycle); NotAllowedError: right_missing.
    """
    if reason := may(actor, "deploy", Thing()):
        raise NotAllowedError(reason, verb="deploy")
    root = read_xml(xml)
    findings = lint(root, forms)
    refuse_errors(findings)
    compiled = compile_definition(xml, forms)
    sop = read_sop(root)
    digest = content_hash(root, forms)
    with transaction(app.sessions) as tx:
        definitions.lock_key(tx, sop.key)
        refuse_call_cycle(tx, compiled)
        row = definitions.find_definition(tx, sop.key)
        if row is None or row.hash != digest:
            content = Content(sop, digest, xml, forms, compiled, findings)
            row = store_version(tx, app, actor, content, now, app.today(now))
            cases.add_event(
                tx, now, "definition_deployed", actor.person_id, key=row.key, version=row.version
            )
        return definition_line(row)


def list_definitions(app: App) -> tuple[DefinitionLine, ...]:
    """The newest version of each SOP, by name; SOPs are public within the installation."""
    with transaction(app.sessions) as tx:
        return tuple(definition_line(row) for row in definitions.newest_definitions(tx))


def read_definition(
    app: App, key: str, version: int | None = None, now: datetime | None = None
) -> DefinitionDetail:
    """That version; without one the version in force at `now`, else the newest.

    Raises NotFoundError: definition_not_found, version_not_found (newest).
    """
    with transaction(app.sessions) as tx:
        row = None
        if version is None and now is not None:
            row = definitions.find_in_force(tx, key, app.today(now))
        row = row or definitions.get_definition(tx, key, version)
        return DefinitionDetail(definition_line(row), sop_of(row), row.xml.decode("utf-8"))
