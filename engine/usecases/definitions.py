"""Deploying SOPs, and reading what is deployed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from engine.app import App
from engine.errors import NotAllowedError, NotFoundError
from engine.spiff import Compiled, compile_definition
from engine.store import cases, definitions
from engine.store.library import Library
from engine.store.lines import definition_line, sop_of
from engine.store.tables import Definition
from engine.store.transaction import Tx, transaction
from engine.values import DefinitionDetail, DefinitionLine
from workflows.errors import InvalidSopError
from workflows.lint import Finding, lint
from workflows.process.nodes import all_nodes
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
    _refuse_errors(findings)
    compiled = compile_definition(xml, forms)
    sop = read_sop(root)
    digest = content_hash(root, forms)
    with transaction(app.sessions) as tx:
        definitions.lock_key(tx, sop.key)
        _refuse_call_cycle(tx, compiled)
        row = definitions.find_definition(tx, sop.key)
        if row is None or row.hash != digest:
            row = definitions.add_definition(
                tx,
                Definition(
                    key=sop.key,
                    hash=digest,
                    name=sop.name,
                    xml=xml,
                    forms=dict(forms),
                    findings=[asdict(finding) for finding in findings],
                    deployed_at=now,
                    deployed_by=actor.person_id,
                    digest=compiled.digest,
                    starts=[asdict(start) for start in compiled.starts if start.kind != "none"],
                ),
            )
            cases.add_event(
                tx, now, "definition_deployed", actor.person_id, key=row.key, version=row.version
            )
        return definition_line(row)


def _refuse_call_cycle(tx: Tx, compiled: Compiled) -> None:
    """A process that would call itself, by way of the newest versions of others, never ends."""
    library = Library(tx, compile_definition)
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


def _refuse_errors(findings: tuple[Finding, ...]) -> None:
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise InvalidSopError(
            "findings_block",
            element=errors[0].element,
            rule=errors[0].rule,
            message=errors[0].message,
            findings=[asdict(finding) for finding in errors],
        )


def list_definitions(app: App) -> tuple[DefinitionLine, ...]:
    """The newest version of each SOP, by name; SOPs are public within the installation."""
    with transaction(app.sessions) as tx:
        return tuple(definition_line(row) for row in definitions.newest_definitions(tx))


def read_definition(app: App, key: str, version: int | None = None) -> DefinitionDetail:
    """That version, or the newest. Raises NotFoundError: definition_not_found."""
    with transaction(app.sessions) as tx:
        row = definitions.find_definition(tx, key, version)
        if row is None:
            raise NotFoundError("definition_not_found", key=key, version=version)
        return DefinitionDetail(definition_line(row), sop_of(row), row.xml.decode("utf-8"))
