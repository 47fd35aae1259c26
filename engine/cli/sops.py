"""Verbs around SOP files and what is deployed."""

from __future__ import annotations

from dataclasses import asdict
from os.path import isfile  # False, not an error, for a name that no file can have
from pathlib import Path

import click

from engine.cli.call import Answer, Call, read_file, read_text, stop, table, verb
from engine.cli.parameters import FILE
from engine.cli.words import SEVERITIES, say_code
from engine.usecases import definitions
from engine.values import DefinitionLine
from workflows.decisions import InvalidDecisionError, read_decisions
from workflows.errors import InvalidSopError, SopError
from workflows.lint import Finding
from workflows.reader import decision_ids, form_names, read_xml
from workflows.rights import OPERATOR


def read_beside(xml: bytes, folder: Path) -> dict[str, str]:
    """What belongs to a file and lies beside it: the forms that it names and the decisions that
    it asks; the lint tells which are missing.

    Raises InvalidSopError, and SopError file_not_readable for a file that is not UTF-8.
    """
    root = read_xml(xml)
    forms = (folder / Path(name).name for name in sorted(form_names(root)))
    found = {path.name: read_text(path) for path in forms if isfile(path)}
    wanted = decision_ids(root)
    for path in sorted(folder.glob("*.dmn")) if wanted else ():
        text = read_text(path)
        if _may_hold(text, wanted):
            found[path.name] = text
    return found


def _may_hold(text: str, wanted: frozenset[str]) -> bool:
    """Whether a DMN file may answer one of these; one that cannot be read may."""
    try:
        return not wanted.isdisjoint(read_decisions(text))
    except InvalidDecisionError:
        return any(one in text for one in wanted)


def read_sop_file(path: Path) -> bytes:
    """Raises SopError: file_beside for what is read along with an SOP; and as `read_file`."""
    if path.suffix.lower() in (".dmn", ".form"):
        raise SopError("file_beside", file=str(path))
    return read_file(path)


def read_checked(path: Path) -> tuple[bytes, dict[str, str]]:
    """An SOP and what lies beside it, without errors in the eyes of the lint.

    Raises InvalidSopError with the field file; SopError as `read_sop_file`.
    """
    xml = read_sop_file(path)
    try:
        files = read_beside(xml, path.parent)
        errors = [f for f in definitions.check_definition(xml, files) if f.severity == "error"]
    except InvalidSopError as error:
        raise InvalidSopError(error.code, **{**error.fields, "file": str(path)}) from error
    if errors:
        first, findings = errors[0], [asdict(finding) for finding in errors]
        raise InvalidSopError(
            "findings_block",
            file=str(path),
            element=first.element,
            rule=first.rule,
            message=first.message,
            findings=findings,
        )
    return xml, files


def definition_answer(line: DefinitionLine) -> Answer:
    value = {"key": line.key, "version": line.version, "hash": line.hash, "name": line.name}
    return {**value, "findings": [asdict(finding) for finding in line.findings]}


def finding_rows(findings: tuple[Finding, ...]) -> str:
    rows = [(say_code(SEVERITIES, f.severity), f.rule, f.element, f.message) for f in findings]
    return table(rows, ("", "ATURAN", "ELEMEN", "TEMUAN")) if rows else "Tidak ada temuan."


@verb("deploy")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=FILE)
def deploy(call: Call, files: tuple[Path, ...]) -> None:
    """Memasang berkas BPMN; formulir dan tabel keputusan di sampingnya dibaca sendiri."""
    checked = [read_checked(path) for path in files]  # all of them before one is stored
    with call.app() as app:
        lines = [
            definitions.deploy_definition(app, OPERATOR, xml, forms, call.now)
            for xml, forms in checked
        ]
        text = "\n".join(_deployed(line) for line in lines)
        call.answer({"definitions": [definition_answer(line) for line in lines]}, text)


def _deployed(line: DefinitionLine) -> str:
    said = f"{line.key} versi {line.version} terpasang."
    warnings = sum(finding.severity == "warning" for finding in line.findings)
    return f"{said} {warnings} peringatan; lihat alur lint." if warnings else said


@verb("lint")
@click.argument("file", metavar="FILE", type=FILE)
def lint(call: Call, file: Path) -> None:
    """Memeriksa berkas BPMN tanpa memasangnya; keluar dengan 1 bila ada kesalahan."""
    xml = read_sop_file(file)
    findings = definitions.check_definition(xml, read_beside(xml, file.parent))
    call.answer({"findings": [asdict(finding) for finding in findings]}, finding_rows(findings))
    if any(finding.severity == "error" for finding in findings):
        stop(1)


@verb("definitions")
def list_definitions(call: Call) -> None:
    """SOP yang terpasang."""
    with call.app() as app:
        lines = definitions.list_definitions(app)
        rows = [(line.key, line.version, line.name, line.hash[:12]) for line in lines]
        text = table(rows, ("KUNCI", "VERSI", "NAMA", "HASH"))
        call.answer({"definitions": [definition_answer(line) for line in lines]}, text)
